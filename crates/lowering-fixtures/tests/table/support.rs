//! What the rows are written with.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A row per fixture: its name, what it is about, and what goes through it.
macro_rules! rows {
    ($($fixture:ident $about:literal $body:block)*) => {
        $(
            #[test]
            fn $fixture() {
                #[allow(unused_imports, reason = "not every row needs both")]
                use lowering_fixtures::$fixture::{Client, types};
                $body
            }
        )*
        pub(crate) const ROWS: &[(&str, &str)] = &[$((stringify!($fixture), $about)),*];
    };
}

/// Calls the client and compares the request: its line, headers, and body.
macro_rules! sends {
    (|$client:ident| $call:expr, $line:literal $(, header $name:literal $value:expr)* $(, body $body:expr)?) => {{
        let (server, _) = answered!(204, "", |$client| $call);
        let request = server.only_request();
        assert_eq!(request.line, $line);
        $(assert_eq!(request.header($name), $value);)*
        $(assert_eq!(String::from_utf8_lossy(&request.body), $body);)?
    }};
}

/// Calls the client, which gets this answer.
macro_rules! answered {
    ($status:literal, $body:expr, |$client:ident| $call:expr) => {{
        let answer =
            loopback::Response::new($status, &[("content-type", "application/json")], $body);
        let server = loopback::Server::start(vec![answer]).unwrap();
        let $client = Client::builder()
            .base_url(server.base_url())
            .retry(::client_runtime::RetryPolicy::off())
            .build()
            .unwrap();
        let result = $crate::support::runtime().block_on($call.send());
        (server, result)
    }};
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// JSON in, the same JSON out.
#[track_caller]
pub(crate) fn same<T: DeserializeOwned + Serialize>(json: &str) {
    becomes::<T>(json, json);
}

#[track_caller]
pub(crate) fn becomes<T: DeserializeOwned + Serialize>(json: &str, wanted: &str) {
    let value: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    let wanted: Value = serde_json::from_str(wanted).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), wanted);
}

#[track_caller]
pub(crate) fn refused<T: DeserializeOwned + std::fmt::Debug>(json: &str) {
    if let Ok(value) = serde_json::from_str::<T>(json) {
        panic!("{json} was decoded as {value:?}");
    }
}

/// JSON is of this variant, and the same comes out.
#[track_caller]
pub(crate) fn is<T: DeserializeOwned + Serialize + std::fmt::Debug>(json: &str, variant: &str) {
    same::<T>(json);
    let debug = format!("{:?}", serde_json::from_str::<T>(json).unwrap());
    assert_eq!(debug.split(['(', ' ']).next(), Some(variant), "{debug}");
}
