//! Writes `ClientBuilder`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::client::BaseUrl;
use super::credentials::{CredentialKind, CredentialSetter};
use super::docs;
use super::servers::Servers;
use super::settings::Settings;

/// What a builder depends on.
pub(super) struct Builder<'c> {
    pub(super) setters: &'c [CredentialSetter],
    /// Pairs of setters that the API takes one of.
    pub(super) alternatives: &'c [(String, String)],
    pub(super) base_url: &'c BaseUrl,
    pub(super) servers: &'c Servers,
    pub(super) settings: &'c Settings,
}

impl Builder<'_> {
    /// The struct and its methods.
    pub(super) fn compose(&self) -> TokenStream {
        let new = self.new_and_from_env();
        let places = self.places();
        let credentials = self.setters.iter().map(|setter| self.credential(setter));
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
                #new
                #places
                #(#credentials)*

                /// Sets the time that one call may take with all its attempts, from connecting to the end of the body; 30 seconds by
                /// default, `None` for no limit. A body that is read piece by piece has that long to begin, and then for each piece.
                /// [`Client::with_options`] sets it for some calls.
                pub fn timeout(mut self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                    self.config = self.config.timeout(timeout);
                    self
                }

                /// Sets the time that connecting may take, of the whole; 10 seconds by default, `None` for no limit of its own.
                pub fn connect_timeout(mut self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                    self.config = self.config.connect_timeout(timeout);
                    self
                }

                /// Sets when a call is made again by itself, in place of
                /// [`RetryPolicy::default`](::client_runtime::RetryPolicy#impl-Default-for-RetryPolicy).
                pub fn retry(mut self, policy: ::client_runtime::RetryPolicy) -> Self {
                    self.config = self.config.retry(policy);
                    self
                }

                /// Puts the program's name and version, as in `my-app/1.2`, before this crate's in `User-Agent`.
                pub fn user_agent_prefix(mut self, prefix: impl Into<String>) -> Self {
                    self.config = self.config.user_agent_prefix(prefix);
                    self
                }

                /// Sets the longest body of an answer that is read, in bytes, which is also that of an event; 64 MiB by default. A
                /// longer one is an error. A body that is read piece by piece has no limit.
                pub fn max_response_bytes(mut self, bytes: usize) -> Self {
                    self.config = self.config.max_response_bytes(bytes);
                    self
                }

                /// Asks for compressed answers, in the forms that features of reqwest are on for (`gzip` is one of this crate too).
                /// Limits are those of what comes out.
                pub fn decompress(mut self) -> Self {
                    self.config = self.config.decompress();
                    self
                }

                /// Changes the HTTP client: proxies, certificates, pools. It is called before this crate sets what keeps credentials
                /// safe (redirects, `Referer`, https), which cannot be changed.
                pub fn configure_http(
                    mut self,
                    change: impl Fn(::reqwest::ClientBuilder) -> ::reqwest::ClientBuilder + Send + Sync + 'static,
                ) -> Self {
                    self.config = self.config.configure_http(change);
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

    fn new_and_from_env(&self) -> TokenStream {
        let config = match &self.base_url.0 {
            Some(_) => quote!(::client_runtime::Config::new(
                Client::DEFAULT_BASE_URL,
                USER_AGENT
            )),
            // An empty base URL is refused by `build`, which names the setting.
            None => quote!(::client_runtime::Config::new("", USER_AGENT)),
        };
        let registrations = self.servers.registrations();
        let alternatives = self
            .alternatives
            .iter()
            .map(|(one, other)| quote!(.alternatives(#one, #other)));
        let key = self.settings.idempotency_key.as_ref();
        let key = key.map(|field| quote!(.idempotency_key(#field)));
        let prefix = &self.settings.environment_prefix;
        let base_url = format!("{prefix}_BASE_URL");
        let credentials = self.setters.iter().map(|setter| {
            let (name, variables) = (&setter.name, setter.variables(prefix));
            let (secrets, make) = (secrets(setter), credential(setter));
            quote!(.credential_from_env(#name, [#(#variables),*], |[#(#secrets),*]| #make))
        });
        let documented: Vec<String> = self
            .setters
            .iter()
            .flat_map(|setter| {
                let variables = setter.variables(prefix);
                let variables = variables.iter().map(|variable| docs::code(variable));
                let all: Vec<String> = variables.collect();
                let name = &setter.name;
                [format!(
                    "- {} for [`{name}`](Self::{name})",
                    all.join(" and ")
                )]
            })
            .chain([format!(
                "- {} for [`base_url`](Self::base_url)",
                docs::code(&base_url)
            )])
            .collect();
        let documented = docs::lines(&documented.join("\n"));
        quote! {
            fn new() -> Self {
                let config = #config #registrations #(#alternatives)* #key;
                Self { config }
            }

            /// Starts with the settings of the environment. A variable that is empty counts as unset, and nothing else reads the
            /// environment but for proxies, as reqwest does.
            ///
            #(#documented)*
            pub fn from_env() -> Self {
                let Self { config } = Self::new();
                let config = config.base_url_from_env(#base_url) #(#credentials)*;
                Self { config }
            }
        }
    }

    /// Where calls go.
    fn places(&self) -> TokenStream {
        let docs = docs::lines(match &self.base_url.0 {
            Some(_) => "Sends calls to `url` instead of [`Client::DEFAULT_BASE_URL`].",
            None => "Sends calls to `url`; required, as the API's document names no server.",
        });
        let server_url = self.servers.setter();
        quote! {
            #(#docs)*
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
        }
    }

    /// The setter of a credential, and the one of who is asked for it.
    fn credential(&self, setter: &CredentialSetter) -> TokenStream {
        let name = format_ident!("{}", setter.name);
        let setting = &setter.name;
        let scheme = docs::code(&setter.scheme);
        let place = match &setter.kind {
            CredentialKind::Bearer => "as `Authorization: Bearer`".to_owned(),
            CredentialKind::Basic => "as `Authorization: Basic`".to_owned(),
            CredentialKind::Header(key) => format!("in the header {}", docs::code(key)),
            CredentialKind::Query(key) => format!("in the query parameter {}", docs::code(key)),
            CredentialKind::Cookie(key) => format!("in the cookie {}", docs::code(key)),
        };
        let others: Vec<String> = self
            .servers
            .places_for_credentials()
            .map(docs::code)
            .collect();
        let hosts = match others.as_slice() {
            [] => "another host".to_owned(),
            others => format!("another host than the base URL's and {}", others.join(", ")),
        };
        let instead = self.instead_of(&setter.name);
        let docs = docs::lines(&format!(
            "Sets the credential of the security scheme {scheme}, sent {place} with every call.{instead}\n\nIt is never shown \
             by `Debug`, and never sent to {hosts}."
        ));
        let secrets = secrets(setter);
        let parameters = secrets
            .iter()
            .map(|name| quote!(#name: impl Into<::client_runtime::SecretString>));
        let make = credential(setter);
        let provider = self.provider(setter);
        quote! {
            #(#docs)*
            pub fn #name(mut self, #(#parameters),*) -> Self {
                self.config = self.config.credential(#setting, #make);
                self
            }

            #provider
        }
    }

    /// What a credential excludes, as a sentence.
    fn instead_of(&self, name: &str) -> String {
        let others: Vec<String> = self
            .alternatives
            .iter()
            .filter_map(|(one, other)| match name {
                name if name == one => Some(other),
                name if name == other => Some(one),
                _ => None,
            })
            .map(|other| format!("[`{other}`](Self::{other})"))
            .collect();
        match others.as_slice() {
            [] => String::new(),
            others => format!(
                " The API takes it instead of {}: give one of them.",
                others.join(" or ")
            ),
        }
    }

    fn provider(&self, setter: &CredentialSetter) -> Option<TokenStream> {
        let name = format_ident!("{}", setter.provider()?);
        let setting = &setter.name;
        let docs = docs::lines(&format!(
            "Sets who is asked for the credential of [`{setting}`](Self::{setting}), for one that expires: before the first call, and once \
             more when a call is answered with 401, which is then made again."
        ));
        let (secrets, make) = (secrets(setter).pop()?, credential(setter));
        Some(quote! {
            #(#docs)*
            pub fn #name<A, S, E>(mut self, ask: impl Fn() -> A + Send + Sync + 'static) -> Self
            where
                A: ::std::future::Future<Output = Result<S, E>> + Send + 'static,
                S: Into<::client_runtime::SecretString>,
                E: Into<Box<dyn ::std::error::Error + Send + Sync>>,
            {
                // What it has until it is asked for does not count.
                let #secrets = "";
                self.config = self.config.credential(#setting, #make.provided_by(ask));
                self
            }
        })
    }
}

/// The names of the parts of a credential.
fn secrets(setter: &CredentialSetter) -> Vec<syn::Ident> {
    let names: &[&str] = match setter.kind {
        CredentialKind::Bearer => &["token"],
        CredentialKind::Basic => &["user", "password"],
        _ => &["key"],
    };
    names.iter().map(|name| format_ident!("{name}")).collect()
}

/// The credential that is made of its parts.
fn credential(setter: &CredentialSetter) -> TokenStream {
    let secrets = secrets(setter);
    let (make, key) = match &setter.kind {
        CredentialKind::Bearer => ("bearer", None),
        CredentialKind::Basic => ("basic", None),
        CredentialKind::Header(key) => ("header", Some(key)),
        CredentialKind::Query(key) => ("query", Some(key)),
        CredentialKind::Cookie(key) => ("cookie", Some(key)),
    };
    let make = format_ident!("{make}");
    let key = key.map(|key| quote!(#key,));
    quote!(::client_runtime::Credential::#make(#key #(#secrets),*))
}
