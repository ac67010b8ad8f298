//! Additions that do rename something, as nothing remembers what was generated before. ARCHITECTURE.md lists them.

use serde_json::{Value, json};

use super::unions::one_union;
use super::{component, names_of, object, operations, with};

const U: &str = "/components/schemas/U";

fn refs(names: &[&str]) -> Value {
    names.iter().map(|name| component(name)).collect()
}

fn untitled(required: &[&str], properties: Value) -> Value {
    json!({"type": "object", "required": required, "properties": properties})
}

fn union(branches: Value) -> Value {
    one_union("U", json!({"oneOf": branches}))
}

/// What ARCHITECTURE.md calls it, a document, where something is added to it, and what.
type Row = (&'static str, Value, String, Value);

fn row(name: &'static str, document: Value, pointer: &str, added: Value) -> Row {
    (name, document, pointer.to_owned(), added)
}

fn in_unions() -> Vec<Row> {
    let text = json!({"type": "string"});
    let left = untitled(&["left"], json!({"left": text}));
    let named = |kind: &str| json!({"type": "string", "enum": [kind]});
    let u = |rest: &str| format!("{U}/{rest}");
    vec![
        row(
            "a component, or a schema nearer to one, that has a made-up name",
            union(json!([left, component("Cat")])),
            "/components/schemas/ULeft",
            object("own"),
        ),
        row(
            "a branch before one that describes itself alike",
            union(json!([left, component("Cat")])),
            &u("oneOf/0"),
            untitled(&["left"], json!({"left": {"type": "integer"}})),
        ),
        row(
            "a branch before one that describes itself alike",
            union(
                json!([{"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}, component("Cat")]),
            ),
            &u("oneOf/0"),
            json!({"type": "string", "enum": ["a", "c"]}),
        ),
        row(
            "in a branch without a title: a required property, a constant, or any property if none is required",
            union(json!([left, component("Cat")])),
            &u("oneOf/0/required/-"),
            json!("right"),
        ),
        row(
            "in a branch without a title: a required property, a constant, or any property if none is required",
            union(json!([
                untitled(&["kind", "left"], json!({"left": text})),
                component("Cat")
            ])),
            &u("oneOf/0/properties/kind"),
            named("a"),
        ),
        row(
            "in a branch without a title: a required property, a constant, or any property if none is required",
            union(json!([
                untitled(&[], json!({"left": text})),
                component("Cat")
            ])),
            &u("oneOf/0/properties/right"),
            text.clone(),
        ),
        row(
            "a second value in an enum whose only value named a branch",
            union(json!([named("a"), component("Cat")])),
            &u("oneOf/0/enum/-"),
            json!("b"),
        ),
        row(
            "a second value in an enum whose only value named a branch",
            union(json!([
                untitled(&["kind", "x"], json!({"kind": named("a"), "x": text})),
                component("Cat")
            ])),
            &u("oneOf/0/properties/kind/enum/-"),
            json!("b"),
        ),
        row(
            "a `discriminator`, where it names only some of the constants",
            union(json!([
                untitled(
                    &["kind", "of"],
                    json!({"kind": named("a"), "of": named("b")})
                ),
                component("Cat")
            ])),
            &u("discriminator"),
            json!({"propertyName": "kind"}),
        ),
        row(
            "`properties` beside a union, whose branches then have them too",
            union(refs(&["Cat", "Dog"])),
            &u("properties"),
            json!({"id": text}),
        ),
        row(
            "a branch named after its union beside a type that is called like the rest of that name, or a list like one",
            one_union("Pet", json!({"oneOf": refs(&["Cat", "Dog"])})),
            "/components/schemas/Pet/oneOf/-",
            component("PetCat"),
        ),
        row(
            "a branch of `anyOf` that makes an enum of a struct or a struct of an enum",
            one_union(
                "U",
                json!({"anyOf": [untitled(&[], json!({"left": text})), untitled(&[], json!({"right": text}))]}),
            ),
            &u("anyOf/-"),
            json!({"type": "integer"}),
        ),
        row(
            "a second branch in a union of one, which is that branch",
            union(json!([left])),
            &u("oneOf/-"),
            untitled(&["right"], json!({"right": text})),
        ),
        row(
            "a branch that is no single text in a union of single texts, which is an enum",
            union(json!([named("a"), named("b")])),
            &u("oneOf/-"),
            json!({"type": "integer"}),
        ),
        row(
            "an object without the tag in a union that is told apart by one, which then has no arm for unknown tags",
            union(json!([
                untitled(&["kind"], json!({"kind": named("a"), "left": text})),
                untitled(&["kind"], json!({"kind": named("b"), "right": text}))
            ])),
            &u("oneOf/-"),
            untitled(&["up"], json!({"up": text})),
        ),
    ]
}

fn with_property(name: &str) -> Value {
    let place = format!("/components/schemas/Cat/properties/{name}");
    with(operations(), &place, json!({"type": "string"}))
}

fn elsewhere() -> Vec<Row> {
    let choice = |name: &str, value: &str| json!({"name": "sort", "in": name, "schema": {"type": "string", "enum": [value]}});
    let answer = |id: Option<&str>, of: &str| {
        let path =
            json!({"name": of, "in": "path", "required": true, "schema": {"type": "string"}});
        let mut item =
            json!({"get": {"parameters": [path], "responses": {"204": {"description": "Done."}}}});
        if let Some(id) = id {
            item["get"]["operationId"] = json!(id);
        }
        item
    };
    let mut header = operations();
    header["paths"]["/pets"]["get"]["parameters"] = json!([choice("header", "a")]);
    let inner = json!({"type": "object", "properties": {"toy": {"type": "object", "properties": {"x": {"type": "string"}}}}});
    let sort = |id: &str, name: &str, value: &str| {
        let mut parameter = choice("query", value);
        parameter["name"] = json!(name);
        json!({"get": {"operationId": id, "parameters": [parameter], "responses": {"204": {"description": "Done."}}}})
    };
    vec![
        row(
            "what makes up the name of something as near, and comes before it",
            with(operations(), "/paths/~1z", sort("findPets", "sort", "a")),
            "/paths/~1a",
            sort("find", "petsSort", "b"),
        ),
        row(
            "a query parameter beside a header of its name",
            header,
            "/paths/~1pets/get/parameters/-",
            choice("query", "b"),
        ),
        row(
            "an operation that has another's operationId and a shorter path",
            with(
                operations(),
                "/paths/~1things~1{id}",
                answer(Some("things"), "id"),
            ),
            "/paths/~1{a}",
            answer(Some("things"), "a"),
        ),
        row(
            "an operation without operationId before one whose path reads alike",
            with(operations(), "/paths/~1{x}~1b", answer(None, "x")),
            "/paths/~1x~1{b}",
            answer(None, "b"),
        ),
        row(
            "a property in one part of `allOf` that another part has too",
            operations(),
            "/components/schemas/Cat/properties/toy",
            inner["properties"]["toy"].clone(),
        ),
        row(
            "a property that is written like the field of another one (`id` beside `@id`), or else comes before it by name",
            with_property("@id"),
            "/components/schemas/Cat/properties/id",
            json!({"type": "integer"}),
        ),
        row(
            "a schema for `additionalProperties` beside a property `extra`, which is what typify calls the map",
            with_property("extra"),
            "/components/schemas/Cat/additionalProperties",
            json!({"type": "integer"}),
        ),
    ]
}

#[test]
fn what_renames_is_listed() {
    let rows: Vec<Row> = in_unions().into_iter().chain(elsewhere()).collect();
    let mut renames_nothing = Vec::new();
    for (name, document, pointer, added) in &rows {
        let after = names_of(&with(document.clone(), pointer, added.clone()));
        let lost = names_of(document).difference(&after).count();
        if lost == 0 {
            renames_nothing.push(format!("{name}: {pointer}"));
        }
    }
    assert_eq!(renames_nothing, [""; 0], "take them off the list");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ARCHITECTURE.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, list) = text.split_once("These additions still rename").unwrap();
    let listed: Vec<String> = list
        .split("\n    * ")
        .skip(1)
        .map(|item| item.split("\n\n").next().unwrap_or_default())
        .map(|item| item.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let mut names: Vec<&str> = rows.iter().map(|(name, ..)| *name).collect();
    names.dedup();
    assert_eq!(listed, names);
}
