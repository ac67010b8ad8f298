use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;

#[derive(Serialize)]
struct Id(u64);

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Order {
    NewestFirst,
    Since(u32),
    Between { from: u32 },
}

#[derive(Serialize)]
#[serde(untagged)]
enum Either {
    Number(i64),
    Text(String),
}

#[derive(Serialize)]
struct Filter {
    tag: Vec<&'static str>,
    size: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gone: Option<u8>,
    order: Order,
}

fn text(value: &impl Serialize) -> String {
    match pairs(Some("q"), value, Nested::Refused) {
        Ok(pairs) => pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("&"),
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn query_values() {
    assert_eq!(text(&"a b&c"), "q=a b&c");
    assert_eq!(text(&true), "q=true");
    assert_eq!(text(&-3i64), "q=-3");
    assert_eq!(text(&1.5f64), "q=1.5");
    assert_eq!(text(&u64::MAX), "q=18446744073709551615");
    assert_eq!(text(&'ä'), "q=ä");
    assert_eq!(text(&""), "q=");
    assert_eq!(text(&Id(7)), "q=7");
    assert_eq!(text(&Order::NewestFirst), "q=newest-first");
    assert_eq!(text(&Either::Number(1)), "q=1");
    assert_eq!(text(&Either::Text("x".into())), "q=x");
    assert_eq!(text(&Some(Id(1))), "q=1");
}

#[test]
fn absent_values_and_empty_arrays_write_nothing() {
    assert_eq!(text(&None::<Vec<String>>), "");
    assert_eq!(text(&()), "");
    assert_eq!(text(&Vec::<String>::new()), "");
    assert_eq!(text(&Some(Vec::<String>::new())), "");
    assert_eq!(text(&vec![None, Some(1)]), "q=1");
    assert_eq!(text(&Value::Null), "");
}

#[test]
fn arrays_repeat_the_name() {
    assert_eq!(text(&vec!["b", "a", "b"]), "q=b&q=a&q=b");
    assert_eq!(text(&(Id(1), "x")), "q=1&q=x");
    assert_eq!(text(&vec![Order::NewestFirst]), "q=newest-first");
}

#[test]
fn objects_are_their_properties() {
    let filter = Filter {
        tag: vec!["x", "y"],
        size: None,
        gone: None,
        order: Order::NewestFirst,
    };
    assert_eq!(text(&filter), "tag=x&tag=y&order=newest-first");
    assert_eq!(text(&BTreeMap::from([(1, "a"), (2, "b")])), "1=a&2=b");
    assert_eq!(text(&Order::Since(3)), "since=3");
}

#[test]
fn what_has_no_encoding_is_an_error() {
    const NESTED: &str = "error: an array or object inside another has no encoding";
    assert_eq!(text(&vec![vec![1]]), NESTED);
    assert_eq!(text(&json!([{"a": 1}])), NESTED);
    assert_eq!(text(&json!({"a": {"b": 1}})), NESTED);
    assert_eq!(text(&Order::Between { from: 1 }), NESTED);
    assert_eq!(text(&f64::NAN), "error: a number is not finite");
}

#[test]
fn a_form_writes_nested_values_as_json() {
    let body = json!({"a": [1, 2], "b": {"c": null}, "d": [{"e": 1}], "f": null});
    let pairs = pairs(None, &body, Nested::AsJson).unwrap();
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [
            ("a", "1"),
            ("a", "2"),
            ("b", r#"{"c":null}"#),
            ("d", r#"{"e":1}"#)
        ]
    );
    assert!(super::pairs(None, &3, Nested::AsJson).is_err());
}
