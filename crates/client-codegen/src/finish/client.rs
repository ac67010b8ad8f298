//! Writes `client.rs`: `Client`, its builder and one method per operation.

use openapi_lower::server_url;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::parse_quote;

use super::client_builder::Builder;
use super::docs;
use super::operations::OperationCode;
use super::parts::Parts;
use super::settings::Settings;
use crate::title;

/// Where calls go unless the user says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BaseUrl(pub(super) Option<String>);

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
    builder: &Builder<'_>,
    settings: &Settings,
) -> syn::File {
    let client = client(parts, operations, builder, settings);
    let builder = builder.compose();
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
    builder: &Builder<'_>,
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
        "{title}.\n\nMade by [`Client::builder`] or [`Client::from_env`]. Cloning is cheap and shares the connections."
    ));
    let operation_servers = builder.servers.constant();
    let client_info = &parts.client_info;
    let methods = operations.iter().map(|operation| &operation.method);
    let default_base_url = builder.base_url.0.as_ref().map(|url| {
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

            /// Makes a client with the settings of the environment, as [`ClientBuilder::from_env`] reads them.
            ///
            /// # Errors
            ///
            /// A variable has an unusable value; the error names the variable and never shows a secret.
            pub fn from_env() -> Result<Self, ::client_runtime::BuildError> {
                ClientBuilder::from_env().build()
            }

            /// The same client with other options for the calls that are made with it. It shares the connections.
            #[must_use = "the client itself keeps its options"]
            pub fn with_options(&self, options: ::client_runtime::CallOptions) -> Self {
                Self::new_with_client(self.baseurl.clone(), self.client.clone(), self.inner.with_options(&options))
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

        impl Client {
            #(#methods)*
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
