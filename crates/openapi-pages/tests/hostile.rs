//! Input that nobody wrote: no bytes make the crate panic, and every range stays within the input.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panic"
)]

#[path = "support/promises.rs"]
mod promises;
mod support;

use openapi_pages::{Format, parse_json, parse_yaml};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use support::{EMBEDDED, JSON, README, RESOLVED, WEBHOOK, YAML};

/// Reads `input` in every way, and checks what every answer promises.
fn check(input: &[u8]) {
    for stated in Format::ALL.into_iter().map(Some).chain([None]) {
        promises::check(input, stated);
    }
    promises::check_parsers(input);
}

/// Texts that mean something to one of the parsers.
const SNIPPETS: &[&str] = &[
    "\n",
    "  ",
    "\t",
    "- ",
    ": ",
    ", ",
    "? ",
    "# ",
    "&a ",
    "*a",
    "!!str ",
    "!x ",
    "|",
    ">-",
    "|+\n",
    "'",
    "\"",
    "\\u12",
    "[",
    "]",
    "{",
    "}",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "<<: ",
    "```",
    "````",
    "````yaml get /x\n",
    "# OpenAPI definition\n",
    "```json\n",
    "\r\n",
    "\u{feff}",
    "é",
    "😀",
    "\0",
    "\u{85}",
    "\u{2028}",
    "1e999",
    ".inf",
    "~",
    "null",
    "{}",
    "[]",
    "enum<",
    "_mintlify/placeholder",
    "allOf:",
    "# Source: x\n",
    "> ",
    "# T\n",
    "\u{7f}",
    "@",
    "`",
];

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edit = (
        any::<prop::sample::Index>(),
        0..24_usize,
        prop::sample::select(SNIPPETS),
        0..4_u8,
        any::<u8>(),
    );
    (
        prop::sample::select(vec![RESOLVED, WEBHOOK, EMBEDDED, README, JSON, YAML]),
        vec(edit, 1..6),
    )
        .prop_map(|(text, edits)| {
            let mut bytes = text.as_bytes().to_vec();
            for (at, length, snippet, kind, byte) in edits {
                let start = at.index(bytes.len() + 1);
                let end = (start + length).min(bytes.len());
                match kind {
                    0 => drop(bytes.splice(start..end, snippet.bytes())),
                    1 => drop(bytes.splice(start..start, snippet.bytes())),
                    2 => drop(bytes.splice(start..end, [byte])),
                    _ => bytes.truncate(start.max(1)),
                }
            }
            bytes
        })
}

/// The same cases in every run: CI must not fail by chance. `PROPTEST_RNG_SEED=… PROPTEST_CASES=…` looks for new ones.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let by_hand = std::env::var_os("PROPTEST_RNG_SEED").is_some();
    ProptestConfig {
        cases: if by_hand { default.cases } else { 500 },
        rng_seed: if by_hand {
            default.rng_seed
        } else {
            RngSeed::Fixed(1)
        },
        failure_persistence: None,
        ..default
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn mutated_pages_never_panic(input in mutated()) {
        check(&input);
    }

    #[test]
    fn any_mix_of_what_the_parsers_know_never_panics(parts in vec(prop::sample::select(SNIPPETS), 0..40)) {
        check(parts.concat().as_bytes());
    }

    #[test]
    fn any_bytes_never_panic(input in vec(any::<u8>(), 0..200)) {
        check(&input);
    }

    #[test]
    fn any_yaml_like_value_reads_back(value in json_value()) {
        let printed = serde_json::to_string_pretty(&value).unwrap();
        let (read, spans) = parse_json(&printed).unwrap();
        prop_assert_eq!(&read, &value);
        for (pointer, range) in spans.iter() {
            let part: serde_json::Value = serde_json::from_str(&printed[range]).unwrap();
            prop_assert_eq!(Some(&part), value.pointer(pointer));
        }
        let printed = serde_yaml::to_string(&value).unwrap();
        let (read, spans) = parse_yaml(&printed).unwrap();
        prop_assert_eq!(&read, &value, "{}", printed);
        for (pointer, range) in spans.iter() {
            let part = value.pointer(pointer).unwrap();
            // An indentation indicator counts from what encloses the text, which the slice is without.
            if printed[range.clone()].starts_with(['|', '>']) && printed.as_bytes()[range.start + 1].is_ascii_digit() {
                continue;
            }
            prop_assert!(support::reads_back(&printed, range.clone(), part), "{} {:?}", pointer, &printed[range]);
        }
    }
}

/// Values whose texts hold what YAML must quote or escape.
fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let text = prop_oneof![
        "[a-z]{0,8}",
        "[ -~é€😀]{0,12}",
        "[a-z é\n]{0,20}",
        prop::sample::select(vec![
            "yes", "null", "12", "~", "- a", "a: b", "#x", "", "x #y", "0o7", "1e3", ".5"
        ])
        .prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        text.clone().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(text.clone(), inner, 0..6)
                // serde_yaml writes `<<` without quotes, which makes it a merge key.
                .prop_map(|map| serde_json::Value::Object(
                    map.into_iter().filter(|(key, _)| key != "<<").collect()
                )),
        ]
    })
}
