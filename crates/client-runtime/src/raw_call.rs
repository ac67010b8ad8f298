//! Calls of what a document does not describe.

use std::fmt;

use reqwest::{Body, Method, RequestBuilder, Response, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::inner::Inner;
use crate::operation::{ClientInfo, OperationInfo, perform};
use crate::response::ResponseValue;
use crate::stream::ByteStream;

/// What errors call the operation.
const INFO: OperationInfo = OperationInfo::new("request", "");

/// A call of what the document does not describe: set what it needs, then send it. Made by `Client::request` of a generated
/// client, with whose credentials, limits and errors it is sent.
#[must_use = "a call does nothing until it is sent"]
pub struct RawCall<'c, C> {
    client: &'c C,
    request: Result<RequestBuilder, &'static str>,
}

/// What a parser of URLs would read as something else, or leave out.
fn refusal(path: &str) -> Option<&'static str> {
    if !path.starts_with('/') {
        return Some("the path does not start with a slash");
    }
    let is_odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '#' | '\\');
    path.contains(is_odd).then_some(
        "the path holds white space, `#` or a backslash, which have to be percent-encoded",
    )
}

/// Neither the query nor a header field, which may be secret.
impl<C> fmt::Debug for RawCall<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawCall")
    }
}

/// Whether the path of a URL is below that of the base URL, once `..` are resolved. Its origin is looked at by
/// [`perform`].
fn is_below(url: &Url, base: &str) -> bool {
    let base = Url::parse(base);
    base.is_ok_and(|base| {
        let path = base.path().trim_end_matches('/');
        url.path()
            .strip_prefix(path)
            .is_some_and(|rest| rest.starts_with('/'))
    })
}

impl<'c, C: ClientInfo<Inner>> RawCall<'c, C> {
    /// A call of a path below the client's base URL.
    ///
    /// The path starts with a slash, is percent-encoded, and may have a query. Another one, and one that would leave the base
    /// URL, is an error when the call is sent.
    pub fn new(client: &'c C, method: Method, path: &str) -> Self {
        let request = match refusal(path) {
            None => {
                let url = format!("{}{path}", client.baseurl());
                Ok(client.client().request(method, url))
            }
            Some(problem) => Err(problem),
        };
        Self { client, request }
    }

    /// Adds query parameters: pairs, or the fields of an object with plain values.
    pub fn query<T: Serialize + ?Sized>(self, query: &T) -> Self {
        self.with(|request| request.query(query))
    }

    /// Adds a header field. What HTTP does not allow in one is an error when the call is sent.
    pub fn header(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.with(|request| request.header(name, value.as_ref()))
    }

    /// Sends a value as a JSON body.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.with(|request| request.json(body))
    }

    /// Sends bytes, a text, a file ([`FilePart`](crate::FilePart)) or a stream as the body.
    pub fn body(self, body: impl Into<Body>) -> Self {
        self.with(|request| request.body(body))
    }

    fn with(self, change: impl FnOnce(RequestBuilder) -> RequestBuilder) -> Self {
        Self {
            client: self.client,
            request: self.request.map(change),
        }
    }

    /// Sends the call and decodes a JSON body; `()` and [`Value`](serde_json::Value) are of any call without a body.
    ///
    /// # Errors
    /// Any status but 2xx, and whatever else goes wrong; see [`Error`].
    pub async fn send<T: DeserializeOwned>(self) -> Result<ResponseValue<T>, Error> {
        ResponseValue::from_response(self.answer().await?).await
    }

    /// Sends the call; the body of its answer is read piece by piece.
    ///
    /// # Errors
    /// Any status but 2xx, and whatever else goes wrong; see [`Error`].
    pub async fn send_stream(self) -> Result<ResponseValue<ByteStream>, Error> {
        self.answer().await.map(ResponseValue::stream)
    }

    async fn answer(self) -> Result<Response, Error> {
        let Self { client, request } = self;
        let request = request.map_err(|problem| Error::invalid_request(problem.to_owned()))?;
        let request = request.build()?;
        if !is_below(request.url(), client.baseurl()) {
            let problem = "its path leads out of the client's base URL";
            return Err(Error::invalid_request(problem.to_owned()));
        }
        let response = perform(client, request, &INFO).await?;
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(Error::from_response(response, &INFO).await)
        }
    }
}
