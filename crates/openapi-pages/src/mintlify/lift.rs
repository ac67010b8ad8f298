//! The whole page: from TOP (`paths` and `components`) to a document.

use super::components::Components;
use super::operation;
use super::reader::{Reader, keep_unknown};
use crate::document::empty_info;
use crate::frame::Description;
use crate::node::{Node, Object};
use crate::problem::{Problem, code};

/// OpenAPI's methods (OpenAPI 3.1, Path Item Object).
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The version that every lifted document states. The form does not tell its source's version, and its schemas may use
/// either dialect, of which 3.1 is the wider one.
const VERSION: &str = "3.1.0";

/// The OpenAPI document of a page (Mintlify resolved form, TOP).
///
/// `root` is the page's YAML; `description` the one in the page's frame, whose range counts from `base`.
pub(crate) fn lift(
    root: &Node,
    description: Option<&Description>,
    base: usize,
) -> Result<Node, Vec<Problem>> {
    let mut reader = Reader::default();
    let mut components = Components::read(root.get("components"), &mut reader);
    let mut document = Object::new();
    document.set("openapi", Node::scalar(VERSION, None));
    document.set("info", empty_info());
    if let Some(page) = root.get("paths") {
        if let Some(servers) = page.get("servers") {
            document.set("servers", operation::servers(servers, &mut reader));
        }
        let description = description.map(|text| {
            let place = base + text.range.start..base + text.range.end;
            Node::scalar(text.text.as_str(), Some(place))
        });
        let operation = operation::lift(page, description, &mut components, &mut reader);
        place(page, operation, &mut document, &mut reader);
    }
    keep_unknown(
        root.as_object().unwrap_or_default(),
        &["paths", "components"],
        &mut document,
    );
    if let Some(components) =
        components.build(root.get("components").and_then(|node| node.place.clone()))
    {
        document.set("components", components);
    }
    if reader.problems.is_empty() {
        Ok(document.build(root.place.clone()))
    } else {
        Err(reader.problems)
    }
}

/// Puts the operation under `paths`, or under `webhooks` (then `paths` is empty).
fn place(page: &Node, operation: Node, document: &mut Object, reader: &mut Reader) {
    let path = reader.required_text(page, "path");
    let method = reader.required_text(page, "method");
    let (Some((path, _)), Some((method, method_node))) = (path, method) else {
        return;
    };
    let lower = method.to_ascii_lowercase();
    if !METHODS.contains(&lower.as_str()) {
        reader.problem(
            code::METHOD,
            method_node,
            format!("`{method}` is not an HTTP method of OpenAPI"),
            "use get, put, post, delete, options, head, patch or trace",
        );
    }
    let mut item = Object::new();
    item.set(lower, operation);
    let mut items = Object::new();
    items.set(path, item.build(page.place.clone()));
    let items = items.build(page.place.clone());
    let kind = page.get("type");
    match kind.map_or(Some("path"), Node::as_str) {
        Some("path") => document.set("paths", items),
        Some("webhook") => {
            document.set("paths", Node::object(Vec::new(), None));
            document.set("webhooks", items);
        }
        other => {
            let shown = other.map_or_else(|| "no text".to_owned(), |name| format!("`{name}`"));
            let node = kind.unwrap_or(page);
            let message = format!("`type` must be `path` or `webhook`, this is {shown}");
            reader.problem(
                code::SHAPE,
                node,
                message,
                "fetch the page again, or correct this value in its YAML block",
            );
        }
    }
}
