//! The documents that this workspace vendors.

mod support;

use openapi_pages::Format;
use serde_json::json;
use support::read;

const COMFY: &str =
    include_str!("../../../specs/comfy-registry/get-information-about-the-calling-user.md");
const HEYGEN: &str = include_str!("../../../specs/heygen/get-current-user-information.md");

#[test]
fn the_comfy_registry_page() {
    let mut extraction = read(COMFY);
    assert_eq!(extraction.format, Format::MintlifyResolved);
    let fragment = extraction.fragments.remove(0);
    assert_eq!(
        fragment.title.as_deref(),
        Some("Get information about the calling user.")
    );
    assert_eq!(fragment.source_urls.len(), 1);
    let operation = &fragment.document["paths"]["/users"]["get"];
    assert_eq!(operation["security"], json!([{"BearerAuth": []}]));
    assert_eq!(
        operation["responses"]["200"]["content"]["application/json"]["schema"],
        json!({"$ref": "#/components/schemas/User"})
    );
    assert_eq!(
        operation["responses"]["404"],
        json!({"description": "Not Found"})
    );
    assert_eq!(operation.get("operationId"), None);
    assert_eq!(
        fragment.document["components"]["securitySchemes"],
        json!({"BearerAuth": {"type": "http", "scheme": "bearer"}})
    );
    let user = &fragment.document["components"]["schemas"]["User"];
    assert_eq!(user["properties"]["isAdmin"]["type"], "boolean");
    assert_eq!(
        user["properties"].as_object().map(serde_json::Map::len),
        Some(5)
    );
    let span = fragment
        .spans
        .get("/components/schemas/User/properties/isAdmin/description");
    assert_eq!(
        span.map(|range| &COMFY[range]),
        user["properties"]["isAdmin"]["description"].as_str()
    );
}

#[test]
fn the_heygen_page() {
    let mut extraction = read(HEYGEN);
    assert_eq!(extraction.format, Format::ReadMe);
    let fragment = extraction.fragments.remove(0);
    assert_eq!(
        fragment.title.as_deref(),
        Some("Get Current User Information")
    );
    let (_, json) = HEYGEN.split_once("```json\n").unwrap();
    let (json, _) = json.split_once("\n```").unwrap();
    assert_eq!(
        fragment.document,
        serde_json::from_str::<serde_json::Value>(json).unwrap()
    );
    let id = fragment.spans.get("/paths/~1v1~1user~1me/get/operationId");
    assert_eq!(
        id.map(|range| &HEYGEN[range]),
        Some("\"get-current-user-information\"")
    );
}
