//! What may stand before a YAML value and is not part of it: anchors, tags, comments, indicators.

use std::ops::Range;

/// Where the value starts in `text[start..end]`, which may begin with an anchor, a tag, or both (YAML 1.2.2,
/// section 6.9), comments between them.
pub(super) fn after_properties(text: &str, start: usize, end: usize) -> usize {
    let mut at = start;
    loop {
        at = skip_blank(text, at, end);
        if !text[at..end].starts_with(['&', '!']) {
            return at;
        }
        at = skip_property(text, at, end);
    }
}

/// Where the quoted scalar that starts at `start` ends, its closing quote included: a quote is escaped by doubling in
/// single quotes, by a backslash in double ones (YAML 1.2.2, section 7.3).
pub(super) fn quoted_end(text: &str, start: usize, end: usize) -> usize {
    let bytes = &text.as_bytes()[start..end];
    let Some(&quote) = bytes.first() else {
        return end;
    };
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        let doubled = quote == b'\'' && bytes.get(at + 1) == Some(&quote);
        match byte {
            b'\\' if quote == b'"' => at += 2,
            _ if byte == quote && doubled => at += 2,
            _ if byte == quote => return start + at + 1,
            _ => at += 1,
        }
    }
    end
}

/// The header of the block scalar (YAML 1.2.2, section 8.1.1) that follows `start`, such as `>-`, without its comment.
///
/// Before it may stand indicators (`-`, `:`, `?`), properties, comments and white space only.
pub(super) fn block_header(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let mut at = start;
    loop {
        at = skip_blank(text, at, end);
        match text[at..end].chars().next()? {
            '|' | '>' => break,
            '&' | '!' => at = skip_property(text, at, end),
            '-' | ':' | '?' => at += 1,
            _ => return None,
        }
    }
    let length = text[at + 1..end]
        .bytes()
        .take_while(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9'))
        .count();
    Some(at..at + 1 + length)
}

/// The first dash of the block sequence that is the value of the key that ends at `start`, not beyond `end`.
pub(super) fn first_dash(text: &str, start: usize, end: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at = skip_blank(text, at, text.len());
        match text[at..].chars().next().filter(|_| at <= end)? {
            '-' => return Some(at),
            '&' | '!' => at = skip_property(text, at, text.len()),
            ':' | '?' => at += 1,
            _ => return None,
        }
    }
}

/// Skips white space, line breaks and comments.
fn skip_blank(text: &str, mut at: usize, end: usize) -> usize {
    loop {
        let rest = &text[at..end];
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        at += rest.len() - trimmed.len();
        if !trimmed.starts_with('#') {
            return at;
        }
        at += trimmed.find(['\r', '\n']).unwrap_or(trimmed.len());
    }
}

/// Skips one anchor or tag: up to white space, or in flow collections an indicator.
fn skip_property(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    let stop = if rest.starts_with("!<") {
        rest.find('>').map_or(rest.len(), |close| close + 1)
    } else {
        rest.find([' ', '\t', '\r', '\n', ',', '[', ']', '{', '}'])
            .unwrap_or(rest.len())
    };
    at + stop.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_skipped_in_any_order() {
        for text in [
            "&a x",
            "!!str x",
            "&a !!str x",
            "!<tag:x,2000:y> &a x",
            "&a # why\n  x",
            "x",
        ] {
            assert_eq!(
                &text[after_properties(text, 0, text.len())..],
                "x",
                "{text}"
            );
        }
        assert_eq!(after_properties("&a", 0, 2), 2);
    }

    #[test]
    fn the_dash_of_a_sequence_is_found_behind_its_key() {
        for text in [":\n- x", ": &a # - no\n- x", " # -\n: !!seq\n  - x"] {
            let dash = text.rfind('-');
            assert_eq!(first_dash(text, 0, text.len()), dash, "{text}");
            assert_eq!(first_dash(text, 0, 0), None);
        }
        assert_eq!(first_dash(": [x]", 0, 5), None);
    }

    #[test]
    fn quoted_scalars_end_with_their_own_quote() {
        for (text, quoted) in [
            ("'a' # 'b'", "'a'"),
            ("'it''s' '", "'it''s'"),
            ("'\\' x", "'\\'"),
            ("\"a\\\"b\" # \"", "\"a\\\"b\""),
            ("\"''\" x", "\"''\""),
            ("'é", "'é"),
        ] {
            assert_eq!(&text[..quoted_end(text, 0, text.len())], quoted);
        }
    }

    #[test]
    fn headers_are_found_behind_indicators_properties_and_comments() {
        for (text, header) in [
            (": >-\n  x", ">-"),
            ("- |\n  x", "|"),
            (": &a !!str |+2 # | no\n  x", "|+2"),
            (" # > not this\n : >\n x", ">"),
        ] {
            let found = block_header(text, 0, text.len()).map(|range| &text[range]);
            assert_eq!(found, Some(header), "{text}");
        }
        assert_eq!(block_header("plain", 0, 5), None);
        assert_eq!(block_header("", 0, 0), None);
    }
}
