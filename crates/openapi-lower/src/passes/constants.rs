//! `const`.

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;
use crate::schema::type_of;

pub(crate) const PASS: Pass = Pass {
    name: "constants",
    summary: "Writes `const` as an enum with one value.",
    source: "JSON Schema 2020-12 validation §6.1.3; OpenAPI 3.0 has no `const`",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        let Some(value) = schema.remove("const") else {
            return;
        };
        let from = join(at, "const");
        if matches!(value, Value::Array(_) | Value::Object(_)) {
            context.note(
                &from,
                "constants",
                Effect::Widened,
                "a constant array or object is not compared",
            );
        } else {
            context.note(
                &from,
                "constants",
                Effect::Exact,
                "`const` is written as an enum with one value",
            );
            context.origins.made(&from, &join(at, "enum"));
            schema.insert("enum".to_owned(), json!([value]));
        }
        if let Some(name) = type_of(&value)
            && !schema.contains_key("type")
        {
            schema.insert("type".to_owned(), json!(name));
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::json;

    #[test]
    fn a_constant_is_an_enum_of_its_type() {
        assert_eq!(
            schema_after(super::PASS, json!({"const": "a"})).0,
            json!({"type": "string", "enum": ["a"]})
        );
        assert_eq!(
            schema_after(super::PASS, json!({"const": 1, "type": "number"})).0,
            json!({"type": "number", "enum": [1]})
        );
        assert_eq!(
            schema_after(super::PASS, json!({"const": {"a": 1}})).0,
            json!({"type": "object"})
        );
    }
}
