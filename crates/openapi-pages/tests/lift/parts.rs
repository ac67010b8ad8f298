//! Pages that a test says one part of.

use serde_json::Value;

use crate::support::{only, operation};

pub(crate) const NO_REQUEST: &str =
    "    security: []\n    parameters: {path: {}, query: {}, header: {}, cookie: {}}\n    body: {}";
pub(crate) const NO_RESPONSE: &str = "    '204': {}";

pub(crate) fn get(text: &str) -> Value {
    only(text).document["paths"]["/x"]["get"].take()
}

/// The schema of a body with these entries, indented by ten, and the document.
pub(crate) fn schema(entries: &str) -> (Value, Value) {
    let document = document(entries);
    let media = &document["paths"]["/x"]["get"]["responses"]["200"]["content"]["application/json"];
    (media.get("schema").cloned().unwrap_or_default(), document)
}

pub(crate) fn document(entries: &str) -> Value {
    only(&response(entries)).document
}

pub(crate) fn response(entries: &str) -> String {
    let response = format!(
        "    '200':\n      application/json:\n        schemaArray:\n{entries}\n        examples: {{}}\n        description: ok"
    );
    operation(NO_REQUEST, &response)
}
