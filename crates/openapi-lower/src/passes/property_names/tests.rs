use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::PASS;
use crate::Effect;
use crate::marks::FieldMark;
use crate::options::Options;
use crate::passes::testing::{brief, document_after, marked_after};

fn document(schema: Value) -> Value {
    json!({"openapi": "3.0.0", "components": {"schemas": {"S": schema}}})
}

fn object(names: &[&str]) -> Value {
    let properties: Map<String, Value> = names
        .iter()
        .map(|name| {
            (
                (*name).to_owned(),
                json!({"type": "string", "example": name}),
            )
        })
        .collect();
    json!({"type": "object", "properties": properties, "required": names})
}

/// Name on the wire to the one in the lowered document.
fn fields(schema: Value) -> BTreeMap<String, String> {
    let (document, notes, mut marks) = marked_after(&[PASS], document(schema));
    assert!(notes.iter().all(|note| note.effect == Effect::Exact));
    let schema = &document["components"]["schemas"]["S"];
    let marks = marks.fields.remove("S").unwrap_or_default();
    let properties = schema["properties"].as_object().unwrap();
    let required: Vec<&str> = schema["required"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    properties
        .iter()
        .map(|(name, schema)| {
            let wire = schema["example"].as_str().unwrap().to_owned();
            let told = marks.get(name).map_or(name, |mark| &mark.name);
            assert_eq!(*told, wire);
            assert!(required.contains(&name.as_str()), "{name}");
            (wire, name.clone())
        })
        .collect()
}

fn renamed(names: &[&str]) -> Vec<(String, String)> {
    let fields = fields(object(names)).into_iter();
    fields.filter(|(wire, name)| wire != name).collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

#[test]
fn what_is_written_like_the_field_keeps_its_name() {
    assert_eq!(
        renamed(&["@id", "id", "fooBar", "foo_bar", "foo-bar"]),
        pairs(&[
            ("@id", "at_id"),
            ("foo-bar", "foo_dash_bar"),
            ("fooBar", "foo_camel_bar")
        ])
    );
    assert_eq!(renamed(&["fooBar", "@id", "type", "1st"]), []);
}

#[test]
fn keywords_case_and_what_is_no_name_are_told_apart() {
    assert_eq!(
        renamed(&["self", "Self", "", "$", "id", "ID", "Id"]),
        pairs(&[
            ("$", "dollar"),
            ("ID", "id_upper"),
            ("Id", "id_pascal"),
            ("Self", "self_pascal")
        ])
    );
    assert_eq!(
        renamed(&["", "x", "type", "type_", "+1", "plus1"]),
        pairs(&[
            ("", "empty"),
            ("+1", "plus_1"),
            ("type_", "type_underscore")
        ])
    );
}

#[test]
fn a_name_that_is_another_property_is_not_taken() {
    assert_eq!(
        renamed(&["@id", "id", "at_id", "@_id", "idField"]),
        pairs(&[("@_id", "at_underscore_id"), ("@id", "id_field_2")])
    );
}

#[test]
fn the_map_of_all_others_has_a_field_too() {
    let mut schema = object(&["extra", "Extra"]);
    schema["additionalProperties"] = json!({"type": "string"});
    assert_eq!(
        fields(schema.clone()).into_iter().collect::<Vec<_>>(),
        pairs(&[("Extra", "extra_pascal"), ("extra", "extra_field")])
    );
    schema["additionalProperties"] = json!(false);
    assert_eq!(renamed(&["extra"]), []);
}

#[test]
fn a_property_that_is_only_required_is_a_field() {
    let schema = json!({"type": "object", "properties": {"id": {}}, "required": ["id", "@id"]});
    let (document, _, marks) = marked_after(&[PASS], document(schema));
    let schema = &document["components"]["schemas"]["S"];
    assert_eq!(schema["required"], json!(["id", "at_id"]));
    assert_eq!(marks.fields["S"]["at_id"].name, "@id");
}

#[test]
fn what_is_known_of_a_field_goes_with_it() {
    let mut options = Options::default();
    options = options.with_marks();
    let mut context = crate::context::Context::new(document(object(&["@id", "id"])), &options);
    let known = FieldMark {
        name: "@id".to_owned(),
        nullable: true,
    };
    let marks = BTreeMap::from([("@id".to_owned(), known.clone())]);
    context.marks.fields.insert("S".to_owned(), marks);
    PASS.apply(&mut context);
    let marks = BTreeMap::from([("at_id".to_owned(), known)]);
    assert_eq!(context.marks.fields["S"], marks);
    let origin = context
        .origins
        .resolve("/components/schemas/S/properties/at_id/type");
    assert_eq!(origin, "/components/schemas/S/properties/@id/type");
}

#[test]
fn without_marks_one_of_each_is_kept_and_no_value_is_refused() {
    let after = |additional: Option<Value>| {
        let mut schema = object(&["id", "@id"]);
        if let Some(additional) = additional {
            schema["additionalProperties"] = additional;
        }
        let (document, notes) = document_after(PASS, document(schema));
        let at = "/components/schemas/S/properties/@id";
        assert_eq!(brief(&notes), [(at, Effect::Dropped)]);
        let schema = &document["components"]["schemas"]["S"];
        assert_eq!(schema["required"], json!(["id"]));
        assert_eq!(schema["properties"].as_object().unwrap().len(), 1);
        schema.get("additionalProperties").cloned()
    };
    assert_eq!(after(None), None);
    assert_eq!(after(Some(json!(false))), None);
    assert_eq!(after(Some(json!({"type": "integer"}))), Some(json!({})));
}

#[test]
fn without_marks_a_property_counts_more_than_the_map() {
    let mut schema = object(&["extra"]);
    schema["additionalProperties"] = json!({"type": "integer"});
    let (document, notes) = document_after(PASS, document(schema));
    assert_eq!(document["components"]["schemas"]["S"], object(&["extra"]));
    assert_eq!(notes[0].effect, Effect::Dropped);
}

#[test]
fn a_default_with_a_name_that_is_gone_goes() {
    let holder = json!({"type": "object", "properties": {
        "s": {"allOf": [{"$ref": "#/components/schemas/S"}], "default": {"@id": "a"}},
        "t": {"type": "string", "default": "@id"}
    }});
    let document = json!({"openapi": "3.0.0", "components": {"schemas": {"H": holder, "S": object(&["@id", "id"])}}});
    let (document, _, _) = marked_after(&[PASS], document);
    let properties = &document["components"]["schemas"]["H"]["properties"];
    assert_eq!(properties["s"].get("default"), None);
    assert_eq!(properties["t"]["default"], "@id");
}
