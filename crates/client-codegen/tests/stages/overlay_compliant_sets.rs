//! What the specification's repository publishes beside its text: the sets in `compliant-sets` and the tests of the
//! schemas, in shape, on a document of our own. Each test names the set.

use client_codegen::overlay::{Overlay, apply};
use serde_json::{Value, json};

use crate::overlay_specification::overlaid;
use crate::support::{assembled, codes, marked};

const DEPOT: &str = "\
openapi: 3.1.0
info: {title: Depot, version: '1'}
servers:
  - {url: https://depot.example, description: Live}
  - {url: https://try.depot.example, description: Trial}
  - {url: https://old.depot.example, description: Trial}
paths:
  /carts:
    get:
      operationId: listCarts
      summary: Carts
      tags: [cart]
      responses:
        '200':
          description: Carts
          content:
            application/json:
              schema:
                type: object
                properties:
                  colour: {type: string}
                  wheels: {type: integer}
                  owner:
                    type: object
                    properties: {name: {type: string}, age: {type: integer}}
        '500': {description: Broken}
        default: {description: Other}
  /carts/{id}:
    get:
      operationId: getCart
      responses: {'200': {description: Cart}, '500': {description: Broken}}
components:
  schemas:
    Cart: {type: object, properties: {colour: {type: string, example: red, examples: [red, blue]}}}
";

fn depot(version: &str, actions: &str) -> Value {
    let text =
        format!("overlay: {version}\ninfo: {{title: Fix, version: '1'}}\nactions:\n{actions}");
    let overlay = Overlay::parse("fix.yaml", text.into()).unwrap();
    let depot = assembled(&[("depot.yaml", DEPOT)]).unwrap();
    apply(depot, &overlay).unwrap().document
}

/// What both versions make of these actions.
fn document(actions: &str) -> Value {
    let after = depot("1.0.0", actions);
    assert_eq!(depot("1.1.0", actions), after);
    after
}

#[test]
fn add_a_license_and_update_root() {
    let after = document(
        "- {target: $.info, update: {license: {name: MIT}}}\n- {target: $, update: {info: {x-done: true}}}\n",
    );
    assert_eq!(
        after["info"],
        json!({"title": "Test", "version": "1", "license": {"name": "MIT"}, "x-done": true})
    );
}

#[test]
fn remove_server_and_replace_servers_for_sandbox() {
    let after =
        document("- {target: \"$.servers[?( @.description == 'Trial' )]\", remove: true}\n");
    assert_eq!(
        after["servers"],
        json!([{"url": "https://depot.example", "description": "Live"}])
    );
    let after = document(
        "- {target: $.servers, remove: true}\n- {target: $, update: {servers: [{url: http://localhost}]}}\n",
    );
    assert_eq!(after["servers"], json!([{"url": "http://localhost"}]));
}

#[test]
fn remove_matching_responses() {
    let after = document(
        "- {target: \"$.paths..responses['500']\", remove: true}\n- {target: \"$.paths..responses['default']\", remove: true}\n",
    );
    for path in ["/carts", "/carts/{id}"] {
        let responses = after["paths"][path]["get"]["responses"]
            .as_object()
            .unwrap();
        assert_eq!(responses.keys().collect::<Vec<_>>(), ["200"], "{path}");
    }
}

#[test]
fn remove_property_at_every_depth() {
    let after = document(
        "- {target: \"$.paths['/carts'].get.responses['200']..properties[?(@.type == 'string')]\", remove: true}\n",
    );
    let schema = &after["paths"]["/carts"]["get"]["responses"]["200"]["content"]["application/json"]
        ["schema"];
    assert_eq!(
        schema["properties"],
        json!({
            "wheels": {"type": "integer"},
            "owner": {"type": "object", "properties": {"age": {"type": "integer"}}}
        })
    );
    assert_eq!(
        after["components"]["schemas"]["Cart"]["properties"]["colour"]["type"],
        "string"
    );
}

/// These sets say 1.0.0 and remove a text, which the text of 1.0.0 forbids and 1.1.0 allows.
#[test]
fn remove_example_and_many_operations() {
    let cart = "$.components.schemas.Cart.properties['colour']";
    let lists = document(&format!(
        "- {{target: \"{cart}.examples\", remove: true}}\n"
    ));
    assert!(
        lists
            .pointer("/components/schemas/Cart/properties/colour/examples")
            .is_none()
    );
    let many = format!(
        "- {{target: \"{cart}.example\", remove: true}}\n\
         - {{target: \"$.paths['/carts'].get.summary\", remove: true}}\n\
         - {{target: $.paths.*.get, update: {{tags: [every]}}}}\n\
         - {{target: \"$.paths['/carts'].get\", update: {{x-note: {{a: 1}}, tags: [one]}}}}\n\
         - {{target: $.paths.*, update: {{post: {{x-b: {{c: d}}}}}}}}\n"
    );
    let after = depot("1.1.0", &many);
    assert_eq!(
        after["components"]["schemas"]["Cart"]["properties"]["colour"],
        json!({"type": "string", "examples": ["red", "blue"]})
    );
    let carts = &after["paths"]["/carts"];
    assert!(carts["get"].get("summary").is_none());
    assert_eq!(carts["get"]["tags"], json!(["cart", "every", "one"]));
    assert_eq!(carts["get"]["x-note"], json!({"a": 1}));
    assert_eq!(carts["post"], json!({"x-b": {"c": "d"}}));
    assert_eq!(
        after["paths"]["/carts/{id}"]["get"]["tags"],
        json!(["every"])
    );
    assert_eq!(after["paths"]["/carts/{id}"]["post"], carts["post"]);
}

#[test]
fn schema_tests_a_target_starts_at_the_root() {
    for target in ["info.title", "info", "@.info", "/info", "''"] {
        for version in ["1.0.0", "1.1.0"] {
            let actions = format!("- {{target: \"{target}\", remove: true}}\n");
            let problems = overlaid(version, &actions).unwrap_err();
            assert_eq!(codes(&problems), ["overlay::bad_path"], "{target}");
            assert_eq!(marked(&problems), [format!("\"{target}\"")]);
        }
    }
}

#[test]
fn schema_tests_lists_and_objects_where_the_other_belongs() {
    for (text, at) in [
        (
            "overlay: 1.1.0\ninfo: [T]\nactions: [{target: $, remove: true}]\n",
            "[T]",
        ),
        (
            "overlay: 1.1.0\ninfo: {title: T, version: '1'}\nactions: {target: $}\n",
            "{target: $}",
        ),
        (
            "overlay: 1.1.0\ninfo: {title: T, version: '1'}\nactions: [[$]]\n",
            "[$]",
        ),
        (
            "overlay: 1.1.0\ninfo: {title: T, version: 1.0}\nactions: [{target: $, remove: true}]\n",
            "1.0",
        ),
    ] {
        let problems = Overlay::parse("o", text.into()).unwrap_err();
        assert_eq!(codes(&problems), ["overlay::invalid"], "{text}");
        assert_eq!(marked(&problems), [at]);
    }
}
