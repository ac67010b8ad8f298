//! Where a document has schemas, for callers that measure what became of them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::grammar::Kind;
use crate::{pointer, refs, walk};

/// Keywords whose schemas only restrict values: they describe no value that a client holds.
const RESTRICTING: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "dependentSchemas",
    "dependencies",
    "contentSchema",
];

/// Keywords that say which values there are. Annotations, names (`$id`, `$defs`) and `nullable` do not, and neither does
/// what no specification knows.
const SAYING: &[&str] = &[
    "$dynamicRef",
    "$recursiveRef",
    "$ref",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "discriminator",
    "else",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "then",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
];

/// Every place of an OpenAPI document where a schema describes a value that a client may hold, by JSON pointer.
///
/// These are the schemas of components, parameters, request bodies and responses, also of the calls that the vendor's
/// server makes (`webhooks`, `callbacks`), and those within them. Parameters of such calls are not among them, nor are
/// headers of responses and of parts, or schemas that only restrict others (`not`, `if`, `propertyNames`, …). The document
/// may be of any version, lowered or not.
#[must_use]
pub fn schemas(document: &Value) -> BTreeMap<String, &Value> {
    let mut found = Vec::new();
    let mut left_out = Vec::new();
    let calls = refs::Index::of(document).calls;
    walk::visit(
        document,
        Kind::Document,
        &mut String::new(),
        &mut |_, kind, at| match kind {
            Kind::Header => left_out.push(at.to_owned()),
            Kind::Parameter if pointer::is_within_one(at, &calls) => {
                left_out.push(at.to_owned());
            }
            Kind::Schema if restricts(at) => left_out.push(at.to_owned()),
            Kind::Schema => found.push(at.to_owned()),
            _ => {}
        },
    );
    left_out.sort();
    found.retain(|at| !pointer::is_within_one(at, &left_out));
    found
        .into_iter()
        .filter_map(|at| {
            let schema = document.pointer(&at)?;
            Some((at, schema))
        })
        .collect()
}

/// Whether the keyword that leads to this schema only restricts. A property of that name does not.
fn restricts(at: &str) -> bool {
    let Some((above, last)) = at.rsplit_once('/') else {
        return false;
    };
    let keyword = match last.parse::<usize>() {
        Ok(_) => above.rsplit_once('/').map_or("", |(_, key)| key),
        Err(_) => last,
    };
    let named_by_keyword = above.rsplit_once('/').is_some_and(|(_, key)| {
        matches!(
            key,
            "properties" | "patternProperties" | "schemas" | "$defs" | "definitions"
        )
    });
    let in_map_that_restricts = above
        .rsplit_once('/')
        .is_some_and(|(_, key)| matches!(key, "dependentSchemas" | "dependencies"));
    in_map_that_restricts || (!named_by_keyword && RESTRICTING.contains(&keyword))
}

/// Whether a keyword says which values a schema has.
#[must_use]
pub fn says_values(keyword: &str) -> bool {
    SAYING.binary_search(&keyword).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keywords_are_sorted() {
        assert!(SAYING.is_sorted());
    }

    #[test]
    fn places_are_those_of_values_that_a_client_holds() {
        let document = json!({
            "openapi": "3.1.0",
            "webhooks": {"w": {"post": {"requestBody": {"content": {"a/b": {"schema": {"type": "string"}}}}}}},
            "paths": {"/a": {"get": {
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}],
                "callbacks": {"c": {"{$url}": {"get": {"parameters": [{"schema": {}}]}}}},
                "responses": {"200": {
                    "headers": {"h": {"schema": {"type": "string"}}},
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
                }}
            }}},
            "components": {"schemas": {"A": {
                "properties": {"not": {"type": "string"}, "b": {"not": {"properties": {"c": {}}}}},
                "allOf": [{"if": {}, "then": {}}],
                "propertyNames": {"pattern": "a"},
                "dependentSchemas": {"b": {"required": ["a"]}}
            }}}
        });
        let places: Vec<String> = schemas(&document).into_keys().collect();
        assert_eq!(
            places,
            [
                "/components/schemas/A",
                "/components/schemas/A/allOf/0",
                "/components/schemas/A/properties/b",
                "/components/schemas/A/properties/not",
                "/paths/~1a/get/parameters/0/schema",
                "/paths/~1a/get/parameters/0/schema/items",
                "/paths/~1a/get/responses/200/content/application~1json/schema",
                "/webhooks/w/post/requestBody/content/a~1b/schema",
            ]
        );
    }

    #[test]
    fn annotations_and_unknown_words_say_no_values() {
        for keyword in ["type", "$ref", "minLength", "const"] {
            assert!(says_values(keyword), "{keyword}");
        }
        for keyword in [
            "description",
            "nullable",
            "example",
            "x-a",
            "$defs",
            "placeholder",
        ] {
            assert!(!says_values(keyword), "{keyword}");
        }
    }
}
