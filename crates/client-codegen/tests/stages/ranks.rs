//! What happens where documents overlap: ranks, forms that lose values, and other spellings of the same.

use client_codegen::assemble::{Assembled, assemble};
use client_codegen::diagnostic::Diagnostics;
use client_codegen::input::Page;
use serde_json::json;

use crate::support::{codes, extracted, marked, origin, page};

fn join(pages: &[Page]) -> Result<Assembled, Diagnostics> {
    assemble(pages, "Test")
}

fn ranked(name: &str, rank: i64, yaml: &str) -> Page {
    Page {
        rank,
        ..page(name, yaml)
    }
}

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

const OURS: &str = "\
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

/// One operation as both Mintlify forms have it.
const RESOLVED: &str = "\
# List rooms

## OpenAPI

````yaml get /rooms
paths:
  path: /rooms
  method: get
  servers:
    - url: https://api.hotel.test
  request:
    security:
      - title: Key
        parameters:
          query: {}
          header:
            Authorization:
              type: http
              scheme: bearer
          cookie: {}
    parameters:
      path: {}
      query:
        floor:
          schema:
            - type: string
      header:
        X-Trace:
          schema:
            - type: integer
      cookie: {}
    body: {}
  response:
    '200':
      application/json:
        schemaArray:
          - type: object
            properties:
              rooms:
                allOf:
                  - type: array
                    items:
                      $ref: '#/components/schemas/Room'
            refIdentifier: '#/components/schemas/Rooms'
          - type: array
            items:
              allOf:
                - type: string
        examples: {}
        description: The rooms
  deprecated: false
  type: path
components:
  schemas:
    Room:
      type: object
      properties:
        id:
          type: integer
````
";

const EMBEDDED: &str = "\
# List rooms

## OpenAPI

````yaml get /rooms
openapi: 3.0.3
info:
  title: Hotel
  version: '2'
servers:
  - url: https://api.hotel.test
security:
  - Key: []
paths:
  /rooms:
    parameters:
      - $ref: '#/components/parameters/Trace'
    get:
      tags: [Rooms]
      operationId: listRooms
      parameters:
        - name: floor
          in: query
          required: false
          schema:
            type: string
            pattern: '^[0-9]+$'
      responses:
        '200':
          description: The rooms
          headers:
            X-Total:
              schema:
                type: integer
          content:
            application/json:
              schema:
                oneOf:
                  - $ref: '#/components/schemas/Rooms'
                  - type: array
                    items:
                      type: string
components:
  parameters:
    Trace:
      name: X-Trace
      in: header
      schema:
        type: integer
  schemas:
    Rooms:
      type: object
      properties:
        rooms:
          type: array
          items:
            $ref: '#/components/schemas/Room'
    Room:
      type: object
      properties:
        id:
          type: integer
  securitySchemes:
    Key:
      type: http
      scheme: bearer
      bearerFormat: JWT
````
";

#[test]
fn what_a_form_has_lost_is_taken_from_a_page_that_has_it() {
    // With either one believed first, and with none.
    for (resolved, embedded) in [(0, 0), (0, 1), (1, 0)] {
        let joined = join(&[
            extracted("a-resolved.md", resolved, RESOLVED),
            extracted("b-embedded.md", embedded, EMBEDDED),
        ]);
        let joined =
            joined.unwrap_or_else(|problems| panic!("{}", crate::support::rendered(&problems)));
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
            let joined = join(&pages);
            joined.unwrap_or_else(|problems| panic!("{}", crate::support::rendered(&problems)));
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

/// A ReadMe page with one operation and schemes that its editor has numbered.
fn readme(path: &str, schemes: &str, security: &str) -> String {
    format!(
        "# Title\n\n# OpenAPI definition\n\n```json\n{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \
         \"components\": {{\"securitySchemes\": {{{schemes}}}}}, \"security\": [{security}], \
         \"paths\": {{\"{path}\": {{\"get\": {{\"responses\": {{}}}}}}}}, \"x-readme-fauxas\": true}}\n```\n"
    )
}

const HEADER: &str =
    r#""type": "apiKey", "in": "header", "name": "X-Api-Key", "x-default": "sample""#;

#[test]
fn numbered_schemes_are_named_by_what_they_are() {
    let pages = [
        extracted(
            "a",
            0,
            &readme("/a", &format!(r#""sec0": {{{HEADER}}}"#), r#"{"sec0": []}"#),
        ),
        extracted(
            "b",
            0,
            &readme(
                "/b",
                r#""sec0": {"type": "http", "scheme": "bearer"}, "sec1": {"type": "apiKey", "in": "header", "name": "x-api-key"}"#,
                r#"{"sec0": [], "sec1": []}"#,
            ),
        ),
        extracted(
            "c",
            0,
            &readme(
                "/c",
                r#""sec0": {"type": "oauth2", "flows": {}}, "mine": {"type": "apiKey", "in": "query", "name": "k"}"#,
                r#"{"sec0": []}, {"mine": []}"#,
            ),
        ),
        extracted(
            "d",
            0,
            &readme(
                "/d",
                r#""sec3": {"type": "oauth2", "flows": {"implicit": {}}}"#,
                r#"{"sec3": ["read"]}"#,
            ),
        ),
    ];
    let all =
        join(&pages).unwrap_or_else(|problems| panic!("{}", crate::support::rendered(&problems)));
    assert_eq!(
        all.document["components"]["securitySchemes"],
        json!({
            "header-x-api-key": {"type": "apiKey", "in": "header", "name": "X-Api-Key", "x-default": "sample"},
            "http-bearer": {"type": "http", "scheme": "bearer"},
            "mine": {"type": "apiKey", "in": "query", "name": "k"},
            "oauth2": {"type": "oauth2", "flows": {}},
        })
    );
    let security = |path: &str| all.document["paths"][path]["get"]["security"].clone();
    assert_eq!(security("/a"), json!([{"header-x-api-key": []}]));
    assert_eq!(
        security("/b"),
        json!([{"http-bearer": [], "header-x-api-key": []}])
    );
    assert_eq!(security("/c"), json!([{"oauth2": []}, {"mine": []}]));
    assert_eq!(security("/d"), json!([{"oauth2": ["read"]}]));
    let place = origin(&all, "/components/securitySchemes/http-bearer/scheme");
    assert_eq!(place, ("b".to_owned(), "\"bearer\"".to_owned()));
    // A page alone has the same names, so that the next one changes none.
    let alone = join(&pages[..1]).unwrap();
    assert_eq!(
        alone.document["security"],
        json!([{"header-x-api-key": []}])
    );
    // Where it was required in the page.
    assert!(
        origin(&alone, "/security/0/header-x-api-key")
            .1
            .starts_with("[]")
    );
    let reversed: Vec<Page> = pages.iter().rev().cloned().collect();
    assert_eq!(join(&reversed).unwrap().document, all.document);
}

#[test]
fn schemes_that_a_vendor_has_named_are_kept() {
    let yaml = "openapi: 3.0.3\npaths: {}\ncomponents: {securitySchemes: {sec0: {type: http, scheme: bearer}}}\n";
    let joined = join(&[page("a", yaml)]).unwrap();
    assert!(
        joined.document["components"]["securitySchemes"]
            .get("sec0")
            .is_some()
    );
}
