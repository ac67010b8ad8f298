//! Properties that hold at compile time.

use client_runtime::{BuildError, Config, Error, FilePart, Inner, ResponseValue, Untyped};

use crate::miniature::{Client, error::GetWidgetError};

#[test]
fn futures_are_send() {
    fn is_send<T: Send>(_: T) {}
    let client = Client::builder()
        .base_url("http://localhost:1")
        .build()
        .unwrap();
    // Made, not run.
    is_send(client.get_widget().send());
    is_send(client.create_widget().json(Default::default()));
    is_send(client.create_widget().form(()));
    is_send(client.delete_widget().send());
    is_send(client.download().send());
}

#[test]
fn values_cross_threads_and_tasks() {
    fn is_send_sync<T: Send + Sync + 'static>() {}
    is_send_sync::<Client>();
    is_send_sync::<Config>();
    is_send_sync::<Inner>();
    is_send_sync::<BuildError>();
    is_send_sync::<FilePart>();
    is_send_sync::<Error>();
    is_send_sync::<Error<GetWidgetError>>();
    is_send_sync::<ResponseValue<client_runtime::ByteStream>>();
}

#[test]
fn an_error_is_one_pointer() {
    assert_eq!(size_of::<Error<GetWidgetError>>(), size_of::<usize>());
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn an_error_is_a_standard_error() {
    fn boxed(error: Error<GetWidgetError>) -> Box<dyn std::error::Error + Send + Sync> {
        error.into()
    }
    let error = boxed(Error::invalid_request("a\nb".to_owned()));
    assert_eq!(error.to_string(), "invalid request: a\\nb");
}

#[test]
fn made_up_answers() {
    let value = ResponseValue::new(1, reqwest::StatusCode::OK, Default::default()).map(|n| n + 1);
    assert_eq!(*value, 2);
    assert_eq!(value.into_inner(), 2);
    let error: Error<Untyped> = Error::<GetWidgetError>::invalid_request("x".into()).into_untyped();
    assert!(error.is_invalid_request() && error.typed().is_none());
}
