//! The outermost shape: a 3.x document with paths, and nothing at the top that 3.0 does not know.

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::{Context, METHODS, Version};
use crate::pointer::join;
use crate::report::{Effect, MALFORMED, NO_PATHS, NOT_A_DOCUMENT, UNSUPPORTED_VERSION};

pub(crate) const PASS: Pass = Pass {
    name: "shape",
    summary: "Checks version and outermost shape, and states 3.0.3.",
    source: "OpenAPI 3.0.3 §4.7.1, 3.1.1 §4.8.1; progenitor 0.15.1 accepts only 3.0.x",
    run: Run::Whole(run),
};

fn run(context: &mut Context<'_>) {
    let Value::Object(mut document) = std::mem::take(&mut context.document) else {
        context.problem(
            NOT_A_DOCUMENT,
            "",
            "the value is not an object",
            "give a whole OpenAPI document, with `openapi`, `info` and `paths`",
        );
        return;
    };
    if let Some(version) = version(context, &document) {
        context.version = version;
        if !document
            .get("openapi")
            .is_some_and(|stated| stated == "3.0.3")
        {
            context.note(
                "/openapi",
                "version",
                Effect::Exact,
                "stated as 3.0.3, the version that the result is written in",
            );
        }
        document.insert("openapi".to_owned(), json!("3.0.3"));
        info(context, &mut document);
        paths(context, &mut document);
        webhooks(context, &mut document);
        components(context, &mut document);
    }
    context.document = Value::Object(document);
}

fn version(context: &mut Context<'_>, document: &Map<String, Value>) -> Option<Version> {
    const HELP: &str = "convert the document to OpenAPI 3.0 or 3.1 first";
    if document.contains_key("swagger") && !document.contains_key("openapi") {
        context.problem(
            UNSUPPORTED_VERSION,
            "/swagger",
            "the document is Swagger 2.0, which is another format than OpenAPI 3",
            HELP,
        );
        return None;
    }
    let stated = match document.get("openapi") {
        Some(Value::String(text)) => text.trim().to_owned(),
        // Unquoted in YAML, `3.1` is a number.
        Some(Value::Number(number)) => number.to_string(),
        Some(_) | None => {
            context.problem(
                NOT_A_DOCUMENT,
                "",
                "the document does not state its version in `openapi`",
                "give a whole OpenAPI document; its first member is `openapi: 3.x.y`",
            );
            return None;
        }
    };
    let minor = stated.split('.').take(2).collect::<Vec<_>>().join(".");
    match minor.as_str() {
        "3" | "3.0" => Some(Version::V3_0),
        "3.1" => Some(Version::V3_1),
        "3.2" => Some(Version::V3_2),
        _ => {
            context.problem(
                UNSUPPORTED_VERSION,
                "/openapi",
                format!("version `{stated}` is not OpenAPI 3.0, 3.1 or 3.2"),
                HELP,
            );
            None
        }
    }
}

/// `info`, `title` and `version` are required (3.0.3 §4.7.2), and `openapiv3` insists.
fn info(context: &mut Context<'_>, document: &mut Map<String, Value>) {
    if !document.get("info").is_some_and(Value::is_object) {
        context.note(
            "/info",
            "info",
            Effect::Exact,
            "made up, because the document has none",
        );
        document.insert("info".to_owned(), json!({}));
    }
    let Some(Value::Object(info)) = document.get_mut("info") else {
        return;
    };
    for key in ["title", "version"] {
        match info.get(key) {
            Some(Value::String(_)) => {}
            Some(Value::Number(number)) => {
                let text = number.to_string();
                info.insert(key.to_owned(), Value::String(text));
            }
            _ => {
                context.note(
                    &join("/info", key),
                    "info",
                    Effect::Exact,
                    format!("`{key}` is required; stated as empty"),
                );
                info.insert(key.to_owned(), json!(""));
            }
        }
    }
}

fn paths(context: &mut Context<'_>, document: &mut Map<String, Value>) {
    match document.get("paths") {
        Some(Value::Object(_)) => {}
        // 3.1.1 §4.8.1: one of `paths`, `components` and `webhooks` is enough.
        None | Some(Value::Null) if has_parts(document) => {
            document.insert("paths".to_owned(), json!({}));
        }
        None | Some(Value::Null) => {
            context.problem(
                NO_PATHS,
                "",
                "the document has no `paths`",
                "give the document that holds the operations",
            );
            return;
        }
        Some(_) => {
            context.problem(
                MALFORMED,
                "/paths",
                "`paths` is not an object",
                "write it as an object from path to path item",
            );
            return;
        }
    }
    let Some(Value::Object(paths)) = document.get_mut("paths") else {
        return;
    };
    for (path, item) in std::mem::take(paths) {
        if path.starts_with("x-") {
            continue;
        }
        let at = join("/paths", &path);
        let Value::Object(mut item) = item else {
            context.note(&at, "shape", Effect::Dropped, "a path item is an object");
            continue;
        };
        for method in METHODS {
            if item
                .get(*method)
                .is_some_and(|operation| !operation.is_object())
            {
                context.note(
                    &join(&at, method),
                    "shape",
                    Effect::Dropped,
                    "an operation is an object",
                );
                item.remove(*method);
            }
        }
        let rooted = if path.starts_with('/') {
            path.clone()
        } else {
            format!("/{path}")
        };
        if rooted != path {
            context.note(
                &at,
                "shape",
                Effect::Exact,
                "a path starts with a slash (3.0.3 §4.7.8)",
            );
            context.origins.moved(&at, &join("/paths", &rooted));
        }
        paths.insert(rooted, Value::Object(item));
    }
}

/// Webhooks are looked up by name and are path items (3.1.1 §4.8.1).
fn webhooks(context: &mut Context<'_>, document: &mut Map<String, Value>) {
    if document
        .get("webhooks")
        .is_some_and(|webhooks| !webhooks.is_object())
    {
        document.remove("webhooks");
        let message = "`webhooks` is an object";
        context.note("/webhooks", "shape", Effect::Dropped, message);
    }
}

/// A component that is no schema may be referred to, so it is not taken out. An empty one in YAML is `null`.
fn components(context: &mut Context<'_>, document: &mut Map<String, Value>) {
    let schemas = document
        .get_mut("components")
        .and_then(|components| components.get_mut("schemas"))
        .and_then(Value::as_object_mut);
    for (name, schema) in schemas.into_iter().flatten() {
        let effect = match schema {
            Value::Object(_) | Value::Bool(_) => continue,
            Value::Null => Effect::Exact,
            _ => Effect::Widened,
        };
        *schema = json!({});
        let message = "a schema is an object or a boolean; any value is allowed here";
        let at = join("/components/schemas", name);
        context.note(&at, "shape", effect, message);
    }
}

/// Whether there is something else than operations.
fn has_parts(document: &Map<String, Value>) -> bool {
    let is_filled = |part: &str| {
        let part = document.get(part).and_then(Value::as_object);
        part.is_some_and(|members| !members.is_empty())
    };
    is_filled("webhooks") || is_filled("components")
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, document_after};
    use crate::report::Effect;
    use serde_json::json;

    #[test]
    fn a_component_that_is_no_schema_allows_anything() {
        for (odd, effect) in [
            (json!("a"), Effect::Widened),
            (json!(1), Effect::Widened),
            (json!([{}]), Effect::Widened),
            (json!(null), Effect::Exact),
        ] {
            let (document, notes) = document_after(
                super::PASS,
                json!({"openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {},
                    "components": {"schemas": {"A": odd, "B": false, "C": {"type": "string"}}}}),
            );
            assert_eq!(
                document["components"]["schemas"],
                json!({"A": {}, "B": false, "C": {"type": "string"}})
            );
            assert_eq!(brief(&notes), [("/components/schemas/A", effect)]);
        }
    }
}
