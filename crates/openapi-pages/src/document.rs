//! What makes a value an OpenAPI document of version 3.

use crate::node::{Kind, Node, Object};
use crate::problem::{Problem, code};

/// The document with `info` and `paths` present: a missing `info` becomes one of empty texts, missing `paths` become
/// empty (OpenAPI 3.1 allows their absence). Nothing else is changed or looked at.
pub(crate) fn complete(document: Node) -> Result<Node, Vec<Problem>> {
    let Some(members) = document.as_object() else {
        return Err(vec![Problem::new(
            code::NOT_OPENAPI,
            document.place.clone(),
            format!(
                "an OpenAPI document is an object, this is {}",
                document.describe()
            ),
            "check that the right file was given",
        )]);
    };
    let mut problems = Vec::new();
    if let Some(version) = document.get("openapi") {
        problems.extend(version_problem(version));
    } else {
        problems.push(no_version(&document));
    }
    for name in ["info", "paths"] {
        if let Some(value) = document
            .get(name)
            .filter(|value| value.as_object().is_none())
        {
            problems.push(Problem::new(
                code::SHAPE,
                value.place.clone(),
                format!("`{name}` must be an object, this is {}", value.describe()),
                format!("correct `{name}`, or fetch the document again"),
            ));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if document.get("info").is_some() && document.get("paths").is_some() {
        return Ok(document);
    }
    let mut complete = members.to_vec();
    for (name, empty) in [
        ("info", empty_info()),
        ("paths", Node::object(Vec::new(), None)),
    ] {
        if document.get(name).is_none() {
            complete.push(crate::node::Member {
                name: name.to_owned(),
                name_place: None,
                value: empty,
            });
        }
    }
    Ok(Node::object(complete, document.place.clone()))
}

/// An `info` that says nothing: what a form has lost is not invented.
pub(crate) fn empty_info() -> Node {
    let mut info = Object::new();
    info.set("title", Node::scalar("", None));
    info.set("version", Node::scalar("", None));
    info.build(None)
}

fn version_problem(version: &Node) -> Option<Problem> {
    let help = "write the full version in quotes, such as \"3.1.0\"";
    match version.kind() {
        Kind::Scalar(serde_json::Value::String(text)) if text.starts_with("3.") => None,
        Kind::Scalar(serde_json::Value::String(text)) => Some(Problem::new(
            code::VERSION,
            version.place.clone(),
            format!("the OpenAPI version must start with `3.`, this is `{text}`"),
            "give a document of OpenAPI 3.0, 3.1 or 3.2",
        )),
        Kind::Scalar(value @ serde_json::Value::Number(_)) => Some(Problem::new(
            code::VERSION,
            version.place.clone(),
            format!("the OpenAPI version must be a text, this is the number {value}"),
            help,
        )),
        _ => Some(Problem::new(
            code::VERSION,
            version.place.clone(),
            format!(
                "the OpenAPI version must be a text, this is {}",
                version.describe()
            ),
            help,
        )),
    }
}

fn no_version(document: &Node) -> Problem {
    match document.get("swagger") {
        Some(swagger) => Problem::new(
            code::SWAGGER,
            swagger.place.clone(),
            "this is a Swagger 2.0 document, not an OpenAPI 3 one",
            "convert it to OpenAPI 3 first, for example with `npx swagger2openapi`",
        ),
        None => Problem::new(
            code::NOT_OPENAPI,
            document.place.clone(),
            "the document has neither `openapi` nor `swagger` at its top level",
            "check that the right file was given: an OpenAPI 3 document begins with `openapi: 3…`, a reference page has it in a fenced block",
        ),
    }
}
