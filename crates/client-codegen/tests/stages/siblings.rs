//! Adding something to a document renames nothing that was there.

mod accepted;
mod unions;

use std::collections::BTreeSet;

use client_codegen::generate::Isolation;
use client_codegen::pipeline;
use client_codegen::surface::surface;
use openapi_pages::parse_yaml;
use serde_json::{Value, json};

use crate::support::{page, two_apis};

const OPERATIONS: &str = include_str!("siblings/operations.yaml");

fn operations() -> Value {
    parse_yaml(OPERATIONS).expect("the fixture is YAML").0
}

/// A document with what is added to it, and what that is.
type Addition = (String, Value);

/// Paths of all public items and members; those of variants and fields with what they hold, as a number that moved on to
/// another branch is a new name too.
fn public_names(pages: &[(&str, String)]) -> BTreeSet<String> {
    let pages: Vec<_> = pages.iter().map(|(name, text)| page(name, text)).collect();
    let assembled = pipeline::assembled(&pages, "Test").unwrap();
    let mut lowered = pipeline::lowered(&assembled).unwrap();
    let generated = pipeline::generated(&assembled, &mut lowered, &Isolation::Thread).unwrap();
    let api = two_apis().api("two").unwrap().clone();
    let finished = pipeline::finished(&assembled, &lowered, generated, &api).unwrap();
    let mut names = BTreeSet::new();
    let mut item = String::new();
    for line in surface(&finished).lines().skip(3) {
        match line.strip_prefix("    ") {
            Some(member) if member.starts_with("impl ") => {}
            // All names of an operation's mocks are in one line.
            Some(member) if item == "httpmock" => {
                let (operation, rest) = member.split_once(": ").unwrap();
                let (expected, answers) = rest.split_once(") -> ").unwrap();
                let expected = expected.split([',', '(']);
                // A name is what stands before a parenthesis.
                let before = answers.rsplit('(').skip(1);
                let answers = before.map(|part| part.rsplit(' ').next().unwrap());
                let methods = expected.chain(answers).map(str::trim);
                names.extend(methods.map(|name| format!("{item}::{operation}::{name}")));
            }
            Some(member) => {
                let member = ["async ", "fn ", "const "]
                    .iter()
                    .fold(member, |rest, word| rest.trim_start_matches(word));
                let is_function = line.contains("fn ") || line.contains("const ");
                let end = member.find(|c: char| !c.is_alphanumeric() && c != '_');
                let name = match end {
                    Some(end) if is_function => &member[..end],
                    _ => member,
                };
                names.insert(format!("{item}::{name}"));
            }
            None if line.is_empty() => {}
            None => {
                item = line.split(": ").next().unwrap().to_owned();
                names.insert(item.clone());
            }
        }
    }
    names
}

fn names_of(document: &Value) -> BTreeSet<String> {
    public_names(&[("base.yaml", document.to_string())])
}

/// The document with `value` at `pointer`: a new key of an object, or a new item of an array (`-` is its end, RFC 6901).
fn with(mut document: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).expect(pointer) {
        Value::Array(items) if key == "-" => items.push(value),
        Value::Array(items) => items.insert(key.parse().unwrap(), value),
        Value::Object(members) => {
            let known = members.insert(key.replace("~1", "/"), value);
            assert_eq!(known, None, "{pointer} is no addition");
        }
        other => panic!("{pointer} is in {other}"),
    }
    document
}

/// What vanishes when each of the additions takes the place of `base`.
fn vanished(base: &Value, additions: &[Addition]) -> Vec<String> {
    let before = names_of(base);
    let mut lines = Vec::new();
    for (name, document) in additions {
        let after = names_of(document);
        assert!(before != after, "{name} adds nothing, so it shows nothing");
        let lost = before.difference(&after);
        lines.extend(lost.map(|lost| format!("{name}: {lost}")));
    }
    lines
}

fn nothing_vanished(base: &Value, additions: &[Addition]) {
    let lost = vanished(base, additions);
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The same for one addition to `base` at a time.
fn nothing_vanished_for_each(base: &Value, additions: &[(&str, Value)]) {
    let one = |(pointer, value): &(&str, Value)| {
        let document = with(base.clone(), pointer, value.clone());
        ((*pointer).to_owned(), document)
    };
    let additions: Vec<Addition> = additions.iter().map(one).collect();
    nothing_vanished(base, &additions);
}

fn component(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn object(property: &str) -> Value {
    json!({"type": "object", "required": [property], "properties": {property: {"type": "string", "enum": ["new"]}}})
}

fn enumerated() -> Value {
    json!({"type": "string", "enum": ["new"]})
}

fn body(schema: Value) -> Value {
    json!({"description": "New.", "content": {"application/json": {"schema": schema}}})
}

fn operation(id: Option<&str>) -> Value {
    let mut operation = json!({"responses": {"200": body(object("answer"))}});
    if let Some(id) = id {
        operation["operationId"] = json!(id);
    }
    operation
}

fn get(id: Option<&str>) -> Value {
    json!({"get": operation(id)})
}

#[test]
fn an_operation() {
    nothing_vanished_for_each(
        &operations(),
        &[
            ("/paths/~1aaa", get(Some("aaa"))),
            ("/paths/~1zzz", get(Some("zzz"))),
            ("/paths/~1zzz", get(None)),
            ("/paths/~1pets/delete", operation(None)),
            (
                "/paths/~1pets~1{petId}/delete",
                operation(Some("deletePet")),
            ),
            // These read like the path with the placeholder.
            ("/paths/~1pets~1pet-id", get(None)),
            ("/paths/~1pets~1petId", get(None)),
            // Would like the name of a body, and of another operation.
            ("/paths/~1a", get(Some("listPetsResponse"))),
            ("/paths/~1zzz~1a", get(Some("list_pets"))),
        ],
    );
}

#[test]
fn a_page() {
    let mut page = operations();
    page["paths"] = json!({"/new": get(None)});
    page["components"]["schemas"] = json!({"Aaa": object("owner")});
    let before = names_of(&operations());
    for name in ["a.yaml", "z.yaml"] {
        let pages = [
            ("m.yaml", operations().to_string()),
            (name, page.to_string()),
        ];
        let after = public_names(&pages);
        assert!(after.contains("Client::get_new"), "{after:?}");
        let lost: Vec<_> = before.difference(&after).collect();
        assert!(lost.is_empty(), "{name}: {lost:?}");
    }
}

#[test]
fn a_component() {
    let used = |name: &str| {
        let content = "/paths/~1pets/get/responses/203".to_owned();
        let document = with(
            operations(),
            &format!("/components/schemas/{name}"),
            object("owner"),
        );
        (
            name.to_owned(),
            with(document, &content, body(component(name))),
        )
    };
    // Some are the start of a name that is made up, or go on where one stops.
    let names = [
        "Aaa",
        "Zzz",
        "PetKindOf",
        "Pe",
        "PetOwn",
        "ListPets",
        "ListPetsResponseItems",
    ];
    nothing_vanished(&operations(), &names.map(used));
}

#[test]
fn something_in_a_component() {
    let schemas = "/components/schemas";
    nothing_vanished_for_each(
        &operations(),
        &[
            (&format!("{schemas}/Pet/properties/aaa"), object("inner")),
            (&format!("{schemas}/Pet/properties/zzz"), enumerated()),
            (
                &format!("{schemas}/Pet/properties/owner/properties/aaa"),
                object("inner"),
            ),
            (&format!("{schemas}/Color/enum/0"), json!("amber")),
            (&format!("{schemas}/Color/enum/-"), json!("white")),
            (&format!("{schemas}/All/allOf/0"), object("inner")),
            (&format!("{schemas}/All/allOf/-"), component("Pet")),
            (
                &format!("{schemas}/All/properties"),
                json!({"aaa": object("inner")}),
            ),
            (
                &format!("{schemas}/Pet/properties/place/prefixItems/-"),
                object("new"),
            ),
            (
                &format!("{schemas}/Pet/properties/place/prefixItems/0"),
                json!({"type": "boolean"}),
            ),
        ],
    );
}

#[test]
fn something_in_an_operation() {
    let parameter =
        |name: &str, place: &str| json!({"name": name, "in": place, "schema": enumerated()});
    let list = "/paths/~1pets/get";
    nothing_vanished_for_each(
        &operations(),
        &[
            (&format!("{list}/parameters/0"), parameter("aaa", "query")),
            (&format!("{list}/parameters/-"), parameter("zzz", "header")),
            // Would like the names of bodies.
            (
                &format!("{list}/parameters/0"),
                parameter("response", "query"),
            ),
            (
                &format!("{list}/parameters/0"),
                parameter("error400", "query"),
            ),
            (&format!("{list}/responses/401"), body(object("new"))),
            (&format!("{list}/responses/4XX"), body(object("new"))),
            (&format!("{list}/responses/default"), body(object("new"))),
            (&format!("{list}/requestBody"), body(object("new"))),
            (
                "/paths/~1pets~1{petId}/get/responses/404",
                body(object("new")),
            ),
            (
                "/paths/~1pets/post/requestBody/content/application~1json/schema/properties/aaa",
                object("new"),
            ),
        ],
    );
}

/// What need not add a name must take none away either.
#[test]
fn what_has_no_type_of_its_own() {
    let additions = [
        ("/tags/0", json!({"name": "aaa"})),
        ("/paths/~1pets/get/tags/0", json!("aaa")),
        (
            "/components/securitySchemes/aaa",
            json!({"type": "http", "scheme": "basic"}),
        ),
        ("/servers/0", json!({"url": "https://new.example"})),
        (
            "/paths/~1pets/get/responses/200/content/text~1csv",
            json!({"schema": {"type": "string"}}),
        ),
        (
            "/paths/~1pets/post/requestBody/content/multipart~1form-data",
            json!({"schema": object("file")}),
        ),
        ("/paths/~1pets/get/responses/203", body(object("same"))),
        // One of two parameters with one name is sent.
        (
            "/paths/~1pets/get/parameters/0",
            json!({"name": "sort", "in": "header", "schema": enumerated()}),
        ),
        (
            "/paths/~1pets/get/responses/304",
            json!({"description": "Same."}),
        ),
    ];
    let nulls = [
        (
            "/components/schemas/UnionOfRefs/oneOf/0",
            json!({"type": "null"}),
        ),
        (
            "/components/schemas/AnyOfRefs/anyOf/-",
            json!({"type": "null"}),
        ),
    ];
    for (base, additions) in [
        (operations(), additions.as_slice()),
        (unions::base(), &nulls),
    ] {
        let before = names_of(&base);
        for (pointer, value) in additions {
            let after = names_of(&with(base.clone(), pointer, value.clone()));
            // That a field may be `null` is told by its type, and no name.
            let after = after
                .into_iter()
                .map(|name| name.replace("Nullable<", "Option<"));
            let after: BTreeSet<String> = after.collect();
            let lost: Vec<_> = before.difference(&after).collect();
            assert!(lost.is_empty(), "{pointer}: {lost:?}");
        }
    }
}
