//! Bounds in words.

use serde_json::Value;

use crate::markdown::code_line;
use crate::schema::Schema;

/// What a schema says about its values in words, and the keywords that say it.
pub(super) fn phrases(schema: &Schema) -> (Vec<String>, Vec<&'static str>) {
    let mut phrases = Vec::new();
    let mut keywords = Vec::new();
    for (least, most, unit, units) in COUNTS {
        phrases.extend(count(schema, least, most, unit, units));
        keywords.extend([*least, *most]);
    }
    phrases.extend(range(schema));
    keywords.extend(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]);
    if let Some(step) = schema.get("multipleOf") {
        phrases.push(format!("a multiple of {step}"));
        keywords.push("multipleOf");
    }
    if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
        phrases.push("no item twice".to_owned());
    }
    keywords.push("uniqueItems");
    if let Some(Value::String(pattern)) = schema.get("pattern") {
        phrases.push(format!("matches {}", code_line(pattern)));
        keywords.push("pattern");
    }
    keywords.retain(|keyword| schema.contains_key(*keyword));
    (phrases, keywords)
}

/// Keywords of a least and a most number, and what they count.
const COUNTS: &[(&str, &str, &str, &str)] = &[
    ("minLength", "maxLength", "character", "characters"),
    ("minItems", "maxItems", "item", "items"),
    ("minProperties", "maxProperties", "entry", "entries"),
];

fn count(schema: &Schema, least: &str, most: &str, unit: &str, units: &str) -> Option<String> {
    let number = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
    let counted = |count: u64| match count {
        1 => format!("1 {unit}"),
        count => format!("{count} {units}"),
    };
    Some(match (number(least), number(most)) {
        (Some(least), Some(most)) if least == most => format!("exactly {}", counted(most)),
        (None | Some(0), Some(most)) => format!("at most {}", counted(most)),
        (Some(least), Some(most)) => format!("{least} to {}", counted(most)),
        (Some(least), None) if least > 0 => format!("at least {}", counted(least)),
        _ => return None,
    })
}

fn range(schema: &Schema) -> Option<String> {
    let bound = |keyword: &str| schema.get(keyword).filter(|bound| bound.is_number());
    let is_set = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
    let least = bound("minimum").map(|bound| (bound, is_set("exclusiveMinimum")));
    let most = bound("maximum").map(|bound| (bound, is_set("exclusiveMaximum")));
    let lower = least.map(|(bound, exclusive)| match exclusive {
        true => format!("more than {bound}"),
        false => format!("at least {bound}"),
    });
    let upper = most.map(|(bound, exclusive)| match exclusive {
        true => format!("less than {bound}"),
        false => format!("at most {bound}"),
    });
    match (least, most, lower, upper) {
        (Some((least, false)), Some((most, false)), ..) => Some(format!("{least} to {most}")),
        (_, _, Some(lower), Some(upper)) => Some(format!("{lower} and {upper}")),
        (_, _, lower, upper) => lower.or(upper),
    }
}

#[cfg(test)]
mod tests {
    use super::phrases;
    use serde_json::{Value, json};

    fn said(schema: Value) -> String {
        let schema = schema.as_object().cloned().unwrap_or_default();
        phrases(&schema).0.join(", ")
    }

    #[test]
    fn bounds_are_words() {
        for (schema, words) in [
            (json!({"minLength": 1}), "at least 1 character"),
            (
                json!({"minLength": 2, "maxLength": 2}),
                "exactly 2 characters",
            ),
            (
                json!({"minLength": 0, "maxLength": 9}),
                "at most 9 characters",
            ),
            (
                json!({"minItems": 1, "maxItems": 3, "uniqueItems": true}),
                "1 to 3 items, no item twice",
            ),
            (json!({"maxProperties": 1}), "at most 1 entry"),
            (json!({"minimum": 0, "maximum": 2.5}), "0 to 2.5"),
            (
                json!({"minimum": 0, "exclusiveMinimum": true, "maximum": 1}),
                "more than 0 and at most 1",
            ),
            (
                json!({"maximum": -1, "exclusiveMaximum": true, "multipleOf": 5}),
                "less than -1, a multiple of 5",
            ),
            (json!({"pattern": "^`a$"}), "matches `` ^`a$ ``"),
            (json!({"pattern": "a\nb"}), "matches `\"a\\nb\"`"),
            (
                json!({"minimum": "1", "uniqueItems": false, "minItems": 0}),
                "",
            ),
        ] {
            assert_eq!(said(schema), words);
        }
    }
}
