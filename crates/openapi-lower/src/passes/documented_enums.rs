//! Unions that are enums.

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::names::pascal;
use crate::pointer::join;
use crate::report::Effect;
use crate::schema::{Schema, is_annotation};

pub(crate) const PASS: Pass = Pass {
    name: "documented_enums",
    summary: "Makes one enum of a union whose branches are one text each, or with marks one value each.",
    source: "OpenAPI 3.1 has no other way to describe the values of an enum; typify 0.8 makes a type of each branch",
    run: Run::Parts(run),
};

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        for keyword in ["oneOf", "anyOf"] {
            let Some(values) = values(schema, keyword, context.options.marks) else {
                continue;
            };
            let from = join(at, keyword);
            context.note(
                &from,
                "documented_enums",
                Effect::Exact,
                "each branch is one value, so together they are an enum",
            );
            context.origins.made(&from, &join(at, "enum"));
            let listed: Vec<String> = values
                .iter()
                .filter_map(|found| {
                    let about = found.about.as_ref()?.split_whitespace();
                    let about = about.collect::<Vec<_>>().join(" ");
                    Some(format!("* `{}`: {about}", plain(&found.value)))
                })
                .collect();
            let values_alone: Vec<&Value> = values.iter().map(|found| &found.value).collect();
            if values_alone.iter().all(|value| value.is_string()) {
                schema.insert("type".to_owned(), json!("string"));
            } else {
                // A number has no name of its own.
                let titles: Vec<_> = values.iter().map(|found| &found.title).collect();
                schema.insert(TITLES.to_owned(), json!(titles));
            }
            schema.insert("enum".to_owned(), json!(values_alone));
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

/// Where `enums` looks for names of values.
const TITLES: &str = "x-enum-varnames";

/// A longer title is a sentence and no name.
const MAX_TITLE_LENGTH: usize = 40;

/// What one branch says.
struct Found {
    value: Value,
    /// The title in the form of a name, of a value that is no text.
    title: Option<String>,
    about: Option<String>,
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The value of each branch and what is said about it, if the schema is nothing but a union of them.
fn values(schema: &Schema, keyword: &str, any_type: bool) -> Option<Vec<Found>> {
    let says_more = schema.iter().any(|(name, value)| {
        !(name == keyword
            || name == "nullable"
            || says_type(name, value, any_type)
            || is_annotation(name))
    });
    let branches = schema.get(keyword)?.as_array()?;
    // One is that branch, which is a part where something stands beside it.
    if says_more || branches.len() < 2 {
        return None;
    }
    let found: Vec<Found> = branches
        .iter()
        .map(|branch| value(branch, any_type))
        .collect::<Option<_>>()?;
    Some(found)
}

/// Whether a keyword says no more than what type the values are.
fn says_type(keyword: &str, value: &Value, any_type: bool) -> bool {
    match keyword {
        "type" => value == "string" || any_type,
        "format" => any_type,
        _ => false,
    }
}

fn value(branch: &Value, any_type: bool) -> Option<Found> {
    let branch = branch.as_object()?;
    let says_more = branch.iter().any(|(name, value)| {
        !(name == "enum" || says_type(name, value, any_type) || is_annotation(name))
    });
    let [value] = branch.get("enum")?.as_array()?.as_slice() else {
        return None;
    };
    let fits = value.is_string() || (any_type && (value.is_number() || value.is_boolean()));
    if says_more || !fits {
        return None;
    }
    let text = plain(value);
    let said = |keyword: &str| branch.get(keyword).and_then(Value::as_str);
    // A title is often the value in other letters.
    let title = said("title").filter(|title| pascal(title) != pascal(&text));
    let about = said("description").or(title).filter(|about| {
        // Code spans end at the next mark.
        !about.trim().is_empty() && !text.contains('`')
    });
    let is_short = |title: &&str| title.len() <= MAX_TITLE_LENGTH;
    let title = title.filter(is_short).filter(|_| !value.is_string());
    Some(Found {
        value: value.clone(),
        title: title.map(pascal),
        about: about.map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, marked_after, schema_after};
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
    fn with_marks_numbers_are_values_too_and_their_titles_names() {
        let schema = json!({"type": "integer", "oneOf": [
            {"type": "integer", "format": "int32", "enum": [1], "title": "Very low"},
            {"type": "integer", "enum": [2], "description": "Two."},
        ]});
        let document = json!({"openapi": "3.1.0", "components": {"schemas": {"S": schema}}});
        let (document, ..) = marked_after(&[super::PASS], document);
        assert_eq!(
            document["components"]["schemas"]["S"],
            json!({
                "type": "integer", "enum": [1, 2], "x-enum-varnames": ["VeryLow", null],
                "description": "* `1`: Very low\n* `2`: Two."
            })
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
