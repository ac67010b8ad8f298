//! The HTTP client.

use std::panic::{AssertUnwindSafe, catch_unwind};

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Url};

use super::{BuildError, Config};
use crate::origin;
use crate::server::Server;

/// An HTTP client for calls to the base URL and to `servers`.
pub(super) fn client(
    config: &Config,
    base_url: &Url,
    servers: &[Server],
) -> Result<Client, BuildError> {
    let user_agent = HeaderValue::from_str(&config.user_agent)
        .ok()
        .filter(|_| !config.user_agent.is_empty());
    let Some(user_agent) = user_agent else {
        let problem = "it is empty or holds something else than visible ASCII and spaces";
        return Err(BuildError::new("user_agent", problem));
    };
    let mut builder = Client::builder()
        .user_agent(user_agent)
        // `redirect` follows those that are safe.
        .redirect(Policy::none())
        // Otherwise a redirect tells the URL that it came from, which can hold a key.
        .referer(false)
        // On as soon as any crate of the program turns reqwest's features on; a small body could then become a huge one.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate();
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
    if is_https(base_url) && servers.into_iter().all(|(url, _)| is_https(url)) {
        builder = builder.https_only(true);
    }
    if origin::is_loopback(base_url) {
        // What is meant for this machine must not go to the proxy that the environment names.
        builder = builder.no_proxy();
    }
    set_up(builder)
}

/// reqwest panics if rustls has no provider of cryptography, which is an ordinary mistake with the feature
/// `rustls-no-provider`. Whether reqwest was built with another provider cannot be asked, so it is tried.
fn set_up(builder: ClientBuilder) -> Result<Client, BuildError> {
    match catch_unwind(AssertUnwindSafe(|| builder.build())) {
        Ok(client) => client.map_err(BuildError::http),
        Err(_) => Err(BuildError::new(
            "http client",
            "TLS cannot be set up; with the feature `rustls-no-provider`, install a provider of cryptography first \
             (rustls::crypto::CryptoProvider::install_default)",
        )),
    }
}
