//! Keeping known secrets out of text that others wrote: a server can echo a key, and a library's message can quote it.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::path::percent_encode;

/// What takes a secret's place.
pub(crate) const REDACTED: &str = "[redacted]";

/// Shorter values are not looked for: they are no secrets, and would tear holes into ordinary words.
const SHORTEST: usize = 4;

/// Every form in which the credentials of a client can appear in text.
pub(crate) struct Secrets {
    needles: Vec<SecretString>,
}

impl Secrets {
    pub(crate) const fn none() -> Self {
        Self {
            needles: Vec::new(),
        }
    }

    pub(crate) fn new(values: impl IntoIterator<Item = String>) -> Self {
        let mut needles: Vec<String> = Vec::new();
        for value in values {
            if value.len() >= SHORTEST {
                // As `{:?}` of a text and as `escape_debug` write it, which differ in `'`; as JSON and as a URL write it.
                let debug = format!("{value:?}");
                needles.push(debug[1..debug.len() - 1].to_owned());
                needles.push(value.escape_debug().to_string());
                needles.push(value.replace('/', "\\/"));
                needles.push(form_urlencoded::byte_serialize(value.as_bytes()).collect());
                needles.push(percent_encode(&value));
                // Servers echo base64 also without its padding.
                needles.push(value.trim_end_matches('=').to_owned());
                needles.push(value);
            }
        }
        needles.retain(|needle| needle.len() >= SHORTEST);
        needles.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        needles.dedup();
        Self {
            needles: needles.into_iter().map(SecretString::from).collect(),
        }
    }

    pub(crate) fn found_in(&self, text: &[u8]) -> bool {
        self.found_as_it_is(text) || self.found_as_it_is(&percent_decoded(text))
    }

    fn found_as_it_is(&self, text: &[u8]) -> bool {
        self.needles.iter().any(|needle| {
            let needle = needle.expose_secret().as_bytes();
            text.windows(needle.len()).any(|window| window == needle)
        })
    }

    /// The text with every secret replaced.
    pub(crate) fn scrub(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for needle in &self.needles {
            if text.contains(needle.expose_secret()) {
                text = text.replace(needle.expose_secret(), REDACTED);
            }
        }
        // A URL may spell a secret in many ways; then nothing of the text can be kept.
        if self.found_as_it_is(&percent_decoded(text.as_bytes())) {
            return REDACTED.to_owned();
        }
        text
    }
}

fn percent_decoded(text: &[u8]) -> Vec<u8> {
    percent_encoding::percent_decode(text).collect()
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_replaced() {
        let secrets = Secrets::new(["p\"ä key".to_owned(), "abc".to_owned()]);
        for text in [
            "p\"ä key",
            &format!("{:?}", "p\"ä key"),
            "p%22%C3%A4+key",
            "p%22%C3%A4%20key",
        ] {
            let text = format!("before {text} after abc");
            assert!(secrets.found_in(text.as_bytes()), "{text}");
            let scrubbed = secrets.scrub(&text);
            assert!(!scrubbed.contains("key"), "{scrubbed}");
            assert!(scrubbed.ends_with("after abc"), "{scrubbed}");
        }
        // Partly encoded, in the case that nobody uses: nothing of the text is kept.
        assert_eq!(secrets.scrub("before p\"%c3%A4 key after"), REDACTED);
        let both = Secrets::new(["it's-\"planted\"".to_owned(), "dXNlcjpwYXNz==".to_owned()]);
        for text in [
            "it's-\"planted\"",
            &format!("{:?}", "it's-\"planted\""),
            "dXNlcjpwYXNz",
        ] {
            assert!(both.found_in(text.as_bytes()), "{text}");
            assert_eq!(both.scrub(text).trim_matches('"'), REDACTED, "{text}");
        }
        assert!(!secrets.found_in(b"nothing"));
        assert_eq!(format!("{secrets:?}"), "Secrets");
    }
}
