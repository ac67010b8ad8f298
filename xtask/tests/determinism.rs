//! Same input, same bytes: across runs, and whatever the order of keys in the vendored text.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use client_codegen::diagnostic::SourceFile;
use client_codegen::input::Vendored;
use client_codegen::pipeline::Compiled;
use client_codegen::surface::surface;
use serde_yaml::{Mapping, Value};

/// Everything that is checked in or reviewed, as one text.
fn everything(compiled: &Compiled) -> String {
    let mut text = String::new();
    for (path, code) in support::rendered(compiled) {
        text.push_str(&format!("==== {path}\n{code}"));
    }
    text.push_str(&surface(&compiled.finished));
    text.push_str(&serde_json::to_string_pretty(&compiled.assembled.document).unwrap());
    text.push_str(&serde_json::to_string_pretty(&compiled.lowered.document).unwrap());
    text.push_str(&serde_json::to_string_pretty(&compiled.lowered.notes).unwrap());
    text
}

#[test]
fn two_runs_give_the_same_bytes() {
    for api in support::manifest().apis {
        let first = everything(&support::compiled(&api));
        let second = everything(&support::compiled(&api));
        assert!(first == second, "{} differs between two runs", api.name);
    }
}

#[test]
fn key_order_changes_nothing() {
    for api in support::manifest().apis {
        let original = support::documents(&api);
        let expected = everything(&support::compiled(&api));
        for seed in 1..=5 {
            let shuffled: Vec<Vendored> = original
                .iter()
                .map(|document| shuffle_document(document, seed))
                .collect();
            assert!(
                shuffled
                    .iter()
                    .zip(&original)
                    .all(|(a, b)| a.bytes != b.bytes),
                "{}: not shuffled",
                api.name
            );
            let found = everything(&support::compile_documents(&api, &shuffled));
            if found != expected {
                let diff = similar::TextDiff::from_lines(&expected, &found);
                panic!("{} with seed {seed}:\n{}", api.name, diff.unified_diff());
            }
        }
    }
}

/// The document with the keys of all its objects in another order, frame and all.
fn shuffle_document(document: &Vendored, seed: u64) -> Vendored {
    let text = String::from_utf8(document.bytes.clone()).unwrap();
    let text = if let Some((before, rest)) = text.split_once("```json\n") {
        let (json, after) = rest.rsplit_once("\n```").unwrap();
        format!(
            "{before}```json\n{}\n```{after}",
            to_json(&shuffled(json, seed))
        )
    } else if let Some((before, rest)) = text.split_once("````yaml ") {
        let (head, rest) = rest.split_once('\n').unwrap();
        let (yaml, after) = rest.rsplit_once("\n````").unwrap();
        let yaml = serde_yaml::to_string(&shuffled(yaml, seed)).unwrap();
        format!("{before}````yaml {head}\n{yaml}\n````{after}")
    } else {
        serde_yaml::to_string(&shuffled(&text, seed)).unwrap()
    };
    let bytes = text.into_bytes();
    Vendored {
        file: SourceFile::new(document.document.path(), bytes.clone()),
        bytes,
        ..document.clone()
    }
}

fn shuffled(text: &str, seed: u64) -> Value {
    let mut value: Value = serde_yaml::from_str(text).unwrap();
    shuffle(&mut value, &mut Random(seed));
    value
}

fn shuffle(value: &mut Value, random: &mut Random) {
    match value {
        Value::Mapping(map) => {
            let mut entries: Vec<(Value, Value)> = std::mem::take(map).into_iter().collect();
            for last in (1..entries.len()).rev() {
                entries.swap(last, random.below(last + 1));
            }
            for (_, value) in &mut entries {
                shuffle(value, random);
            }
            *map = entries.into_iter().collect::<Mapping>();
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| shuffle(item, random)),
        _ => {}
    }
}

/// JSON text with the keys in the order of the mapping, which `serde_json::Value` would sort.
fn to_json(value: &Value) -> String {
    match value {
        Value::Mapping(map) => {
            let entries: Vec<String> = map
                .iter()
                .map(|(key, value)| format!("{}: {}", to_json(key), to_json(value)))
                .collect();
            format!("{{{}}}", entries.join(",\n"))
        }
        Value::Sequence(items) => format!(
            "[{}]",
            items.iter().map(to_json).collect::<Vec<_>>().join(",\n")
        ),
        scalar => serde_json::to_string(scalar).unwrap(),
    }
}

/// xorshift64: a test needs no better.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}
