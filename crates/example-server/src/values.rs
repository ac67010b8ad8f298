//! Values of the document's media types: documented examples, else made from the schema.

use std::cell::RefCell;
use std::collections::BTreeMap;

use openapi_samples::Sampler;
use serde_json::{Value, json};

use crate::document::At;
use crate::request::{essence, is_json};
use crate::successes::Successes;

/// Makes values of one document. What it makes of a schema is kept, because errors are described alike everywhere.
pub(crate) struct Values {
    sampler: Sampler,
    made: RefCell<BTreeMap<String, Option<Value>>>,
}

impl Values {
    /// `document` is the one before lowering, as its authors wrote it: lowering leaves the examples of media types out, and
    /// widens schemas, so that what it allows is more than what the API promises.
    pub(crate) fn new(document: &Value) -> Self {
        Self {
            sampler: Sampler::new(document),
            made: RefCell::default(),
        }
    }

    /// The values of a media type, a parameter or a header, the one to answer first; none if it says nothing of them.
    ///
    /// `example` wins over `examples`, of which the first one is that of the first name: the documents' objects are sorted.
    /// A text that stands where the schema wants something else is taken for the JSON that it holds, if it holds any: vendors
    /// paste answers into `example`.
    pub(crate) fn of(&self, holder: &At<'_>) -> Vec<Value> {
        self.adjusted(holder, &Successes::default())
    }

    /// The same, where a value that was made of a schema has to be one of a success.
    pub(crate) fn adjusted(&self, holder: &At<'_>, successes: &Successes<'_>) -> Vec<Value> {
        let mut documented = documented(holder);
        let schema = holder
            .member("schema")
            .or_else(|| holder.member("itemSchema"));
        if documented.is_empty() {
            let mut made = schema.and_then(|schema| self.of_schema(&schema));
            made.iter_mut().for_each(|made| successes.adjust(made));
            return made.into_iter().collect();
        }
        for value in &mut documented {
            let parsed = value
                .as_str()
                .and_then(|text| serde_json::from_str(text).ok());
            if let (Some(parsed), Some(schema)) = (parsed, &schema)
                && !self.sampler.allows(&schema.pointer, value)
            {
                *value = parsed;
            }
        }
        documented
    }

    /// Whether the schema of a media type allows a value; anything if it has none.
    pub(crate) fn allows(&self, holder: &At<'_>, value: &Value) -> bool {
        let schema = holder.member("schema");
        schema.is_none_or(|schema| self.sampler.allows(&schema.pointer, value))
    }

    fn of_schema(&self, schema: &At<'_>) -> Option<Value> {
        let reference = schema
            .text("$ref")
            .and_then(|reference| reference.strip_prefix('#'));
        // A reference with something beside it is a schema of its own.
        let alone = schema
            .value
            .as_object()
            .is_some_and(|members| members.len() == 1);
        let key = reference.filter(|_| alone).unwrap_or(&schema.pointer);
        if let Some(known) = self.made.borrow().get(key) {
            return known.clone();
        }
        let made = self.sampler.example(&schema.pointer);
        self.made.borrow_mut().insert(key.to_owned(), made.clone());
        made
    }
}

/// What a media type of a document without schema and examples is answered with: JSON has to be something.
pub(crate) fn unknown(media_type: &str) -> Option<Value> {
    is_json(&essence(media_type)).then(|| json!({}))
}

fn documented(holder: &At<'_>) -> Vec<Value> {
    let named = holder.get("examples");
    let named = named.iter().flat_map(At::members);
    // `dataValue` and `serializedValue` are those of OpenAPI 3.2; what is behind `externalValue` is nowhere here.
    let value = |example: At<'_>| {
        let keys = ["value", "dataValue", "serializedValue"];
        keys.iter().find_map(|key| example.value.get(key).cloned())
    };
    let own = holder.value.get("example").cloned();
    own.into_iter()
        .chain(named.filter_map(|(_, example)| value(example)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(media: Value) -> Vec<Value> {
        let document = json!({
            "openapi": "3.1.0",
            "media": media,
            "components": {
                "schemas": {"Pet": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer", "example": 7}}}},
                "examples": {"shared": {"value": {"id": 9}}}
            }
        });
        let values = Values::new(&document);
        values.of(&At::pointer(&document, "/media").unwrap())
    }

    #[test]
    fn a_documented_value_is_taken_before_a_made_one() {
        let pet = json!({"$ref": "#/components/schemas/Pet"});
        for (media, expected) in [
            (
                json!({"schema": pet, "example": {"id": null}}),
                vec![json!({"id": null})],
            ),
            (
                json!({"schema": pet, "examples": {"b": {"value": 2}, "a": {"$ref": "#/components/examples/shared"}, "c": {"externalValue": "x"}}}),
                vec![json!({"id": 9}), json!(2)],
            ),
            (json!({"schema": pet}), vec![json!({"id": 7})]),
            (
                json!({"schema": {"type": "string", "example": "x"}}),
                vec![json!("x")],
            ),
            (json!({}), vec![]),
        ] {
            assert_eq!(of(media.clone()), expected, "{media}");
        }
    }

    #[test]
    fn json_that_was_pasted_as_a_text_is_json() {
        let pet = json!({"$ref": "#/components/schemas/Pet"});
        assert_eq!(
            of(json!({"schema": pet, "example": "{\"id\": 3}"})),
            [json!({"id": 3})]
        );
        assert_eq!(of(json!({"schema": pet, "example": "{id"})), [json!("{id")]);
        assert_eq!(
            of(json!({"schema": {"type": "string"}, "example": "3"})),
            [json!("3")]
        );
    }
}
