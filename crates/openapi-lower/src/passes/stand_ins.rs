//! Marks of parameters and bodies, collected once every schema has its name.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::marks::{BodyMark, EncodingMark, Location, ParameterMark, Style};
use crate::schema::is_annotation;
use crate::stand_in;

pub(crate) const PASS: Pass = Pass {
    name: "stand_ins",
    summary: "With marks: puts stand-ins in the place of marked parameters and takes the marks out.",
    source: "progenitor 0.15.1 writes code for every text in a path or a query, whatever its name",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_operation(|context, _, _, operation, _| {
        let id = operation.get("operationId").and_then(Value::as_str);
        let id = id.unwrap_or_default().to_owned();
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        let mut marks = BTreeMap::new();
        for parameter in parameters.into_iter().flatten() {
            if let Value::Object(members) = parameter
                && let Some(mark) = stand_in::take(members)
            {
                let (name, mark) = replace(members, &mark);
                marks.insert(name, mark);
            }
        }
        if !marks.is_empty() {
            context.marks.parameters.insert(id.clone(), marks);
        }
        if let Some(Value::Object(body)) = operation.get_mut("requestBody")
            && let Some(mark) = stand_in::take(body)
        {
            context.marks.bodies.insert(id, body_mark(body, &mark));
        }
    });
}

/// Makes a stand-in of a parameter; gives its name and what it stands for.
fn replace(
    parameter: &mut Map<String, Value>,
    mark: &Map<String, Value>,
) -> (String, ParameterMark) {
    let text = |key: &str| {
        parameter
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let name = text("name");
    let location = match text("in").as_str() {
        "path" => Location::Path,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => Location::Query,
    };
    let style = style(&text("style")).unwrap_or(match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
    });
    let flag = |key: &str| parameter.get(key).and_then(Value::as_bool);
    let is_required = flag("required").unwrap_or(false);
    let explode = flag("explode").unwrap_or(style == Style::Form);
    let allow_reserved = location == Location::Query && flag("allowReserved").unwrap_or(false);
    let (schema, is_nullable) = bare(
        parameter
            .get("schema")
            .cloned()
            .unwrap_or_else(|| json!({})),
    );
    let own = |key: &str| mark.get(key).and_then(Value::as_str).map(str::to_owned);
    let stand_in = own("standIn").unwrap_or_else(|| name.clone());
    let place = if location == Location::Path {
        "path"
    } else {
        "query"
    };
    let mut members = Map::new();
    for keyword in ["description", "deprecated"] {
        if let Some(value) = parameter.remove(keyword) {
            members.insert(keyword.to_owned(), value);
        }
    }
    members.insert("name".to_owned(), json!(stand_in));
    members.insert("in".to_owned(), json!(place));
    // A value that may be `null` may as well be absent: nothing but a body has a `null`.
    members.insert("required".to_owned(), json!(is_required && !is_nullable));
    members.insert("schema".to_owned(), json!({"type": "string"}));
    *parameter = members;
    let mark = ParameterMark {
        name: own("name").unwrap_or(name),
        location,
        style,
        explode,
        allow_reserved,
        media_type: own("mediaType"),
        schema,
    };
    (stand_in, mark)
}

/// A schema without what says nothing about its type, and whether it had `nullable`.
fn bare(mut schema: Value) -> (Value, bool) {
    let mut is_nullable = false;
    while let Value::Object(members) = &mut schema {
        members.retain(|keyword, _| !is_annotation(keyword) || keyword == stand_in::EXTENSION);
        is_nullable |= members.remove("nullable") == Some(json!(true));
        let only = match members.get_mut("allOf") {
            Some(Value::Array(branches)) if branches.len() == 1 => branches.pop(),
            _ => break,
        };
        if members.len() > 1 {
            members.insert("allOf".to_owned(), json!([only]));
            break;
        }
        schema = only.unwrap_or_default();
    }
    (schema, is_nullable)
}

pub(super) fn style(text: &str) -> Option<Style> {
    Some(match text {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        // 3.2's `cookie` is `form` without percent-encoding, of which a cookie needs none.
        "form" | "cookie" => Style::Form,
        "simple" => Style::Simple,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        _ => return None,
    })
}

fn body_mark(body: &mut Map<String, Value>, mark: &Map<String, Value>) -> BodyMark {
    let is_optional = body.insert("required".to_owned(), json!(true)) != Some(json!(true));
    let media_type = mark.get("mediaType").and_then(Value::as_str);
    let encoding = mark.get("encoding").and_then(Value::as_object);
    let encoding = encoding.into_iter().flatten().map(|(property, encoding)| {
        let text = |key: &str| encoding.get(key).and_then(Value::as_str);
        let mark = EncodingMark {
            content_type: text("contentType").map(str::to_owned),
            style: text("style").and_then(style),
            explode: encoding.get("explode").and_then(Value::as_bool),
        };
        (property.clone(), mark)
    });
    BodyMark {
        optional: is_optional,
        media_type: media_type.unwrap_or_default().to_owned(),
        encoding: encoding.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{PASS, bare};
    use crate::marks::{Location, ParameterMark, Style};
    use crate::passes::{parameter_marks, setter_names, testing::marked_after};
    use serde_json::{Value, json};

    fn after(path: &str, parameters: Value) -> (Value, Vec<(String, ParameterMark)>) {
        let document = json!({"openapi": "3.0.0", "paths": {path: {"get": {"operationId": "op", "parameters": parameters}}}});
        let passes = [parameter_marks::PASS, setter_names::PASS, PASS];
        let (mut document, _, mut marks) = marked_after(&passes, document);
        let marks = marks.parameters.remove("op").unwrap_or_default();
        let (path, _) = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .next()
            .unwrap();
        let path = path.clone();
        let parameters = document["paths"][&path]["get"]["parameters"].take();
        (parameters, marks.into_iter().collect())
    }

    #[test]
    fn a_cookie_becomes_a_text_in_the_query() {
        let (parameters, marks) = after(
            "/a",
            json!([{"name": "sessionId", "in": "cookie", "required": true, "description": "who", "schema": {"type": "integer", "default": 3}}]),
        );
        assert_eq!(
            parameters,
            json!([{"name": "session_id", "in": "query", "required": true, "description": "who", "schema": {"type": "string"}}])
        );
        let expected = ParameterMark {
            name: "sessionId".to_owned(),
            location: Location::Cookie,
            style: Style::Form,
            explode: true,
            allow_reserved: false,
            media_type: None,
            schema: json!({"type": "integer"}),
        };
        assert_eq!(marks, [("session_id".to_owned(), expected)]);
    }

    #[test]
    fn a_placeholder_stays_one_and_keeps_its_name_on_the_wire() {
        let (parameters, marks) = after(
            "/a/{new}",
            json!([{"name": "new", "in": "path", "required": true, "style": "matrix", "schema": {"type": "array", "items": {"type": "string"}}}]),
        );
        assert_eq!(
            parameters,
            json!([{"name": "new_path", "in": "path", "required": true, "schema": {"type": "string"}}])
        );
        let (name, mark) = &marks[0];
        assert_eq!((name.as_str(), mark.name.as_str()), ("new_path", "new"));
        assert_eq!((mark.style, mark.explode), (Style::Matrix, false));
    }

    #[test]
    fn what_may_be_null_may_be_absent() {
        let (parameters, _) = after(
            "/a",
            json!([{"name": "c", "in": "cookie", "required": true, "schema": {"type": "string", "nullable": true}}]),
        );
        assert_eq!(parameters[0]["required"], false);
        assert_eq!(
            bare(json!({"nullable": true, "description": "d", "allOf": [{"$ref": "#/x"}]})),
            (json!({"$ref": "#/x"}), true)
        );
        assert_eq!(
            bare(json!({"type": "object", "allOf": [{}]})),
            (json!({"type": "object", "allOf": [{}]}), false)
        );
    }
}
