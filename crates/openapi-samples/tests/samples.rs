//! What is sampled, and what counts as a difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use openapi_samples::{Cause, Kind, MAX_SAMPLES, Sample, Sampler};
use serde_json::{Value, json};

fn document(schemas: Value) -> Value {
    json!({ "openapi": "3.1.0", "paths": {}, "components": { "schemas": schemas } })
}

fn samples(schemas: Value) -> Vec<Sample> {
    Sampler::new(&document(schemas))
        .samples("/components/schemas/A")
        .samples
}

fn values(schemas: Value) -> Vec<Value> {
    samples(schemas)
        .into_iter()
        .map(|sample| sample.value)
        .collect()
}

fn of(kind: Kind, samples: &[Sample]) -> Vec<&Value> {
    samples
        .iter()
        .filter(|sample| sample.kind == kind)
        .map(|sample| &sample.value)
        .collect()
}

#[test]
fn an_object_with_one_thing_changed_at_a_time() {
    let samples = samples(json!({"A": {
        "type": "object", "required": ["id"],
        "properties": {"id": {"type": "boolean"}, "name": {"type": ["string", "null"], "enum": ["x", null]}, "list": {"type": "array", "items": {"const": 1}}}
    }}));
    assert_eq!(of(Kind::Required, &samples), [&json!({"id": true})]);
    assert_eq!(
        of(Kind::All, &samples),
        [&json!({"id": true, "list": [1], "name": "x"})]
    );
    assert_eq!(
        of(Kind::Absent, &samples),
        [
            &json!({"id": true, "name": "x"}),
            &json!({"id": true, "list": [1]})
        ]
    );
    assert_eq!(
        of(Kind::Null, &samples),
        [&json!({"id": true, "list": [1], "name": null})]
    );
    assert!(
        of(Kind::Other, &samples).contains(&&json!({"id": true, "list": []})),
        "{samples:#?}"
    );
    assert!(
        of(Kind::Other, &samples).contains(&&json!({"id": false})),
        "{samples:#?}"
    );
}

#[test]
fn every_value_of_an_enum_and_every_type_of_a_list() {
    assert_eq!(
        values(json!({"A": {"enum": ["a", 1, true]}})),
        [json!("a"), json!(1), json!(true)]
    );
    let both = values(json!({"A": {"type": ["string", "integer", "null"]}}));
    assert!(
        both.contains(&Value::Null)
            && both.iter().any(Value::is_string)
            && both.iter().any(Value::is_i64)
    );
}

#[test]
fn both_dialects_of_null() {
    let old = json!({"openapi": "3.0.3", "components": {"schemas": {"A": {"type": "string", "nullable": true}}}});
    let old = Sampler::new(&old).samples("/components/schemas/A").samples;
    assert!(old.iter().any(|sample| sample.value.is_null()));
    assert!(
        values(json!({"A": {"anyOf": [{"type": "integer"}, {"nullable": true}]}}))
            .contains(&Value::Null)
    );
}

#[test]
fn texts_of_formats_patterns_and_lengths() {
    assert_eq!(
        values(json!({"A": {"type": "string", "format": "uuid"}})),
        [json!("67e55044-10b1-426f-9247-bb680e5fe0c8")]
    );
    assert_eq!(
        values(json!({"A": {"type": "string", "pattern": "^[a-f]{2}-\\d+$"}}))[0],
        json!("aa-0")
    );
    assert_eq!(
        values(json!({"A": {"type": "string", "pattern": "^\\w+$", "minLength": 3}}))[0],
        json!("aaa")
    );
    let lengths: Vec<usize> =
        values(json!({"A": {"type": "string", "minLength": 2, "maxLength": 6}}))
            .iter()
            .map(|text| text.as_str().unwrap().chars().count())
            .collect();
    assert_eq!(lengths, [4, 2, 6]);
}

#[test]
fn numbers_inside_of_their_bounds() {
    assert_eq!(
        values(json!({"A": {"type": "integer", "minimum": 3, "exclusiveMaximum": 6}})),
        [json!(3), json!(5)]
    );
    let small = values(json!({"A": {"type": "integer", "format": "int32"}}));
    assert!(small.contains(&json!(i32::MIN)) && small.contains(&json!(i32::MAX)));
    assert_eq!(
        values(json!({"A": {"type": "number", "multipleOf": 0.25, "minimum": 1}}))[0],
        json!(1.0)
    );
}

#[test]
fn a_branch_has_the_tag_of_its_mapping_and_is_known() {
    let samples = samples(json!({
        "A": {"oneOf": [{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/C"}],
            "discriminator": {"propertyName": "kind", "mapping": {"bee": "#/components/schemas/B"}}},
        "B": {"type": "object", "properties": {"kind": {"type": "string"}}},
        "C": {"type": "object", "properties": {"kind": {"type": "string"}}}
    }));
    let first = &samples[0];
    assert_eq!(first.value, json!({"kind": "bee"}));
    assert_eq!(
        first.branch.as_ref().unwrap().target,
        "/components/schemas/B"
    );
    assert_eq!(samples[1].value, json!({"kind": "C"}));
    assert_eq!(
        samples[1].branch.as_ref().unwrap().pointer,
        "/components/schemas/A/oneOf/1"
    );
}

#[test]
fn a_value_that_several_branches_allow_is_of_none() {
    let samples = samples(json!({"A": {"anyOf": [
        {"type": "object", "properties": {"a": {"const": 1}}},
        {"type": "object", "required": ["b"], "properties": {"b": {"const": 2}}}
    ]}}));
    let branch = |value: Value| {
        let sample = samples.iter().find(|sample| sample.value == value).unwrap();
        sample.branch.as_ref().map(|branch| branch.pointer.clone())
    };
    assert_eq!(
        branch(json!({"a": 1})).unwrap(),
        "/components/schemas/A/anyOf/0"
    );
    assert_eq!(branch(json!({"b": 2})), None);
}

#[test]
fn a_child_has_the_tag_that_its_base_expects() {
    let schemas = json!({
        "Base": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind", "mapping": {"child": "A"}}},
        "A": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object"}]}
    });
    assert_eq!(values(schemas)[0], json!({"kind": "child"}));
}

#[test]
fn recursion_is_cut_and_what_cannot_end_has_no_samples() {
    let tree = values(
        json!({"A": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/A"}}}}),
    );
    assert_eq!(tree[0], json!({}));
    assert_eq!(tree[1], json!({"next": {}}));
    let endless = json!({"A": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/A"}}}});
    assert_eq!(values(endless), [] as [Value; 0]);
    assert_eq!(
        values(json!({"A": {"anyOf": [{"const": 1}, {"$ref": "#/components/schemas/A"}]}})),
        [json!(1)]
    );
}

#[test]
fn examples_that_the_schema_allows_are_samples() {
    let mut document = document(
        json!({"A": {"type": "object", "properties": {"n": {"type": "integer", "example": 7}}, "example": {"n": "seven"}}}),
    );
    document["paths"] = json!({"/a": {"get": {"responses": {"200": {"content": {"application/json": {
        "schema": {"$ref": "#/components/schemas/A"}, "examples": {"one": {"value": {"n": 8, "other": 1}}}
    }}}}}}});
    let sampled = Sampler::new(&document).samples("/components/schemas/A");
    assert_eq!(
        of(Kind::Example, &sampled.samples),
        [&json!({"n": 8, "other": 1}), &json!({"n": 7})]
    );
    assert_eq!(sampled.refused, 1);
}

#[test]
fn samples_are_bounded_and_always_the_same() {
    let properties: Value = (0..80)
        .map(|n| (format!("p{n}"), json!({"enum": ["a", "b", "c"]})))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let schemas = json!({"A": {"type": "object", "properties": properties}});
    assert_eq!(samples(schemas.clone()).len(), MAX_SAMPLES);
    assert_eq!(samples(schemas.clone()), samples(schemas));
}

#[test]
fn differences_by_cause() {
    let schemas = json!({"A": {"type": "object", "properties": {
        "null": {"type": ["string", "null"]}, "list": {"type": "array"}, "text": {"type": "string"},
        "at": {"type": "string", "format": "date-time"}, "number": {"type": "number"}
    }}});
    let sampler = Sampler::new(&document(schemas));
    let causes = |sample: Value, result: Value| -> Vec<(String, Cause)> {
        let found = sampler.differences("/components/schemas/A", &sample, &result);
        found
            .into_iter()
            .map(|difference| (difference.pointer, difference.cause))
            .collect()
    };
    assert_eq!(
        causes(json!({"unknown": 1, "number": 1}), json!({"number": 1.0})),
        []
    );
    assert_eq!(
        causes(json!({"null": null}), json!({})),
        [("/null".to_owned(), Cause::LostNull)]
    );
    assert_eq!(
        causes(json!({"list": []}), json!({})),
        [("/list".to_owned(), Cause::LostEmpty)]
    );
    assert_eq!(
        causes(json!({"text": "a"}), json!({})),
        [("/text".to_owned(), Cause::Lost)]
    );
    assert_eq!(
        causes(json!({}), json!({"text": "a"})),
        [("/text".to_owned(), Cause::Added)]
    );
    assert_eq!(
        causes(json!({}), json!({"null": null})),
        [("/null".to_owned(), Cause::AddedNull)]
    );
    assert_eq!(
        causes(json!({"text": "a"}), json!({"text": "b"})),
        [("/text".to_owned(), Cause::Changed)]
    );
    let (given, back) = (
        json!({"at": "2026-03-01T10:30:00.000+01:00"}),
        json!({"at": "2026-03-01T09:30:00Z"}),
    );
    assert_eq!(causes(given, back), [("/at".to_owned(), Cause::Rewritten)]);
}

fn example(schemas: Value) -> Option<Value> {
    Sampler::new(&document(schemas)).example("/components/schemas/A")
}

#[test]
fn the_example_to_show_is_the_documented_one_as_it_stands() {
    // Not what the schema allows, but what the document shows.
    let own = json!({"A": {"type": "object", "properties": {"a": {"type": "string"}}, "example": {"a": null}}});
    assert_eq!(example(own), Some(json!({"a": null})));
    let referred = json!({"A": {"$ref": "#/components/schemas/B"}, "B": {"type": "integer", "examples": [7, 8]}});
    assert_eq!(example(referred), Some(json!(7)));
    let circle = json!({"A": {"$ref": "#/components/schemas/A"}});
    assert_eq!(example(circle), Some(json!("anything")));
}

#[test]
fn a_made_example_is_full_and_has_the_examples_of_its_parts_that_are_allowed() {
    let made = example(json!({
        "A": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string", "example": "w1"},
            "size": {"type": "integer", "example": "not a number"},
            "owner": {"$ref": "#/components/schemas/Owner"},
            "tags": {"type": "array", "items": {"type": "string", "example": "left"}}
        }},
        "Owner": {"type": "object", "properties": {"name": {"type": "string", "example": "Ada"}, "age": {"type": "integer", "minimum": 3}}}
    }));
    let size = made.as_ref().map(|made| made["size"].clone());
    assert!(size.is_some_and(|size| size.is_i64()), "{made:?}");
    let mut made = made.unwrap();
    made["size"] = json!(0);
    assert_eq!(
        made,
        json!({"id": "w1", "size": 0, "owner": {"name": "Ada", "age": 3}, "tags": ["left"]})
    );
}

#[test]
fn a_part_that_no_value_fits_is_left_out_of_a_made_example() {
    let made = example(json!({"A": {"type": "object", "properties": {
        "never": {"allOf": [{"type": "string"}, {"type": "integer"}]},
        "not": {"type": "boolean", "not": {"const": true}},
        "inner": {"type": "object", "properties": {"never": {"enum": [1], "type": "string"}, "yes": {"const": 1}}}
    }}}));
    assert_eq!(made, Some(json!({"inner": {"yes": 1}})));
}

#[test]
fn values_are_allowed_or_not_by_the_schema_at_a_pointer() {
    let sampler = Sampler::new(&document(json!({"A": {"type": "integer", "minimum": 3}})));
    assert!(sampler.allows("/components/schemas/A", &json!(3)));
    assert!(!sampler.allows("/components/schemas/A", &json!(2)));
    assert!(!sampler.allows("/components/schemas/B", &json!(3)));
}
