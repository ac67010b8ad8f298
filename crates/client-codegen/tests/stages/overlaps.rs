//! Documents that say one thing in two ways, and documents that make comparing them hard.

use client_codegen::assemble::Assembled;
use client_codegen::input::Page;
use serde_json::json;

use crate::support::{HEADER, codes, extracted, join, joined, page, ranked, readme};

/// A document with an operation that answers with `schema`, and these components.
fn answers(schema: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.1.0\npaths:\n  /a:\n    get: {{responses: {{'200': {{description: OK, content: {{application/json: {{schema: {schema}}}}}}}}}}}\n\
         components:\n  schemas:\n{schemas}"
    )
}

#[test]
fn schemas_that_contain_themselves_are_compared_to_the_end() {
    let node = answers(
        "{$ref: '#/components/schemas/Node'}",
        "    Node: {type: object, properties: {edge: {type: object, properties: {to: {$ref: '#/components/schemas/Node'}}}}}\n",
    );
    let edge = |kind: &str| {
        answers(
            "{type: object, properties: {edge: {$ref: '#/components/schemas/Edge'}}}",
            &format!(
                "    Edge: {{type: {kind}, properties: {{to: {{type: object, properties: {{edge: {{$ref: '#/components/schemas/Edge'}}}}}}}}}}\n"
            ),
        )
    };
    let both = joined(&[page("a", &node), page("b", &edge("object"))]);
    let schemas = both.document["components"]["schemas"].as_object().unwrap();
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["Edge", "Node"]);
    let problems = join(&[page("a", &node), page("b", &edge("array"))]).unwrap_err();
    assert_eq!(codes(&problems), ["assemble::conflict"]);
    // A component that is nothing but itself is for the lowering to refuse.
    let circle = answers(
        "{$ref: '#/components/schemas/A'}",
        "    A: {$ref: '#/components/schemas/A'}\n",
    );
    let plain = answers("{type: string}", "    B: {type: string}\n");
    joined(&[page("a", &circle), page("b", &plain)]);
    joined(&[page("a", &plain), page("b", &circle)]);
}

#[test]
fn a_component_may_be_written_out_within_itself() {
    let node = |inner: &str| {
        answers(
            "{$ref: '#/components/schemas/Node'}",
            &format!("    Node: {{type: object, properties: {{child: {inner}}}}}\n"),
        )
    };
    let reference = "{$ref: '#/components/schemas/Node'}";
    let short = node(reference);
    let long = node(&format!(
        "{{type: object, properties: {{child: {reference}}}}}"
    ));
    joined(&[page("a", &short), page("b", &long)]);
    joined(&[page("a", &long), page("b", &short)]);
}

#[test]
fn references_are_decoded_before_they_are_followed() {
    let referring = "\
openapi: 3.1.0
paths: {'/a/{id}': {get: {operationId: a}}, '/b/{id}': {$ref: '#/paths/~1a~1%7Bid%7D'}}
";
    let other = "openapi: 3.1.0\npaths: {'/b/{id}': {get: {operationId: b}}}\n";
    let problems = join(&[page("a", referring), page("b", other)]).unwrap_err();
    assert_eq!(codes(&problems), ["assemble::conflict"]);
    let spaced = answers(
        "{$ref: '#/components/schemas/A%20B'}",
        "    A B: {type: string}\n",
    );
    let plain = answers("{type: string}", "    C: {type: string}\n");
    joined(&[page("a", &spaced), page("b", &plain)]);
}

/// Each component has the next one twice. `offset` says which ones are written out, so that the two never meet in a
/// reference.
fn doubled(offset: usize) -> String {
    let reference = |level: usize| format!("{{$ref: '#/components/schemas/L{level}'}}");
    let schemas: String = (0..26)
        .filter(|level| level % 2 == offset)
        .map(|level| {
            let inner = reference(level + 2);
            let next = format!("{{type: object, properties: {{l: {inner}, r: {inner}}}}}");
            format!("    L{level}: {{type: object, properties: {{l: {next}, r: {next}}}}}\n")
        })
        .collect();
    let last = format!("    L{}: {{type: string}}\n", 26 + offset);
    let top = match offset {
        0 => reference(0),
        _ => format!(
            "{{type: object, properties: {{l: {0}, r: {0}}}}}",
            reference(1)
        ),
    };
    answers(&top, &(schemas + &last))
}

#[test]
fn what_branches_at_each_of_many_levels_is_compared_once() {
    // Without a memory of what was compared this takes 2 to the power of 26 steps.
    let pages = [page("a", &doubled(0)), page("b", &doubled(1))];
    let problems = join(&pages).err();
    // One of them is a level deeper.
    assert_eq!(codes(&problems.unwrap()), ["assemble::conflict"]);
}

#[test]
fn operations_of_a_path_item_that_is_referred_to_are_joined_like_others() {
    let referring = "\
openapi: 3.1.0
servers: [{url: https://a.test}]
security: [{k: []}]
paths: {/a: {$ref: '#/components/pathItems/A'}}
components: {pathItems: {A: {get: {operationId: one}, put: {operationId: put}}}}
";
    let other = "openapi: 3.1.0\nservers: [{url: https://b.test}]\npaths: {/b: {get: {}}}\n";
    let both = joined(&[page("a", referring), page("b", other)]);
    assert_eq!(
        both.document["paths"]["/a"]["get"],
        json!({"operationId": "one", "security": [{"k": []}], "servers": [{"url": "https://a.test"}]})
    );
    assert_eq!(both.document["servers"], json!([{"url": "https://a.test"}]));
    let place = crate::support::origin(&both, "/paths/~1a/get/operationId");
    assert_eq!(place, ("a".to_owned(), "one".to_owned()));
    let same_path = "openapi: 3.1.0\npaths: {/a: {get: {operationId: two}}}\n";
    let problems = join(&[page("a", referring), page("b", same_path)]).unwrap_err();
    assert_eq!(codes(&problems), ["assemble::conflict"]);
    // To nowhere, or to itself: the lowering says so.
    for reference in ["'#/components/pathItems/B'", "'#/paths/~1a'", "other.yaml"] {
        let lost = format!("openapi: 3.1.0\npaths: {{/a: {{$ref: {reference}}}}}\n");
        let both = joined(&[page("a", &lost), page("b", other)]);
        assert!(both.document["paths"]["/a"].get("$ref").is_some());
    }
}

#[test]
fn what_a_lossy_page_of_a_higher_rank_cannot_say_is_still_decided_by_rank() {
    let resolved = include_str!("fixtures/rooms.resolved.md");
    let embedded = include_str!("fixtures/rooms.embedded.md");
    let renamed = embedded.replace("listRooms", "fetchRooms");
    let unnamed = embedded.replace("      operationId: listRooms\n", "");
    let top = || extracted("z-top.md", 2, resolved);
    for (one, other) in [
        (embedded, renamed.as_str()),
        (embedded, unnamed.as_str()),
        (unnamed.as_str(), embedded),
    ] {
        let problems = join(&[
            top(),
            extracted("a.md", 0, one),
            extracted("b.md", 0, other),
        ]);
        assert_eq!(codes(&problems.unwrap_err()), ["assemble::conflict"]);
        let all = joined(&[
            top(),
            extracted("a.md", 1, one),
            extracted("b.md", 0, other),
        ]);
        assert_eq!(all.notes.len(), 1, "{:?}", all.notes);
        assert!(all.notes[0].message.starts_with("b.md "), "{:?}", all.notes);
    }
}

fn with(top: &str) -> String {
    format!("openapi: 3.1.0\npaths: {{}}\n{top}\n")
}

#[test]
fn extensions_texts_and_dialects_are_no_differences() {
    let schema = |schema: &str| with(&format!("components: {{schemas: {{A: {schema}}}}}"));
    for (one, other) in [
        (
            "openapi: 3.1.0\npaths: {x-note: {a: 1}}\n".to_owned(),
            "openapi: 3.1.0\npaths: {x-note: {a: 2}}\n".to_owned(),
        ),
        (
            with("components: {x-note: {a: 1}}"),
            with("components: {x-note: {a: 2}}"),
        ),
        (
            with(
                "components: {securitySchemes: {k: {type: oauth2, flows: {implicit: {authorizationUrl: u, scopes: {read: Read}}}}}}",
            ),
            with(
                "components: {securitySchemes: {k: {type: oauth2, flows: {implicit: {authorizationUrl: u, scopes: {read: Reads}}}}}}",
            ),
        ),
        (
            schema(
                "{type: object, additionalProperties: true, properties: {a: {type: string, nullable: true}}}",
            ),
            schema("{type: [object], properties: {a: {type: [string, 'null']}}}"),
        ),
        (
            schema("{type: integer, minimum: 1, exclusiveMinimum: true}"),
            schema("{type: integer, exclusiveMinimum: 1}"),
        ),
    ] {
        for (one, other) in [(&one, &other), (&other, &one)] {
            joined(&[page("a", one), page("b", other)]);
        }
    }
    for (one, other) in [
        (
            with(
                "components: {securitySchemes: {k: {type: oauth2, flows: {implicit: {authorizationUrl: u, scopes: {read: Read}}}}}}",
            ),
            with(
                "components: {securitySchemes: {k: {type: oauth2, flows: {implicit: {authorizationUrl: u, scopes: {write: Read}}}}}}",
            ),
        ),
        (
            with("webhooks: {x-note: {post: {operationId: a}}}"),
            with("webhooks: {x-note: {post: {operationId: b}}}"),
        ),
        (schema("{type: string}"), schema("{type: [string, 'null']}")),
    ] {
        let problems = join(&[page("a", &one), page("b", &other)]).unwrap_err();
        assert_eq!(codes(&problems), ["assemble::conflict"], "{one} {other}");
    }
}

#[test]
fn a_document_may_have_a_path_twice_and_another_the_same_two() {
    let both = "openapi: 3.0.3\npaths: {'/u/{x}': {get: {operationId: a}}, '/u/{y}': {get: {operationId: b}}}\n";
    let paths = |joined: &Assembled| joined.document["paths"].as_object().unwrap().len();
    assert_eq!(paths(&joined(&[page("a", both), page("b", both)])), 2);
    let other = "openapi: 3.0.3\npaths: {'/u/{z}': {get: {operationId: c}}}\n";
    let all = joined(&[ranked("a", 1, both), ranked("b", 0, other)]);
    let message = &all.notes[0].message;
    assert_eq!(
        message,
        "b says {\"operationId\":\"c\"}, which yields to a: it says {\"operationId\":\"a\"}"
    );
}

#[test]
fn keys_of_other_names_are_other_schemes() {
    let key = |name: &str| format!(r#"{{"type": "apiKey", "in": "query", "name": "{name}"}}"#);
    let page = |name: &str, path: &str| {
        let schemes = format!(r#""sec0": {}, "sec1": {{{HEADER}}}"#, key(name));
        extracted(
            path,
            0,
            &readme(path, &schemes, r#"{"sec0": [], "sec1": []}"#),
        )
    };
    let pages: Vec<Page> = vec![page("key[]", "/a"), page("key()", "/b")];
    let both = joined(&pages);
    let schemes = both.document["components"]["securitySchemes"]
        .as_object()
        .unwrap();
    assert_eq!(
        schemes.keys().collect::<Vec<_>>(),
        ["header-x-api-key", "query-key_28_29", "query-key_5B_5D"]
    );
    assert_eq!(
        both.document["paths"]["/a"]["get"]["security"],
        json!([{"query-key_5B_5D": [], "header-x-api-key": []}])
    );
}
