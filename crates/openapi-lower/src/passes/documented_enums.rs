//! Unions that are enums.

use serde_json::{Value, json};

use super::table::Pass;
use crate::context::Context;
use crate::names::pascal;
use crate::pointer::join;
use crate::report::Effect;
use crate::schema::{Schema, is_annotation};

pub(crate) const PASS: Pass = Pass {
    name: "documented_enums",
    summary: "Makes one enum of a union whose branches are one text each.",
    source: "OpenAPI 3.1 has no other way to describe the values of an enum; typify 0.8 makes a type of each branch",
    run,
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        for keyword in ["oneOf", "anyOf"] {
            let Some(values) = values(schema, keyword) else {
                continue;
            };
            let from = join(at, keyword);
            context.note(
                &from,
                "documented_enums",
                Effect::Exact,
                "each branch is one text, so together they are an enum",
            );
            context.origins.made(&from, &join(at, "enum"));
            let texts: Vec<&str> = values.iter().map(|(text, _)| text.as_str()).collect();
            let listed: Vec<String> = values
                .iter()
                .filter_map(|(text, about)| {
                    let about = about.as_ref()?.split_whitespace().collect::<Vec<_>>();
                    Some(format!("* `{text}`: {}", about.join(" ")))
                })
                .collect();
            schema.insert("enum".to_owned(), json!(texts));
            schema.insert("type".to_owned(), json!("string"));
            schema.remove(keyword);
            if listed.is_empty() {
                continue;
            }
            let list = listed.join("\n");
            let description = match schema.get("description").and_then(Value::as_str) {
                Some(own) => format!("{}\n\n{list}", own.trim_end()),
                None => list,
            };
            schema.insert("description".to_owned(), json!(description));
        }
    });
}

/// The text of each branch and what is said about it, if the schema is nothing but a union of texts.
fn values(schema: &Schema, keyword: &str) -> Option<Vec<(String, Option<String>)>> {
    let says_more = schema.iter().any(|(name, value)| {
        let says_text = name == "type" && value == "string";
        !(name == keyword || name == "nullable" || says_text || is_annotation(name))
    });
    let branches = schema.get(keyword)?.as_array()?;
    if says_more || branches.len() < 2 {
        return None;
    }
    branches.iter().map(value).collect()
}

fn value(branch: &Value) -> Option<(String, Option<String>)> {
    let branch = branch.as_object()?;
    let says_more = branch.iter().any(|(name, value)| {
        let says_text = name == "type" && value == "string";
        !(name == "enum" || says_text || is_annotation(name))
    });
    let [Value::String(text)] = branch.get("enum")?.as_array()?.as_slice() else {
        return None;
    };
    if says_more {
        return None;
    }
    let about = |keyword: &str| branch.get(keyword).and_then(Value::as_str);
    // A title is often the value in other letters.
    let title = about("title").filter(|title| pascal(title) != pascal(text));
    let about = about("description").or(title).filter(|about| {
        // Code spans end at the next mark.
        !about.trim().is_empty() && !text.contains('`')
    });
    Some((text.clone(), about.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, schema_after};
    use crate::report::Effect;
    use serde_json::json;

    #[test]
    fn a_union_of_texts_is_an_enum_that_keeps_what_is_said_about_them() {
        let (schema, notes) = schema_after(
            super::PASS,
            json!({"description": "How.", "nullable": true, "oneOf": [
                {"type": "string", "enum": ["asc"], "title": "Smallest first"},
                {"type": "string", "enum": ["desc"], "title": "Down", "description": "Largest\nfirst."},
                {"type": "string", "enum": ["by_name"], "title": "By name"}
            ]}),
        );
        assert_eq!(
            schema,
            json!({
                "description": "How.\n\n* `asc`: Smallest first\n* `desc`: Largest first.",
                "nullable": true, "type": "string", "enum": ["asc", "desc", "by_name"]
            })
        );
        assert_eq!(
            brief(&notes),
            [("/components/schemas/S/oneOf", Effect::Exact)]
        );
    }

    #[test]
    fn other_unions_stay() {
        for schema in [
            json!({"oneOf": [{"type": "string", "enum": ["a"]}, {"type": "integer", "enum": [1]}]}),
            json!({"oneOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b", "c"]}]}),
            json!({"oneOf": [{"type": "string", "enum": ["a"]}, {"type": "string"}]}),
            json!({"maxLength": 1, "oneOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]}]}),
            json!({"oneOf": [{"type": "string", "enum": ["a"]}]}),
        ] {
            assert_eq!(schema_after(super::PASS, schema.clone()).0, schema);
        }
    }
}
