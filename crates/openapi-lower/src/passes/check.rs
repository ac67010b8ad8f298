//! The last word: does `openapiv3` take it?

use serde::Deserialize;
use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::depth;
use crate::grammar::{Kind, Shape, may_be_reference, member};
use crate::pointer::keys;
use crate::report::{NOT_OPENAPI_3_0, TOO_DEEP};
use crate::walk;

pub(crate) const PASS: Pass = Pass {
    name: "check",
    summary: "Parses the result as OpenAPI 3.0, as progenitor will.",
    source: "openapiv3 2.2",
    run: Run::Steps(&[Run::Parts(part), Run::Whole(rest)]),
};

const HELP: &str =
    "this is a gap in the lowering; please report it with the part of the document that is named";

/// What `openapiv3` does not take.
#[derive(Default)]
struct Found {
    is_deep: bool,
    /// Places and messages.
    refused: Vec<(String, String)>,
}

fn part(context: &mut Context<'_>) {
    context.with(|context, found: &mut Found| {
        let (part, kind, place) = context.part();
        if depth::exceeds(part, depth::MAX_DEPTH.saturating_sub(keys(place).len())) {
            found.is_deep = true;
            return;
        }
        walk::visit(part, kind, &mut place.to_owned(), &mut |node, kind, at| {
            look_at(node, kind, at, &mut found.refused);
        });
    });
}

fn rest(context: &mut Context<'_>) {
    context.with(report);
}

fn report(context: &mut Context<'_>, found: &mut Found) {
    let Found { is_deep, refused } = std::mem::take(found);
    let mut refused = refused;
    look_at(&context.document, Kind::Document, "", &mut refused);
    if is_deep {
        context.problem(
            TOO_DEEP,
            "",
            format!(
                "the lowered document is nested deeper than {} levels",
                depth::MAX_DEPTH
            ),
            "name the inner schemas as components and refer to them",
        );
    }
    for (pointer, message) in refused {
        context.problem(
            NOT_OPENAPI_3_0,
            &pointer,
            format!("the lowered document is not OpenAPI 3.0: {message}"),
            HELP,
        );
    }
}

/// Looks at one object alone: openapiv3 copies each level of what it may take for a reference, and its errors name no
/// place.
fn look_at(node: &Value, kind: Kind, at: &str, refused: &mut Vec<(String, String)>) {
    fn of<'v, T: Deserialize<'v>>(node: &'v Value) -> Option<String> {
        T::deserialize(node).err().map(|error| error.to_string())
    }
    let is_reference = may_be_reference(kind) && node.get("$ref").is_some_and(Value::is_string);
    if is_reference || (kind != Kind::Document && stand_in(kind).is_none()) {
        return;
    }
    let alone = alone(node, kind);
    let refusal = match kind {
        Kind::Document => of::<openapiv3::OpenAPI>(&alone),
        Kind::Schema => of::<openapiv3::Schema>(&alone),
        Kind::Operation => of::<openapiv3::Operation>(&alone),
        Kind::Parameter => of::<openapiv3::Parameter>(&alone),
        Kind::Response => of::<openapiv3::Response>(&alone),
        Kind::RequestBody => of::<openapiv3::RequestBody>(&alone),
        Kind::Header => of::<openapiv3::Header>(&alone),
        Kind::SecurityScheme => of::<openapiv3::SecurityScheme>(&alone),
        Kind::PathItem => of::<openapiv3::PathItem>(&alone),
        _ => None,
    };
    refused.extend(refusal.map(|message| (at.to_owned(), message)));
}

/// What stands for an object that is looked at alone in the one that has it; `None` for one that is looked at there.
fn stand_in(kind: Kind) -> Option<Value> {
    match kind {
        Kind::Schema | Kind::PathItem => Some(json!({})),
        Kind::Operation => Some(json!({"responses": {}})),
        Kind::Parameter
        | Kind::Response
        | Kind::RequestBody
        | Kind::Header
        | Kind::SecurityScheme => Some(json!({"$ref": "#"})),
        _ => None,
    }
}

/// An object without those in it that are looked at alone, and without texts for readers. Of a map of them none is left.
fn alone(node: &Value, kind: Kind) -> Value {
    let inner = |node: &Value, kind: Kind| match stand_in(kind) {
        Some(stand_in) if node.is_object() => stand_in,
        _ => alone(node, kind),
    };
    let Value::Object(members) = node else {
        return node.clone();
    };
    let alone = members.iter().filter_map(|(key, value)| {
        let shape = member(kind, key).map(|field| field.shape);
        let value = match (shape, value) {
            (Some(Shape::Node(_)), Value::Object(_)) if kind == Kind::Paths => return None,
            (
                Some(Shape::Node(kind) | Shape::NodeOrFlag(kind) | Shape::NodeOrList(kind)),
                Value::Object(_),
            ) => inner(value, kind),
            (Some(Shape::List(kind) | Shape::NodeOrList(kind)), Value::Array(items)) => {
                Value::Array(items.iter().map(|item| inner(item, kind)).collect())
            }
            (Some(Shape::Map(kind)), Value::Object(entries)) => {
                let entries = entries
                    .iter()
                    .filter(|(_, entry)| !entry.is_object() || stand_in(kind).is_none())
                    .map(|(name, entry)| (name.clone(), inner(entry, kind)));
                Value::Object(entries.collect())
            }
            (Some(Shape::Text), Value::String(_)) if TEXTS.contains(&key.as_str()) => json!(""),
            _ => value.clone(),
        };
        Some((key.clone(), value))
    });
    Value::Object(alone.collect())
}

/// Members that are for readers, and may be long.
const TEXTS: &[&str] = &["title", "summary", "description"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use serde_json::json;

    fn problem(document: Value) -> Option<(&'static str, String)> {
        let options = Options::default();
        let mut context = Context::new(document, &options);
        PASS.apply(&mut context);
        let problem = context.problems.pop()?;
        assert_eq!(context.problems, []);
        Some((problem.code, problem.pointer))
    }

    #[test]
    fn all_of_the_document_is_looked_at() {
        let info = json!({"title": "", "version": ""});
        let document = json!({"openapi": "3.0.3", "info": info, "paths": {"/a": {"get": {"responses": {}}}, "x-a": 1},
            "components": {"schemas": {"A": {"type": "string"}}}, "security": [{"key": []}], "tags": [{"name": "a"}]});
        assert_eq!(problem(document.clone()), None);
        for (at, wrong, pointer) in [
            ("/security", json!({"key": []}), ""),
            ("/openapi", json!(3), ""),
            ("/paths", json!([]), ""),
            ("/components/schemas", json!([]), ""),
            ("/tags/0/name", json!(1), ""),
            ("/info/title", json!(1), ""),
            ("/paths/~1a/get", json!(1), "/paths/~1a"),
            ("/paths/~1a/get/responses", json!(1), "/paths/~1a/get"),
        ] {
            let mut document = document.clone();
            *document.pointer_mut(at).unwrap() = wrong;
            assert_eq!(
                problem(document),
                Some((NOT_OPENAPI_3_0, pointer.to_owned())),
                "{at}"
            );
        }
    }

    #[test]
    fn depth_is_that_of_the_document() {
        let nested = |levels: usize| {
            (0..levels).fold(
                json!({"type": "string"}),
                |inner, _| json!({"items": inner}),
            )
        };
        let document = |levels| {
            json!({"openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {},
            "components": {"schemas": {"A": nested(levels)}}})
        };
        // The string `type` is below the schema, which is below three levels.
        let levels = depth::MAX_DEPTH - 4;
        let found = problem(document(levels)).map(|(code, _)| code);
        assert_ne!(found, Some(TOO_DEEP));
        assert!(depth::exceeds(&document(levels + 1), depth::MAX_DEPTH));
        assert_eq!(
            problem(document(levels + 1)),
            Some((TOO_DEEP, String::new()))
        );
    }

    #[test]
    fn the_smallest_part_that_fails_is_named() {
        let options = Options::default();
        let document = json!({
            "openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {},
            "components": {"schemas": {"A": {"type": "object", "properties": {"b": {"type": 5}}}}}
        });
        let mut context = Context::new(document, &options);
        context
            .origins
            .moved("/components/schemas/Before", "/components/schemas/A");
        PASS.apply(&mut context);
        assert_eq!(context.problems[0].code, NOT_OPENAPI_3_0);
        assert_eq!(
            context.problems[0].pointer,
            "/components/schemas/Before/properties/b"
        );
    }
}
