//! URLs in what is shown: a query may hold a key, and so may what stands before an `@`.

use std::ops::Range;

/// A sentence without the queries, user names and passwords of the URLs in it.
pub(super) fn without_secrets(text: &str) -> String {
    replaced(text, |_| "…".to_owned())
}

/// The same of what is quoted, so that ranges of the one are ranges of the other: as many bytes are there.
pub(super) fn covered(text: &str) -> String {
    replaced(text, |secret| "*".repeat(secret.len()))
}

fn replaced(text: &str, by: impl Fn(&str) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for Range { start, end } in secrets(text) {
        shown.push_str(&text[from..start]);
        shown.push_str(&by(&text[start..end]));
        from = end;
    }
    shown.push_str(&text[from..]);
    shown
}

/// What is not shown, in its order.
fn secrets(text: &str) -> Vec<Range<usize>> {
    const AUTHORITY: &str = "://";
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(AUTHORITY) {
        let start = from + at + AUTHORITY.len();
        let close = closing(&text[from..from + at]);
        let rest = &text[start..];
        let url = &rest[..rest.find(|c| ends(c, close)).unwrap_or(rest.len())];
        let authority = url.find(['/', '?', '#']).unwrap_or(url.len());
        if let Some(at) = url[..authority].rfind('@').filter(|at| *at > 0) {
            found.push(start..start + at);
        }
        if let Some(mark) = url.find('?') {
            let query = &url[mark + 1..];
            let query = match close {
                Some(_) => query,
                // A sentence goes on.
                None => query.trim_end_matches(['.', ',', ';', ':', ')']),
            };
            // Somebody has hidden it already.
            if !query.is_empty() && query != "…" {
                found.push(start + mark + 1..start + mark + 1 + query.len());
            }
        }
        from = start + url.len();
    }
    found
}

/// What ends a URL that stands in quotes, from what is before it and its scheme.
fn closing(before: &str) -> Option<char> {
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    match before.trim_end_matches(is_scheme).chars().next_back()? {
        '<' => Some('>'),
        quote @ ('"' | '\'' | '`') => Some(quote),
        _ => None,
    }
}

fn ends(character: char, close: Option<char>) -> bool {
    match close {
        Some(close) => character == close || matches!(character, '\n' | '\r'),
        None => character.is_whitespace() || matches!(character, '"' | '`' | '<' | '>'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_queries_nor_users_are_shown() {
        for (text, shown) in [
            ("no URL? none: a://", "no URL? none: a://"),
            ("see https://a.b/c#d.", "see https://a.b/c#d."),
            ("is it https://a.b/c?", "is it https://a.b/c?"),
            ("at https://a.b/c?…, which", "at https://a.b/c?…, which"),
            (
                "at https://a.b/c?key=k&x, which",
                "at https://a.b/c?…, which",
            ),
            ("(https://a.b/c?key=k#l)", "(https://a.b/c?…)"),
            (
                "url = \"https://a.b/c?k='s) t\" # x",
                "url = \"https://a.b/c?…\" # x",
            ),
            ("`https://u:p@q@a.b/c` is", "`https://…@a.b/c` is"),
            (
                "'https://u@a.b?k' <https://v@c.d/?l>",
                "'https://…@a.b?…' <https://…@c.d/?…>",
            ),
            ("https://a.b/c@d", "https://a.b/c@d"),
            (
                "\"https://a.b/?never closed\nnext",
                "\"https://a.b/?…\nnext",
            ),
            ("https://a.b/?x=https://c.d/?y é", "https://a.b/?… é"),
        ] {
            assert_eq!(without_secrets(text), shown);
            assert_eq!(without_secrets(shown), shown, "again");
            assert_eq!(covered(text).len(), text.len(), "{text}");
        }
        assert_eq!(
            covered("url = \"https://u@a.b/?k=ü\"\n"),
            "url = \"https://*@a.b/?****\"\n"
        );
    }
}
