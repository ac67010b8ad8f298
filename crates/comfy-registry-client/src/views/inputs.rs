//! Inputs of a class.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::{Map, Value};

use super::Embedded;
use crate::types::ComfyNode;

/// The inputs of a class, as ComfyUI's `INPUT_TYPES` gives them. The inputs of a group are in the order of their names.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct InputTypes {
    /// Those that have to be there.
    pub required: Vec<Input>,
    /// Those that may be left out.
    pub optional: Vec<Input>,
    /// Those that ComfyUI fills in by itself.
    pub hidden: Vec<Input>,
}

/// An input of a class.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Input {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub kind: InputKind,
    /// What is said about it, as `default` or `min`.
    pub options: Map<String, Value>,
}

/// What an input takes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum InputKind {
    /// A value of this type, as `IMAGE` or `FLOAT`.
    Type(String),
    /// One of these.
    Choice(Vec<Value>),
    /// Something else, as it was.
    Other(Value),
}

impl Input {
    /// `["FLOAT", {"default": 2.0}]`, or the type alone, as hidden inputs have it.
    #[inline]
    fn of(name: &str, value: &Value) -> Self {
        let parts = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        let kind = match parts.first() {
            Some(Value::String(text)) => InputKind::Type(text.clone()),
            Some(Value::Array(choices)) => InputKind::Choice(choices.clone()),
            _ => InputKind::Other(value.clone()),
        };
        let options = parts.get(1).and_then(Value::as_object);
        Self {
            name: name.to_owned(),
            kind,
            options: options.cloned().unwrap_or_default(),
        }
    }
}

impl<'de> Deserialize<'de> for InputTypes {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let groups = Map::deserialize(deserializer)?;
        let group = |name: &str| match groups.get(name) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Object(inputs)) => Ok(inputs
                .iter()
                .map(|(name, value)| Input::of(name, value))
                .collect()),
            Some(_) => Err(D::Error::custom(format_args!("`{name}` is not an object"))),
        };
        Ok(Self {
            required: group("required")?,
            optional: group("optional")?,
            hidden: group("hidden")?,
        })
    }
}

impl ComfyNode {
    /// What [`input_types`](field@Self::input_types) holds; `None` if it holds nothing.
    #[must_use]
    #[inline]
    pub fn parsed_input_types(&self) -> Option<Embedded<InputTypes>> {
        Embedded::of(self.input_types.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn inputs_of_every_kind() {
        let text = json!({
            "required": {"scale": ["FLOAT", {"default": 2.0}], "mode": [["fast", "good"]], "odd": []},
            "hidden": {"prompt": "PROMPT"},
            "optional": null,
        });
        let class = ComfyNode::new().input_types(text.to_string());
        let Some(Embedded::Value(inputs)) = class.parsed_input_types() else {
            panic!("not read")
        };
        let kinds: Vec<(&str, &InputKind)> = inputs
            .required
            .iter()
            .map(|input| (input.name.as_str(), &input.kind))
            .collect();
        let choice = InputKind::Choice(vec![json!("fast"), json!("good")]);
        let float = InputKind::Type("FLOAT".to_owned());
        assert_eq!(
            kinds,
            [
                ("mode", &choice),
                ("odd", &InputKind::Other(json!([]))),
                ("scale", &float)
            ]
        );
        assert_eq!(inputs.required[2].options["default"], json!(2.0));
        assert_eq!(inputs.hidden[0].kind, InputKind::Type("PROMPT".to_owned()));
        assert!(inputs.optional.is_empty());
    }

    #[test]
    fn what_is_something_else_is_kept() {
        let of = |text: &str| ComfyNode::new().input_types(text).parsed_input_types();
        assert_eq!(
            of(r#"{"required": 7}"#),
            Some(Embedded::Json(json!({"required": 7})))
        );
        assert_eq!(of("[1]"), Some(Embedded::Json(json!([1]))));
        assert_eq!(
            of("{'required': {}}"),
            Some(Embedded::Text("{'required': {}}".to_owned()))
        );
        assert_eq!(of("{}"), Some(Embedded::Value(InputTypes::default())));
        assert_eq!(of(""), None);
        let class = ComfyNode::new()
            .return_types(r#"["IMAGE", ["a"]]"#)
            .return_names("x");
        assert_eq!(
            class.parsed_return_types(),
            Some(Embedded::Value(vec![json!("IMAGE"), json!(["a"])]))
        );
        assert_eq!(
            class.parsed_return_names(),
            Some(Embedded::Text("x".to_owned()))
        );
    }
}
