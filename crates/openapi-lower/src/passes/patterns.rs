//! Patterns that generated code cannot read, or would read as something else.
//!
//! A pattern is ECMA-262 (JSON Schema 2020-12 validation §6.3.3), and generated code has `regress`, which reads that.
//! Vendors also write the dialect of their own language. Where that is a fault of syntax, typify refuses the document;
//! where it is none, it is worse: `\A` is the letter A, and the client refuses every value.

use serde_json::Value;

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "patterns",
    summary: "Writes patterns of other dialects as ECMA-262, and drops those that have no such form.",
    source: "ECMA-262 §22.2.1 and B.1.2, which reads unknown escapes as letters; typify 0.8 refuses what regress does",
    run: Run::Parts(run),
};

/// Parsers of patterns recurse.
const MAX_GROUPS: usize = 50;

/// Named classes of POSIX and Perl, for use within brackets.
const POSIX: &[(&str, &str)] = &[
    ("alnum", "0-9A-Za-z"),
    ("alpha", "A-Za-z"),
    ("blank", " \\t"),
    ("digit", "0-9"),
    ("lower", "a-z"),
    ("space", "\\s"),
    ("upper", "A-Z"),
    ("word", "\\w"),
    ("xdigit", "0-9A-Fa-f"),
];

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        let Some(Value::String(pattern)) = schema.get("pattern") else {
            return;
        };
        let place = join(at, "pattern");
        match translated(pattern) {
            Ok(text) if text == *pattern => {}
            Ok(text) => {
                let message = format!("`{pattern}` is written as `{text}`");
                context.note(&place, "patterns", Effect::Exact, message);
                schema.insert("pattern".to_owned(), Value::String(text));
            }
            Err(reason) => {
                let message = format!("`{pattern}` is not checked: {reason}");
                context.note(&place, "patterns", Effect::Widened, message);
                schema.remove("pattern");
            }
        }
    });
}

/// The pattern as generated code reads it; or why there is none.
fn translated(pattern: &str) -> Result<String, &'static str> {
    let text = rewritten(without_slashes(pattern)?)?;
    match regress::Regex::new(&text) {
        Ok(_) => Ok(text),
        Err(_) => Err("it is no pattern of ECMA-262"),
    }
}

/// A slash before the start and one behind the end match nothing, so they are those of a literal.
fn without_slashes(pattern: &str) -> Result<&str, &'static str> {
    let Some(inner) = pattern
        .strip_prefix('/')
        .filter(|rest| rest.starts_with('^'))
    else {
        return Ok(pattern);
    };
    match inner.rsplit_once("$/") {
        Some((_, "" | "u")) => Ok(inner.rsplit_once('/').map_or(inner, |(inner, _)| inner)),
        Some((_, flags)) if flags.chars().all(|c| c.is_ascii_lowercase()) => {
            Err("a pattern has no flags")
        }
        _ => Ok(pattern),
    }
}

fn rewritten(pattern: &str) -> Result<String, &'static str> {
    let mut text = String::with_capacity(pattern.len());
    let mut rest = pattern;
    let (mut in_class, mut groups) = (false, 0_usize);
    while let Some(next) = rest.chars().next() {
        if next == '\\' {
            let (escape, behind) = escape(&rest[1..], in_class)?;
            text.push_str(&escape);
            rest = behind;
            continue;
        }
        if in_class && rest.starts_with("[:") {
            let named = rest[2..].split_once(":]").and_then(|(name, behind)| {
                let (_, range) = POSIX.iter().find(|(known, _)| *known == name)?;
                Some((range, behind))
            });
            if let Some((range, behind)) = named {
                text.push_str(range);
                rest = behind;
                continue;
            }
        }
        if !in_class && let Some(behind) = rest.strip_prefix("(?P<") {
            groups += 1;
            text.push_str("(?<");
            rest = behind;
            continue;
        }
        match next {
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => groups += 1,
            _ => {}
        }
        if groups > MAX_GROUPS {
            return Err("it has more groups than a check is worth");
        }
        text.push(next);
        rest = &rest[next.len_utf8()..];
    }
    Ok(text)
}

/// What stands behind a backslash, with the backslash, and the rest.
fn escape(rest: &str, in_class: bool) -> Result<(String, &str), &'static str> {
    let Some(letter) = rest.chars().next() else {
        return Err("it ends with a backslash");
    };
    let behind = &rest[letter.len_utf8()..];
    let escaped = match letter {
        'A' if !in_class => "^".to_owned(),
        'z' | 'Z' if !in_class => "$".to_owned(),
        'p' | 'P' => return Err("it names properties of characters"),
        'x' | 'u' if behind.starts_with('{') => return Err("it names characters by number"),
        'b' | 'c' | 'd' | 'f' | 'k' | 'n' | 'r' | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'B' | 'D'
        | 'S' | 'W' => {
            format!("\\{letter}")
        }
        letter if letter.is_ascii_alphabetic() => {
            return Err("it has an escape that ECMA-262 does not know");
        }
        other => format!("\\{other}"),
    };
    Ok((escaped, behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::schema_after;
    use serde_json::json;

    fn matches(pattern: &str, text: &str) -> bool {
        let pattern = translated(pattern).unwrap();
        regress::Regex::new(&pattern).unwrap().find(text).is_some()
    }

    #[test]
    fn patterns_of_ecma_262_stay() {
        for pattern in [
            "^[a-zA-Z0-9_-]{1,64}$",
            "^\\d+\\.\\d+$",
            "[\\w-.]",
            "^(?!x)a(?<=a)b",
            "^\\/a\\/$",
            "/^a",
            "(a)\\1",
            "^[\\]\\\\]$",
            "",
        ] {
            assert_eq!(translated(pattern).as_deref(), Ok(pattern));
        }
    }

    #[test]
    fn other_dialects_match_what_they_mean() {
        for (pattern, good, bad) in [
            ("\\A[a-z]+\\z", "abc", "Aabcz"),
            ("\\A\\d{2}\\Z", "12", "123"),
            ("^(?P<year>\\d{4})$", "2026", "26"),
            ("^[[:alpha:]_]+$", "a_b", "a1"),
            ("^[^[:digit:]]$", "a", "1"),
            ("/^ab$/", "ab", "/ab/"),
        ] {
            assert!(matches(pattern, good), "{pattern}");
            assert!(!matches(pattern, bad), "{pattern}");
        }
    }

    #[test]
    fn what_has_no_such_form_goes_with_a_note() {
        for pattern in [
            "(?i)abc",
            "a++",
            "(?>a)",
            "\\p{L}+",
            "\\x{41}",
            "\\Qa\\E",
            "[\\A]",
            "[z-a]",
            "(",
            "a\\",
            "/^a$/i",
            &"(".repeat(100_000),
        ] {
            let (schema, notes) = schema_after(PASS, json!({"type": "string", "pattern": pattern}));
            assert_eq!(schema, json!({"type": "string"}), "{pattern}");
            assert_eq!((notes.len(), notes[0].effect), (1, Effect::Widened));
        }
    }

    #[test]
    fn a_property_of_that_name_is_none() {
        let schema =
            json!({"properties": {"pattern": {"type": "string"}}, "example": {"pattern": "("}});
        assert_eq!(schema_after(PASS, schema.clone()).0, schema);
    }
}
