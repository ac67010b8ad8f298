//! The real manifest with its documents and overlays, up to the end of *overlay*.

use std::fs;
use std::path::PathBuf;

use client_codegen::assemble::{Assembled, assemble};
use client_codegen::input::{pages, read_file, vendored};
use client_codegen::manifest::{MANIFEST_FILE, Manifest, header};
use client_codegen::overlay::{Overlay, apply};
use serde_json::json;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// None if the crate is tested outside of its workspace.
fn manifest() -> Option<Manifest> {
    let bytes = fs::read(root().join(MANIFEST_FILE)).ok()?;
    Some(Manifest::parse(MANIFEST_FILE, bytes).unwrap())
}

/// An API before and after its overlay.
fn both(manifest: &Manifest, name: &str) -> (Assembled, Assembled) {
    let api = manifest.api(name).unwrap();
    let before = assemble(
        &pages(&vendored(&root(), api).unwrap()).unwrap(),
        &api.title,
    )
    .unwrap();
    let path = api.overlay_path().unwrap();
    let overlay = Overlay::parse(&path, read_file(&root(), &path).unwrap()).unwrap();
    let after = apply(before.clone(), &overlay).unwrap();
    (before, after)
}

#[test]
fn a_new_manifest_explains_itself_as_ours_does() {
    let Some(manifest) = manifest() else { return };
    let text = manifest.file.text().unwrap();
    let (ours, _) = text.split_once("\n\n").unwrap();
    assert_eq!(format!("{ours}\n"), header("cargo xtask"));
}

#[test]
fn every_file_of_the_manifest_exists() {
    let Some(manifest) = manifest() else { return };
    let names: Vec<_> = manifest.apis.iter().map(|api| api.name.as_str()).collect();
    assert_eq!(names, ["comfy-registry", "heygen", "kitchen-sink"]);
    for api in &manifest.apis {
        let documents = api.documents.iter().map(|document| document.path());
        for path in documents.chain(api.overlay_path()) {
            assert!(root().join(&path).is_file(), "{path}");
        }
    }
}

#[test]
fn comfys_page_is_believed_and_our_document_has_the_rest() {
    let Some(manifest) = manifest() else { return };
    let api = manifest.api("comfy-registry").unwrap();
    let documents = pages(&vendored(&root(), api).unwrap()).unwrap();
    let assembled = assemble(&documents, &api.title).unwrap();
    let operation = &assembled.document["paths"]["/users"]["get"];
    assert_eq!(operation["operationId"], "getUser");
    // Our document knows bodies of these, and a 500.
    assert_eq!(
        operation["responses"]["401"],
        json!({"description": "Unauthorized"})
    );
    assert_eq!(operation["responses"].as_object().unwrap().len(), 3);
    let yielded = assembled.notes.iter().map(|note| note.pointer.as_str());
    assert_eq!(
        yielded.collect::<Vec<_>>(),
        [401, 404, 500].map(|status| format!("/paths/~1users/get/responses/{status}"))
    );
    for (pointer, file) in [
        (
            "/paths/~1users/get/operationId",
            "specs/comfy-registry/registry.openapi.yaml",
        ),
        (
            "/paths/~1users/get/responses/200",
            "specs/comfy-registry/get-information-about-the-calling-user.md",
        ),
    ] {
        let place = assembled.origins.place(pointer).unwrap();
        assert_eq!(place.file.name(), file, "{pointer}");
    }
}

#[test]
fn the_heygen_overlay_tells_of_the_end_of_v1_of_failed_calls_and_of_tokens_and_nothing_else() {
    let Some(manifest) = manifest() else { return };
    let (before, mut after) = both(&manifest, "heygen");
    assert_eq!(before.document["info"]["title"], "HeyGen");
    assert_eq!(before.document["info"]["version"], "4.0.8");
    let operation = &mut after.document["paths"]["/v1/user/me"]["get"];
    let description = operation["description"].take();
    let paragraphs: Vec<&str> = description.as_str().unwrap().split("\n\n").collect();
    assert_eq!(paragraphs.len(), 2);
    assert!(paragraphs[1].contains("may fail") && paragraphs[1].contains("v3"));
    let end = operation.as_object_mut().unwrap().remove("x-sunset");
    assert_eq!(end, Some(serde_json::json!("2026-10-31")));
    assert_eq!(operation["deprecated"], false);
    operation["description"] =
        before.document["paths"]["/v1/user/me"]["get"]["description"].clone();
    let success = operation.as_object_mut().unwrap().remove("x-success");
    assert_eq!(success, Some(serde_json::json!({"/code": [100]})));
    let alternatives = operation["security"].as_array_mut().unwrap();
    assert_eq!(
        alternatives.pop(),
        Some(serde_json::json!({"http-bearer": []}))
    );
    assert_eq!(after.document, before.document);
}

/// A value as JSON text with the keys of all objects in the opposite order.
fn reversed(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .rev()
                .map(|(key, value)| format!("{}:{}", json!(key), reversed(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        serde_json::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(reversed).collect();
            format!("[{}]", items.join(","))
        }
        other => other.to_string(),
    }
}

/// A vendored document differs from itself in nothing, and not if its keys stand in another order.
#[test]
fn no_document_differs_from_itself() {
    let Some(manifest) = manifest() else { return };
    for api in &manifest.apis {
        let documents = vendored(&root(), api).unwrap();
        let own = assemble(&pages(&documents).unwrap(), &api.title).unwrap();
        assert_eq!(
            openapi_diff::compare(&own.document, &own.document).unwrap(),
            []
        );
        let text = reversed(&own.document);
        assert_ne!(text, own.document.to_string());
        let again = crate::support::assembled(&[("reversed.json", &text)]).unwrap();
        let mut again = again.document;
        again["info"]["title"] = own.document["info"]["title"].clone();
        assert_eq!(openapi_diff::compare(&own.document, &again).unwrap(), []);
    }
}
