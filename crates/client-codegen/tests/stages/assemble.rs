use client_codegen::diagnostic::from_lower;
use client_codegen::pipeline;
use serde_json::json;

use crate::support::{assembled, codes, marked, origin, page};

const USERS: &str = "\
openapi: 3.0.3
info: {title: Theirs, version: '4', description: About}
paths:
  /users:
    get:
      description: one
      responses: {'200': {description: OK}}
components:
  schemas:
    User:
      type: object
      properties:
        description: {type: string}
";

/// Another page of the same API; `{}` is its component `User`.
fn items(user: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: '', version: ''}}\npaths:\n  /items:\n    post: {{responses: {{}}}}\ncomponents:\n  schemas:\n    User: {user}\n"
    )
}

const SAME: &str =
    "{type: object, title: A user, properties: {description: {type: string, description: A text}}}";

#[test]
fn one_fragment_is_itself_under_the_manifests_title() {
    let one = assembled(&[("a", USERS)]).unwrap();
    assert_eq!(
        one.document["info"],
        json!({"title": "Test", "version": "4", "description": "About"})
    );
    assert_eq!(one.document["openapi"], "3.0.3");
    assert_eq!(one.document["paths"]["/users"]["get"]["description"], "one");
    assert_eq!(
        origin(&one, "/paths/~1users/get/description"),
        ("a".to_owned(), "one".to_owned())
    );
    assert_eq!(one.origins.place("/info/title").unwrap().file.name(), "a");
}

#[test]
fn paths_and_components_are_joined_and_the_highest_version_is_taken() {
    let items = items(SAME);
    let both = assembled(&[("a", USERS), ("b", &items)]).unwrap();
    assert_eq!(both.document["openapi"], "3.1.0");
    let paths: Vec<_> = both.document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths, ["/items", "/users"]);
    assert_eq!(both.document["info"]["version"], "4");
    assert_eq!(origin(&both, "/paths/~1items/post").0, "b");
    // What only readers see is filled from the second, with its origin.
    let user = &both.document["components"]["schemas"]["User"];
    assert_eq!(user["title"], "A user");
    assert_eq!(
        user["properties"]["description"],
        json!({"type": "string", "description": "A text"})
    );
    let pointer = "/components/schemas/User";
    assert_eq!(
        origin(
            &both,
            &format!("{pointer}/properties/description/description")
        ),
        ("b".to_owned(), "A text".to_owned())
    );
    assert_eq!(
        origin(&both, &format!("{pointer}/properties/description/type")),
        ("a".to_owned(), "string".to_owned())
    );
}

#[test]
fn methods_of_one_path_come_from_several_pages() {
    let put = "openapi: 3.0.3\npaths: {/users: {put: {summary: second}, summary: the path}}\n";
    let both = assembled(&[("a", USERS), ("b", put)]).unwrap();
    let item = both.document["paths"]["/users"].as_object().unwrap();
    assert_eq!(item.keys().collect::<Vec<_>>(), ["get", "put", "summary"]);
    assert_eq!(origin(&both, "/paths/~1users/put/summary").1, "second");
}

#[test]
fn the_order_of_pages_has_no_meaning() {
    let items = items(SAME);
    let forward = assembled(&[("a", USERS), ("b", &items)]).unwrap().document;
    let backward = assembled(&[("b", &items), ("a", USERS)]).unwrap().document;
    assert_eq!(forward.to_string(), backward.to_string());
    // Of two texts the one of the first file name is taken.
    let other = USERS.replace("description: one", "description: two");
    for pages in [
        [("a", USERS), ("b", other.as_str())],
        [("b", other.as_str()), ("a", USERS)],
    ] {
        let document = assembled(&pages).unwrap().document;
        assert_eq!(document["paths"]["/users"]["get"]["description"], "one");
    }
}

#[test]
fn key_order_has_no_meaning() {
    let shuffled = "\
components: {schemas: {User: {properties: {description: {type: string}}, type: object}}}
paths: {/users: {get: {responses: {'200': {description: OK}}, description: one}}}
info: {description: About, version: '4', title: Theirs}
openapi: 3.0.3
";
    let (one, other) = (
        assembled(&[("a", USERS)]).unwrap(),
        assembled(&[("a", shuffled)]).unwrap(),
    );
    assert_eq!(one.document.to_string(), other.document.to_string());
}

#[test]
fn a_property_called_description_is_structure() {
    let items = items("{type: object, properties: {description: {type: integer}}}");
    let problems = assembled(&[("a", USERS), ("b", &items)]).unwrap_err();
    assert_eq!(codes(&problems), ["assemble::conflict"]);
    assert_eq!(marked(&problems), ["string", "integer"]);
    let problem = problems.iter().next().unwrap();
    assert_eq!(
        problem.pointer(),
        Some("/components/schemas/User/properties/description/type")
    );
    let files: Vec<_> = problem
        .labels()
        .iter()
        .map(|label| label.place.file.name())
        .collect();
    assert_eq!(files, ["a", "b"]);
}

#[test]
fn structural_differences_are_conflicts_and_others_are_not() {
    let schema = |schema: &str| {
        format!("openapi: 3.0.3\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n")
    };
    let differ = [
        ("{type: string}", "{type: string, nullable: true}"),
        ("{type: string, default: a}", "{type: string, default: b}"),
        ("{default: {title: a}}", "{default: {title: b}}"),
        ("{required: [a]}", "{required: [a, b]}"),
        ("{enum: [a, b]}", "{enum: [a]}"),
        (
            "{allOf: [{type: string}]}",
            "{allOf: [{type: string}, {type: string}]}",
        ),
        ("{properties: {title: {type: string}}}", "{properties: {}}"),
        ("{type: string}", "true"),
    ];
    for (first, second) in differ {
        let problems = assembled(&[("a", &schema(first)), ("b", &schema(second))]).unwrap_err();
        assert_eq!(codes(&problems), ["assemble::conflict"], "{first} {second}");
    }
    let agree = [
        ("{required: [a, b]}", "{required: [b, a]}"),
        ("{enum: [a, b]}", "{enum: [b, a]}"),
        ("{type: [string, 'null']}", "{type: ['null', string]}"),
        (
            "{example: 1, x-order: 1}",
            "{example: {}, x-order: 2, externalDocs: {url: x}}",
        ),
        ("{allOf: [{title: a}]}", "{allOf: [{title: b}]}"),
    ];
    for (first, second) in agree {
        assembled(&[("a", &schema(first)), ("b", &schema(second))]).unwrap();
    }
}

#[test]
fn every_conflict_is_reported_and_counts_what_it_does_not_show() {
    let first = "openapi: 3.0.3\npaths: {/a: {get: {operationId: a, deprecated: true}, put: {operationId: b}}}\n";
    let second = first
        .replace("operationId: ", "operationId: z")
        .replace("true", "false");
    let problems = assembled(&[("a", first), ("b", &second)]).unwrap_err();
    assert_eq!(codes(&problems), ["assemble::conflict"; 2]);
    let messages: Vec<_> = problems.iter().map(|problem| problem.message()).collect();
    assert!(
        messages[0].contains("`GET /a`") && messages[0].contains("one more place"),
        "{messages:?}"
    );
    assert!(
        messages[1].contains("`PUT /a`") && !messages[1].contains("more"),
        "{messages:?}"
    );
}

/// A document with one operation and the given keys at its top.
fn document(path: &str, top: &str) -> String {
    format!(
        "openapi: 3.0.3\n{top}\npaths:\n  {path}:\n    get: {{responses: {{}}}}\n    put: {{security: [], servers: []}}\n"
    )
}

#[test]
fn security_moves_to_the_operations_and_servers_that_all_share_stay() {
    let top = "security: [{k: []}]\nservers: [{url: https://a.test, description: one}]";
    let other = top.replace("description: one", "description: two");
    let both = assembled(&[("a", &document("/a", top)), ("b", &document("/b", &other))]).unwrap();
    assert!(both.document.get("security").is_none());
    assert_eq!(
        both.document["servers"],
        json!([{"url": "https://a.test", "description": "one"}])
    );
    assert_eq!(
        both.document["paths"]["/b"],
        json!({"get": {"responses": {}, "security": [{"k": []}]}, "put": {"security": [], "servers": []}})
    );
    assert_eq!(
        origin(&both, "/paths/~1b/get/security/0"),
        ("b".to_owned(), "{k: []}".to_owned())
    );
    // Alone, a document keeps its own form.
    let alone = assembled(&[("a", &document("/a", top))]).unwrap();
    assert_eq!(alone.document["security"], json!([{"k": []}]));
}

#[test]
fn servers_that_differ_move_to_the_operations() {
    let server = |name: &str| format!("servers: [{{url: https://{name}.test}}]");
    let pages = [
        ("a", document("/a", &server("upload"))),
        ("b", document("/b", &server("api"))),
        ("c", document("/c", &server("api"))),
        ("d", document("/d", "servers: []")),
    ];
    let pages: Vec<_> = pages
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let all = assembled(&pages).unwrap();
    // The top is for those that say nothing: what most operations have, whatever page sorts first.
    assert_eq!(
        all.document["servers"],
        json!([{"url": "https://api.test"}])
    );
    assert_eq!(
        origin(&all, "/servers/0/url"),
        ("b".to_owned(), "https://api.test".to_owned())
    );
    let paths = &all.document["paths"];
    assert_eq!(
        paths["/a"]["get"]["servers"],
        json!([{"url": "https://upload.test"}])
    );
    assert_eq!(
        paths["/c"]["get"]["servers"],
        json!([{"url": "https://api.test"}])
    );
    assert_eq!(paths["/d"]["get"], json!({"responses": {}}));
    // What an operation says itself stays.
    assert_eq!(paths["/a"]["put"], json!({"security": [], "servers": []}));
    assert_eq!(
        origin(&all, "/paths/~1a/get/servers/0/url").1,
        "https://upload.test"
    );
}

#[test]
fn a_page_that_has_lost_its_servers_does_not_contradict() {
    let with = document("/a", "servers: [{url: https://a.test}]");
    for without in ["", "servers: []"] {
        let both = assembled(&[("a", &document("/b", without)), ("b", &with)]).unwrap();
        assert_eq!(both.document["servers"], json!([{"url": "https://a.test"}]));
        assert!(both.document["paths"]["/a"]["get"].get("servers").is_none());
    }
}

#[test]
fn servers_of_a_path_item_stay_before_those_of_the_document() {
    let own = "openapi: 3.0.3\nservers: [{url: https://a.test}]\npaths: {/a: {servers: [{url: https://own.test}], get: {}}}\n";
    let other = document("/b", "servers: [{url: https://b.test}]");
    let both = assembled(&[("a", own), ("b", &other)]).unwrap();
    let expected = json!({"servers": [{"url": "https://own.test"}], "get": {}});
    assert_eq!(both.document["paths"]["/a"], expected);
}

#[test]
fn parameters_of_a_shared_path_move_to_the_operations_of_their_page() {
    let first = "\
openapi: 3.0.3
components: {parameters: {Id: {name: id, in: path, required: true}}}
paths:
  /a/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}, {name: q, in: query}]
    get: {parameters: [{name: id, in: path, required: true, description: mine}]}
";
    let second = "openapi: 3.0.3\npaths: {'/a/{id}': {delete: {responses: {}}}}\n";
    let both = assembled(&[("a", first), ("b", second)]).unwrap();
    let item = &both.document["paths"]["/a/{id}"];
    assert!(item.get("parameters").is_none());
    assert_eq!(item["delete"], json!({"responses": {}}));
    let names: Vec<_> = item["get"]["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["name"].clone())
        .collect();
    assert_eq!(names, ["id", "q"]);
    assert_eq!(
        origin(&both, "/paths/~1a~1{id}/get/parameters/1/name").1,
        "q"
    );
    // Alone, they stay where they are.
    let alone = assembled(&[("a", first)]).unwrap();
    assert_eq!(
        alone.document["paths"]["/a/{id}"]["parameters"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn tags_webhooks_and_other_head_fields_are_joined() {
    let first = "openapi: 3.0.3\npaths: {}\ntags: [{name: a, description: one}]\nx-b: 1\nwebhooks: {w: {post: {summary: one}}}\n";
    let second = "openapi: 3.1.1\npaths: {}\ntags: [{name: a}, {name: b}]\nx-b: 2\nx-c: 3\nwebhooks: {w: {get: {}}, v: {post: {}}}\n";
    let both = assembled(&[("a", first), ("b", second)]).unwrap();
    assert_eq!(
        both.document["tags"],
        json!([{"name": "a", "description": "one"}, {"name": "b"}])
    );
    assert_eq!(
        origin(&both, "/tags/1/name"),
        ("b".to_owned(), "b".to_owned())
    );
    assert_eq!(
        (&both.document["x-b"], &both.document["x-c"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(
        both.document["webhooks"],
        json!({"w": {"post": {"summary": "one"}, "get": {}}, "v": {"post": {}}})
    );
}

#[test]
fn security_schemes_of_one_name_must_be_one_scheme() {
    let scheme = |key: &str, example: &str| {
        format!(
            "openapi: 3.0.3\npaths: {{}}\ncomponents: {{securitySchemes: {{sec0: {{type: apiKey, in: header, name: {key}, x-default: {example}}}}}}}\n"
        )
    };
    assembled(&[
        ("a", &scheme("x-api-key", "a")),
        ("b", &scheme("x-api-key", "b")),
    ])
    .unwrap();
    let problems = assembled(&[
        ("a", &scheme("x-api-key", "a")),
        ("b", &scheme("x-other", "a")),
    ])
    .unwrap_err();
    assert_eq!(marked(&problems), ["x-api-key", "x-other"]);
}

#[test]
fn what_has_to_be_an_object_is_checked() {
    for (text, marked_text) in [
        ("openapi: 3.0.3\npaths: [1]\n", "[1]"),
        ("openapi: 3.0.3\npaths: {/a: 7}\n", "7"),
        ("openapi: 3.0.3\npaths: {}\ncomponents: {schemas: 7}\n", "7"),
    ] {
        let problems = assembled(&[("a", text)]).unwrap_err();
        assert_eq!(codes(&problems), ["assemble::not_an_object"]);
        assert_eq!(marked(&problems)[0].trim(), marked_text);
    }
    let mut list = page("a", "[]");
    list.fragments[0].document = json!([]);
    let problems = client_codegen::assemble::assemble(&[list], "Test").unwrap_err();
    assert_eq!(codes(&problems), ["assemble::not_an_object"]);
    assert_eq!(
        codes(&assembled(&[]).unwrap_err()),
        ["assemble::no_fragments"]
    );
}

#[test]
fn several_fragments_of_one_file_are_one_file() {
    let mut dump = page("dump", USERS);
    dump.fragments.extend(page("dump", &items(SAME)).fragments);
    let both = client_codegen::assemble::assemble(&[dump], "Test").unwrap();
    assert_eq!(both.document["paths"].as_object().unwrap().len(), 2);
    assert_eq!(both.origins.files().len(), 1);
}

#[test]
fn a_problem_of_lower_is_shown_in_the_page() {
    let text = USERS.replace("{type: string}", "{$ref: '#/components/schemas/Gone'}");
    let one = assembled(&[("a", &text)]).unwrap();
    let lowered = pipeline::lowered(&one).unwrap();
    let warnings = pipeline::warnings(&one, &lowered);
    assert_eq!(codes(&warnings), ["lower::unresolved_reference"]);
    assert!(!warnings.has_errors());
    assert!(marked(&warnings)[0].contains("Gone"), "{warnings:?}");
    let report = openapi_lower::lower(
        json!({"swagger": "2.0"}),
        &openapi_lower::Options::default(),
    );
    let problem = report.unwrap_err().problems.remove(0);
    let (code, help) = (problem.code, problem.help.clone());
    let lost = from_lower(problem, |_| None);
    assert_eq!((lost.code(), lost.help()), (code, help.as_str()));
    assert!(lost.labels().is_empty() && lost.pointer().is_some());
}
