//! Exclusive bounds.

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "bounds",
    summary: "Writes numeric exclusive bounds as the pair of a bound and a flag.",
    source: "JSON Schema 2020-12 validation §6.2.3, §6.2.5; OpenAPI 3.0.3 §4.7.24 has them as booleans",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        for (exclusive, inclusive, is_lower) in [
            ("exclusiveMinimum", "minimum", true),
            ("exclusiveMaximum", "maximum", false),
        ] {
            let place = join(at, exclusive);
            match schema.get(exclusive) {
                Some(Value::Number(bound)) => {
                    let bound = bound.clone();
                    let other = schema.get(inclusive).and_then(Value::as_f64);
                    let tighter = match (bound.as_f64(), other) {
                        (Some(bound), Some(other)) if is_lower => bound >= other,
                        (Some(bound), Some(other)) => bound <= other,
                        _ => true,
                    };
                    if tighter {
                        schema.insert(inclusive.to_owned(), Value::Number(bound));
                        schema.insert(exclusive.to_owned(), json!(true));
                    } else {
                        schema.remove(exclusive);
                    }
                    context.note(
                        &place,
                        "bounds",
                        Effect::Exact,
                        "an exclusive bound is written as bound and flag",
                    );
                }
                // The flag says nothing alone, and progenitor 0.15.1 panics on it.
                Some(Value::Bool(_)) if !schema.contains_key(inclusive) => {
                    schema.remove(exclusive);
                    context.note(
                        &place,
                        "bounds",
                        Effect::Exact,
                        format!("the flag says nothing without `{inclusive}`"),
                    );
                }
                _ => {}
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::{Value, json};

    fn after(schema: Value) -> Value {
        schema_after(super::PASS, schema).0
    }

    #[test]
    fn numbers_become_pairs() {
        assert_eq!(
            after(json!({"exclusiveMinimum": 2})),
            json!({"minimum": 2, "exclusiveMinimum": true})
        );
        assert_eq!(
            after(json!({"exclusiveMaximum": 9.5, "maximum": 20})),
            json!({"maximum": 9.5, "exclusiveMaximum": true})
        );
    }

    #[test]
    fn the_tighter_bound_wins() {
        assert_eq!(
            after(json!({"exclusiveMinimum": 2, "minimum": 3})),
            json!({"minimum": 3})
        );
        assert_eq!(
            after(json!({"exclusiveMaximum": 20, "maximum": 9})),
            json!({"maximum": 9})
        );
    }

    #[test]
    fn a_lone_flag_goes_and_a_pair_stays() {
        assert_eq!(after(json!({"exclusiveMinimum": true})), json!({}));
        let pair = json!({"minimum": 1, "exclusiveMinimum": true});
        assert_eq!(after(pair.clone()), pair);
    }
}
