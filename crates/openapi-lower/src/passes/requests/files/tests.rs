use crate::passes::requests::PASS;
use crate::passes::testing::{brief, marked_after};
use crate::report::{Effect, Note};
use serde_json::{Value, json};

#[test]
fn parts_of_binary_text_are_files() {
    let document = json!({
        "openapi": "3.0.0",
        "components": {"schemas": {
            "Upload": {"type": "object", "properties": {
                "one": {"type": "string", "format": "binary", "maxLength": 9, "nullable": true},
                "many": {"type": "array", "items": {"$ref": "#/components/schemas/Bytes"}},
                "icon": {"type": "string"},
                "any": {"description": "whatever"},
                "other": {"type": "object"},
                "meta": {"type": "object", "properties": {"raw": {"type": "string", "format": "binary"}}}
            }},
            "Bytes": {"type": "string", "format": "binary"}
        }},
        "paths": {"/a": {"post": {"requestBody": {"required": true, "content": {"multipart/form-data": {
            "schema": {"allOf": [{"$ref": "#/components/schemas/Upload"}]},
            "encoding": {"icon": {"contentType": "image/png, image/jpeg"}, "meta": {"contentType": "application/json"}}
        }}}}}}
    });
    let (document, _, _) = marked_after(&[PASS], document);
    let schemas = &document["components"]["schemas"];
    let file = json!({"type": "string", "format": crate::FILE_PART_FORMAT});
    let mut nullable = file.clone();
    nullable["nullable"] = json!(true);
    assert_eq!(schemas["Bytes"], file);
    let properties = &schemas["Upload"]["properties"];
    assert_eq!(properties["one"], nullable);
    assert_eq!(properties["icon"], file);
    assert_eq!(properties["any"]["format"], crate::FILE_PART_FORMAT);
    assert_eq!(properties["other"], json!({"type": "object"}));
    assert_eq!(properties["meta"]["properties"]["raw"]["format"], "binary");
    let body = &document["paths"]["/a"]["post"]["requestBody"];
    assert_eq!(
        body["x-openapi-lower"]["encoding"],
        json!({"icon": {"contentType": "image/png, image/jpeg"}, "meta": {"contentType": "application/json"}})
    );
}

fn multipart_after(schemas: Value, content: Value, response: Value) -> (Value, Vec<Note>) {
    let document = json!({
        "openapi": "3.0.0",
        "components": {"schemas": schemas},
        "paths": {"/a": {"post": {
            "requestBody": {"required": true, "content": {"multipart/form-data": content}},
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": response}}}}
        }}}
    });
    let (document, notes, _) = marked_after(&[PASS], document);
    (document, notes)
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

const BODY: &str = "/paths/~1a/post/requestBody/content/application~1json/schema";

#[test]
fn what_is_json_elsewhere_stays_json_there() {
    let schemas = json!({
        "Photo": {"type": "object", "properties": {
            "image": reference("Image"),
            "data": reference("Json"),
            "next": {"type": "object", "properties": {"photo": reference("Tag")}}
        }},
        "Image": {"type": "string", "format": "binary"},
        "Json": {"description": "any"},
        "Tag": {"type": "string"}
    });
    let (document, notes) = multipart_after(
        schemas.clone(),
        json!({"schema": reference("Photo")}),
        reference("Photo"),
    );
    let after = &document["components"]["schemas"];
    for name in ["Photo", "Image", "Json", "Tag"] {
        assert_eq!(after[name], schemas[name]);
    }
    let file = json!({"type": "string", "format": crate::FILE_PART_FORMAT});
    assert_eq!(document.pointer(BODY), Some(&reference("PhotoParts")));
    assert_eq!(
        after["PhotoParts"]["properties"]["image"],
        reference("ImagePart")
    );
    assert_eq!(after["ImagePart"], file);
    assert_eq!(after["JsonPart"]["format"], crate::FILE_PART_FORMAT);
    assert_eq!(
        brief(&notes),
        [
            ("/components/schemas/Json", Effect::Widened),
            ("/components/schemas/Image", Effect::Exact),
            ("/components/schemas/Json", Effect::Exact),
            ("/components/schemas/Photo", Effect::Exact),
        ]
    );
}

#[test]
fn a_part_of_json_or_text_is_a_file_only_if_it_is_bytes() {
    let any = json!({"description": "any"});
    let content = json!({
        "schema": {"type": "object", "properties": {
            "data": reference("Any"), "text": any, "raw": {"type": "string", "format": "binary"}, "pic": reference("Title")
        }},
        "encoding": {
            "data": {"contentType": "application/json"}, "text": {"contentType": "text/plain"},
            "raw": {"contentType": "text/csv"}, "pic": {"contentType": "image/png"}
        }
    });
    let schemas = json!({"Any": any, "Title": {"type": "string"}});
    let (document, notes) = multipart_after(schemas, content, reference("Any"));
    let properties = &document.pointer(BODY).unwrap()["properties"];
    assert_eq!(properties["data"], reference("Any"));
    assert_eq!(properties["text"], any);
    assert_eq!(properties["raw"]["format"], crate::FILE_PART_FORMAT);
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["Any"], any);
    assert_eq!(schemas["Title"]["format"], crate::FILE_PART_FORMAT);
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn bodies_that_encode_one_component_in_two_ways_have_two() {
    let body = |encoding: Value| {
        json!({"post": {"requestBody": {"required": true, "content": {
            "multipart/form-data": {"schema": reference("Upload"), "encoding": encoding}
        }}}})
    };
    let document = json!({
        "openapi": "3.0.0",
        "components": {"schemas": {"Upload": {"type": "object", "properties": {
            "a": {"type": "string"}, "b": {"type": "string"}
        }}}},
        "paths": {
            "/a": body(json!({"a": {"contentType": "image/png"}})),
            "/b": body(json!({"b": {"contentType": "image/png"}})),
            "/c": body(json!({}))
        }
    });
    let (document, _, _) = marked_after(&[PASS], document);
    for (path, a, b) in [
        ("/a", true, false),
        ("/b", false, true),
        ("/c", false, false),
    ] {
        let schema = &document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
            ["schema"];
        let name = crate::refs::target_of(schema).unwrap();
        let properties = &document["components"]["schemas"][name]["properties"];
        let is_file = |name: &str| properties[name]["format"] == crate::FILE_PART_FORMAT;
        assert_eq!((is_file("a"), is_file("b")), (a, b), "{path}");
    }
}

#[test]
fn a_branch_that_says_nothing_is_no_file() {
    let title = reference("Title");
    let properties = json!({
        "title": {"allOf": [title, {"nullable": true}]},
        "tag": {"anyOf": [title, {"description": "whatever"}]},
    });
    let schema = json!({"type": "object", "properties": properties});
    let (document, notes) = multipart_after(
        json!({"Title": {"type": "string"}}),
        json!({"schema": schema}),
        json!({}),
    );
    assert_eq!(document.pointer(BODY), Some(&schema));
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn a_map_of_bytes_is_one_part_and_noted() {
    let map =
        json!({"type": "object", "additionalProperties": {"type": "string", "format": "binary"}});
    let schema = json!({"type": "object", "properties": {"files": map}});
    let (document, notes) = multipart_after(json!({}), json!({"schema": schema}), json!({}));
    assert_eq!(document.pointer(BODY), Some(&schema));
    let at = format!("{BODY}/properties/files/additionalProperties")
        .replace("application~1json", "multipart~1form-data");
    assert_eq!(brief(&notes), [(at.as_str(), Effect::Widened)]);
}

#[test]
fn parts_that_are_not_described_are_files_of_any_name() {
    let (document, _) = multipart_after(json!({}), json!({}), json!({}));
    assert_eq!(
        document.pointer(BODY).unwrap()["additionalProperties"]["format"],
        crate::FILE_PART_FORMAT
    );
}
