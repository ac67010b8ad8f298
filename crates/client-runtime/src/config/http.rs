//! The HTTP client.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Url};

use super::{BuildError, Config};
use crate::origin;
use crate::server::Server;

/// What the program changes of the HTTP client.
#[derive(Clone)]
pub(super) struct ChangeHttp(pub(super) Arc<Change>);

type Change = dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync;

impl fmt::Debug for ChangeHttp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChangeHttp")
    }
}

/// An HTTP client for calls to the base URL and to `servers`.
pub(super) fn client(
    config: &Config,
    base_url: &Url,
    servers: &[Server],
) -> Result<Client, BuildError> {
    let mut builder = Client::builder().user_agent(user_agent(config)?);
    if origin::is_loopback(base_url) {
        // What is meant for this machine must not go to the proxy that the environment names.
        builder = builder.no_proxy();
    }
    if let Some(change) = &config.change_http {
        builder = (change.0)(builder);
    }
    builder = builder
        // `redirect` follows those that are safe.
        .redirect(Policy::none())
        // Otherwise a redirect tells the URL that it came from, which can hold a key.
        .referer(false);
    if !config.decompress {
        // On as soon as any crate of the program turns reqwest's features on; a small body could then become a huge one.
        builder = builder.no_gzip().no_brotli().no_zstd().no_deflate();
    }
    for (setting, timeout) in [
        ("timeout", config.timeout),
        ("connect_timeout", config.connect_timeout),
    ] {
        if timeout.is_some_and(|timeout| timeout.is_zero()) {
            return Err(BuildError::new(setting, "zero leaves no time at all"));
        }
    }
    if let Some(timeout) = config.connect_timeout {
        builder = builder.connect_timeout(timeout);
    }
    let is_https = |url: &Url| url.scheme() == "https";
    let servers = servers.iter().filter_map(|server| server.url.as_ref().ok());
    let is_all_https = is_https(base_url) && servers.into_iter().all(|(url, _)| is_https(url));
    set_up(builder.https_only(is_all_https))
}

/// The program's name, if it gave one, and the client's (RFC 9110 §10.1.5).
pub(super) fn user_agent(config: &Config) -> Result<HeaderValue, BuildError> {
    let parts = [
        ("user_agent_prefix", config.user_agent_prefix.as_ref()),
        ("user_agent", Some(&config.user_agent)),
    ];
    for (setting, part) in parts {
        let is_good = |part: &String| {
            let is_visible = part.bytes().all(|byte| matches!(byte, b' '..=b'~'));
            is_visible && !part.trim().is_empty()
        };
        if part.is_some_and(|part| !is_good(part)) {
            let problem = "it is empty or holds something else than visible ASCII and spaces";
            return Err(BuildError::new(setting, problem));
        }
    }
    let parts = parts.into_iter().filter_map(|(_, part)| part);
    let text: Vec<&str> = parts.map(|part| part.trim()).collect();
    HeaderValue::from_str(&text.join(" ")).map_err(|error| BuildError::new("user_agent", error))
}

/// reqwest panics if rustls has no provider of cryptography, which is an ordinary mistake with the feature
/// `rustls-no-provider`. Whether reqwest was built with another provider cannot be asked, so it is tried.
pub(super) fn set_up(builder: ClientBuilder) -> Result<Client, BuildError> {
    match catch_unwind(AssertUnwindSafe(|| builder.build())) {
        Ok(client) => client.map_err(BuildError::http),
        Err(_) => Err(BuildError::new(
            "http client",
            "TLS cannot be set up; with the feature `rustls-no-provider`, install a provider of cryptography first \
             (rustls::crypto::CryptoProvider::install_default)",
        )),
    }
}
