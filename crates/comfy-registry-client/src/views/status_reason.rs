//! Why a version has its status.

use serde_json::Value;

use crate::types::NodeVersion;

/// Why a version has its status.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StatusReason {
    /// What the scan found, each in the words of the scanner.
    Findings(Vec<Value>),
    /// What somebody says who changed the status.
    #[non_exhaustive]
    Message {
        /// What is said.
        message: Option<String>,
        /// Who says so.
        by: Option<String>,
        /// The states before, in the words of the registry.
        history: Vec<Value>,
        /// All of it.
        all: Value,
    },
    /// Plain words.
    Text(String),
    /// JSON of another form.
    Other(Value),
}

impl StatusReason {
    #[inline]
    fn of(text: &str) -> Self {
        match serde_json::from_str(text) {
            Ok(Value::Array(findings)) => Self::Findings(findings),
            Ok(Value::String(text)) => Self::Text(text),
            Ok(Value::Object(object)) => {
                let text = |name: &str| object.get(name)?.as_str().map(str::to_owned);
                let history = object.get("statusHistory").and_then(Value::as_array);
                Self::Message {
                    message: text("message"),
                    by: text("by"),
                    history: history.cloned().unwrap_or_default(),
                    all: Value::Object(object),
                }
            }
            Ok(other) => Self::Other(other),
            Err(_) => Self::Text(text.to_owned()),
        }
    }
}

impl NodeVersion {
    /// What [`status_reason`](field@Self::status_reason) says; `None` if it says nothing, as in all answers but those of `list_node_versions` with
    /// `include_status_reason` and a few others.
    #[must_use]
    #[inline]
    pub fn parsed_status_reason(&self) -> Option<StatusReason> {
        let text = self.status_reason.as_deref()?.trim();
        (!text.is_empty() && text != "null").then(|| StatusReason::of(text))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_form_of_a_reason() {
        let history = json!({"statusHistory": [{"status": "Pending"}], "by": "a", "message": "m"});
        let plain = |text: &str| Some(StatusReason::Text(text.to_owned()));
        for (text, expected) in [
            (
                r#"[{"rule": "eval"}, 7]"#.to_owned(),
                Some(StatusReason::Findings(vec![
                    json!({"rule": "eval"}),
                    json!(7),
                ])),
            ),
            ("[]".to_owned(), Some(StatusReason::Findings(vec![]))),
            (
                history.to_string(),
                Some(StatusReason::Message {
                    message: Some("m".to_owned()),
                    by: Some("a".to_owned()),
                    history: vec![json!({"status": "Pending"})],
                    all: history,
                }),
            ),
            (
                r#"{"message": 7}"#.to_owned(),
                Some(StatusReason::Message {
                    message: None,
                    by: None,
                    history: vec![],
                    all: json!({"message": 7}),
                }),
            ),
            ("found eval()".to_owned(), plain("found eval()")),
            (r#""found""#.to_owned(), plain("found")),
            ("[broken".to_owned(), plain("[broken")),
            ("7".to_owned(), Some(StatusReason::Other(json!(7)))),
            ("null".to_owned(), None),
            (String::new(), None),
        ] {
            let version = NodeVersion::new().status_reason(text.as_str());
            assert_eq!(version.parsed_status_reason(), expected, "{text}");
        }
        assert_eq!(NodeVersion::new().parsed_status_reason(), None);
    }
}
