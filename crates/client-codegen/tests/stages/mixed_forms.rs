//! Pages of several forms that describe one API.

use client_codegen::generate::Isolation;
use client_codegen::input::Page;
use client_codegen::pipeline;
use client_codegen::render::render;
use serde_json::json;

use crate::ranks::OURS;
use crate::support::{HEADER, extracted, join, joined, origin, ranked, readme, two_apis};

/// One operation as both Mintlify forms have it.
const RESOLVED: &str = include_str!("fixtures/rooms.resolved.md");

/// The same in the other form.
const EMBEDDED: &str = include_str!("fixtures/rooms.embedded.md");

#[test]
fn what_a_form_has_lost_is_taken_from_a_page_that_has_it() {
    // With either one believed first, and with none.
    for (resolved, embedded) in [(0, 0), (0, 1), (1, 0)] {
        let joined = joined(&[
            extracted("a-resolved.md", resolved, RESOLVED),
            extracted("b-embedded.md", embedded, EMBEDDED),
        ]);
        assert_eq!(joined.notes, [], "{resolved} {embedded}");
        let get = &joined.document["paths"]["/rooms"]["get"];
        assert_eq!(get["operationId"], "listRooms");
        assert_eq!(get["tags"], json!(["Rooms"]));
        assert_eq!(get["security"], json!([{"Key": []}]));
        assert_eq!(
            get["responses"]["200"]["headers"]["X-Total"]["schema"]["type"],
            "integer"
        );
        let floor = get["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .find(|parameter| parameter["name"] == "floor");
        assert_eq!(floor.unwrap()["schema"]["pattern"], "^[0-9]+$");
        assert_eq!(
            joined.document["components"]["securitySchemes"]["Key"],
            json!({"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
        );
        assert_eq!(joined.document["info"]["version"], "2");
        let operation_id = origin(&joined, "/paths/~1rooms/get/operationId");
        assert_eq!(
            operation_id,
            ("b-embedded.md".to_owned(), "listRooms".to_owned())
        );
        let pattern = joined
            .origins
            .place("/components/securitySchemes/Key/bearerFormat");
        assert_eq!(pattern.unwrap().file.name(), "b-embedded.md");
    }
}

#[test]
fn what_a_form_keeps_must_agree() {
    for (from, to, told) in [
        (
            "type: integer\n````",
            "type: string\n````",
            "disagree on the component `Room`",
        ),
        (
            "type: integer\n      cookie",
            "type: boolean\n      cookie",
            "disagree on `GET /rooms`",
        ),
        ("'200':", "'201':", "disagree on `GET /rooms`"),
        (
            "scheme: bearer",
            "scheme: basic",
            "disagree on the component `Key`",
        ),
        ("X-Trace:", "X-Other:", "disagree on `GET /rooms`"),
    ] {
        let changed = RESOLVED.replace(from, to);
        assert_ne!(changed, RESOLVED, "{from}");
        let pages = [extracted("a", 0, &changed), extracted("b", 0, EMBEDDED)];
        let problems = join(&pages).unwrap_err();
        let message = problems.iter().next().unwrap().message().to_owned();
        assert!(message.contains(told), "{message}");
        assert_eq!(problems.iter().count(), 1, "{message}");
    }
}

/// All orders of a list.
fn orders<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    let Some((first, rest)) = items.split_first() else {
        return vec![Vec::new()];
    };
    let mut all = Vec::new();
    for order in orders(rest) {
        for position in 0..=order.len() {
            let mut order = order.clone();
            order.insert(position, first.clone());
            all.push(order);
        }
    }
    all
}

#[test]
fn any_order_of_documents_gives_the_same_crate() {
    let other = RESOLVED
        .replace("/rooms", "/halls")
        .replace("api.hotel.test", "halls.hotel.test")
        .replace("# List rooms", "# List halls");
    let pages = [
        extracted("rooms-old.md", 0, RESOLVED),
        extracted("rooms.md", 0, EMBEDDED),
        extracted("halls.md", 0, &other),
        extracted(
            "keys.md",
            0,
            &readme(
                "/keys",
                &format!(r#""sec0": {{{HEADER}}}"#),
                r#"{"sec0": []}"#,
            ),
        ),
        ranked("ours.yaml", -1, OURS),
    ];
    let orders = orders(&pages);
    assert_eq!(orders.len(), 120);
    let first = joined(&pages);
    assert!(!first.notes.is_empty());
    for order in &orders {
        let other = joined(order);
        assert_eq!(other.document.to_string(), first.document.to_string());
        assert_eq!(other.notes, first.notes);
    }
    // The other stages see nothing else, so a few orders are enough for them.
    let api = &two_apis().apis[0];
    let code = |pages: &[Page]| {
        let joined = joined(pages);
        let mut lowered = pipeline::lowered(&joined).unwrap();
        let generated = pipeline::generated(&joined, &mut lowered, &Isolation::Thread).unwrap();
        let finished = pipeline::finished(&joined, &lowered, generated, api).unwrap();
        render(&finished, "codegen", "documents")
    };
    let files = code(&pages);
    let operations: Vec<&str> = files
        .keys()
        .filter_map(|name| name.strip_prefix("builder/")?.strip_suffix(".rs"))
        .collect();
    assert_eq!(
        operations,
        ["add_room", "get_halls", "get_keys", "list_rooms", "mod"]
    );
    assert_eq!(code(&orders[60]), files);
    assert_eq!(code(&orders[119]), files);
}
