use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::decode::decode;
use crate::wire_enum::WireValue::Text;

#[derive(Debug, Deserialize, PartialEq)]
struct Any {
    a: Option<i64>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Both {
    a: Option<i64>,
    b: i64,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Other {
    b: i64,
    c: Option<i64>,
}

#[derive(Debug, PartialEq)]
enum Keyed {
    Any(Any),
    Both(Both),
    Other(Other),
    Text(String),
}

impl Union for Keyed {
    const NAME: &'static str = "Keyed";
    const TAG: Option<&'static str> = None;
    const BRANCHES: &'static [Branch<Self>] = &[
        Branch::new("Any", |value| value.read(Self::Any)).keys(&[], &["a"]),
        Branch::new("Both", |value| value.read(Self::Both)).keys(&["b"], &["a"]),
        Branch::new("Other", |value| value.read(Self::Other)).keys(&["b"], &["c"]),
        Branch::new("Text", |value| value.read(Self::Text)),
    ];
}

impl<'de> Deserialize<'de> for Keyed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_union(deserializer)
    }
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Tagged {
    #[serde(skip_deserializing)]
    Keyed(#[serde(skip)] Box<Keyed>),
    Unknown(Value),
}

impl Union for Tagged {
    const NAME: &'static str = "Tagged";
    const TAG: Option<&'static str> = Some("kind");
    const BRANCHES: &'static [Branch<Self>] =
        &[Branch::new("Keyed", |value| value.read(Self::Keyed)).tags(&[Text("keyed")])];

    fn unknown(value: Value) -> Option<Self> {
        Some(Self::Unknown(value))
    }
}

impl<'de> Deserialize<'de> for Tagged {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_union(deserializer)
    }
}

fn keyed(value: Value) -> Keyed {
    serde_json::from_value(value).unwrap()
}

#[test]
fn the_keys_choose_and_what_fits_nothing_else_is_tried() {
    assert_eq!(keyed(json!({})), Keyed::Any(Any { a: None }));
    assert_eq!(keyed(json!({"a": 1})), Keyed::Any(Any { a: Some(1) }));
    assert_eq!(
        keyed(json!({"a": 1, "b": 2})),
        Keyed::Both(Both { a: Some(1), b: 2 })
    );
    assert_eq!(
        keyed(json!({"b": 2, "c": 3})),
        Keyed::Other(Other { b: 2, c: Some(3) })
    );
    // A property that the document does not have yet.
    assert_eq!(
        keyed(json!({"b": 2, "new": 3})),
        Keyed::Both(Both { a: None, b: 2 })
    );
    assert_eq!(keyed(json!("text")), Keyed::Text("text".to_owned()));
    // What the best branch refuses is not for one that would lose the most of it.
    assert!(serde_json::from_value::<Keyed>(json!({"b": [], "a": 1})).is_err());
}

#[test]
fn the_tag_chooses_and_an_unknown_one_is_kept() {
    let value = json!({"kind": "new", "more": [1]});
    let unknown: Tagged = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&unknown).unwrap(), value);
    let known: Tagged = serde_json::from_value(json!({"kind": "keyed", "b": 1, "c": 2})).unwrap();
    assert!(matches!(known, Tagged::Keyed(keyed) if matches!(*keyed, Keyed::Other(_))));
}

#[test]
fn a_failure_is_that_of_the_branch() {
    let failure = |body: &str| {
        let failure = decode::<Vec<Tagged>>(body.as_bytes()).unwrap_err();
        (failure.path().to_owned(), failure.to_string())
    };
    let (path, reason) = failure(r#"[{"kind":"keyed","b":"SECRET","a":1}]"#);
    assert_eq!(path, "$[0].b");
    assert!(reason.starts_with("expected i64"), "{reason}");
    let (path, reason) = failure(r#"[{"b":1}]"#);
    assert_eq!(path, "$[0]");
    assert!(reason.starts_with("missing field `kind`"), "{reason}");
    let (_, reason) = failure("[1]");
    assert!(reason.contains("untagged enum Tagged"), "{reason}");
}

#[derive(Debug, Deserialize)]
struct All {
    #[allow(dead_code, reason = "only decoded")]
    and: Vec<Term>,
}

/// Contains itself.
#[derive(Debug)]
enum Term {
    All(#[allow(dead_code, reason = "only decoded")] All),
    Text(#[allow(dead_code, reason = "only decoded")] String),
}

static READS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

impl Union for Term {
    const NAME: &'static str = "Term";
    const TAG: Option<&'static str> = None;
    const BRANCHES: &'static [Branch<Self>] = &[
        Branch::new("All", |value| {
            READS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            value.read(Self::All)
        })
        .keys(&["and"], &[]),
        Branch::new("Text", |value| value.read(Self::Text)),
    ];
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_union(deserializer)
    }
}

#[test]
fn a_wrong_value_deep_inside_is_read_once_on_each_level() {
    let mut value = json!(5);
    for _ in 0..20 {
        value = json!({"and": [value]});
    }
    let error = serde_json::from_value::<Term>(value).unwrap_err();
    assert!(
        error.to_string().starts_with("Term::All at $.and[0]"),
        "{error}"
    );
    assert_eq!(READS.load(std::sync::atomic::Ordering::Relaxed), 20);
}
