//! Licences.

use serde_json::Value;

use crate::types::Node;

/// The licence of a node.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum License {
    /// A file of the repository has it: `{"file": "LICENSE"}`.
    File(String),
    /// Words, or the name of a licence: `{"text": "MIT"}`.
    Text(String),
    /// What is written without being JSON, most often a name: `MIT`.
    Plain(String),
    /// JSON of another form.
    Other(Value),
}

impl License {
    #[inline]
    fn of(text: &str) -> Self {
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return Self::Plain(text.to_owned());
        };
        let named = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        match (named("file"), named("text"), value.as_str()) {
            (Some(file), _, _) => Self::File(file),
            (None, Some(text), _) => Self::Text(text),
            (None, None, Some(text)) => Self::Plain(text.to_owned()),
            (None, None, None) => Self::Other(value),
        }
    }
}

impl Node {
    /// What [`license`](field@Self::license) says; `None` if it says nothing.
    #[must_use]
    #[inline]
    pub fn parsed_license(&self) -> Option<License> {
        let text = self.license.as_deref()?.trim();
        (!text.is_empty() && text != "null" && text != "{}").then(|| License::of(text))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_form_of_a_licence() {
        for (text, expected) in [
            (
                r#"{"file": "LICENSE"}"#,
                Some(License::File("LICENSE".to_owned())),
            ),
            (r#"{"text": "MIT"}"#, Some(License::Text("MIT".to_owned()))),
            (r#""MIT""#, Some(License::Plain("MIT".to_owned()))),
            (
                "GPL-3.0 or later",
                Some(License::Plain("GPL-3.0 or later".to_owned())),
            ),
            (r#"{"file": 7}"#, Some(License::Other(json!({"file": 7})))),
            (
                r#"{"file": "#,
                Some(License::Plain(r#"{"file":"#.to_owned())),
            ),
            ("{}", None),
            ("null", None),
            (" ", None),
        ] {
            assert_eq!(
                Node::new().license(text).parsed_license(),
                expected,
                "{text}"
            );
        }
        assert_eq!(Node::new().parsed_license(), None);
    }
}
