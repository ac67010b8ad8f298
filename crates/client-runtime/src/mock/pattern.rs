//! Patterns of the crate `regex`, which is what mock servers count and compare by.

/// The pattern that a text alone matches, as a part of a longer pattern.
pub(super) fn literal(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        // All that means something in a pattern; letters behind a backslash would mean something, too.
        if r"\.+*?()|[]{}^$#&-~".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

/// The pattern of this text and no other.
pub(super) fn exactly(text: &str) -> String {
    format!("^{}$", literal(text))
}

/// The pattern of every text.
pub(super) const ANY: &str = "";

#[cfg(test)]
mod tests {
    use httpmock::Regex;

    use super::*;

    #[test]
    fn a_text_matches_itself_alone() {
        for text in [
            "a.b",
            r"\d",
            "[x]*(y|z)?",
            "^a$",
            "{1,2}",
            "a#b&c-d~e",
            "\u{e4} \n",
            "<b>",
        ] {
            let pattern = Regex::from(exactly(text));
            assert!(pattern.0.is_match(text), "{text}");
            assert!(!pattern.0.is_match("aXb"), "{text}");
            assert!(!pattern.0.is_match(&format!("{text}{text}")), "{text}");
        }
        assert!(Regex::from(ANY).0.is_match("\n"));
    }
}
