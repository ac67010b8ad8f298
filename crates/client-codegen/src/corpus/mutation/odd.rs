//! What documents hold by mistake.

use serde_json::{Value, json};

use super::Random;

/// Names that collide, that Rust has, or that are none.
pub(super) const NAMES: &[&str] = &[
    "",
    " ",
    "$",
    "$ref",
    "/",
    "a/b",
    "a~b",
    "{",
    "}",
    "0",
    "1a",
    "Option",
    "Result",
    "Self",
    "String",
    "Vec",
    "Box",
    "Ok",
    "Err",
    "Default",
    "Error",
    "type",
    "self",
    "crate",
    "new",
    "send",
    "body",
    "client",
    "foo_bar",
    "fooBar",
    "FooBar",
    "@id",
    "id",
    "é",
    "名",
    "a\nb",
    "*/*",
    "default",
    "200",
    "2XX",
    "999",
    "x-extension",
    "CodegenProbe",
    "extra",
    "value",
];

/// References that lead nowhere, elsewhere, or to what is no schema.
pub(super) const REFERENCES: &[&str] = &[
    "",
    "#",
    "#/",
    "#/paths",
    "#/components",
    "#/components/schemas/",
    "#/components/schemas/Nobody",
    "#anchor",
    "other.yaml",
    "other.yaml#/A",
    "https://example.com/a.json#/A",
    "#/components/schemas/%",
    "#/info/title",
];

/// The words of `type` and some that are none.
const TYPES: &[&str] = &[
    "string", "integer", "number", "boolean", "array", "object", "null", "any", "file", "float", "",
];

/// A value that stands where another was expected.
pub(super) fn value(random: &mut Random) -> Value {
    match random.below(16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(0),
        4 => json!(-1),
        5 => json!(u64::MAX),
        6 => json!(i64::MIN),
        7 => json!(1.5e308),
        8 => json!({}),
        9 => json!([]),
        10 => json!([null]),
        11 => json!([{}, {}]),
        12 => json!("a".repeat(1 + random.below(300))),
        13 => json!(random.pick(TYPES)),
        _ => json!(random.pick(NAMES)),
    }
}

/// A member that a schema or an operation may have, with a value that fits or does not.
pub(super) fn member(random: &mut Random) -> (&'static str, Value) {
    let text = |random: &mut Random| json!(random.pick(NAMES));
    match random.below(24) {
        0 => ("nullable", json!(true)),
        1 => (
            "enum",
            json!([text(random), text(random), null, 1, "=", ">"]),
        ),
        2 => ("const", value(random)),
        3 => ("default", value(random)),
        4 => (
            "format",
            json!(random.pick(&["date", "uuid", "int64", "binary", "byte", "ip", "?"])),
        ),
        5 => (
            "pattern",
            json!(random.pick(&["^a$", "(", "(?i)a", "a++", "(?P<a>b)", "\\p{L}"])),
        ),
        6 => ("additionalProperties", value(random)),
        7 => (
            "discriminator",
            json!({"propertyName": text(random), "mapping": {"a": text(random)}}),
        ),
        8 => ("required", json!([text(random), text(random)])),
        9 => ("type", json!([random.pick(TYPES), random.pick(TYPES)])),
        10 => ("type", json!(random.pick(TYPES))),
        11 => ("minimum", value(random)),
        12 => ("exclusiveMinimum", value(random)),
        13 => ("maxLength", value(random)),
        14 => ("items", value(random)),
        15 => ("prefixItems", json!([{"type": "string"}, value(random)])),
        16 => ("not", json!({"type": random.pick(TYPES)})),
        17 => (
            "properties",
            json!({random.pick(NAMES).copied().unwrap_or_default(): {"type": random.pick(TYPES)}}),
        ),
        18 => ("minItems", json!(random.below(40))),
        19 => ("uniqueItems", json!(true)),
        20 => (
            "style",
            json!(random.pick(&[
                "form",
                "deepObject",
                "pipeDelimited",
                "matrix",
                "label",
                "simple"
            ])),
        ),
        21 => ("explode", json!(random.below(2) == 0)),
        22 => (
            "in",
            json!(random.pick(&["path", "query", "header", "cookie", "body", ""])),
        ),
        _ => ("name", text(random)),
    }
}
