//! JSON pointers (RFC 6901) as strings.

/// Escapes one key for use as a segment: `~` is written `~0` and `/` is written `~1` (RFC 6901 §3).
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Reads a segment back; `~1` first, so that `~01` is `~1` and not `/` (RFC 6901 §4).
pub(crate) fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// `base` with one more key.
pub(crate) fn join(base: &str, key: &str) -> String {
    format!("{base}/{}", escape(key))
}

/// `base` with an array index.
pub(crate) fn index(base: &str, index: usize) -> String {
    format!("{base}/{index}")
}

/// Appends a segment in place and gives the length to cut back to.
pub(crate) fn push(pointer: &mut String, key: &str) -> usize {
    let mark = pointer.len();
    pointer.push('/');
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
    mark
}

/// The keys of a pointer, unescaped; the root has none.
pub(crate) fn keys(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(unescape).collect()
}

/// The pointer without its last segment, `None` at the root.
pub(crate) fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|at| &pointer[..at])
}

/// The name of the schema component that a pointer points to, not into.
pub(crate) fn schema_component(pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| unescape(name))
}

/// Whether a pointer to a schema points to an entry of one of these lists of schemas, say of `oneOf`.
pub(crate) fn is_entry(pointer: &str, lists: &[&str]) -> bool {
    let mut last = pointer.rsplit('/');
    // A property may be called like the keyword, and then a keyword follows.
    let is_position = last
        .next()
        .is_some_and(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()));
    is_position && last.next().is_some_and(|keyword| lists.contains(&keyword))
}

/// Whether `pointer` is `prefix` or below it.
pub(crate) fn is_within(pointer: &str, prefix: &str) -> bool {
    pointer
        .strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a pointer is one of the sorted `places`, or points into what one of them points to.
pub(crate) fn is_within_one(pointer: &str, places: &[String]) -> bool {
    let mut above = Some(pointer);
    while let Some(place) = above {
        if places
            .binary_search_by(|one| one.as_str().cmp(place))
            .is_ok()
        {
            return true;
        }
        above = parent(place);
    }
    false
}

/// Reads the fragment of a local reference (`#/a/b`) as a pointer. URI fragments are percent-encoded (RFC 6901 §6).
pub(crate) fn from_fragment(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    if !fragment.contains('%') {
        return Some(fragment.to_owned());
    }
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let (high, low) = (rest.next()?, rest.next()?);
        let digit = |byte: u8| (byte as char).to_digit(16);
        let code = digit(high)? * 16 + digit(low)?;
        bytes.push(u8::try_from(code).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_escape_and_come_back() {
        for key in ["", "a", "a/b", "m~n", "~1", "/~"] {
            assert_eq!(unescape(&escape(key)), key);
        }
        assert_eq!(join("/paths", "/a/{b}"), "/paths/~1a~1{b}");
        assert_eq!(keys("/paths/~1a/~01"), ["paths", "/a", "~1"]);
    }

    #[test]
    fn fragments_are_percent_decoded() {
        assert_eq!(
            from_fragment("#/a%20b/%7Bc%7D").as_deref(),
            Some("/a b/{c}")
        );
        assert_eq!(from_fragment("#/a%2"), None);
        assert_eq!(from_fragment("other.json#/a"), None);
    }

    #[test]
    fn entries_of_a_list_have_a_position() {
        assert!(is_entry("/a/oneOf/0", &["anyOf", "oneOf"]));
        for other in ["", "/0", "/a/oneOf", "/a/oneOf/items", "/a/allOf/0"] {
            assert!(!is_entry(other, &["anyOf", "oneOf"]), "{other}");
        }
    }

    #[test]
    fn a_prefix_ends_at_a_segment() {
        assert!(is_within("/a/b", "/a"));
        assert!(is_within("/a", "/a"));
        assert!(!is_within("/ab", "/a"));
        assert!(is_within("/a", ""));
    }
}
