//! Mutated pages and overlays: some bytes, but mostly values, so that what comes behind the parsers is reached.

use std::sync::LazyLock;

use openapi_pages::{parse_json, parse_yaml};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// Two pages of one API, and an overlay.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) pages: Vec<Vec<u8>>,
    pub(crate) overlay: Vec<u8>,
}

/// A page: what stands before its document, the document, what stands after it.
#[derive(Debug)]
struct Fixture {
    before: &'static str,
    value: Value,
    after: &'static str,
}

/// Pages in all forms. Those of `forms` are about one API and share components.
static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(|| {
    [
        include_str!("../../../../openapi-pages/tests/fixtures/resolved.md"),
        include_str!("../../../../openapi-pages/tests/fixtures/webhook.md"),
        include_str!("../../../../openapi-pages/tests/fixtures/embedded.md"),
        include_str!("../../../../openapi-pages/tests/fixtures/readme.md"),
        include_str!("../../../../../xtask/tests/fixtures/forms/list-trees.resolved.md"),
        include_str!("../../../../../xtask/tests/fixtures/forms/list-trees.embedded.md"),
        include_str!("../../../../../xtask/tests/fixtures/forms/plant-tree.resolved.md"),
        include_str!("../../../../../xtask/tests/fixtures/forms/plant-tree.embedded.md"),
        include_str!("../../../../../xtask/tests/fixtures/forms/measure-tree.resolved.md"),
        include_str!("../../../../../xtask/tests/fixtures/forms/measure-tree.embedded.md"),
        include_str!("../../../../../xtask/tests/fixtures/forms/export-harvest.resolved.md"),
        include_str!("../../../../../xtask/tests/fixtures/forms/export-harvest.embedded.md"),
    ]
    .map(fixture)
    .into()
});

fn fixture(page: &'static str) -> Fixture {
    let json_start = page.find("# OpenAPI definition\n\n```json\n");
    let (start, close) = match json_start {
        Some(at) => (at + "# OpenAPI definition\n\n```json\n".len(), "\n```"),
        None => {
            let fence = page.find("````yaml ").unwrap();
            (fence + page[fence..].find('\n').unwrap() + 1, "\n````")
        }
    };
    let end = start + page[start..].find(close).unwrap();
    let document = &page[start..end];
    let parsed = if json_start.is_some() {
        parse_json(document)
    } else {
        parse_yaml(document)
    };
    Fixture {
        before: &page[..start],
        value: parsed.unwrap().0,
        after: &page[end..],
    }
}

impl Fixture {
    fn with(&self, value: &Value) -> Vec<u8> {
        // JSON is YAML, and much faster to print and read than block style, which other tests have.
        let document = serde_json::to_string(value).unwrap();
        format!("{}{document}{}", self.before, self.after).into_bytes()
    }
}

/// An overlay that fits most of the fixtures.
static OVERLAY: LazyLock<Value> = LazyLock::new(|| {
    json!({
        "overlay": "1.0.0",
        "info": {"title": "Fix", "version": "1"},
        "actions": [
            {"target": "$", "update": {"info": {"x-a": [1]}, "paths": {"/new": {"get": {"responses": {}}}}, "tags": [{"name": "t"}]}},
            {"target": "$.paths.*", "update": {"x-b": {"c": null}}},
            {"target": "$.info", "update": {"description": "d", "contact": {"name": "n"}}},
            {"target": "$.info.contact", "remove": true},
            {"target": "$.paths['/new'].get", "update": {"operationId": "new", "parameters": [{"name": "p", "in": "query"}]}},
            {"target": "$.paths['/new'].get.parameters[?@.in == 'query']", "update": {"required": false}},
            {"target": "$..parameters", "update": [{"name": "q", "in": "header"}]}
        ]
    })
});

/// One change of a value: which one (of all, in order), how, and which other value is used for that.
#[derive(Debug, Clone)]
struct Edit {
    at: Index,
    other: Index,
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Null,
    List,
    Map,
    Number,
    Flag,
    Text,
    Reference,
    /// A copy of another value of the document.
    Other,
    /// Into a list of one.
    Wrap,
    Delete,
    /// The same value once more, under another key or in the list.
    Repeat,
    /// The key of another place.
    Rename,
}

const KINDS: [Kind; 12] = [
    Kind::Null,
    Kind::List,
    Kind::Map,
    Kind::Number,
    Kind::Flag,
    Kind::Text,
    Kind::Reference,
    Kind::Other,
    Kind::Wrap,
    Kind::Delete,
    Kind::Repeat,
    Kind::Rename,
];

/// Pointers of all values but the root.
fn pointers(value: &Value) -> Vec<String> {
    fn walk(value: &Value, pointer: &str, all: &mut Vec<String>) {
        let mut inside = |token: &str, value: &Value| {
            let pointer = format!("{pointer}/{token}");
            walk(value, &pointer, all);
            all.push(pointer);
        };
        match value {
            Value::Object(members) => members
                .iter()
                .for_each(|(name, value)| inside(&openapi_pages::escape(name), value)),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .for_each(|(index, value)| inside(&index.to_string(), value)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    walk(value, "", &mut all);
    // serde_json may keep the order of keys or sort them; the cases must be the same.
    all.sort();
    all
}

fn edited(mut document: Value, edits: &[Edit]) -> Value {
    for edit in edits {
        let pointers = pointers(&document);
        if pointers.is_empty() {
            break;
        }
        let (at, other) = (edit.at.get(&pointers), edit.other.get(&pointers));
        let other_value = document.pointer(other).cloned().unwrap();
        let unescape = |token: &str| token.replace("~1", "/").replace("~0", "~");
        let (parent, key) = at.rsplit_once('/').unwrap();
        let key = unescape(key);
        let other_key = unescape(other.rsplit_once('/').unwrap().1);
        let value = document.pointer(at).cloned().unwrap();
        let replaced = match edit.kind {
            Kind::Null => Some(Value::Null),
            Kind::List => Some(json!([])),
            Kind::Map => Some(json!({})),
            Kind::Number => Some(json!(-1.5)),
            Kind::Flag => Some(json!(true)),
            Kind::Text => Some(json!("é\n``` ````\u{1b}")),
            Kind::Reference => Some(json!({"$ref": format!("#{other}")})),
            Kind::Other => Some(other_value),
            Kind::Wrap => Some(json!([value])),
            Kind::Delete | Kind::Repeat | Kind::Rename => None,
        };
        if let Some(replaced) = replaced {
            *document.pointer_mut(at).unwrap() = replaced;
            continue;
        }
        match document.pointer_mut(parent).unwrap() {
            Value::Object(members) => {
                if !matches!(edit.kind, Kind::Repeat) {
                    members.remove(&key);
                }
                if !matches!(edit.kind, Kind::Delete) {
                    members.insert(other_key, value);
                }
            }
            Value::Array(items) => {
                let index: usize = key.parse().unwrap();
                match edit.kind {
                    Kind::Delete => drop(items.remove(index)),
                    Kind::Repeat => items.insert(index, value),
                    _ => items.rotate_left(index),
                }
            }
            _ => {}
        }
    }
    document
}

/// Changes of bytes: where, how many, and what instead.
type Cut = (Index, usize, &'static str);

fn cut(mut bytes: Vec<u8>, cuts: &[Cut]) -> Vec<u8> {
    for (at, length, instead) in cuts {
        let start = at.index(bytes.len() + 1);
        let end = (start + length).min(bytes.len());
        bytes.splice(start..end, instead.bytes());
    }
    bytes
}

fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let edit = (
        any::<Index>(),
        any::<Index>(),
        prop::sample::select(&KINDS[..]),
    );
    vec(
        edit.prop_map(|(at, other, kind)| Edit { at, other, kind }),
        0..=most,
    )
}

const INSTEAD: &[&str] = &[
    "", "\n", "  ", ": ", "- ", "\"", "'", "{", "]", "é", "\0", "x", "/", "$",
];

/// Mostly none: a cut page seldom gets past its parser.
fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    let cut = (any::<Index>(), 0..6_usize, prop::sample::select(INSTEAD));
    prop_oneof![6 => Just(Vec::new()), 1 => vec(cut, 1..3)]
}

/// A page of one of the fixtures.
fn page() -> impl Strategy<Value = Vec<u8>> {
    let number = 0..FIXTURES.len();
    (number, edits(3), cuts()).prop_map(|(number, edits, cuts)| {
        let fixture = &FIXTURES[number];
        cut(fixture.with(&edited(fixture.value.clone(), &edits)), &cuts)
    })
}

fn overlay() -> impl Strategy<Value = Vec<u8>> {
    let only = prop::option::weighted(0.7, any::<Index>());
    (edits(1), only, cuts()).prop_map(|(edits, only, cuts)| {
        let mut overlay = OVERLAY.clone();
        // One action alone is refused for fewer reasons than all of them.
        if let Some(only) = only {
            let actions = overlay["actions"].as_array().unwrap();
            overlay["actions"] = json!([only.get(actions)]);
        }
        let text = serde_json::to_string_pretty(&edited(overlay, &edits)).unwrap();
        cut(text.into_bytes(), &cuts)
    })
}

pub(crate) fn case() -> impl Strategy<Value = Case> {
    (vec(page(), 2), overlay()).prop_map(|(pages, overlay)| Case { pages, overlay })
}
