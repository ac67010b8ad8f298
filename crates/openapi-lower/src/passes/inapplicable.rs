//! Keywords of one type beside another type.

use serde_json::json;

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;
use crate::schema::concerns;

pub(crate) const PASS: Pass = Pass {
    name: "inapplicable",
    summary: "Removes keywords that restrict values of other types than the stated one.",
    source: "JSON Schema 2020-12 core §7.6.1: a keyword says nothing of values of types that it does not restrict",
    run: Run::Parts(run),
};

/// What other passes see to: a format of another type often says how a text is to be read, and a discriminator is about
/// branches.
const ELSEWHERE: &[&str] = &["format", "discriminator"];

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        let is_null = schema.get("enum") == Some(&json!([null]));
        let name = match schema.get("type").and_then(|name| name.as_str()) {
            _ if is_null => "null".to_owned(),
            Some(name) => name.to_owned(),
            None => return,
        };
        schema.retain(|keyword, _| {
            let applies = ELSEWHERE.contains(&keyword.as_str())
                || concerns(keyword, "").is_none_or(|types| types.contains(&name.as_str()));
            if !applies {
                let message = format!("`{keyword}` says nothing of values of type `{name}`");
                context.note(&join(at, keyword), "inapplicable", Effect::Exact, message);
            }
            applies
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
    fn only_keywords_of_the_type_stay() {
        assert_eq!(
            after(json!({
                "type": "string", "properties": {"minimum": {"type": "integer", "minimum": 1}}, "required": ["minimum"],
                "items": {}, "minLength": 2, "format": "int64", "nullable": true, "enum": ["ab"], "x-more": 1
            })),
            json!({"type": "string", "minLength": 2, "format": "int64", "nullable": true, "enum": ["ab"], "x-more": 1})
        );
        assert_eq!(
            after(json!({"type": "integer", "minimum": 1, "pattern": "a"})),
            json!({"type": "integer", "minimum": 1})
        );
        assert_eq!(
            after(json!({"enum": [null], "properties": {"a": {}}, "title": "Nothing"})),
            json!({"enum": [null], "title": "Nothing"})
        );
        let untyped = json!({"properties": {"a": {"type": "string"}}, "minLength": 1});
        assert_eq!(after(untyped.clone()), untyped);
        let union = json!({"type": "object", "oneOf": [{"type": "string", "minLength": 1}], "discriminator": {"propertyName": "a"}});
        assert_eq!(after(union.clone()), union);
    }
}
