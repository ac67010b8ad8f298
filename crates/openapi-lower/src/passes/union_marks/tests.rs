use serde_json::{Value, json};

use crate::marks::UnionMark;
use crate::passes::testing::marked_after;

fn part(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({"type": "object", "required": required, "properties": properties})
}

fn text(values: &[&str]) -> Value {
    json!({"type": "string", "enum": values})
}

/// The mark of the component `U`.
fn mark(union: Value, others: Value) -> Option<UnionMark> {
    let mut schemas = others;
    schemas["U"] = union;
    let document = json!({"openapi": "3.0.0", "components": {"schemas": schemas}});
    let (.., mut marks) = marked_after(&[super::PASS], document);
    marks.unions.remove("U")
}

fn tags(mark: &UnionMark) -> Vec<Value> {
    let tags = mark.branches.iter().map(|branch| json!(branch.tags));
    tags.collect()
}

fn pets() -> Value {
    json!({
        "Cat": object(&["kind"], json!({"kind": {"type": "string"}, "lives": {"type": "integer"}})),
        "Dog": object(&["kind"], json!({"kind": {"type": "string"}})),
        "Fish": object(&["kind"], json!({"kind": text(&["fish", "shark"])})),
    })
}

#[test]
fn a_mapping_names_the_values_of_the_tag() {
    let mapping = json!({"cat": part("Cat")["$ref"], "tom": part("Cat")["$ref"], "Dog": part("Dog")["$ref"],
        "Fish": part("Fish")["$ref"]});
    let union = json!({
        "oneOf": [part("Cat"), part("Dog"), part("Fish")],
        "discriminator": {"propertyName": "kind", "mapping": mapping}
    });
    let found = mark(union, pets()).unwrap();
    assert_eq!(found.tag.as_deref(), Some("kind"));
    assert_eq!(
        tags(&found),
        [
            json!(["cat", "tom"]),
            json!(["Dog"]),
            json!(["fish", "shark"])
        ]
    );
    assert!(found.is_told_by_tag_alone() && found.knows_all_tags());
}

#[test]
fn a_base_that_lists_all_values_leaves_them_to_the_mapping() {
    let all = text(&["cat", "dog"]);
    let schemas = json!({
        "Cat": object(&["kind"], json!({"kind": all})), "Dog": object(&[], json!({"kind": all}))
    });
    let mapping = json!({"cat": part("Cat")["$ref"], "dog": part("Dog")["$ref"]});
    let union = json!({
        "oneOf": [part("Cat"), part("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": mapping}
    });
    let found = mark(union, schemas).unwrap();
    assert_eq!(tags(&found), [json!(["cat"]), json!(["dog"])]);
    assert!(!found.is_told_by_tag_alone() && found.knows_all_tags());
}

#[test]
fn a_union_in_a_union_has_the_tags_of_its_branches() {
    let mut schemas = pets();
    schemas["Mammal"] = json!({
        "oneOf": [part("Cat"), part("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": {"c": part("Cat")["$ref"], "d": part("Dog")["$ref"]}}
    });
    let union = json!({
        "oneOf": [part("Mammal"), part("Fish")],
        "discriminator": {"propertyName": "kind", "mapping": {"Mammal": part("Mammal")["$ref"]}}
    });
    let found = mark(union, schemas).unwrap();
    assert_eq!(tags(&found)[1], json!(["fish", "shark"]));
    assert_eq!(tags(&found)[0], json!(["c", "d"]));
}

#[test]
fn without_a_discriminator_a_property_with_other_values_in_each_branch_is_the_tag() {
    let flag = |value: bool| {
        let name = if value { "True" } else { "False" };
        let mut flag = text(&[name]);
        flag["x-openapi-lower"] = json!({"values": {name: value}});
        flag
    };
    let union = json!({"oneOf": [
        object(&["ok"], json!({"ok": flag(true), "a": text(&["x"])})),
        {"type": "string"},
        object(&["ok"], json!({"ok": flag(false), "a": text(&["y"])})),
    ]});
    let found = mark(union, json!({})).unwrap();
    assert_eq!(found.tag.as_deref(), Some("ok"));
    assert_eq!(tags(&found), [json!([true]), json!([]), json!([false])]);
    assert_eq!(found.branches[1].objects, None);
    assert!(found.is_told_by_tag_alone());
}

#[test]
fn a_branch_whose_tag_may_be_null_is_told_by_its_keys() {
    let mut or_null = text(&["bad"]);
    or_null["nullable"] = json!(true);
    let ok = object(&["status", "a"], json!({"status": text(&["ok"]), "a": {}}));
    let bad = object(&["status", "b"], json!({"status": or_null, "b": {}}));
    for discriminator in [json!(null), json!({"propertyName": "status"})] {
        let mut union = json!({"oneOf": [ok, bad]});
        if discriminator.is_object() {
            union["discriminator"] = discriminator;
        }
        let found = mark(union, json!({})).unwrap();
        assert_eq!(found.tag.as_deref(), Some("status"));
        assert_eq!(tags(&found), [json!(["ok"]), json!([])]);
        assert!(!found.knows_all_tags() && !found.is_told_by_tag_alone());
    }
}

#[test]
fn unions_in_unions_are_gone_through_once() {
    let mut schemas = serde_json::Map::new();
    for (level, branch) in (0..64).map(|number| (number / 8, number % 8)) {
        let parts: Vec<Value> = (0..8)
            .map(|next| part(&format!("L{}x{next}", level + 1)))
            .collect();
        let union = json!({"oneOf": parts, "discriminator": {"propertyName": "kind"}});
        schemas.insert(format!("L{level}x{branch}"), union);
        let leaf = object(&["kind"], json!({"kind": {"type": "string"}}));
        schemas.insert(format!("L8x{branch}"), leaf);
    }
    let union =
        json!({"oneOf": [part("L0x0"), part("L0x1")], "discriminator": {"propertyName": "kind"}});
    let found = mark(union, Value::Object(schemas)).unwrap();
    assert_eq!(found.tag, None);
}

#[test]
fn otherwise_the_keys_decide() {
    let union = json!({"oneOf": [
        object(&[], json!({"a": {}})),
        object(&["b"], json!({"b": {}})),
        {"type": "object", "additionalProperties": {"type": "string"}},
    ]});
    let found = mark(union, json!({})).unwrap();
    assert_eq!(found.tag, None);
    let objects: Vec<Value> = found
        .branches
        .iter()
        .map(|branch| json!(branch.objects))
        .collect();
    assert_eq!(
        objects,
        [
            json!({"required": [], "properties": ["a"], "open": false}),
            json!({"required": ["b"], "properties": ["b"], "open": false}),
            json!({"required": [], "properties": [], "open": true}),
        ]
    );
}

#[test]
fn one_object_alone_needs_no_mark() {
    let union = json!({"oneOf": [{"type": "string"}, object(&[], json!({}))]});
    assert_eq!(mark(union, json!({})), None);
}

#[test]
fn any_of_with_a_tag_is_one_of() {
    let schemas = json!({"U": {"anyOf": [
        object(&["t"], json!({"t": text(&["a"])})), object(&["t"], json!({"t": text(&["b"])}))
    ]}});
    let document = json!({"openapi": "3.0.0", "components": {"schemas": schemas}});
    let (document, notes, marks) = marked_after(&[super::PASS], document);
    assert!(
        document["components"]["schemas"]["U"]
            .get("oneOf")
            .is_some()
    );
    assert_eq!(notes.len(), 1);
    assert_eq!(marks.unions["U"].tag.as_deref(), Some("t"));
}
