//! What came with version 1.1.0 of the OpenAPI Overlay specification, section by section.

use client_codegen::overlay::{Overlay, apply};
use serde_json::{Value, json};

use crate::overlay_specification::{WORKSHOP, overlaid};
use crate::support::{assembled, codes, marked, origin};

fn document(actions: &str) -> Value {
    overlaid("1.1.0", actions).unwrap()
}

/// The codes, and the texts that the first problem marks.
fn refused(actions: &str) -> (Vec<String>, Vec<String>) {
    let problems = overlaid("1.1.0", actions).unwrap_err();
    let codes = codes(&problems).into_iter().map(str::to_owned).collect();
    (codes, marked(&problems))
}

#[test]
fn info_object_may_have_a_description() {
    let text = "overlay: 1.1.0\ninfo: {title: T, version: '1', description: Why.}\nactions: [{target: $, update: {}}]\n";
    assert!(Overlay::parse("o", text.into()).is_ok());
    let problems = Overlay::parse("o", text.replace("1.1.0", "1.0.0").into()).unwrap_err();
    assert_eq!(codes(&problems), ["overlay::unknown_key"]);
    assert_eq!(marked(&problems), ["Why."]);
    let problems = Overlay::parse("o", text.replace("Why.", "[1]").into()).unwrap_err();
    assert_eq!(codes(&problems), ["overlay::invalid"]);
}

#[test]
fn action_object_copy_is_not_of_1_0() {
    let problems = overlaid("1.0.0", "- {target: $.info, copy: $.paths}\n").unwrap_err();
    assert_eq!(codes(&problems), ["overlay::unknown_key"]);
    assert_eq!(marked(&problems), ["$.paths"]);
    let help = problems.iter().next().unwrap().help().to_owned();
    assert!(help.contains("overlay: 1.1.0"), "{help}");
}

#[test]
fn action_object_primitives_are_replaced_by_primitives() {
    let after = document(
        "- {target: $.info.title, update: Shed}\n\
         - {target: \"$.paths['/tools'].get.tags[?@ == 'beta']\", update: stable}\n\
         - {target: \"$.paths.*.get.parameters[*].schema.type\", update: null}\n",
    );
    assert_eq!(after["info"]["title"], "Shed");
    assert_eq!(
        after["paths"]["/tools"]["get"]["tags"],
        json!(["tool", "stable"])
    );
    assert_eq!(
        after["paths"]["/loans"]["get"]["parameters"][0]["schema"],
        json!({"type": null})
    );
    for update in ["[a]", "{a: 1}"] {
        let (codes, marked) = refused(&format!("- {{target: $.info.title, update: {update}}}\n"));
        assert_eq!(codes, ["overlay::incompatible"]);
        assert_eq!(marked, [update, "Workshop"]);
    }
}

#[test]
fn action_object_primitives_can_be_removed() {
    let after = document(
        "- {target: \"$.paths['/tools'].get.tags[?@ == 'beta']\", remove: true}\n\
         - {target: \"$.paths['/tools'].get.description\", remove: true}\n",
    );
    assert_eq!(after["paths"]["/tools"]["get"]["tags"], json!(["tool"]));
    assert!(after["paths"]["/tools"]["get"].get("description").is_none());
}

#[test]
fn action_object_a_primitive_is_compatible_with_primitives_only() {
    let after = document("- {target: $.info, update: {title: 7}}\n");
    assert_eq!(after["info"]["title"], 7);
    for update in ["{title: [a]}", "{title: {a: 1}}"] {
        let (codes, _) = refused(&format!("- {{target: $.info, update: {update}}}\n"));
        assert_eq!(codes, ["overlay::incompatible"], "{update}");
    }
    // 1.0 has no other way to make an object of it.
    let after = overlaid("1.0.0", "- {target: $.info, update: {title: {a: 1}}}\n").unwrap();
    assert_eq!(after["info"]["title"], json!({"a": 1}));
    // 1.1 has.
    let after = document(
        "- {target: $.info.title, remove: true}\n- {target: $.info, update: {title: {a: 1}}}\n",
    );
    assert_eq!(after["info"]["title"], json!({"a": 1}));
}

#[test]
fn action_object_a_list_is_concatenated_and_anything_else_appended() {
    let tags = |update: &str| {
        let after = document(&format!(
            "- {{target: \"$.paths['/tools'].get.tags\", update: {update}}}\n"
        ));
        after["paths"]["/tools"]["get"]["tags"].clone()
    };
    assert_eq!(tags("[a, b]"), json!(["tool", "beta", "a", "b"]));
    assert_eq!(tags("[[a]]"), json!(["tool", "beta", ["a"]]));
    assert_eq!(tags("{a: 1}"), json!(["tool", "beta", {"a": 1}]));
    assert_eq!(tags("null"), json!(["tool", "beta", null]));
}

#[test]
fn action_object_what_an_update_selects_is_of_one_kind() {
    let (codes, marked) = refused("- {target: \"$.paths['/tools'].get.*\", update: {a: 1}}\n");
    assert_eq!(codes, ["overlay::incompatible"]);
    assert_eq!(marked[0], "\"$.paths['/tools'].get.*\"");
    assert_eq!(
        marked.len(),
        3,
        "the target, and one value of each of two kinds"
    );
    let (codes, _) = refused("- {target: \"$.paths['/tools'].get.*\", copy: $.info}\n");
    assert_eq!(codes, ["overlay::incompatible"]);
    // What is removed may be anything.
    let after = document("- {target: \"$.paths['/tools'].get.*\", remove: true}\n");
    assert_eq!(after["paths"]["/tools"]["get"], json!({}));
}

#[test]
fn action_object_update_and_copy_take_the_effect_of_each_other() {
    let (codes, marked) = refused("- {target: $.info, update: {x-a: 1}, copy: $.paths}\n");
    assert_eq!(codes, ["overlay::invalid"]);
    assert!(marked[0].contains("copy: $.paths"), "{marked:?}");
    // Beside `remove` neither has one.
    let after =
        document("- {target: \"$.paths['/']\", update: {x-a: 1}, copy: $.nowhere, remove: true}\n");
    assert!(after["paths"].get("/").is_none());
}

#[test]
fn action_object_a_copy_has_one_source() {
    for (copy, code) in [
        ("$.paths.*.put", "overlay::copy_source"),
        ("$.paths.*.get", "overlay::copy_source"),
        ("$.paths[", "overlay::bad_path"),
        ("$.info.title", "overlay::incompatible"),
        ("$.paths['/tools'].get.tags", "overlay::incompatible"),
    ] {
        let (codes, marked) = refused(&format!("- target: $.paths['/']\n  copy: {copy}\n"));
        assert_eq!(codes, [code], "{copy}");
        assert_eq!(marked[0], copy);
    }
    // The same value selected twice is one value.
    let after = document("- target: $.info\n  copy: $['paths', 'paths']\n");
    assert_eq!(after["info"]["/"]["get"]["operationId"], "home");
    let (codes, marked) = refused("- {target: $.info, copy: 7}\n");
    assert_eq!(
        (codes, marked),
        (vec!["overlay::invalid".to_owned()], vec!["7".to_owned()])
    );
}

#[test]
fn action_object_a_copy_is_merged_as_an_update_is() {
    let after = document(
        "- {target: \"$.paths['/loans'].get\", copy: \"$.paths['/tools'].get\"}\n\
         - {target: \"$.paths['/loans'].get.parameters\", copy: $.info}\n\
         - {target: $.paths.*.post.operationId, copy: $.info.title}\n",
    );
    let loans = &after["paths"]["/loans"]["get"];
    assert_eq!(loans["operationId"], "listTools");
    assert_eq!(loans["x-traits"], json!(["paged", "sorted", "paged"]));
    let parameters = loans["parameters"].as_array().unwrap();
    assert_eq!(parameters.len(), 5);
    assert_eq!(parameters[4]["title"], "Test");
    assert_eq!(after["paths"]["/loans"]["post"]["operationId"], "Test");
    assert_eq!(
        after["paths"]["/tools"]["get"]["parameters"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn simple_copy() {
    let after = document("- {target: \"$.paths['/tools']\", copy: \"$.paths['/loans']\"}\n");
    assert_eq!(
        after["paths"]["/tools"]["post"],
        json!({"operationId": "lend", "responses": {}})
    );
    assert_eq!(
        after["paths"]["/loans"]["post"],
        after["paths"]["/tools"]["post"]
    );
    // The target has to be there.
    let (codes, _) = refused("- {target: \"$.paths['/keys']\", copy: \"$.paths['/loans']\"}\n");
    assert_eq!(codes, ["overlay::no_match"]);
}

#[test]
fn ensure_the_target_exists_and_copy() {
    let after = document(
        "- {target: $.paths, update: {/keys: {}}}\n- {target: \"$.paths['/keys']\", copy: \"$.paths['/loans']\"}\n",
    );
    assert_eq!(after["paths"]["/keys"], after["paths"]["/loans"]);
    assert_eq!(after["paths"]["/keys"]["post"]["operationId"], "lend");
}

/// Renames `/loans`; the value of `/keys/post` comes from the overlay, the rest from the page.
const MOVE: &str = "overlay: 1.1.0
info: {title: T, version: '1'}
actions:
- {target: \"$.paths['/loans'].post\", update: {summary: Lends}}
- {target: $.paths, update: {/keys: {x-new: true}}}
- {target: \"$.paths['/keys']\", copy: \"$.paths['/loans']\"}
- {target: \"$.paths['/loans']\", remove: true}
";

#[test]
fn move_example_and_the_origins_of_what_has_moved() {
    let overlay = Overlay::parse("fix.yaml", MOVE.into()).unwrap();
    let workshop = assembled(&[("workshop.yaml", WORKSHOP)]).unwrap();
    let loans = workshop.document["paths"]["/loans"].clone();
    let after = apply(workshop, &overlay).unwrap();
    let mut keys = after.document["paths"]["/keys"].clone();
    assert!(after.document["paths"].get("/loans").is_none());
    let at = |inner: &str| origin(&after, &format!("/paths/~1keys/{inner}"));
    let page = |text: &str| ("workshop.yaml".to_owned(), text.to_owned());
    let fix = |text: &str| ("fix.yaml".to_owned(), text.to_owned());
    assert_eq!(at("post/operationId"), page("lend"));
    assert_eq!(at("get/parameters/0/name"), page("debug"));
    assert_eq!(at("post/summary"), fix("Lends"));
    assert_eq!(at("x-new"), fix("true"));
    keys.as_object_mut().unwrap().remove("x-new");
    assert_eq!(
        keys["post"].as_object_mut().unwrap().remove("summary"),
        Some(json!("Lends"))
    );
    assert_eq!(keys, loans);
}

#[test]
fn a_copy_into_a_part_of_itself_takes_what_was_there_before() {
    let after = document("- {target: \"$.paths['/'].get\", copy: \"$.paths['/']\"}\n");
    assert_eq!(
        after["paths"]["/"],
        json!({"get": {"operationId": "home", "responses": {}, "get": {"operationId": "home", "responses": {}}}})
    );
    // Each of many targets gets the same, also those that follow one that was the source.
    let after = document(
        "- {target: $.paths.*.get.parameters, copy: \"$.paths['/loans'].get.parameters\"}\n",
    );
    let count = |path: &str| {
        after["paths"][path]["get"]["parameters"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((count("/loans"), count("/tools")), (2, 4));
}

#[test]
fn a_copy_of_what_is_there_already_changes_nothing() {
    let (codes, _) = refused("- {target: \"$.paths['/']\", copy: \"$.paths['/']\"}\n");
    assert_eq!(codes, ["overlay::no_change"]);
}
