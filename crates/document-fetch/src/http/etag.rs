//! Entity tags (RFC 9110 §8.8.3).

/// Longer ones are not kept: the lock is for people to read.
const LONGEST: usize = 256;

/// An entity tag if it is one that can be kept in a text file and sent again: `"…"` or `W/"…"` in visible ASCII.
///
/// A weak one will do: it is compared with itself (RFC 9110 §13.1.2). One that is not usable is no problem; the document is
/// then compared by its hash.
pub(crate) fn usable(tag: &str) -> Option<&str> {
    let opaque = tag.strip_prefix("W/").unwrap_or(tag);
    let opaque = opaque.strip_prefix('"')?.strip_suffix('"')?;
    let is_etagc = |byte: u8| matches!(byte, 0x21 | 0x23..=0x7e);
    (tag.len() <= LONGEST && opaque.bytes().all(is_etagc)).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::usable;

    #[test]
    fn only_tags_of_the_grammar_are_kept() {
        for good in ["\"\"", "\"abc\"", "W/\"a-b/c\\\"", "\"!~\""] {
            assert_eq!(usable(good), Some(good));
        }
        let long = format!("\"{}\"", "a".repeat(255));
        for bad in [
            "", "\"", "abc", "w/\"a\"", "\"a\"b\"", "\"a b\"", "\"ä\"", "\"a\tb\"", "W/", &long,
        ] {
            assert_eq!(usable(bad), None, "{bad}");
        }
    }
}
