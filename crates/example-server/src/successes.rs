//! `x-success`: what the body of a success has, for APIs that answer failed calls with the status of a success.

use serde_json::Value;

use crate::document::At;

/// The extension `x-success` of an operation, as README.md describes it: pointers into the body, each with the values of a success.
#[derive(Debug, Default)]
pub(crate) struct Successes<'a> {
    demanded: Vec<(&'a str, &'a [Value])>,
}

impl<'a> Successes<'a> {
    pub(crate) fn read(operation: &At<'a>) -> Self {
        let stated = operation.get("x-success");
        let stated = stated.iter().flat_map(At::members);
        let demanded = stated
            .filter_map(|(pointer, values)| Some((pointer, values.value.as_array()?.as_slice())));
        Self {
            demanded: demanded.collect(),
        }
    }

    /// Makes a made-up body one of a success: a client reads it as an error otherwise.
    pub(crate) fn adjust(&self, body: &mut Value) {
        for (pointer, values) in &self.demanded {
            if let (Some(place), Some(first)) = (body.pointer_mut(pointer), values.first())
                && !values.contains(place)
            {
                *place = first.clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_made_body_becomes_that_of_a_success() {
        let document =
            json!({"op": {"x-success": {"/code": [100, 101], "/a/b": [true], "/gone": [1]}}});
        let operation = At::pointer(&document, "/op").unwrap();
        let successes = Successes::read(&operation);
        let adjusted = |mut body: Value| {
            successes.adjust(&mut body);
            body
        };
        assert_eq!(
            adjusted(json!({"code": 1, "a": {"b": false}})),
            json!({"code": 100, "a": {"b": true}})
        );
        assert_eq!(adjusted(json!({"code": 101})), json!({"code": 101}));
        assert_eq!(adjusted(json!("x")), json!("x"));
    }
}
