//! A mock, a call that it expects, and calls that differ in one thing.

use std::future::Future;
use std::pin::Pin;

use kitchen_sink_client::Client;
use kitchen_sink_client::httpmock::{Mock, MockServer};

pub(crate) fn client(server: &MockServer) -> Client {
    Client::builder()
        .token("t")
        .base_url(server.base_url())
        .build()
        .unwrap()
}

pub(crate) fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A call, whatever comes of it.
pub(crate) type Call = Box<dyn Fn(Client) -> Pin<Box<dyn Future<Output = ()>>>>;

/// `|client| client.get_widget().widget_id("w1")` as a [`Call`].
macro_rules! call {
    (|$client:ident| $builder:expr) => {
        Box::new(|$client: kitchen_sink_client::Client| {
            Box::pin(async move {
                let _ = $builder.send().await;
            }) as std::pin::Pin<Box<dyn std::future::Future<Output = ()>>>
        }) as crate::support::Call
    };
}
pub(crate) use call;

/// Asserts that the mock answers the first call and none of the others.
pub(crate) async fn only_the_first_is_expected(
    name: &str,
    mock: impl for<'s> FnOnce(&'s MockServer) -> Mock<'s>,
    calls: Vec<Call>,
) {
    assert!(calls.len() > 1, "{name}: nothing differs");
    let server = MockServer::start_async().await;
    let client = client(&server);
    let mock = mock(&server);
    for (position, call) in calls.iter().enumerate() {
        call(client.clone()).await;
        assert_eq!(mock.calls_async().await, 1, "{name}: call {position}");
    }
}
