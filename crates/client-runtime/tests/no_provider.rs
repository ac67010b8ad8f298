//! TLS without cryptography: rustls, and no program that has installed a provider.

#![cfg(all(
    feature = "rustls-no-provider",
    not(feature = "rustls"),
    not(feature = "native-tls")
))]

use client_runtime::Config;

#[test]
fn a_missing_provider_is_an_error() {
    let built = Config::new("https://api.example.com", "test/1").build();
    let error = built.err().map(|error| error.to_string());
    assert!(
        error
            .as_ref()
            .is_some_and(|error| error.contains("install a provider of cryptography")),
        "{error:?}"
    );
}
