//! Keywords without a value.

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::{Kind, Shape, member};
use crate::pointer::{is_entry, join};
use crate::report::Effect;
use crate::schema::is_annotation;

pub(crate) const PASS: Pass = Pass {
    name: "absent",
    summary: "Reads keywords of schemas whose value is `null` as absent, and `type: null` of a branch as the type `null`.",
    source: "JSON Schema 2020-12 validation §6: no keyword but `const`, `default` and the like may be `null`; YAML 1.2 §10.2.1.1 reads null without quotes so",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        let says_more = schema
            .keys()
            .any(|keyword| keyword != "type" && !is_annotation(keyword));
        if schema.get("type") == Some(&Value::Null)
            && !says_more
            && is_entry(at, &["anyOf", "oneOf"])
        {
            schema.insert("type".to_owned(), json!("null"));
            let message = "null without quotes is read as the name of the type";
            context.note(&join(at, "type"), "absent", Effect::Exact, message);
        }
        schema.retain(|keyword, value| {
            let is_absent = value.is_null()
                && member(Kind::Schema, keyword).is_some_and(|field| field.shape != Shape::Any);
            if is_absent {
                let message = format!("`{keyword}: null` is read as absent");
                context.note(&join(at, keyword), "absent", Effect::Exact, message);
            }
            !is_absent
        });
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
    fn keywords_that_say_null_say_nothing() {
        assert_eq!(
            after(
                json!({"type": null, "minimum": null, "maximum": 3, "items": null, "format": null})
            ),
            json!({"maximum": 3})
        );
        let values = json!({"const": null, "default": null, "example": null, "x-more": null, "enum": [null]});
        assert_eq!(after(values.clone()), values);
        let named = json!({"properties": {"type": {"type": "string"}}});
        assert_eq!(after(named.clone()), named);
    }

    #[test]
    fn a_branch_of_type_null_without_quotes_is_null() {
        for keyword in ["anyOf", "oneOf"] {
            assert_eq!(
                after(json!({keyword: [{"type": "string"}, {"type": null, "title": "Nothing"}]})),
                json!({keyword: [{"type": "string"}, {"type": "null", "title": "Nothing"}]})
            );
        }
        assert_eq!(
            after(
                json!({"anyOf": [{"type": null, "minimum": 1}], "properties": {"oneOf": {"items": {"type": null}}}})
            ),
            json!({"anyOf": [{"minimum": 1}], "properties": {"oneOf": {"items": {}}}})
        );
    }
}
