//! What a generated client and its operations tell of themselves, and how an operation's request is sent.

use std::pin::Pin;

use reqwest::{Request, Response};

use crate::call;
use crate::error::{CallError, Report};
use crate::inner::Inner;
use crate::{path, query};

/// What a generated client tells about itself.
pub trait ClientInfo<I> {
    /// The version that the document gives itself (`info.version`), in any form.
    fn api_version() -> &'static str;

    /// The URL that operation paths are appended to, without a slash at its end.
    fn baseurl(&self) -> &str;

    /// The HTTP client.
    fn client(&self) -> &reqwest::Client;

    /// Credentials and limits.
    fn inner(&self) -> &I;
}

/// An operation of a generated client.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationInfo {
    /// Its name in Rust, as in `get_widget`.
    pub operation_id: &'static str,
    /// Its path as the document has it, as in `/widgets/{id}`; empty for a call of what the document does not describe.
    pub path: &'static str,
    /// Whether it takes the idempotency key that the API has.
    pub(crate) takes_key: bool,
}

impl OperationInfo {
    /// Its name in Rust, and its path as the document has it.
    #[must_use]
    pub const fn new(operation_id: &'static str, path: &'static str) -> Self {
        Self {
            operation_id,
            path,
            takes_key: true,
        }
    }

    /// The same for an operation that does not look at the idempotency key that others of the API take: none is sent by itself,
    /// and one that a caller sends does not make the call one that may be made twice.
    #[must_use]
    pub const fn without_idempotency_key(self) -> Self {
        Self {
            takes_key: false,
            ..self
        }
    }
}

/// What comes of sending a request.
type Performing<'c> = Pin<Box<dyn Future<Output = Result<Response, CallError>> + Send + 'c>>;

/// Sends a request with the credentials, again if that may help, and returns its answer, whatever the status. Refuses one to
/// another origin than those of the base URL and of operations' servers, and one whose path would address something else than
/// its parameters say.
///
/// The future is boxed here, so that what it does is compiled with this crate, once, and not for each operation of each client.
#[doc(hidden)] // for generated code
pub fn perform<'c, C: ClientInfo<Inner>>(
    client: &'c C,
    request: Request,
    info: &'c OperationInfo,
) -> Performing<'c> {
    completed_and_sent(client.client(), client.inner(), request, info)
}

fn completed_and_sent<'c>(
    client: &'c reqwest::Client,
    inner: &'c Inner,
    mut request: Request,
    info: &'c OperationInfo,
) -> Performing<'c> {
    Box::pin(async move {
        complete(&mut request, inner).map_err(|problem| {
            CallError::new(Report {
                operation: Some(info.operation_id),
                ..Report::invalid_request(problem)
            })
        })?;
        call::send(client, inner, request, info).await
    })
}

/// The problem of a request that must not be sent, or a request that is ready.
fn complete(request: &mut Request, inner: &Inner) -> Result<(), &'static str> {
    let inner = inner.shared();
    if let Some(refusal) = path::refusal(request.url().path()) {
        return Err(refusal);
    }
    // Generated code cannot get here, since it only appends to URLs of the client; a key must not depend on that.
    if !inner.may_call(request.url()) {
        return Err("its URL is neither under the client's base URL nor at an operation's server");
    }
    query::spaces_as_percent(request.url_mut());
    Ok(())
}
