//! Values as texts, lists and objects: what parameters, forms and multipart bodies are written from.

mod serializer;

use std::fmt;

use serde::Serialize;

use crate::file_part::{self, FilePart};
use serializer::Builder;

/// A value without its Rust type.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    /// No value: what JSON has as `null`.
    Null,
    /// A text, or a number or a boolean as text.
    Text {
        text: String,
        is_string: bool,
    },
    List(Vec<Tree>),
    /// Properties in the order of the type.
    Object(Vec<(String, Tree)>),
    File(FilePart),
}

/// Why a value cannot be written. Our own reasons never quote the value.
#[derive(Debug)]
pub(crate) enum TreeError {
    Nested,
    Unnamed,
    NotText,
    /// A file that has no text.
    File(&'static str),
    NotFinite,
    NoText,
    Delimiter,
    Custom(String),
}

impl Tree {
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, TreeError> {
        file_part::handing_over(|| value.serialize(Builder))
    }

    /// The value as JSON. Only a file can fail: it may be no text.
    pub(crate) fn to_json(&self) -> Result<String, TreeError> {
        let mut json = String::new();
        self.write_json(&mut json)?;
        Ok(json)
    }

    fn write_json(&self, json: &mut String) -> Result<(), TreeError> {
        match self {
            Self::Null => json.push_str("null"),
            Self::Text {
                text,
                is_string: false,
            } => json.push_str(text),
            Self::Text { text, .. } => write_string(text, json),
            Self::File(file) => write_string(file.text().map_err(TreeError::File)?, json),
            Self::List(items) => {
                json.push('[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        json.push(',');
                    }
                    item.write_json(json)?;
                }
                json.push(']');
            }
            Self::Object(properties) => {
                json.push('{');
                for (position, (name, value)) in properties.iter().enumerate() {
                    if position > 0 {
                        json.push(',');
                    }
                    write_string(name, json);
                    json.push(':');
                    value.write_json(json)?;
                }
                json.push('}');
            }
        }
        Ok(())
    }

    /// The text of a value that is one, `None` for no value.
    pub(crate) fn text(&self) -> Result<Option<&str>, TreeError> {
        match self {
            Self::Null => Ok(None),
            Self::Text { text, .. } => Ok(Some(text)),
            Self::File(file) => file.text().map(Some).map_err(TreeError::File),
            Self::List(_) | Self::Object(_) => Err(TreeError::Nested),
        }
    }
}

fn write_string(text: &str, json: &mut String) {
    json.push_str(&serde_json::Value::from(text).to_string());
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nested => "an array or object inside another has no encoding",
            Self::Unnamed => "it is not an object, so that its values have no names",
            Self::NotText => "its bytes are not UTF-8",
            Self::File(problem) => problem,
            Self::NotFinite => "a number is not finite",
            Self::NoText => "it has no value",
            Self::Delimiter => "an item holds a comma, which would make two of it",
            Self::Custom(message) => message,
        })
    }
}

impl std::error::Error for TreeError {}

impl serde::ser::Error for TreeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Custom(message.to_string())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_is_the_same_again() {
        #[derive(Serialize)]
        enum Either {
            Some { a: f32 },
            Pair(u8, u8),
            One(&'static str),
        }
        let value = json!({"b": [1, 2.5, "x\"y\n", null, true], "a": {"c": {}}});
        assert_eq!(
            Tree::of(&value).unwrap().to_json().unwrap(),
            value.to_string()
        );
        for (value, json) in [
            (Either::Some { a: 0.1 }, r#"{"Some":{"a":0.1}}"#),
            (Either::Pair(1, 2), r#"{"Pair":[1,2]}"#),
            (Either::One("x"), r#"{"One":"x"}"#),
        ] {
            assert_eq!(Tree::of(&value).unwrap().to_json().unwrap(), json);
        }
        assert!(Tree::of(&f64::NAN).is_err());
    }
}
