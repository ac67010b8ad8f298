//! Rust names for the values of an enum.
//!
//! A name is made of the value alone where that is possible, so that a value that is added renames nothing. Of several
//! values with one name the one that is written like it keeps it, else the first; each other one spells out what makes
//! it different (`a_b` beside `a-b` is `AUnderscoreB`). What is returned is a text of which typify makes the name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::names::{CHARACTERS, pascal, type_name};

/// Signs that are a value of their own in many APIs.
const SIGNS: &[(&str, &str)] = &[
    ("", "Empty"),
    ("=", "Equal"),
    ("==", "EqualEqual"),
    ("!=", "NotEqual"),
    ("<>", "NotEqual"),
    ("<", "LessThan"),
    ("<=", "LessThanOrEqual"),
    (">", "GreaterThan"),
    (">=", "GreaterThanOrEqual"),
    ("~", "Tilde"),
    ("!~", "NotTilde"),
    ("&&", "And"),
    ("||", "Or"),
    ("*", "Asterisk"),
];

/// Whether the texts can be listed as they are: typify's names for them are good and distinct.
pub(super) fn are_plain(values: &[Value]) -> bool {
    let texts: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
    texts.is_some_and(|texts| {
        let names: BTreeSet<String> = texts.iter().map(|text| type_name(text)).collect();
        names.len() == texts.len() && texts.iter().all(|text| simple(text) == *text)
    })
}

/// A text for each value, of which typify makes a distinct name. `stated` are names that the document has for them.
pub(super) fn names(values: &[Value], stated: &[Option<String>]) -> Vec<String> {
    let wanted: Vec<String> = values
        .iter()
        .enumerate()
        .map(|(position, value)| {
            let stated = stated.get(position).and_then(Option::as_ref);
            match stated.filter(|name| is_name(name)) {
                Some(name) => name.clone(),
                None => simple_name(value),
            }
        })
        .collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, text) in wanted.iter().enumerate() {
        groups.entry(type_name(text)).or_default().push(position);
    }
    let keepers: BTreeSet<usize> = groups
        .iter()
        .filter_map(|(name, positions)| {
            let written_like_it = positions
                .iter()
                .find(|position| type_name(&spelled_name(&values[**position])) == **name);
            written_like_it.or(positions.first()).copied()
        })
        .collect();
    let mut taken: BTreeSet<String> = groups.into_keys().collect();
    let mut names = Vec::with_capacity(values.len());
    for (position, text) in wanted.into_iter().enumerate() {
        if keepers.contains(&position) {
            names.push(text);
            continue;
        }
        let base = distinguished(&values[position], &text);
        let mut new = base.clone();
        for number in 2_u32.. {
            if taken.insert(type_name(&new)) {
                break;
            }
            new = format!("{base}-V{number}");
        }
        names.push(new);
    }
    names
}

/// Whether a text is meant as the name of something in code.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !pascal(text).is_empty()
}

fn simple_name(value: &Value) -> String {
    match value {
        Value::String(text) => simple(text),
        other => number(other),
    }
}

fn spelled_name(value: &Value) -> String {
    match value {
        Value::String(text) => spelled(text),
        other => number(other),
    }
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character.is_alphabetic()
}

/// The text itself, but for signs and for texts that start with one that means something.
fn simple(text: &str) -> String {
    let known = |c: char| c.is_ascii() || c.is_alphabetic();
    if !text.chars().any(is_word) || !text.chars().all(known) {
        return spelled(text);
    }
    // typify has words for these two.
    if matches!(text, "-1" | "+1") || !text.starts_with(['-', '+', '<', '>', '=', '!', '~', '^']) {
        return text.to_owned();
    }
    let rest = text.trim_start_matches(|c: char| !is_word(c));
    let sign = match &text[..text.len() - rest.len()] {
        "!" => "Not".to_owned(),
        sign => spelled(sign),
    };
    format!("{sign}-{rest}")
}

/// A text in which every character counts.
fn spelled(text: &str) -> String {
    if let Some((_, name)) = SIGNS.iter().find(|(sign, _)| *sign == text) {
        return (*name).to_owned();
    }
    let mut words = String::new();
    for (position, character) in text.char_indices() {
        if is_word(character) {
            words.push(character);
            continue;
        }
        words.push('-');
        match CHARACTERS.iter().find(|(known, _)| *known == character) {
            Some(('-', _)) if position == 0 => words.push_str("Minus"),
            Some((_, word)) => words.push_str(word),
            None => words.push_str(&format!("U{:04x}", u32::from(character))),
        }
        words.push('-');
    }
    words.trim_matches('-').to_owned()
}

/// `Value1`, `Minus1`, `Value1Point5`, `True`.
fn number(value: &Value) -> String {
    let text = value.to_string();
    if !value.is_number() {
        return type_name(&text);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("Minus", digits),
        None => ("Value", text.as_str()),
    };
    let digits = digits.replace('.', "-Point").replace("e-", "-EMinus");
    format!("{sign}{}", digits.replace('+', ""))
}

/// What tells a value from another one of which typify makes the same name.
fn distinguished(value: &Value, simple: &str) -> String {
    let spelled = spelled_name(value);
    if type_name(&spelled) != type_name(simple) {
        return spelled;
    }
    let kind = match value {
        Value::String(text) if text.starts_with(char::is_lowercase) => "Lower",
        Value::String(text) if text.starts_with(char::is_uppercase) => "Upper",
        Value::String(_) => "Text",
        _ => "Value",
    };
    format!("{simple}-{kind}")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{are_plain, names};
    use crate::names::type_name;

    fn rust_names(values: &[Value], stated: &[Option<String>]) -> Vec<String> {
        let names = names(values, stated);
        names.iter().map(|name| type_name(name)).collect()
    }

    fn named(values: Value) -> Vec<String> {
        rust_names(values.as_array().unwrap(), &[])
    }

    #[test]
    fn signs_have_names() {
        assert_eq!(
            named(json!(["=", ">", "<=", "!=", "", " ", "≥", "%", "=?", "😀"])),
            [
                "Equal",
                "GreaterThan",
                "LessThanOrEqual",
                "NotEqual",
                "Empty",
                "Space",
                "GreaterThanOrEqual",
                "Percent",
                "EqualQuestion",
                "U1f600"
            ]
        );
    }

    #[test]
    fn what_is_written_like_its_name_keeps_it() {
        assert_eq!(
            named(json!(["-created_at", "created_at", "+size", "size"])),
            ["MinusCreatedAt", "CreatedAt", "PlusSize", "Size"]
        );
        assert_eq!(
            named(json!(["a-b", "a_b", "aB"])),
            ["ADashB", "AUnderscoreB", "AB"]
        );
        assert_eq!(named(json!(["ASC", "asc"])), ["Asc", "AscLower"]);
        assert_eq!(named(json!(["a b", "a_b"])), ["AB", "AUnderscoreB"]);
    }

    #[test]
    fn numbers_and_flags_have_names() {
        assert_eq!(
            named(json!([1, -1, 1.5, -2.25, true, false, 1e300])),
            [
                "Value1",
                "Minus1",
                "Value1Point5",
                "Minus2Point25",
                "True",
                "False",
                "Value1e300"
            ]
        );
        assert_eq!(
            named(json!(["1", "-1", "+1", 1])),
            ["X1", "Minus1", "Plus1", "Value1"]
        );
        assert_eq!(named(json!(["Value1", 1])), ["Value1", "Value1Value"]);
    }

    #[test]
    fn a_value_that_is_added_renames_nothing() {
        let all = json!(["=", "a-b", "a_b", "-x", "X", "😀", "ASC", "asc"]);
        let before = named(all.clone());
        let mut more = all.as_array().unwrap().clone();
        more.extend([json!("a.b"), json!("Asc"), json!("😃"), json!(7)]);
        assert_eq!(rust_names(&more, &[])[..before.len()], before);
    }

    #[test]
    fn names_of_the_document_come_first() {
        let stated = [
            Some("LOW_PRIORITY".to_owned()),
            None,
            Some("not a name".to_owned()),
        ];
        assert_eq!(
            rust_names(&[json!(1), json!(2), json!(3)], &stated),
            ["LowPriority", "Value2", "Value3"]
        );
    }

    #[test]
    fn what_typify_names_well_is_plain() {
        for (values, plain) in [
            (json!(["asc", "by name", "3d", "@id", "a.b"]), true),
            (json!(["asc", ""]), false),
            (json!(["asc", "-asc"]), false),
            (json!(["-1", "+1"]), true),
            (json!(["m²", "m³"]), false),
            (json!(["über"]), true),
            (json!([1]), false),
        ] {
            assert_eq!(are_plain(values.as_array().unwrap()), plain, "{values}");
        }
    }
}
