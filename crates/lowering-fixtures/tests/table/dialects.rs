//! OpenAPI 3.1 and 3.2, and the words of both dialects.

use crate::support::*;

rows! {
    type_lists "`type` is a list: of one type and null, of two types" {
        same::<types::Value>(r#"{"name": null, "either": "a"}"#);
        same::<types::Value>(r#"{"name": "a", "either": 1}"#);
        refused::<types::Value>(r#"{"name": 1, "either": 1}"#);
    }
    null_branches "null is a branch of a union, or a value of an enum" {
        same::<types::Value>(r#"{"one": null, "any": null, "listed": null}"#);
        same::<types::Value>(r#"{"one": {"first": "a"}, "any": 1, "listed": "left"}"#);
    }
    null_in_odd_places "a property is only ever null, or null is in a branch of a union" {
        same::<types::Value>(r#"{}"#);
        same::<types::Value>(r#"{"nothing": null, "any": null}"#);
        same::<types::Value>(r#"{"any": "a"}"#);
        same::<types::Value>(r#"{"any": {"a": 1}}"#);
    }
    constants "`const` is an enum of one value" {
        same::<types::Value>(r#"{"kind": "left", "version": "1"}"#);
        refused::<types::Value>(r#"{"kind": "right"}"#);
    }
    constant_numbers "`const` is a number or a flag" {
        same::<types::Value>(r#"{"version": 2, "flag": true}"#);
        refused::<types::Value>(r#"{"version": 3}"#);
    }
    bounds_as_numbers "exclusive bounds are numbers" {
        same::<types::Value>(r#"{"share": 0.5, "count": 99}"#);
    }
    bounds_as_flags "exclusive bounds are flags, one without its bound" {
        same::<types::Value>(r#"{"share": 0.5, "count": 1}"#);
    }
    reference_siblings "keywords stand beside `$ref`" {
        same::<types::Value>(r#"{"name": "Ada"}"#);
    }
    local_definitions "`$defs` inside of a component" {
        same::<types::Value>(r#"{"part": {"size": 1}}"#);
        refused::<types::Value>(r#"{"part": {}}"#);
    }
    tuples "`prefixItems`, and `items` as a list" {
        same::<types::Point>(r#"[1.5, "a"]"#);
        same::<types::Old>("[1, true]");
    }
    boolean_schemas "a schema is `true` or `false`" {
        same::<types::Value>(r#"{"anything": {"a": [1]}, "list": [1, "a", null]}"#);
    }
    keywords_that_only_restrict "`not`, `if` and others are no types" {
        same::<types::Value>(r#"{"kind": "big", "size": 1}"#);
    }
    pattern_properties "`patternProperties`, beside properties and alone" {
        same::<types::Value>(r#"{"id": 1, "x-color": "red"}"#);
        same::<types::Value>(r#"{"id": 1, "other": [1]}"#);
        same::<types::Only>(r#"{"a": 1}"#);
    }
    encoded_text "bytes are encoded in a text" {
        same::<types::Value>(r#"{"bytes": "aGVsbG8=", "page": "<p>"}"#);
    }
    examples_as_lists "`examples` is a list" {
        same::<types::Value>(r#"{"name": "Ada"}"#);
    }
    webhooks_beside_paths "what webhooks and callbacks bring is a type, also where a callback contains itself" {
        sends!(|c| c.send(), "POST /b HTTP/1.1");
        same::<types::ThingMadePayload>(r#"{"thing": {"id": "a"}, "by": "b"}"#);
        same::<types::SendDonePayload>(r#"{"left": 1}"#);
    }
    webhooks_alone "a document of webhooks is one of types" {
        same::<types::ThingMadePayload>(r#"{"event": "thing.made", "thing": {"id": 1}}"#);
        same::<types::ThingMadePayloadThing>(r#"{"id": 1}"#);
        same::<types::ThingMadeResponse200>(r#"{"ok": true}"#);
        same::<types::ThingGoneDeletePayload>(r#"{"id": 1}"#);
    }
    keywords_without_value "keywords that are `null`, and YAML's null as the name of a type" {
        for json in [r#"{"name": "a"}"#, r#"{"name": null}"#, r#"{"anything": true, "name": "a", "size": "large"}"#] {
            same::<types::Thing>(json);
        }
        sends!(|c| c.read().limit(2.5), "GET /a?limit=2.5 HTTP/1.1");
    }
    keywords_of_another_type "`properties` beside a text, and a link without an operation" {
        same::<types::Label>(r#""a""#);
        same::<types::Thing>(r#"{"label": "a"}"#);
        sends!(|c| c.read().size(3), "GET /a?size=3 HTTP/1.1");
    }
}
