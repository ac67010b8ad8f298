//! Calls of what the document does not describe, and of what it says will go.

use kitchen_sink_client::{ByteStream, Client, Error, Method, RawCall, ResponseValue};
use serde_json::{Value, json as value};

use crate::support::*;

/// A call whose answer is JSON.
struct Raw<'c>(RawCall<'c, Client>);

impl Raw<'_> {
    async fn send(self) -> Result<ResponseValue<Value>, Error> {
        self.0.send().await
    }
}

/// A call whose answer is bytes.
struct Bytes<'c>(RawCall<'c, Client>);

impl Bytes<'_> {
    async fn send(self) -> Result<ByteStream, Error> {
        self.0.send_stream().await.map(ResponseValue::into_inner)
    }
}

reads! {
    any_success_is_one "issue 5" |c| Raw(c.request(Method::POST, "/jobs")) => {
        json(202, r#"{"id":"j1"}"#) => Ok(answer) => {
            assert_eq!((answer.status().as_u16(), &*answer), (202, &value!({"id": "j1"})));
        }
        none(204) => Ok(answer) => { assert_eq!(*answer, Value::Null); }
    }
    any_answer_may_be_bytes "issue 5" |c| Bytes(c.request(Method::GET, "/files")) => {
        plain(200, [0, 255]) => Ok(mut stream) => {
            assert_eq!(stream.chunk().await.unwrap().unwrap(), [0, 255].as_slice());
        }
    }
    any_other_status_is_an_error_that_keeps_it "issue 5" |c| Raw(c.request(Method::GET, "/jobs")) => {
        json(429, r#"{"why":"slow down"}"#) => Err(error) => {
            assert_eq!(kept(&error), (429, r#"{"why":"slow down"}"#));
        }
    }
}

sends! {
    a_call_has_the_token_of_the_client_and_what_was_set "issue 5" {
        |c| Raw(c.request(Method::POST, "/jobs%2F1?dry=1").query(&[("tag", "a b")]).header("x-trace", "7").json(&value!({"kind": "new"}))) =>
            "POST /v1/jobs%2F1?dry=1&tag=a%20b HTTP/1.1", header "authorization" ["Bearer t"], header "x-trace" ["7"],
            header "content-type" ["application/json"], body r#"{"kind":"new"}"#;
    }
    a_call_has_bytes "issue 5" {
        |c| Raw(c.request(Method::PUT, "/files").body(vec![1_u8, 255])) => "PUT /v1/files HTTP/1.1",
            header "content-type" [""; 0], body [1, 255];
    }
    a_call_stays_below_the_base_url "COMFY §5" {
        |c| Raw(c.request(Method::GET, "/../admin")) =>
            refused "invalid request: its path leads out of the client's base URL";
        |c| Raw(c.request(Method::GET, "/a/%2E%2e/../../v12")) =>
            refused "invalid request: its path leads out of the client's base URL";
        |c| Raw(c.request(Method::PUT, "https://files.test/signed")) =>
            refused "invalid request: the path does not start with a slash";
        |c| Raw(c.request(Method::GET, "@files.test/")) =>
            refused "invalid request: the path does not start with a slash";
        |c| Raw(c.request(Method::GET, "")) => refused "invalid request: the path does not start with a slash";
        |c| Raw(c.request(Method::GET, "/..")) =>
            refused "invalid request: its path leads out of the client's base URL";
    }
    a_path_has_nothing_that_would_be_read_otherwise "issue 5" {
        |c| Raw(c.request(Method::GET, "/\\..\\admin")) =>
            refused "invalid request: the path holds white space, `#` or a backslash, which have to be percent-encoded";
        |c| Raw(c.request(Method::GET, "/files/a#1")) =>
            refused "invalid request: the path holds white space, `#` or a backslash, which have to be percent-encoded";
        |c| Raw(c.request(Method::GET, "/a b")) =>
            refused "invalid request: the path holds white space, `#` or a backslash, which have to be percent-encoded";
        |c| Raw(c.request(Method::GET, "/a\n")) =>
            refused "invalid request: the path holds white space, `#` or a backslash, which have to be percent-encoded";
    }
    #[expect(deprecated, reason = "that is what the row is about")]
    a_deprecated_operation_is_sent_as_any_other "issue 5" {
        |c| c.forget_request() => "DELETE /v1/request HTTP/1.1", header "authorization" ["Bearer t"], body "";
    }
    #[expect(deprecated, reason = "one of them is")]
    an_operation_may_be_called_like_what_a_client_has_or_not_at_all "PROGENITOR A13" {
        |c| c.request_operation() => "GET /v1/request HTTP/1.1";
        |c| c.new_operation() => "GET /v1/new HTTP/1.1";
        |c| c.get_health() => "GET /v1/health HTTP/1.1";
    }
}
