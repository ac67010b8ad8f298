//! Operations that the document places at another server than the client's base URL.
//!
//! The lowering leaves `servers` on such an operation alone, with one URL.

use std::collections::BTreeMap;

use openapi_lower::Lowered;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Token, parse_quote};

use super::builder_code::{initializer, method};
use super::client::BaseUrl;
use super::docs;
use super::operations::OperationCode;
use super::run::unexpected_output;
use super::settings::Settings;
use crate::origin::origin;
use crate::problem::Problem;

/// The servers of operations: absolute ones, and ones that are relative to the base URL.
pub(super) struct Servers {
    base_url: BaseUrl,
    /// Each with whether the manifest names its origin as a place for credentials.
    named: BTreeMap<String, bool>,
}

impl Servers {
    /// # Errors
    /// Origins of the manifest that no operation's server has.
    pub(super) fn of(
        lowered: &Lowered,
        base_url: &BaseUrl,
        settings: &Settings,
    ) -> Result<Self, Vec<Problem>> {
        let mut servers = Self {
            base_url: base_url.clone(),
            named: BTreeMap::new(),
        };
        let origins = &settings.credential_origins;
        for operation in lowered.operations.values() {
            let method = operation.method.to_ascii_lowercase();
            let definition = &lowered.document["paths"][&operation.path][method];
            if let Some(url) = servers.stated(definition) {
                let is_named = origin(&url).is_some_and(|origin| origins.contains(&origin));
                servers.named.insert(url, is_named);
            }
        }
        let has = |named: &str| {
            servers
                .named
                .keys()
                .any(|url| origin(url).as_deref() == Some(named))
        };
        let unused = origins.iter().filter(|named| !has(named));
        let problems: Vec<Problem> = unused.map(|named| unused_origin(named)).collect();
        if problems.is_empty() {
            Ok(servers)
        } else {
            Err(problems)
        }
    }

    /// The server of an operation that is not the base URL. What has the base URL's origin is relative to it, so that it goes
    /// with the base URL when a client is told another one.
    fn stated(&self, definition: &Value) -> Option<String> {
        let url = definition
            .get("servers")?
            .get(0)?
            .get("url")?
            .as_str()?
            .to_owned();
        let base_url = self.base_url.as_str();
        if base_url == Some(url.as_str()) {
            return None;
        }
        if origin(&url).is_none() || origin(&url) != base_url.and_then(origin) {
            return Some(url);
        }
        let path = url
            .split_once("//")
            .and_then(|(_, rest)| rest.split_once('/'));
        Some(format!("/{}", path.map_or("", |(_, path)| path)))
    }

    /// Where the calls of an operation go, unless that is the base URL, and whether credentials go there.
    pub(super) fn of_operation(&self, definition: &Value) -> Option<(String, bool)> {
        let url = self.stated(definition)?;
        let takes_credentials = self.named.get(&url) == Some(&true) || origin(&url).is_none();
        Some((url, takes_credentials))
    }

    /// Makes an operation's URL from its server.
    pub(super) fn place(
        &self,
        operation: &mut OperationCode,
        document: &Value,
    ) -> Result<(), Problem> {
        let Some((url, _)) = self.of_operation(operation.stated(document)) else {
            return Ok(());
        };
        let unexpected = || unexpected_output("`send` does not format its URL from the base URL");
        let block = &mut method(operation, "send")?.block;
        let Some(Expr::Macro(format)) = initializer(block, &format_ident!("url")) else {
            return Err(unexpected());
        };
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let mut arguments = parser
            .parse2(format.mac.tokens.clone())
            .map_err(|_| unexpected())?;
        match arguments.get_mut(1) {
            Some(base @ Expr::Field(_)) => *base = parse_quote!(client.inner.server_url(#url)?),
            _ => return Err(unexpected()),
        }
        format.mac.tokens = quote!(#arguments);
        Ok(())
    }

    /// `.operation_server(…)` for each, in the making of a `Config`.
    pub(super) fn registrations(&self) -> TokenStream {
        let servers = self
            .named
            .iter()
            .map(|(url, is_named)| quote!(.operation_server(#url, #is_named)));
        quote!(#(#servers)*)
    }

    /// The constant of `Client` that lists them; nothing if there are none.
    pub(super) fn constant(&self) -> Option<TokenStream> {
        let urls = self.named.keys();
        (!self.named.is_empty()).then(|| {
            quote! {
                /// Servers that the API's document names for some operations, in place of the base URL. What is relative is
                /// resolved against the base URL.
                pub const OPERATION_SERVERS: &'static [&'static str] = &[#(#urls),*];
            }
        })
    }

    /// The method of `ClientBuilder` that puts another URL in the place of one; nothing if there are none.
    pub(super) fn setter(&self) -> Option<TokenStream> {
        let named: Vec<String> = self.places_for_credentials().map(docs::code).collect();
        let credentials = docs::lines(&match named.as_slice() {
            [] => "Credentials go there only if it has the base URL's origin.".to_owned(),
            named => format!(
                "Credentials go to what takes the place of {}; else only if it has the base URL's origin.",
                named.join(" or ")
            ),
        });
        (!self.named.is_empty()).then(|| {
            quote! {
                /// Sends calls of the operations that the API's document places at `server` to `url` instead. `server` is one of
                /// [`Client::OPERATION_SERVERS`].
                ///
                /// The URL must be https, except for a loopback address or after [`ClientBuilder::allow_http`].
                ///
                #(#credentials)*
                pub fn server_url(mut self, server: &str, url: impl Into<String>) -> Self {
                    self.config = self.config.server_url(server, url);
                    self
                }
            }
        })
    }

    /// Those that the manifest names as places for credentials.
    pub(super) fn places_for_credentials(&self) -> impl Iterator<Item = &str> {
        let named = self.named.iter().filter(|(_, is_named)| **is_named);
        named.map(|(url, _)| url.as_str())
    }
}

fn unused_origin(origin: &str) -> Problem {
    Problem {
        code: "finish::credential_origin",
        pointer: String::new(),
        message: format!(
            "`credential-origins` in specs/apis.toml names `{origin}`, which no operation's server has"
        ),
        help: "remove it, or correct it: it is compared with `servers` of paths and operations"
            .to_owned(),
    }
}
