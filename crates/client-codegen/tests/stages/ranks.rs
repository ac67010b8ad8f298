//! What happens where documents overlap: ranks, and other spellings of the same.

use serde_json::json;

use crate::support::{codes, join, joined, marked, origin, page, ranked};

const VENDOR: &str = "\
openapi: 3.0.3
paths:
  /rooms:
    get:
      operationId: listRooms
      responses: {'200': {description: Rooms, content: {application/json: {schema: {$ref: '#/components/schemas/Room'}}}}}
components:
  schemas:
    Room: {type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}
";

pub(crate) const OURS: &str = "\
openapi: 3.0.3
paths:
  /rooms:
    get:
      operationId: list_rooms
      summary: Lists the rooms
      responses:
        '200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Room'}}}}
        '404': {description: None}
    post: {operationId: add_room, responses: {}}
components:
  schemas:
    Room: {type: object, required: [id], properties: {id: {type: string}}}
    Floor: {type: integer}
";

#[test]
fn a_lower_rank_yields_with_a_note_per_place() {
    for pages in [
        [ranked("vendor", 1, VENDOR), ranked("ours", 0, OURS)],
        [ranked("ours", 0, OURS), ranked("vendor", 1, VENDOR)],
    ] {
        let joined = join(&pages).unwrap();
        let get = &joined.document["paths"]["/rooms"]["get"];
        assert_eq!(get["operationId"], "listRooms");
        assert_eq!(get["responses"].as_object().unwrap().len(), 1);
        // A text that only the lower rank has is better than none.
        assert_eq!(get["summary"], "Lists the rooms");
        assert_eq!(origin(&joined, "/paths/~1rooms/get/summary").0, "ours");
        let schemas = &joined.document["components"]["schemas"];
        assert_eq!(
            schemas["Room"]["properties"],
            json!({"id": {"type": "integer"}, "name": {"type": "string"}})
        );
        // What only the lower rank has is not disputed.
        assert_eq!(schemas["Floor"], json!({"type": "integer"}));
        assert_eq!(
            joined.document["paths"]["/rooms"]["post"]["operationId"],
            "add_room"
        );
        let notes: Vec<_> = joined
            .notes
            .iter()
            .map(|note| (note.pointer.as_str(), note.message.as_str()))
            .collect();
        assert_eq!(
            notes,
            [
                (
                    "/components/schemas/Room/properties/id/type",
                    "ours says \"string\", which yields to vendor: it says \"integer\""
                ),
                (
                    "/components/schemas/Room/properties/name",
                    "ours has nothing there, which yields to vendor: it says {\"type\":\"string\"}"
                ),
                (
                    "/paths/~1rooms/get/operationId",
                    "ours says \"list_rooms\", which yields to vendor: it says \"listRooms\""
                ),
                (
                    "/paths/~1rooms/get/responses/404",
                    "ours says {\"description\":\"None\"}, which yields to vendor: it has nothing there"
                ),
            ]
        );
    }
}

#[test]
fn equal_ranks_must_agree_whatever_the_rank() {
    let problems = join(&[ranked("a", 7, VENDOR), ranked("b", 7, OURS)]).unwrap_err();
    assert_eq!(codes(&problems), ["assemble::conflict"; 2]);
    assert_eq!(marked(&problems), ["integer", "string"]);
    // Those of a lower rank need not agree about what a higher one says.
    let third = OURS.replace("{type: string}", "{type: boolean}");
    let joined = join(&[
        ranked("a", 1, VENDOR),
        ranked("b", 0, OURS),
        ranked("c", 0, &third),
    ])
    .unwrap();
    assert_eq!(joined.notes.len(), 8);
    assert!(
        joined
            .notes
            .iter()
            .any(|note| note.message.starts_with("c says \"boolean\""))
    );
}

#[test]
fn one_stale_page_among_many_is_one_problem() {
    let stale = OURS.replace("type: string", "type: number");
    let mut pages = vec![page("a", &stale)];
    pages.extend((0..20).map(|number| page(&format!("b{number:02}"), OURS)));
    let problems = join(&pages).unwrap_err();
    assert_eq!(codes(&problems), ["assemble::conflict"]);
    let message = problems.iter().next().unwrap().message();
    assert!(
        message.starts_with("a and b00 (and 19 more documents) disagree"),
        "{message}"
    );
}

fn operation(operation: &str) -> String {
    format!(
        "openapi: 3.0.3\npaths: {{/a: {{get: {operation}}}}}\ncomponents: {{parameters: {{P: {{name: p, in: query, schema: {{type: integer}}}}}}}}\n"
    )
}

#[test]
fn other_spellings_of_the_same_agree() {
    for (one, other) in [
        ("{deprecated: false}", "{}"),
        ("{parameters: [], tags: []}", "{}"),
        ("{security: []}", "{}"),
        (
            "{security: [{a: []}, {b: []}]}",
            "{security: [{b: []}, {a: []}]}",
        ),
        (
            "{parameters: [{name: p, in: query, schema: {type: integer}}, {name: q, in: query, required: false}]}",
            "{parameters: [{name: q, in: query}, {$ref: '#/components/parameters/P'}]}",
        ),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            let pages = [page("a", &operation(one)), page("b", &operation(other))];
            joined(&pages);
        }
    }
    for (one, other) in [
        ("{deprecated: true}", "{}"),
        ("{security: [{a: []}]}", "{}"),
        (
            "{security: [{a: []}, {b: []}]}",
            "{security: [{a: [], b: []}]}",
        ),
        (
            "{parameters: [{name: p, in: query}]}",
            "{parameters: [{name: p, in: header}]}",
        ),
        ("{parameters: [{name: p, in: query}]}", "{}"),
        (
            "{parameters: [{name: p, in: query, schema: {type: string}}]}",
            "{parameters: [{$ref: '#/components/parameters/P'}]}",
        ),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            let problems =
                join(&[page("a", &operation(one)), page("b", &operation(other))]).unwrap_err();
            assert_eq!(codes(&problems)[0], "assemble::conflict", "{one} {other}");
        }
    }
}

#[test]
fn a_path_is_the_same_under_other_names_of_parameters() {
    let one =
        "openapi: 3.0.3\npaths: {'/a/{id}': {get: {operationId: one}}, '/a/{id}/b': {get: {}}}\n";
    let other = "openapi: 3.0.3\npaths: {'/a/{name}': {get: {operationId: two}, put: {}}}\n";
    let problems = join(&[page("a", one), page("b", other)]).unwrap_err();
    assert_eq!(codes(&problems), ["assemble::conflict"]);
    let message = problems.iter().next().unwrap().message();
    assert!(
        message.contains("`GET /a/{id}`, which is also written `/a/{name}`"),
        "{message}"
    );
    let joined = join(&[ranked("a", 1, one), ranked("b", 0, other)]).unwrap();
    let paths: Vec<_> = joined.document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(paths, ["/a/{id}", "/a/{id}/b", "/a/{name}"]);
    assert_eq!(joined.document["paths"]["/a/{name}"], json!({"put": {}}));
    assert_eq!(joined.notes.len(), 1);
    // A document that does so itself is not told off for it.
    let both = "openapi: 3.0.3\npaths: {'/a/{id}': {get: {}}, '/a/{name}': {get: {}}}\n";
    assert_eq!(
        join(&[page("a", both)]).unwrap().document["paths"]
            .as_object()
            .unwrap()
            .len(),
        2
    );
}
