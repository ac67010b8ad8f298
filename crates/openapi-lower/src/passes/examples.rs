//! `examples` of schemas.

use serde_json::Value;

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::{index, join};
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "examples",
    summary: "Keeps the first of a schema's `examples` as its `example`.",
    source: "JSON Schema 2020-12 validation §9.5; OpenAPI 3.0.3 §4.7.24 has one `example`",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        let Some(examples) = schema.remove("examples") else {
            return;
        };
        let place = join(at, "examples");
        let (first, rest, from) = match examples {
            Value::Array(examples) => {
                let rest = examples.len().saturating_sub(1);
                (examples.into_iter().next(), rest, index(&place, 0))
            }
            // Not what the keyword is, but what several tools write: named examples as in media types.
            Value::Object(examples) => {
                let rest = examples.len().saturating_sub(1);
                let first = examples
                    .into_iter()
                    .min_by(|(left, _), (right, _)| left.cmp(right));
                match first {
                    Some((name, Value::Object(mut example))) if example.contains_key("value") => (
                        example.remove("value"),
                        rest,
                        join(&join(&place, &name), "value"),
                    ),
                    Some((name, example)) => (Some(example), rest, join(&place, &name)),
                    None => (None, 0, place.clone()),
                }
            }
            _ => (None, 0, place.clone()),
        };
        let Some(first) = first else { return };
        if schema.contains_key("example") {
            context.note(
                &place,
                "examples",
                Effect::Exact,
                "left out, because there is an `example` too",
            );
            return;
        }
        let message = match rest {
            0 => "the one example is kept as `example`".to_owned(),
            rest => format!("the first example is kept as `example`, {rest} more are left out"),
        };
        context.note(&place, "examples", Effect::Exact, message);
        context.origins.moved(&from, &join(at, "example"));
        schema.insert("example".to_owned(), first);
    });
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::json;

    #[test]
    fn the_first_example_is_kept() {
        let (schema, notes) = schema_after(super::PASS, json!({"examples": [3, 4]}));
        assert_eq!(schema, json!({"example": 3}));
        assert!(notes[0].message.contains("1 more"));
        assert_eq!(
            schema_after(
                super::PASS,
                json!({"examples": {"b": 2, "a": {"value": 1}}})
            )
            .0,
            json!({"example": 1})
        );
        assert_eq!(
            schema_after(super::PASS, json!({"examples": [], "example": 5})).0,
            json!({"example": 5})
        );
    }
}
