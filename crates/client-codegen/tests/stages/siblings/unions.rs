//! Adding branches to unions, and things to branches.

use openapi_pages::parse_yaml;
use serde_json::{Value, json};

use super::{
    component, enumerated, nothing_vanished, nothing_vanished_for_each, object, vanished, with,
};

const BASE: &str = include_str!("unions.yaml");

/// Unions that have any branch added.
const UNIONS: &[&str] = &[
    "UnionOfRefs/oneOf",
    "UnionOfTagged/oneOf",
    "UnionOfObjects/oneOf",
    "UnionOfPrimitives/oneOf",
    "UnionInObject/oneOf",
    "AnyOfMixed/anyOf",
    "Unions/properties/inline/oneOf",
];

/// Unions that are structs with the fields of all branches, as long as each is an object.
const FLATTENED: &[&str] = &["AnyOfRefs/anyOf", "AnyOfObjects/anyOf"];

pub(super) fn base() -> Value {
    parse_yaml(BASE).expect("the fixture is YAML").0
}

#[test]
fn a_component_in_a_union() {
    let used = |name: &str| {
        let document = with(
            base(),
            &format!("/components/schemas/{name}"),
            object("owner"),
        );
        let everywhere = UNIONS
            .iter()
            .chain(FLATTENED)
            .fold(document, |document, union| {
                with(
                    document,
                    &format!("/components/schemas/{union}/0"),
                    component(name),
                )
            });
        (name.to_owned(), everywhere)
    };
    nothing_vanished(&base(), &["Aaa", "Zzz", "UnionOf", "CatFood"].map(used));
}

#[test]
fn a_branch_of_a_union() {
    let inline = object("wheels");
    let titled =
        json!({"title": "Brand new", "type": "object", "properties": {"a": {"type": "string"}}});
    let tagged =
        json!({"type": "object", "required": ["kind"], "properties": {"kind": {"const": "new"}}});
    let objects = [
        ("reference", component("House")),
        (
            "reference with a name like the union's",
            component("UnionGuest"),
        ),
        ("object", inline.clone()),
        ("object with a title", titled),
        ("object with a tag", tagged),
    ];
    let others = [
        ("text", json!({"type": "string", "format": "date"})),
        ("number", json!({"type": "number"})),
        (
            "enum",
            json!({"type": "string", "enum": ["one", "two", "three"]}),
        ),
        (
            "array",
            json!({"type": "array", "items": {"type": "boolean"}}),
        ),
        (
            "array of objects",
            json!({"type": "array", "items": inline}),
        ),
        (
            "map",
            json!({"type": "object", "additionalProperties": {"type": "integer"}}),
        ),
    ];
    let mut additions = Vec::new();
    for position in ["0", "1", "-"] {
        for (kind, branch) in objects.iter().chain(&others) {
            let is_object = objects.iter().any(|(object, _)| object == kind);
            let mut document = base();
            for union in UNIONS.iter().chain(FLATTENED) {
                // What is no object turns a struct into an enum, and the first of two enums is called `Enum`.
                let is_other_type = FLATTENED.contains(union) && !is_object;
                let comes_first =
                    *kind == "enum" && *union == "AnyOfMixed/anyOf" && position != "-";
                // What has no tag ends the telling apart by tag, and with it the arm for unknown tags.
                let ends_tags = *union == "UnionOfTagged/oneOf"
                    && matches!(*kind, "object" | "object with a title" | "map");
                if !is_other_type && !comes_first && !ends_tags {
                    let pointer = format!("/components/schemas/{union}/{position}");
                    document = with(document, &pointer, branch.clone());
                }
            }
            additions.push((format!("{kind} at {position}"), document));
        }
    }
    nothing_vanished(&base(), &additions);
}

#[test]
fn something_in_a_union() {
    let schemas = "/components/schemas";
    nothing_vanished_for_each(
        &base(),
        &[
            (
                &format!("{schemas}/UnionOfTagged/oneOf/0/properties/aaa"),
                enumerated(),
            ),
            (
                &format!("{schemas}/UnionOfObjects/oneOf/0/properties/aaa"),
                object("new"),
            ),
            (
                &format!("{schemas}/UnionInObject/properties/aaa"),
                enumerated(),
            ),
            (
                &format!("{schemas}/AnyOfMixed/anyOf/1/enum/0"),
                json!("always"),
            ),
            (
                &format!("{schemas}/AnyOfMixed/anyOf/2/items/properties/aaa"),
                enumerated(),
            ),
            (
                &format!("{schemas}/Unions/properties/aaa"),
                json!({"oneOf": [object("new"), object("newer")]}),
            ),
        ],
    );
}

/// The comparison above finds a name that is gone.
#[test]
fn a_renamed_branch_is_found() {
    let mut document = base();
    document["components"]["schemas"]["UnionOfObjects"]["oneOf"][2]["title"] = json!("Other");
    assert_eq!(
        vanished(&base(), &[("renamed".to_owned(), document)]),
        [
            "renamed: types::UnionOfObjects::NeitherOfThem(UnionOfObjectsNeitherOfThem)",
            "renamed: types::UnionOfObjectsNeitherOfThem",
            "renamed: types::UnionOfObjectsNeitherOfThem::a: String",
            "renamed: types::UnionOfObjectsNeitherOfThem::new",
        ]
    );
}

/// A document of one union and what it refers to.
pub(super) fn one_union(name: &str, union: Value) -> Value {
    let mut document = base();
    document["components"]["schemas"] = json!({
        "Unions": component(name), "Cat": object("meow"), "PetCat": object("purr"), "Dog": object("bark"),
        "Text": object("text"), "Integer": object("digits"), "Enum": object("values"), name: union,
    });
    document
}

/// The names that its two branches would have alone are alike.
#[test]
fn a_branch_that_is_called_like_another() {
    let text = json!({"title": "Text", "type": "object", "properties": {"t": {"type": "string"}}});
    let refs = |names: [&str; 2]| Value::from(names.map(component).to_vec());
    let choice = json!({"type": "string", "enum": ["a", "b"]});
    for (name, keyword, branches, added) in [
        (
            "Content",
            "oneOf",
            json!([text, component("Dog")]),
            component("Text"),
        ),
        (
            "U",
            "oneOf",
            json!([{"type": "string", "maxLength": 3}, {"type": "integer"}]),
            json!({"type": "string"}),
        ),
        (
            "U",
            "oneOf",
            json!([{"type": "string"}, {"type": "integer"}]),
            json!({"type": "string", "maxLength": 3}),
        ),
        (
            "U",
            "oneOf",
            json!([choice, {"type": "integer"}]),
            component("Enum"),
        ),
        ("Pet", "anyOf", refs(["PetCat", "Dog"]), component("Cat")),
        ("Pet", "oneOf", refs(["PetCat", "Dog"]), component("Cat")),
        (
            "U",
            "oneOf",
            refs(["Integer", "Dog"]),
            json!({"type": "integer"}),
        ),
        (
            "U",
            "oneOf",
            json!([{"type": "integer"}, component("Dog")]),
            component("Integer"),
        ),
        (
            "U",
            "oneOf",
            json!([{"type": "array", "items": component("Cat")}, component("Dog")]),
            component("Cat"),
        ),
    ] {
        let document = one_union(name, json!({keyword: branches}));
        for position in ["0", "-"] {
            let pointer = format!("/components/schemas/{name}/{keyword}/{position}");
            nothing_vanished_for_each(&document, &[(&pointer, added.clone())]);
        }
    }
}
