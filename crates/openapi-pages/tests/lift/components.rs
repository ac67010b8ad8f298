//! The components that entries name.

use serde_json::json;

use crate::parts::{NO_RESPONSE, schema};
use crate::support::{only, operation, page, problems};

#[test]
fn entries_of_one_component_are_its_alternatives() {
    let (union, document) = schema(
        "          - {type: string, refIdentifier: '#/components/schemas/Id'}
          - {type: 'null'}
          - {type: integer, refIdentifier: '#/components/schemas/Id'}",
    );
    assert_eq!(
        union,
        json!({"anyOf": [{"$ref": "#/components/schemas/Id"}, {"type": "null"}]})
    );
    assert_eq!(
        document["components"]["schemas"]["Id"],
        json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})
    );
}

#[test]
fn names_of_components_are_decoded_and_other_references_stay_inline() {
    let (reference, document) =
        schema("          - {type: string, refIdentifier: '#/components/schemas/a~1b%20c'}");
    assert_eq!(reference, json!({"$ref": "#/components/schemas/a~1b%20c"}));
    assert_eq!(
        document["components"]["schemas"],
        json!({"a/b c": {"type": "string"}})
    );
    for elsewhere in [
        "other.yaml#/Thing",
        "#/components/responses/R",
        "#/components/schemas/A/properties/b",
    ] {
        let (inline, document) = schema(&format!(
            "          - {{type: string, refIdentifier: '{elsewhere}'}}"
        ));
        assert_eq!(inline, json!({"type": "string"}), "{elsewhere}");
        assert_eq!(document.get("components"), None);
    }
}

/// Two responses with these entries, and these schemas among the components.
fn two(first: &str, second: &str, schemas: &str) -> String {
    page(&format!(
        "paths:
  path: /x
  method: get
  response:
    '200':
      application/json:
        schemaArray: [{{{first}, refIdentifier: '#/components/schemas/A'}}]
    '201':
      application/json:
        schemaArray: [{{{second}, refIdentifier: '#/components/schemas/A'}}]
components:
  schemas: {{{schemas}}}
"
    ))
}

#[test]
fn a_component_that_recurs_must_have_the_same_structure() {
    let same = two(
        "type: object, title: One, minProperties: 1",
        "minProperties: 1, type: object, description: two",
        "",
    );
    let document = only(&same).document;
    assert_eq!(
        document["components"]["schemas"],
        json!({"A": {"type": "object", "title": "One", "minProperties": 1}})
    );
    let second = &document["paths"]["/x"]["get"]["responses"]["201"]["content"]["application/json"]
        ["schema"];
    assert_eq!(
        second,
        &json!({"$ref": "#/components/schemas/A", "description": "two"})
    );

    for second in ["type: array", "type: object, maxProperties: 3", "format: x"] {
        let text = two("type: object", second, "");
        let found = problems(&text, None);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, "pages::component_conflict");
        assert!(
            text[found[0].span.clone().unwrap()].contains(second),
            "{second}"
        );
    }
}

#[test]
fn a_component_of_the_page_wins_if_it_does_not_contradict() {
    let entry = "type: object, properties: {b: {allOf: [{type: string}]}}, requiredProperties: [b]";
    for full in [
        "A: {type: object, properties: {b: {type: string}}, required: [b], discriminator: {propertyName: b}}",
        "A: {properties: {b: {type: string}}, required: [b]}",
        "A: {allOf: [{$ref: '#/components/schemas/B'}]}",
    ] {
        let document = only(&two(entry, entry, full)).document;
        let (expected, _) = openapi_pages::parse_yaml(full).unwrap();
        assert_eq!(document["components"]["schemas"], expected);
    }
    let found = problems(
        two(
            entry,
            entry,
            "A: {type: object, properties: {c: {type: string}}}",
        ),
        None,
    );
    assert_eq!(found.len(), 2);
    assert!(
        found
            .iter()
            .all(|problem| problem.code == "pages::component_conflict")
    );
}

#[test]
fn a_parameter_gives_a_component_its_structure_only() {
    let request = "    parameters:
      query:
        a: {schema: [{type: string, format: id, description: of the parameter, default: z, refIdentifier: '#/components/schemas/Id'}]}";
    let with_response = |entry: &str| {
        let response = format!(
            "    '200':\n      application/json:\n        schemaArray: [{{{entry}, refIdentifier: '#/components/schemas/Id'}}]"
        );
        operation(request, &response)
    };
    let document = only(&operation(request, NO_RESPONSE)).document;
    assert_eq!(
        document["components"]["schemas"]["Id"],
        json!({"type": "string", "format": "id"})
    );
    assert_eq!(
        document["paths"]["/x"]["get"]["parameters"][0]["schema"],
        json!({"$ref": "#/components/schemas/Id", "default": "z"})
    );
    let document = only(&with_response(
        "type: string, format: id, description: An id",
    ))
    .document;
    assert_eq!(
        document["components"]["schemas"]["Id"],
        json!({"type": "string", "format": "id", "description": "An id"})
    );
    assert_eq!(
        problems(with_response("type: integer"), None)[0].code,
        "pages::component_conflict"
    );
}
