//! Bounds that every value keeps.

use serde_json::Value;

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "vacuous",
    summary: "Removes least sizes of zero, which every value has.",
    source: "JSON Schema 2020-12 validation §6.3.2, §6.4.2, §6.5.2; typify 0.8 writes the comparison, which clippy refuses",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        for keyword in ["minLength", "minItems", "minProperties"] {
            if schema.get(keyword).and_then(Value::as_f64) == Some(0.0) {
                schema.remove(keyword);
                let place = join(at, keyword);
                context.note(
                    &place,
                    "vacuous",
                    Effect::Exact,
                    "a least size of zero says nothing",
                );
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::json;

    #[test]
    fn only_bounds_that_bind_stay() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"type": "string", "minLength": 0, "maxLength": 0}),
        );
        assert_eq!(schema, json!({"type": "string", "maxLength": 0}));
        assert_eq!(notes.len(), 1);
        let binding = json!({"type": "array", "minItems": 1});
        assert_eq!(schema_after(super::PASS, binding.clone()).0, binding);
    }
}
