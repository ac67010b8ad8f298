//! What the body of a success has: by `x-success`, for APIs that answer failed calls with the status of a success, and by `x-job`, where
//! only a job that is done is the end of waiting.

use serde_json::Value;

use crate::document::At;

/// The extensions `x-success` and `x-job` of an operation, as README.md describes them: pointers into the body, each with the values of a
/// success.
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
        let job = operation.get("x-job");
        let done = job.as_ref().and_then(|job| {
            let states = job.value.get("done")?.as_array()?;
            Some((job.value.get("state")?.as_str()?, states.as_slice()))
        });
        Self {
            demanded: demanded.chain(done).collect(),
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

    #[test]
    fn a_made_job_is_done() {
        let document =
            json!({"op": {"x-job": {"state": "/a/b", "done": ["ok", "well"], "failed": ["no"]}}});
        let operation = At::pointer(&document, "/op").unwrap();
        let successes = Successes::read(&operation);
        for (state, expected) in [("no", "ok"), ("well", "well")] {
            let mut body = json!({"a": {"b": state}});
            successes.adjust(&mut body);
            assert_eq!(body["a"]["b"], expected);
        }
    }
}
