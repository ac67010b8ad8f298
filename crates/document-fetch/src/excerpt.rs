//! The beginning of what came, for people.

/// How many characters are shown.
const SHOWN: usize = 80;

/// What an answer is, in a few words: its type, its length, and how it begins. The query that it was asked for with is not shown.
pub(crate) fn excerpt(content_type: Option<&str>, bytes: &[u8], query: Option<&str>) -> String {
    let kind: String = match content_type {
        Some(kind) => harmless(kind, SHOWN),
        None => "of no stated type".to_owned(),
    };
    if bytes.is_empty() {
        return format!("{kind}, empty");
    }
    // A character has up to four bytes.
    let first = String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN * 8)]);
    let first = match query.filter(|query| !query.is_empty()) {
        Some(query) => first.replace(query, "…"),
        None => first.into_owned(),
    };
    let count = match bytes.len() {
        1 => "1 byte".to_owned(),
        count => format!("{count} bytes"),
    };
    format!(
        "{kind}, {count}, beginning with `{}`",
        harmless(&first, SHOWN)
    )
}

/// A line of visible characters. What a terminal would obey is replaced when the diagnostic is drawn.
fn harmless(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ").replace('`', "'");
    let cut: String = line.chars().take(most).collect();
    if cut.len() < line.len() {
        cut + "…"
    } else {
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn it_is_one_short_line() {
        let page = format!(
            "<!DOCTYPE html>\r\n\t<title>Log in</title>{}",
            "x".repeat(9000)
        );
        let said = excerpt(Some("text/html; charset=utf-8"), page.as_bytes(), None);
        assert!(said.starts_with("text/html; charset=utf-8, 9039 bytes, beginning with `<!DOCTYPE html> <title>Log in</title>xx"), "{said}");
        assert!(said.ends_with("…`") && said.chars().count() < 200, "{said}");
        assert_eq!(excerpt(None, b"", None), "of no stated type, empty");
        assert_eq!(
            excerpt(None, b"\xff", Some("")),
            "of no stated type, 1 byte, beginning with `\u{fffd}`"
        );
        let echo = excerpt(None, b"no /a.md?key=hidden here", Some("key=hidden"));
        assert_eq!(
            echo,
            "of no stated type, 24 bytes, beginning with `no /a.md?… here`"
        );
    }
}
