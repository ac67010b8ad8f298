//! What later versions say that a client needs, and that 3.0 cannot say.

use serde_json::Value;

use crate::context::Context;
use crate::grammar::Kind;
use crate::pointer::join;
use crate::report::{Effect, UNSUPPORTED_OPERATION};

/// Notes a member of 3.2 that is lost, if it is one of these.
pub(super) fn is_noted(
    context: &mut Context<'_>,
    value: &Value,
    kind: Kind,
    key: &str,
    at: &str,
) -> bool {
    match (kind, key) {
        (Kind::PathItem, "query") => note_operation(context, at, "query"),
        (Kind::PathItem, "additionalOperations") => {
            for method in value
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name)
            {
                note_operation(context, &join(at, method), method);
            }
        }
        (Kind::MediaType, "itemSchema") => {
            let message = "what the items of a stream are is not described";
            context.note(at, "keywords", Effect::Dropped, message);
        }
        _ => return false,
    }
    true
}

fn note_operation(context: &mut Context<'_>, at: &str, method: &str) {
    // A call that the server makes is no operation of the client.
    let is_called = at.starts_with("/paths/");
    let rule = if is_called {
        UNSUPPORTED_OPERATION
    } else {
        "keywords"
    };
    let message = format!("progenitor has no method `{method}`");
    context.note(at, rule, Effect::Dropped, message);
}

/// Notes an entry that does not have what is required of its kind.
pub(super) fn note_left_out(context: &mut Context<'_>, entry: &Value, kind: Kind, at: &str) {
    let place = entry.get("in").and_then(Value::as_str);
    let (effect, message) = match kind {
        Kind::Parameter if place == Some("querystring") => (
            Effect::Dropped,
            "a parameter that is the whole query is not sent",
        ),
        Kind::Parameter => (
            Effect::Dropped,
            "left out, because it is not well-formed; it is not sent",
        ),
        _ => (Effect::Widened, "left out, because it is not well-formed"),
    };
    context.note(at, "keywords", effect, message);
}
