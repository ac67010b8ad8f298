//! What the decoders answer.

use serde::Deserialize;
use serde_json::Value;

/// What became of one sample.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It was decoded and encoded.
    Back {
        /// What was encoded.
        json: Value,
        /// The name of the outermost variant or struct, as `Debug` prints it.
        name: String,
    },
    /// It was not.
    Failed(String),
}

#[derive(Deserialize)]
enum Line {
    Ok([String; 2]),
    Err(String),
}

impl Answer {
    /// From what a decoder returns.
    #[must_use]
    pub fn new(result: Result<[String; 2], String>) -> Self {
        match result {
            Ok([json, debug]) => match serde_json::from_str(&json) {
                Ok(json) => Self::Back {
                    json,
                    name: outermost(&debug),
                },
                Err(error) => Self::Failed(format!("encode: not JSON: {error}")),
            },
            Err(error) => Self::Failed(error),
        }
    }

    /// From a line of a program.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        match serde_json::from_str(line) {
            Ok(Line::Ok(back)) => Self::new(Ok(back)),
            Ok(Line::Err(error)) => Self::new(Err(error)),
            Err(error) => Self::Failed(format!("the answer cannot be read: {error}")),
        }
    }
}

/// `Cat` of `Some(Cat(Cat { name: … }))`.
fn outermost(debug: &str) -> String {
    let debug = debug.strip_prefix("Some(").unwrap_or(debug);
    let end = debug.find(|c: char| !c.is_alphanumeric() && c != '_');
    debug[..end.unwrap_or(debug.len())].to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Answer;

    #[test]
    fn a_line_of_a_program() {
        let back = Answer::Back {
            json: json!({"a": 1}),
            name: "Cat".to_owned(),
        };
        assert_eq!(
            Answer::parse(r#"{"Ok":["{\"a\":1}","Some(Cat(Cat { a: 1 }))"]}"#),
            back
        );
        assert_eq!(
            Answer::parse(r#"{"Err":"decode: no"}"#),
            Answer::Failed("decode: no".to_owned())
        );
    }
}
