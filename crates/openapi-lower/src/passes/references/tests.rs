use serde_json::{Value, json};

use crate::passes::testing::{brief, document_after};
use crate::report::{Effect, Note};

fn after(document: Value) -> (Value, Vec<Note>) {
    document_after(super::PASS, document)
}

fn rules(notes: &[Note]) -> Vec<(&str, &str)> {
    notes
        .iter()
        .map(|note| (note.rule, note.pointer.as_str()))
        .collect()
}

#[test]
fn a_schema_that_is_not_there_allows_anything() {
    let (document, notes) = after(json!({"openapi": "3.1.0", "components": {"schemas": {
        "A": {"properties": {"a": {"$ref": "#/components/schemas/Gone", "description": "one"}}},
        "B": {"items": {"$ref": "b.yaml#/B"}},
        "C": {"allOf": [{"$ref": "#/components/schemas"}, {"$ref": "#/components/schemas/A"}]},
        "D": {"$ref": "#/components/responses/R"},
        "E": {"$ref": "#/components/schemas/C/allOf"},
    }, "responses": {"R": {"description": "r"}}}}));
    let schemas = &document["components"]["schemas"];
    assert_eq!(
        schemas["A"]["properties"]["a"],
        json!({"description": "one"})
    );
    assert_eq!(schemas["B"], json!({"items": {}}));
    assert_eq!(
        schemas["C"]["allOf"],
        json!([{}, {"$ref": "#/components/schemas/A"}])
    );
    assert_eq!((&schemas["D"], &schemas["E"]), (&json!({}), &json!({})));
    assert_eq!(
        document["components"]["responses"]["R"],
        json!({"description": "r"})
    );
    assert!(notes.iter().all(|note| note.effect == Effect::Widened));
    assert_eq!(
        rules(&notes),
        [
            (
                "unresolved_reference",
                "/components/schemas/A/properties/a/$ref"
            ),
            ("external_reference", "/components/schemas/B/items/$ref"),
            ("unresolved_reference", "/components/schemas/C/allOf/0/$ref"),
            ("unresolved_reference", "/components/schemas/D/$ref"),
            ("unresolved_reference", "/components/schemas/E/$ref"),
        ]
    );
}

#[test]
fn beside_a_reference_3_0_has_only_annotations() {
    let schema =
        json!({"$ref": "#/components/schemas/Gone", "type": "string", "description": "one"});
    for (version, expected) in [
        ("3.0.3", json!({"description": "one"})),
        ("3.1.0", json!({"type": "string", "description": "one"})),
    ] {
        let document = json!({"openapi": version, "components": {"schemas": {"A": schema}}});
        assert_eq!(after(document).0["components"]["schemas"]["A"], expected);
    }
}

#[test]
fn a_circle_is_opened_in_one_place() {
    let (document, notes) = after(json!({"openapi": "3.0.0", "components": {"schemas": {
        "A": {"$ref": "#/components/schemas/B"},
        "B": {"$ref": "#/components/schemas/C"},
        "C": {"$ref": "#/components/schemas/B"},
        "D": {"$ref": "#/components/schemas/D"},
        "Tree": {"properties": {"left": {"$ref": "#/components/schemas/Tree"}}},
    }}}));
    assert_eq!(
        document["components"]["schemas"],
        json!({
            "A": {"$ref": "#/components/schemas/B"},
            "B": {},
            "C": {"$ref": "#/components/schemas/B"},
            "D": {},
            "Tree": {"properties": {"left": {"$ref": "#/components/schemas/Tree"}}},
        })
    );
    assert_eq!(
        rules(&notes),
        [
            ("circular_reference", "/components/schemas/B/$ref"),
            ("circular_reference", "/components/schemas/D/$ref"),
        ]
    );
}

#[test]
fn parameters_responses_and_headers_go_alone() {
    let (document, notes) = after(json!({"openapi": "3.0.0",
        "paths": {"/a": {"get": {
            "parameters": [{"$ref": "#/components/parameters/Gone"}, {"name": "q", "in": "query"}, {"$ref": "#/components/parameters/P"}],
            "responses": {
                "200": {"description": "", "headers": {"X-A": {"$ref": "h.yaml"}, "X-B": {"description": "b"}}},
                "404": {"$ref": "#/components/responses/Gone"}
            }
        }}},
        "components": {"parameters": {"P": {"$ref": "p.yaml"}}}
    }));
    let operation = &document["paths"]["/a"]["get"];
    assert_eq!(
        operation["parameters"],
        json!([{"name": "q", "in": "query"}])
    );
    assert_eq!(
        operation["responses"],
        json!({"200": {"description": "", "headers": {"X-B": {"description": "b"}}}})
    );
    assert_eq!(document["components"]["parameters"], json!({}));
    assert_eq!(
        brief(&notes),
        [
            ("/components/parameters/P/$ref", Effect::Dropped),
            ("/paths/~1a/get/parameters/0/$ref", Effect::Dropped),
            (
                "/paths/~1a/get/responses/200/headers/X-A/$ref",
                Effect::Dropped
            ),
            ("/paths/~1a/get/responses/404/$ref", Effect::Dropped),
            ("/paths/~1a/get/parameters/2/$ref", Effect::Dropped),
        ]
    );
}

#[test]
fn a_path_item_goes_as_a_whole_unless_operations_stand_beside_the_reference() {
    let (document, notes) = after(json!({"openapi": "3.1.0",
        "paths": {
            "/a": {"$ref": "a.yaml"},
            "/b": {"$ref": "b.yaml", "get": {}},
            "/c": {"$ref": "#/components/pathItems/C"},
        },
        "components": {"pathItems": {"C": {"$ref": "c.yaml"}}}
    }));
    assert_eq!(document["paths"], json!({"/b": {"get": {}}}));
    let left_out: Vec<Option<String>> = notes.iter().map(Note::left_out).collect();
    assert_eq!(
        left_out,
        [None, Some("/a".to_owned()), None, Some("/c".to_owned())]
    );
    assert_eq!(notes[2].fault(), Some("lower::external_reference"));
}

#[test]
fn what_is_copied_does_not_hold_itself() {
    let header = |inner: &str| json!({"content": {"multipart/mixed": {"encoding": {"a": {"headers": {"X": {"$ref": inner}}}}}}});
    let (document, notes) = after(json!({"openapi": "3.0.0", "components": {"headers": {
        "A": header("#/components/headers/B"),
        "B": header("#/components/headers/A"),
    }}}));
    let of = |name: &str| {
        document["components"]["headers"][name]["content"]["multipart/mixed"]["encoding"]["a"]
            ["headers"]
            .clone()
    };
    // Which of the two goes is a matter of names; what it held is named by no one else then.
    assert_eq!(of("A"), json!({}));
    assert_eq!(of("B"), json!({"X": {"$ref": "#/components/headers/A"}}));
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].rule, "circular_reference");
}

#[test]
fn a_whole_lowering_gives_up_operations_only_for_their_bodies() {
    let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {
        "/a/{id}": {"parameters": [{"$ref": "p.yaml#/id"}], "get": {"responses": {"200": {"$ref": "r.yaml"}}}},
        "/b": {"post": {"requestBody": {"$ref": "#/components/requestBodies/B"}, "responses": {}}},
    }, "components": {"requestBodies": {"B": {"$ref": "b.yaml"}}}});
    let lowered = crate::lower(document, &crate::Options::default()).unwrap();
    let names: Vec<&String> = lowered.operations.keys().collect();
    assert_eq!(names, ["get_a_id"]);
    let parameters = &lowered.document["paths"]["/a/{id}"]["get"]["parameters"];
    assert_eq!(parameters[0]["name"], "id");
    let left_out: Vec<(String, &str)> = lowered
        .notes
        .iter()
        .filter_map(|note| Some((note.left_out()?, note.message.as_str())))
        .collect();
    assert_eq!(
        left_out,
        [(
            "POST /b".to_owned(),
            "its body is not known: `b.yaml` is in another document"
        )]
    );
}

#[test]
fn a_document_of_components_is_one_of_types() {
    let webhooks = json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"},
        "webhooks": {"a": {"post": {"responses": {}}}},
        "components": {"schemas": {"Event": {"type": "object"}}}});
    let lowered = crate::lower(webhooks, &crate::Options::default()).unwrap();
    assert!(lowered.operations.is_empty());
    assert_eq!(
        lowered.document["components"]["schemas"]["Event"],
        json!({"type": "object"})
    );
    let faults: Vec<_> = lowered.notes.iter().filter_map(Note::fault).collect();
    assert_eq!(faults, ["lower::no_operations"]);
}
