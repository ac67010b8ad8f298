//! What an operation requires of a request beside credentials.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use crate::document::At;
use crate::problem::Problem;
use crate::request::{cookies, essence, is_json, query};

/// The required parameters and the body of one operation.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    required: Vec<Parameter>,
    body: Option<Body>,
}

#[derive(Debug)]
struct Parameter {
    name: String,
    place: Place,
    pointer: String,
}

/// Where a parameter is, and what of the request says that it is there.
#[derive(Debug)]
enum Place {
    /// The keys of which one has to be there.
    Query(Vec<String>),
    /// `name[key]`, the style `deepObject`.
    DeepObject,
    Header,
    Cookie,
}

#[derive(Debug)]
struct Body {
    required: bool,
    media: Vec<String>,
    pointer: String,
}

/// Header parameters of these names are no parameters (OpenAPI 3.1.0 §4.8.12.2).
const NOT_PARAMETERS: &[&str] = &["accept", "content-type", "authorization"];

impl Checks {
    /// Reads what `operation` requires; its path item is what it is in.
    pub(crate) fn read(operation: &At<'_>) -> Self {
        let own = operation.get("parameters");
        let shared = operation.parent().and_then(|item| item.get("parameters"));
        let mut required: Vec<Parameter> = Vec::new();
        let mut seen: Vec<(&str, &str)> = Vec::new();
        // The operation's own come first, and win.
        for stated in own.iter().chain(&shared).flat_map(At::items) {
            let (Some(name), Some(location)) = (stated.text("name"), stated.text("in")) else {
                continue;
            };
            if seen.contains(&(name, location)) {
                continue;
            }
            seen.push((name, location));
            let place = place(&stated, name, location);
            if let Some(place) = place.filter(|_| stated.flag("required")) {
                required.push(Parameter {
                    name: name.to_owned(),
                    place,
                    pointer: stated.pointer,
                });
            }
        }
        let body = operation.get("requestBody").map(|stated| Body {
            required: stated.flag("required"),
            media: media(&stated),
            pointer: stated.pointer,
        });
        Self { required, body }
    }

    /// The first thing that a request lacks.
    pub(crate) fn problem(&self, request: &Parts, body: &[u8]) -> Option<Problem> {
        let missing = self.required.iter().find(|one| !one.is_in(request));
        let missing = missing.map(|one| {
            let detail = format!("the required {} {} is missing", one.location(), one.name);
            let named = json!({"name": one.name, "in": one.location_key()});
            bad(detail, &one.pointer).with("parameter", named)
        });
        missing.or_else(|| self.body.as_ref()?.problem(request, body))
    }
}

fn bad(detail: String, pointer: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, detail).with("pointer", Value::from(pointer))
}

fn media(body: &At<'_>) -> Vec<String> {
    let content = body.get("content");
    let all = content.iter().flat_map(At::members);
    all.map(|(key, _)| essence(key)).collect()
}

/// `None` where a request may have none of it although it is required, or where this server does not look.
fn place(stated: &At<'_>, name: &str, location: &str) -> Option<Place> {
    match location {
        "header" if NOT_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) => None,
        "header" => Some(Place::Header),
        "cookie" => Some(Place::Cookie),
        "query" => {
            let schema = stated.get("schema");
            if stated.text("style") == Some("deepObject") {
                return Some(Place::DeepObject);
            }
            let is_object = |schema: &At<'_>| {
                let typed = schema.value.get("type");
                let named = typed.is_some_and(|typed| match typed {
                    Value::Array(types) => types.iter().any(|one| one == "object"),
                    typed => typed == "object",
                });
                let composed = ["allOf", "anyOf", "oneOf", "properties"];
                named || composed.iter().any(|key| schema.value.get(key).is_some())
            };
            let exploded = stated.value.get("explode") != Some(&Value::Bool(false));
            // The style `form` writes the properties of an object in place of its name; which those are may take more than a
            // look at the schema, and then any query will do.
            if exploded && schema.as_ref().is_some_and(is_object) {
                let properties = schema.and_then(|schema| schema.get("properties"))?;
                let names = properties.value.as_object()?.keys().cloned();
                return Some(Place::Query(names.chain([name.to_owned()]).collect()));
            }
            Some(Place::Query(vec![name.to_owned()]))
        }
        _ => None,
    }
}

impl Parameter {
    fn is_in(&self, request: &Parts) -> bool {
        match &self.place {
            Place::Query(names) => {
                query(request).any(|(key, _)| names.iter().any(|name| *name == key))
            }
            Place::DeepObject => query(request).any(|(key, _)| {
                let rest = key.strip_prefix(&self.name);
                rest.is_some_and(|rest| rest.starts_with('['))
            }),
            Place::Header => request.headers.contains_key(&self.name),
            Place::Cookie => cookies(&request.headers).any(|(name, _)| name == self.name),
        }
    }

    fn location_key(&self) -> &'static str {
        match self.place {
            Place::Query(_) | Place::DeepObject => "query",
            Place::Header => "header",
            Place::Cookie => "cookie",
        }
    }

    fn location(&self) -> &'static str {
        match self.place {
            Place::Query(_) | Place::DeepObject => "query parameter",
            Place::Header => "header",
            Place::Cookie => "cookie",
        }
    }
}

impl Body {
    fn problem(&self, request: &Parts, body: &[u8]) -> Option<Problem> {
        if !self.wants_json(request) {
            return None;
        }
        if body.is_empty() {
            let missing = || "the required body is missing; it is JSON".to_owned();
            return self.required.then(|| bad(missing(), &self.pointer));
        }
        let said = match std::str::from_utf8(body) {
            // JSON on the wire is UTF-8 (RFC 8259 §8.1), which a value that is not kept would not be asked for.
            Err(error) => error.to_string(),
            // What is ignored is read without recursion, so a deep body needs no bound but that of its size. serde_json says what
            // it expected and where, and nothing of what was there.
            Ok(text) => match serde_json::from_str::<IgnoredAny>(text) {
                Ok(_) => return None,
                Err(error) => error.to_string(),
            },
        };
        Some(bad(format!("the body is not JSON: {said}"), &self.pointer))
    }

    /// Where other types are documented too, a body says by its `Content-Type` which one it is.
    fn wants_json(&self, request: &Parts) -> bool {
        let stated = request.headers.get(CONTENT_TYPE);
        let stated = stated.and_then(|value| value.to_str().ok()).map(essence);
        let some = self.media.iter().any(|one| is_json(one));
        let all = self.media.iter().all(|one| is_json(one));
        some && (all || stated.is_some_and(|stated| is_json(&stated)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(uri: &str, headers: &[(&str, &str)], body: &str, item: &Value) -> Option<String> {
        let document = json!({"openapi": "3.1.0", "paths": {"/a": item}, "components": {
            "parameters": {"P": {"name": "p", "in": "query", "required": true, "schema": {"type": "string"}}},
            "requestBodies": {"B": {"required": true, "content": {"application/json": {}}}}
        }});
        let checks = Checks::read(&At::pointer(&document, "/paths/~1a/post").unwrap());
        let mut request = http::Request::post(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let found = checks.problem(&parts, body.as_bytes())?;
        let said: Value = serde_json::from_slice(found.response().body()).unwrap();
        Some(format!(
            "{} {}",
            said["detail"].as_str().unwrap(),
            said["pointer"].as_str().unwrap()
        ))
    }

    #[test]
    fn required_parameters_are_looked_for_where_they_are() {
        let parameters = json!({
            "parameters": [{"$ref": "#/components/parameters/P"}, {"name": "X-A", "in": "header", "required": false}],
            "post": {"parameters": [
                {"name": "X-A", "in": "header", "required": true},
                {"name": "Accept", "in": "header", "required": true},
                {"name": "c", "in": "cookie", "required": true},
                {"name": "d", "in": "query", "style": "deepObject", "required": true, "schema": {"type": "object"}},
                {"name": "o", "in": "query", "required": true, "schema": {"properties": {"x": {}, "y": {}}}},
                {"name": "free", "in": "query", "required": true, "schema": {"type": "object"}}
            ]}
        });
        let own = "/paths/~1a/post/parameters";
        let header = ("x-a", "");
        let cookie = ("cookie", "b=1; c=2");
        for (uri, headers, said) in [
            ("/a?p=&d[k]=1&y=2", vec![header, cookie], None),
            (
                "/a?p=&d[k]=1&y=2",
                vec![cookie],
                Some(format!("the required header X-A is missing {own}/0")),
            ),
            (
                "/a?p=&d[k]=1&y=2",
                vec![header],
                Some(format!("the required cookie c is missing {own}/2")),
            ),
            (
                "/a?p=&d=1&y=2",
                vec![header, cookie],
                Some(format!("the required query parameter d is missing {own}/3")),
            ),
            (
                "/a?p=&d%5Bk%5D=1",
                vec![header, cookie],
                Some(format!("the required query parameter o is missing {own}/4")),
            ),
            (
                "/a?q=p&d[k]=1&y=2",
                vec![header, cookie],
                Some(
                    "the required query parameter p is missing /components/parameters/P".to_owned(),
                ),
            ),
        ] {
            assert_eq!(
                problem(uri, &headers, "", &parameters),
                said,
                "{uri} {headers:?}"
            );
        }
    }

    #[test]
    fn a_body_is_json_where_json_is_required() {
        let body = |body: Value| json!({"post": {"requestBody": body}});
        let required = body(json!({"$ref": "#/components/requestBodies/B"}));
        let optional = body(json!({"content": {"application/merge-patch+json": {}}}));
        let either =
            body(json!({"required": true, "content": {"application/json": {}, "text/plain": {}}}));
        let text = [("content-type", "text/plain")];
        let json = [("content-type", "Application/JSON; charset=utf-8")];
        let place = "/components/requestBodies/B";
        let missing = format!("the required body is missing; it is JSON {place}");
        assert_eq!(problem("/a", &[], "", &required), Some(missing));
        assert_eq!(problem("/a", &[], "{\"a\": [1]}", &required), None);
        let broken = problem("/a", &text, "{secret", &required).unwrap();
        assert_eq!(
            broken,
            format!("the body is not JSON: key must be a string at line 1 column 2 {place}")
        );
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(problem("/a", &[], &deep, &required), None);
        assert!(problem("/a", &[], &deep[1..], &required).is_some());
        assert_eq!(problem("/a", &[], "", &optional), None);
        assert!(problem("/a", &[], "{", &optional).is_some());
        assert_eq!(problem("/a", &text, "{", &either), None);
        assert!(problem("/a", &json, "{", &either).is_some());
    }
}
