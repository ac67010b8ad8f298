//! Writes `client.rs`: `Client`, its builder and one method per operation.

use openapi_lower::server_url;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::parse_quote;

use super::credentials::{CredentialKind, CredentialSetter};
use super::docs;
use super::operations::OperationCode;
use super::parts::Parts;
use super::servers::Servers;
use super::settings::Settings;
use crate::title;

/// Where calls go unless the user says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BaseUrl(Option<String>);

impl BaseUrl {
    /// The manifest's base URL, else one of the document's `servers` once its variables have their defaults
    /// (OpenAPI 3.0.3, Server Object): the first that is https, else the first that is http.
    pub(super) fn choose(document: &Value, settings: &Settings) -> Self {
        let stated = settings.base_url.clone();
        let servers = document["servers"].as_array();
        let usable: Vec<String> = servers
            .into_iter()
            .flatten()
            .filter_map(absolute_url)
            .collect();
        let secure = usable.iter().find(|url| url.starts_with("https://"));
        let chosen = stated.or_else(|| secure.or(usable.first()).cloned());
        Self(chosen.map(|url| url.trim_end_matches('/').to_owned()))
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

fn absolute_url(server: &Value) -> Option<String> {
    let mut url = server_url(server)?;
    if let Some(rest) = url.strip_prefix("//") {
        url = format!("https://{rest}");
    }
    let uri: http::Uri = url.parse().ok()?;
    let is_absolute = matches!(uri.scheme_str(), Some("https" | "http"));
    // `Uri` drops a fragment, and a base URL is a start to append paths to.
    let is_plain = uri.query().is_none() && !url.contains(['#', '@', '{', '}']);
    (is_absolute && is_plain).then_some(url)
}

/// The content of `client.rs`.
pub(super) fn compose(
    parts: &Parts,
    operations: &[OperationCode],
    setters: &[CredentialSetter],
    base_url: &BaseUrl,
    servers: &Servers,
    settings: &Settings,
) -> syn::File {
    let client = client(parts, operations, base_url, servers, settings);
    let builder = builder(setters, base_url, servers);
    // A client of types alone has no builders to name.
    let import = (!operations.is_empty()).then(|| {
        quote!(
            use super::builder;
        )
    });
    parse_quote! {
        #import
        #client
        #builder
    }
}

fn client(
    parts: &Parts,
    operations: &[OperationCode],
    base_url: &BaseUrl,
    servers: &Servers,
    settings: &Settings,
) -> TokenStream {
    let title = match settings.title.as_str() {
        "" => "A client of an API".to_owned(),
        title => {
            let title = title::with_api(title);
            format!("A client of the {}", docs::escaped(&title))
        }
    };
    let docs = docs::lines(&format!(
        "{title}.\n\nMade by [`Client::builder`]. Cloning is cheap and shares the connections."
    ));
    let operation_servers = servers.constant();
    let client_info = &parts.client_info;
    let methods = operations.iter().map(|operation| &operation.method);
    let default_base_url = base_url.0.as_ref().map(|url| {
        let docs = docs::lines(&format!(
            "Where calls go unless [`ClientBuilder::base_url`] says otherwise: `{url}`."
        ));
        quote!(#(#docs)* pub const DEFAULT_BASE_URL: &'static str = #url;)
    });
    quote! {
        #(#docs)*
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) baseurl: String,
            pub(crate) client: ::reqwest::Client,
            pub(crate) inner: ::client_runtime::Inner,
        }

        impl Client {
            #default_base_url
            #operation_servers

            /// Starts the configuration of a client.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new()
            }

            /// Starts a call of what the document does not describe, with this client's credentials, limits and errors.
            ///
            /// The path is below the base URL, starts with a slash and may have a query.
            pub fn request(&self, method: ::client_runtime::Method, path: &str) -> ::client_runtime::RawCall<'_, Self> {
                ::client_runtime::RawCall::new(self, method, path)
            }

            pub(crate) fn new(config: ::client_runtime::Config) -> Result<Self, ::client_runtime::BuildError> {
                let (baseurl, client, inner) = config.build()?;
                Ok(Self::new_with_client(baseurl, client, inner))
            }

            pub(crate) fn new_with_client(
                baseurl: String,
                client: ::reqwest::Client,
                inner: ::client_runtime::Inner,
            ) -> Self {
                Self { baseurl, client, inner }
            }
        }

        #client_info

        const _: () = {
            const fn assert_client_hooks<C: ::client_runtime::ClientHooks<::client_runtime::Inner>>() {}
            assert_client_hooks::<Client>();
        };

        impl Client {
            #(#methods)*
        }
    }
}

fn builder(setters: &[CredentialSetter], base_url: &BaseUrl, servers: &Servers) -> TokenStream {
    let config = match &base_url.0 {
        Some(_) => quote!(::client_runtime::Config::new(
            Client::DEFAULT_BASE_URL,
            USER_AGENT
        )),
        // An empty base URL is refused by `build`, which names the setting.
        None => quote!(::client_runtime::Config::new("", USER_AGENT)),
    };
    let base_url_docs = docs::lines(match &base_url.0 {
        Some(_) => "Sends calls to `url` instead of [`Client::DEFAULT_BASE_URL`].",
        None => "Sends calls to `url`; required, as the API's document names no server.",
    });
    let setters = setters
        .iter()
        .map(|setter| credential_setter(setter, servers));
    let registrations = servers.registrations();
    let server_url = servers.setter();
    quote! {
        const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

        /// Configures a [`Client`]; every setter is optional unless it says otherwise.
        ///
        /// Without a credential, calls are sent without one.
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            config: ::client_runtime::Config,
        }

        impl ClientBuilder {
            fn new() -> Self {
                Self { config: #config #registrations }
            }

            #(#base_url_docs)*
            ///
            /// It must be https, except for a loopback address or after [`ClientBuilder::allow_http`].
            pub fn base_url(mut self, url: impl Into<String>) -> Self {
                self.config = self.config.base_url(url);
                self
            }

            #server_url

            /// Permits plain http, for the base URL and for servers of operations. Credentials then travel readable by everyone on the way.
            pub fn allow_http(mut self) -> Self {
                self.config = self.config.allow_http();
                self
            }

            #(#setters)*

            /// Sets the time that one call may take, from connecting to the end of the body; 30 seconds by default. A body
            /// that is read piece by piece has that long to begin, and then for each piece.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.config = self.config.timeout(timeout);
                self
            }

            /// Sets the time that connecting may take; 10 seconds by default.
            pub fn connect_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.config = self.config.connect_timeout(timeout);
                self
            }

            /// Sets the longest body of an answer that is read, in bytes, which is also that of an event; 64 MiB by default. A
            /// longer one is an error. A body that is read piece by piece has no limit.
            pub fn max_response_bytes(mut self, bytes: usize) -> Self {
                self.config = self.config.max_response_bytes(bytes);
                self
            }

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// A setting has an unusable value; the error names the setting and never shows a secret.
            pub fn build(self) -> Result<Client, ::client_runtime::BuildError> {
                Client::new(self.config)
            }
        }
    }
}

fn credential_setter(setter: &CredentialSetter, servers: &Servers) -> TokenStream {
    let name = format_ident!("{}", setter.name);
    let setting = &setter.name;
    let scheme = docs::code(&setter.scheme);
    let secret = quote!(impl Into<::client_runtime::SecretString>);
    let (place, parameters, credential) = match &setter.kind {
        CredentialKind::Bearer => (
            "as `Authorization: Bearer`".to_owned(),
            quote!(token: #secret),
            quote!(::client_runtime::Credential::bearer(token)),
        ),
        CredentialKind::Basic => (
            "as `Authorization: Basic`".to_owned(),
            quote!(user: #secret, password: #secret),
            quote!(::client_runtime::Credential::basic(user, password)),
        ),
        CredentialKind::Header(key) => (
            format!("in the header {}", docs::code(key)),
            quote!(key: #secret),
            quote!(::client_runtime::Credential::header(#key, key)),
        ),
        CredentialKind::Query(key) => (
            format!("in the query parameter {}", docs::code(key)),
            quote!(key: #secret),
            quote!(::client_runtime::Credential::query(#key, key)),
        ),
        CredentialKind::Cookie(key) => (
            format!("in the cookie {}", docs::code(key)),
            quote!(key: #secret),
            quote!(::client_runtime::Credential::cookie(#key, key)),
        ),
    };
    let others: Vec<String> = servers.places_for_credentials().map(docs::code).collect();
    let hosts = match others.as_slice() {
        [] => "another host".to_owned(),
        others => format!("another host than the base URL's and {}", others.join(", ")),
    };
    let docs = docs::lines(&format!(
        "Sets the credential of the security scheme {scheme}, sent {place} with every call.\n\nIt is never shown \
         by `Debug`, and never sent to {hosts}."
    ));
    quote! {
        #(#docs)*
        pub fn #name(mut self, #parameters) -> Self {
            self.config = self.config.credential(#setting, #credential);
            self
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::BaseUrl;
    use crate::finish::Settings;

    fn chosen(servers: serde_json::Value) -> Option<String> {
        BaseUrl::choose(&json!({ "servers": servers }), &Settings::default()).0
    }

    #[test]
    fn the_first_absolute_server_wins() {
        assert_eq!(
            chosen(json!([{ "url": "/v1" }, { "url": "https://a.test/v1/" }])).unwrap(),
            "https://a.test/v1"
        );
        assert_eq!(
            chosen(json!([{ "url": "//b.test" }])).unwrap(),
            "https://b.test"
        );
        assert_eq!(chosen(json!([])), None);
        let plain_first = json!([{ "url": "http://c.test" }, { "url": "https://c.test/v2" }]);
        assert_eq!(chosen(plain_first).unwrap(), "https://c.test/v2");
        for unusable in [
            "https://a.test?x=1",
            "https://a.test/#f",
            "https://a b.test",
            "https://u@a.test",
            "ftp://a.test",
        ] {
            assert_eq!(chosen(json!([{ "url": unusable }])), None, "{unusable}");
        }
    }

    #[test]
    fn variables_take_their_defaults() {
        let server = json!([{ "url": "https://{region}.c.test", "variables": { "region": { "default": "eu" } } }]);
        assert_eq!(chosen(server).unwrap(), "https://eu.c.test");
        assert_eq!(chosen(json!([{ "url": "https://{region}.c.test" }])), None);
    }

    #[test]
    fn the_manifest_wins() {
        let settings = Settings {
            base_url: Some("https://d.test/".to_owned()),
            ..Settings::default()
        };
        let document = json!({ "servers": [{ "url": "https://a.test" }] });
        assert_eq!(
            BaseUrl::choose(&document, &settings).0.unwrap(),
            "https://d.test"
        );
    }
}
