//! The OpenAPI Overlay specification, section by section: what 1.0.0 and 1.1.0 have in common. What came with 1.1.0 is in
//! `overlay_1_1`.
//!
//! The examples are the specification's in shape, in the words of an API of our own: a workshop that lends tools.

use client_codegen::diagnostic::Diagnostics;
use client_codegen::overlay::{Overlay, apply};
use serde_json::{Value, json};

use crate::support::{assembled, codes, marked};

pub(crate) const WORKSHOP: &str = "\
openapi: 3.1.0
info: {title: Workshop, version: '1'}
paths:
  /:
    get: {operationId: home, responses: {}}
  /tools:
    get:
      operationId: listTools
      description: All tools.
      x-traits: [sorted, paged]
      tags: [tool, beta]
      parameters:
        - {name: kind, in: query, schema: {type: string}}
        - {name: kind, in: header, schema: {type: string}}
        - {name: debug, in: query, schema: {type: boolean}}
      responses: {}
  /loans:
    get:
      operationId: listLoans
      x-traits: [paged]
      parameters:
        - {name: debug, in: query, schema: {type: boolean}}
      responses: {}
    post: {operationId: lend, responses: {}}
";

/// The document after an overlay of `version` with these actions.
pub(crate) fn overlaid(version: &str, actions: &str) -> Result<Value, Diagnostics> {
    let text =
        format!("overlay: {version}\ninfo: {{title: Fix, version: '1'}}\nactions:\n{actions}");
    let overlay = Overlay::parse("fix.yaml", text.into())?;
    let workshop = assembled(&[("workshop.yaml", WORKSHOP)]).unwrap();
    apply(workshop, &overlay).map(|assembled| assembled.document)
}

/// What both versions make of these actions.
fn document(actions: &str) -> Value {
    let after = overlaid("1.0.0", actions).unwrap();
    assert_eq!(overlaid("1.1.0", actions).unwrap(), after);
    after
}

/// The codes that both versions raise, and what the first problem marks in the overlay.
fn refused(actions: &str) -> (Vec<String>, String) {
    let [old, new] = ["1.0.0", "1.1.0"].map(|version| {
        let problems = overlaid(version, actions).unwrap_err();
        let codes = codes(&problems).into_iter().map(str::to_owned).collect();
        (codes, marked(&problems).swap_remove(0))
    });
    assert_eq!(old, new);
    old
}

fn is(code: &str, marked: &str) -> (Vec<String>, String) {
    (vec![code.to_owned()], marked.to_owned())
}

fn names(parameters: &Value) -> Vec<String> {
    let names = parameters.as_array().unwrap().iter();
    names
        .map(|parameter| {
            format!(
                "{} {}",
                parameter["in"].as_str().unwrap(),
                parameter["name"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn versions_the_patch_version_makes_no_difference() {
    let actions = "- {target: $.info, update: {x-a: 1}}\n";
    for (version, like) in [("1.0.9", "1.0.0"), ("1.1.12", "1.1.0")] {
        let after = overlaid(version, actions).unwrap();
        assert_eq!(after, overlaid(like, actions).unwrap());
        assert_eq!(after["info"]["x-a"], 1);
    }
    for version in [
        "1.2.0", "2.0.0", "1.1", "'1.1'", "1.0.", "1.0.x", "v1.0.0", "1.0.0.0", "11.0.0", "[1]",
    ] {
        let problems = overlaid(version, actions).unwrap_err();
        assert_eq!(codes(&problems), ["overlay::version"], "{version}");
        assert_eq!(marked(&problems), [version], "{version}");
    }
}

#[test]
fn format_an_overlay_is_the_same_in_json_and_in_yaml() {
    let yaml = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions:\n- target: $.info\n  update: {x-a: [1, null]}\n";
    let json = r#"{"overlay": "1.0.0", "info": {"title": "T", "version": "1"},
        "actions": [{"target": "$.info", "update": {"x-a": [1, null]}}]}"#;
    let [yaml, json] = [yaml, json].map(|text| Overlay::parse("o", text.into()).unwrap().actions);
    assert_eq!(yaml, json);
}

#[test]
fn format_field_names_are_case_sensitive() {
    let problems =
        overlaid("1.0.0", "- {Target: $.info, target: $.info, update: {}}\n").unwrap_err();
    assert_eq!(codes(&problems), ["overlay::unknown_key"]);
    assert_eq!(
        overlaid("1.0.0", "- {target: $.Info, remove: true}\n").map_err(|p| codes(&p).join(" ")),
        Err("overlay::no_match".to_owned())
    );
}

#[test]
fn overlay_object_extends_may_be_any_reference_and_changes_nothing() {
    let head = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n";
    let actions = "actions: [{target: $.info, update: {x-a: 1}}]\n";
    let without = Overlay::parse("o", format!("{head}{actions}").into()).unwrap();
    for extends in ["https://api.example.com/openapi.yaml", "./other.yaml"] {
        let text = format!("{head}extends: {extends}\n{actions}");
        let overlay = Overlay::parse("o", text.into()).unwrap();
        assert_eq!(overlay.actions, without.actions);
    }
}

#[test]
fn overlay_object_actions_are_applied_in_order_to_what_the_one_before_left() {
    // Deleted, created again, and then found by its new content.
    let after = document(
        "- {target: \"$.paths['/tools']\", remove: true}\n\
         - {target: $.paths, update: {/tools: {put: {operationId: putTool}}}}\n\
         - {target: \"$.paths.*[?@.operationId == 'putTool']\", update: {x-found: true}}\n",
    );
    assert_eq!(
        after["paths"]["/tools"],
        json!({"put": {"operationId": "putTool", "x-found": true}})
    );
    let backwards = refused(
        "- {target: \"$.paths.*[?@.operationId == 'putTool']\", update: {x-found: true}}\n\
         - {target: $.paths, update: {/tools: {put: {operationId: putTool}}}}\n",
    );
    assert_eq!(
        backwards,
        is(
            "overlay::no_match",
            "\"$.paths.*[?@.operationId == 'putTool']\""
        )
    );
}

#[test]
fn overlay_object_an_action_that_is_there_twice_is_told() {
    let (codes, marked) = refused(
        "- {target: $.paths.*.get.parameters, update: {name: a, in: query}}\n\
         - {target: $.info, update: {x-a: 1}}\n\
         - {target: $.paths.*.get.parameters, update: {name: a, in: query}}\n",
    );
    assert_eq!(codes, ["overlay::invalid"]);
    assert!(marked.contains("$.paths.*.get.parameters"), "{marked}");
    // One with a description of its own is meant.
    let after = document(
        "- {target: $.paths.*.get.parameters, update: {name: a, in: query}}\n\
         - {target: $.paths.*.get.parameters, update: {name: a, in: query}, description: once more}\n",
    );
    assert_eq!(
        names(&after["paths"]["/loans"]["get"]["parameters"]),
        ["query debug", "query a", "query a"]
    );
}

#[test]
fn action_object_a_target_selects_no_primitive_in_1_0() {
    for actions in [
        "- {target: $.info.title, update: Shed}\n",
        "- {target: \"$.paths['/tools'].get.tags[0]\", remove: true}\n",
        "- {target: \"$.paths['/tools'].get.tags[?@ == 'beta']\", remove: true}\n",
    ] {
        let problems = overlaid("1.0.0", actions).unwrap_err();
        assert_eq!(codes(&problems), ["overlay::primitive_target"], "{actions}");
    }
    // What to do in its place: the object that holds it; the complete list.
    let after = document(
        "- {target: $.info, update: {x-motto: lend}}\n\
         - {target: $.info, update: {x-motto: share}}\n\
         - {target: \"$.paths['/tools'].get.tags\", remove: true}\n\
         - {target: \"$.paths['/tools'].get\", update: {tags: [tool]}}\n",
    );
    assert_eq!(after["info"]["x-motto"], "share");
    assert_eq!(after["paths"]["/tools"]["get"]["tags"], json!(["tool"]));
}

#[test]
fn action_object_a_target_that_selects_nothing_is_an_error_of_ours() {
    assert_eq!(
        refused("- target: $.paths['/keys']\n  remove: true\n"),
        is("overlay::no_match", "$.paths['/keys']")
    );
}

#[test]
fn action_object_an_update_is_merged_recursively() {
    let after = document(
        "- target: $.paths['/tools']\n  update:\n    get: {description: Tools., responses: {'200': {description: OK}}, deprecated: true}\n    put: {}\n",
    );
    let get = &after["paths"]["/tools"]["get"];
    assert_eq!(get["operationId"], "listTools", "only in the target: kept");
    assert_eq!(get["description"], "Tools.", "in both: replaced");
    assert_eq!(
        get["responses"],
        json!({"200": {"description": "OK"}}),
        "in both: merged"
    );
    assert_eq!(get["deprecated"], true, "only in the update: added");
    assert_eq!(after["paths"]["/tools"]["put"], json!({}));
    assert_eq!(names(&get["parameters"]).len(), 3);
}

#[test]
fn action_object_what_is_not_compatible_is_refused() {
    for (target, update) in [
        ("$.paths['/tools']", "text"),
        ("$.paths['/tools']", "[1]"),
        ("$.paths['/tools']", "null"),
        ("$.paths['/tools']", "{get: text}"),
        ("$.paths['/tools']", "{get: [1]}"),
        ("$.paths['/tools']", "{get: null}"),
        ("$.paths['/tools'].get", "{tags: tool}"),
        ("$.paths['/tools'].get", "{tags: {a: 1}}"),
    ] {
        let (codes, marked) = refused(&format!("- target: {target}\n  update: {update}\n"));
        assert_eq!(codes, ["overlay::incompatible"], "{update}");
        assert_eq!(marked, update);
    }
}

#[test]
fn action_object_an_update_has_no_impact_beside_remove() {
    let after = document("- {target: \"$.paths['/loans']\", update: {x: 1}, remove: true}\n");
    assert!(after["paths"].get("/loans").is_none());
    // `false` is the default.
    let after = document("- {target: \"$.paths['/loans']\", update: {x: 1}, remove: false}\n");
    assert_eq!(after["paths"]["/loans"]["x"], 1);
}

#[test]
fn structured_overlay_example() {
    let after = document(
        "- target: $ # the root\n  update:\n    info: {x-overlay: workshop}\n    paths:\n      /:\n        summary: The entrance\n        get: {summary: What is where, x-rate-limit: 10}\n      /tools:\n        get: {summary: What can be lent, x-rate-limit: 5}\n    components:\n    tags:\n",
    );
    assert_eq!(after["info"]["x-overlay"], "workshop");
    assert_eq!(
        after["paths"]["/"],
        json!({"summary": "The entrance", "get": {"operationId": "home", "responses": {}, "summary": "What is where", "x-rate-limit": 10}})
    );
    assert_eq!(after["paths"]["/tools"]["get"]["x-rate-limit"], 5);
    assert_eq!(after["paths"]["/tools"]["get"]["operationId"], "listTools");
    // A key without a value is `null` in YAML, which is a value like others.
    assert_eq!(after["tags"], Value::Null);
    assert!(after.as_object().unwrap().contains_key("tags"));
}

#[test]
fn targeted_overlay_example() {
    let after = document(
        "- target: $.paths['/'].get\n  update: {description: Says what is where.}\n\
         - target: $.paths['/tools'].get\n  update: {description: Lists what can be lent.}\n\
         - target: $.paths['/loans']\n  update: {post: {description: Lends a tool., x-safe: false}}\n",
    );
    assert_eq!(
        after["paths"]["/"]["get"]["description"],
        "Says what is where."
    );
    assert_eq!(
        after["paths"]["/tools"]["get"]["description"],
        "Lists what can be lent."
    );
    assert_eq!(
        after["paths"]["/loans"]["post"],
        json!({"operationId": "lend", "responses": {}, "description": "Lends a tool.", "x-safe": false})
    );
}

#[test]
fn wildcard_overlay_example() {
    let after = document(
        "- target: $.paths.*.get\n  update: {x-safe: true}\n\
         - target: $.paths.*.get.parameters[?@.name=='kind' && @.in=='query']\n  update: {schema: {$ref: '#/components/schemas/Kind'}}\n",
    );
    for path in ["/", "/tools", "/loans"] {
        assert_eq!(after["paths"][path]["get"]["x-safe"], true, "{path}");
    }
    assert_eq!(
        after["paths"]["/loans"]["post"],
        json!({"operationId": "lend", "responses": {}})
    );
    let parameters = &after["paths"]["/tools"]["get"]["parameters"];
    assert_eq!(
        parameters[0]["schema"],
        json!({"type": "string", "$ref": "#/components/schemas/Kind"})
    );
    assert_eq!(parameters[1]["schema"], json!({"type": "string"}));
}

#[test]
fn array_modification_examples() {
    let after = document("- target: $.paths.*.get.parameters\n  update: {name: lang, in: query}\n");
    assert_eq!(
        names(&after["paths"]["/tools"]["get"]["parameters"]),
        ["query kind", "header kind", "query debug", "query lang"]
    );
    assert_eq!(
        names(&after["paths"]["/loans"]["get"]["parameters"]),
        ["query debug", "query lang"]
    );
    // No list is made where there is none.
    assert!(after["paths"]["/"]["get"].get("parameters").is_none());
    let after =
        document("- target: $.paths.*.get.parameters[?@.name == 'debug']\n  remove: true\n");
    assert_eq!(
        names(&after["paths"]["/tools"]["get"]["parameters"]),
        ["query kind", "header kind"]
    );
    assert_eq!(
        after["paths"]["/loans"]["get"]["parameters"],
        json!([]),
        "the list stays"
    );
    let after = document("- target: $.paths['/tools'].get.tags\n  update: old\n");
    assert_eq!(
        after["paths"]["/tools"]["get"]["tags"],
        json!(["tool", "beta", "old"])
    );
}

#[test]
fn traits_example() {
    let update =
        "{parameters: [{name: page, in: query}, {name: size, in: query}], x-pages: [page, size]}";
    let paged = |key: &str| {
        document(&format!(
            "- target: $.paths[?(@.get{key}[?(@ == 'paged')])].get\n  update: {update}\n"
        ))
    };
    let after = paged("['x-traits']");
    assert_eq!(
        names(&after["paths"]["/tools"]["get"]["parameters"]),
        [
            "query kind",
            "header kind",
            "query debug",
            "query page",
            "query size"
        ]
    );
    assert_eq!(
        names(&after["paths"]["/loans"]["get"]["parameters"]),
        ["query debug", "query page", "query size"]
    );
    assert_eq!(
        after["paths"]["/loans"]["get"]["x-pages"],
        json!(["page", "size"])
    );
    assert!(after["paths"]["/"]["get"].get("parameters").is_none());
    // 1.0.0 writes the name with dashes without brackets, which RFC 9535 forbids; 1.1.0 corrects it.
    assert_eq!(
        refused("- target: $.paths.*.get[?@.x-traits.paged]\n  update: {a: 1}\n"),
        is("overlay::bad_path", "$.paths.*.get[?@.x-traits.paged]")
    );
}

#[test]
fn specification_extensions_may_be_anything_and_change_nothing() {
    let text = "overlay: 1.0.0\nx-a: null\ninfo: {title: T, version: '1', x-b: [1]}\nactions:\n- {target: $.info, update: {x-n: 1}, x-c: {d: 1}, x-remove: true}\n";
    let overlay = Overlay::parse("o", text.into()).unwrap();
    let workshop = assembled(&[("workshop.yaml", WORKSHOP)]).unwrap();
    let before = workshop.document.clone();
    let mut after = apply(workshop, &overlay).unwrap().document;
    let added = after["info"].as_object_mut().unwrap().remove("x-n");
    assert_eq!((added, after), (Some(json!(1)), before));
    let problems =
        Overlay::parse("o", text.replace("x-c", "extra").into()).map(|overlay| overlay.actions);
    assert_eq!(codes(&problems.unwrap_err()), ["overlay::unknown_key"]);
}

#[test]
fn rfc_9535_compliance_functions_slices_and_descendants() {
    for (target, selected) in [
        (
            "$.paths.*[?match(@.operationId, 'list.*')]",
            vec!["listLoans", "listTools"],
        ),
        ("$.paths.*[?search(@.operationId, 'e.d')]", vec!["lend"]),
        ("$.paths.*[?length(@.parameters) > 1]", vec!["listTools"]),
        (
            "$.paths.*[?count(@.parameters[?@.in == 'query']) == 2]",
            vec!["listTools"],
        ),
        (
            "$.paths.*[?value(@..schema.type) == 'boolean']",
            vec!["listLoans"],
        ),
        ("$..[?@.operationId && !@.parameters]", vec!["home", "lend"]),
        ("$.paths['/', \"/loans\"].get", vec!["home", "listLoans"]),
    ] {
        let after = document(&format!(
            "- target: {}\n  update: {{x-hit: true}}\n",
            serde_json::to_string(target).unwrap()
        ));
        let mut hit: Vec<&str> = Vec::new();
        for item in after["paths"].as_object().unwrap().values() {
            for operation in item.as_object().unwrap().values() {
                if operation.get("x-hit").is_some() {
                    hit.push(operation["operationId"].as_str().unwrap());
                }
            }
        }
        hit.sort_unstable();
        assert_eq!(hit, selected, "{target}");
    }
    let after = document("- target: $.paths['/tools'].get.parameters[-2:]\n  remove: true\n");
    assert_eq!(
        names(&after["paths"]["/tools"]["get"]["parameters"]),
        ["query kind"]
    );
}
