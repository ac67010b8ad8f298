//! What the servers of both APIs really send, which is not always what is documented: each row is an answer that somebody has recorded or
//! that follows from a server's code, in words of our own, and what a caller of the client gets. Its source is a row of the facts that the
//! documents in `specs/` were written from.
//!
//! What is general in these is in kitchen-sink-client's table; here it is the documents that are tested.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use std::fmt::Debug;

use heygen_client::{Error, ResponseValue};
use loopback::Response;
use serde::Serialize;
use serde_json::Value;

/// What a caller gets of an answer.
#[derive(Debug, PartialEq)]
enum Got {
    /// A value, as it would be written again.
    Value(Value),
    /// An error of this status.
    Error {
        status: u16,
        /// Whether its body is what the document describes for the status.
        is_typed: bool,
        message: Option<String>,
    },
    /// A success whose body is something else than described: where.
    Undecodable(String),
}

impl Got {
    fn of<T: Serialize, E: Debug>(result: Result<ResponseValue<T>, Error<E>>) -> Self {
        match result {
            Ok(value) => Self::Value(serde_json::to_value(value.into_inner()).unwrap()),
            Err(error) if error.is_decode() => {
                Self::Undecodable(error.decode_path().unwrap_or_default().to_owned())
            }
            Err(error) => Self::Error {
                status: error.status().unwrap().as_u16(),
                is_typed: error.typed().is_some(),
                message: error.message().map(str::to_owned),
            },
        }
    }
}

fn value(value: Value) -> Got {
    Got::Value(value)
}

fn failed(status: u16, is_typed: bool, message: Option<&str>) -> Got {
    Got::Error {
        status,
        is_typed,
        message: message.map(str::to_owned),
    }
}

fn typed(status: u16, message: &str) -> Got {
    failed(status, true, Some(message))
}

/// An error whose body the document does not describe, or describes otherwise.
fn untyped(status: u16, message: Option<&str>) -> Got {
    failed(status, false, message)
}

fn json_of(status: u16, body: &str) -> Response {
    Response::json(status, body)
}

/// Makes a call for each answer and compares what came of it. All answers of a row are looked at before it fails.
macro_rules! served {
    ($($name:ident $source:literal |$client:ident| $call:expr => { $($answer:expr => $expected:expr;)+ })+) => {
        $(
            #[tokio::test]
            async fn $name() {
                let mut wrong = Vec::new();
                for (answer, expected) in [$(($answer, $expected)),+] {
                    let server = Server::start(vec![answer]).unwrap();
                    let $client = client(&server);
                    let found = Got::of($call.send().await);
                    if found != expected {
                        wrong.push(format!("{found:#?}\ninstead of {expected:#?}"));
                    }
                }
                assert!(wrong.is_empty(), "{}: {}", $source, wrong.join("\n"));
            }
        )+
    };
}

mod comfy_registry;
mod heygen;
