//! The steps around every call of a generated client.

use std::future::Future;

use reqwest::{Client, Request, Response};

use crate::deadline::{Deadline, TimedOut};
use crate::error::{CallError, Kind, Report};
use crate::inner::{Call, Inner};
use crate::resume::{self, Replay};
use crate::{path, query, redirect};

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
pub struct OperationInfo {
    /// Its name in Rust, as in `get_widget`.
    pub operation_id: &'static str,
}

/// The steps that generated code takes around sending a request. One implementation serves all clients whose inner type
/// is [`Inner`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a client that `client-runtime` serves",
    note = "a generated client implements `ClientInfo<client_runtime::Inner>`, is `Sync`, and takes its hooks from there"
)]
pub trait ClientHooks<I>: ClientInfo<I> {
    /// Completes a request: adds the credentials. Refuses one to another origin than those of the base URL and of
    /// operations' servers, and one whose path
    /// would address something else than its parameters say.
    fn pre(
        &self,
        request: &mut Request,
        info: &OperationInfo,
    ) -> impl Future<Output = Result<(), CallError>> + Send;

    /// Sends a request and returns its answer, whatever the status.
    fn exec(
        &self,
        request: Request,
        info: &OperationInfo,
    ) -> impl Future<Output = Result<Response, CallError>> + Send;

    /// Looks at what came of it. Does nothing today.
    fn post(
        &self,
        result: &Result<Response, CallError>,
        info: &OperationInfo,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

impl<C: ClientInfo<Inner> + Sync> ClientHooks<Inner> for C {
    async fn pre(&self, request: &mut Request, info: &OperationInfo) -> Result<(), CallError> {
        complete(request, self.inner()).map_err(|problem| {
            CallError::new(Report {
                operation: Some(info.operation_id),
                ..Report::invalid_request(problem)
            })
        })
    }

    async fn exec(&self, request: Request, info: &OperationInfo) -> Result<Response, CallError> {
        perform(self.client(), self.inner(), request, info).await
    }

    async fn post(
        &self,
        _result: &Result<Response, CallError>,
        _info: &OperationInfo,
    ) -> Result<(), CallError> {
        Ok(())
    }
}

/// Sends a request that is complete and returns its answer, whatever the status.
pub(crate) async fn perform(
    client: &Client,
    inner: &Inner,
    request: Request,
    info: &OperationInfo,
) -> Result<Response, CallError> {
    let call = Call {
        inner: inner.clone(),
        operation: info.operation_id,
        deadline: Deadline::after(inner.shared().timeout),
    };
    let sent = redirect::send(client, request, &call);
    let report = match call.deadline.keep(sent).await {
        Ok(Ok((mut response, repeated))) => {
            if let Some(repeated) = repeated.filter(|_| resume::is_events(&response)) {
                let replay = Replay::new(client, &call, repeated);
                response.extensions_mut().insert(replay);
            }
            response.extensions_mut().insert(call);
            return Ok(response);
        }
        Ok(Err(report)) => report,
        Err(TimedOut) => Report {
            operation: Some(info.operation_id),
            cause: Some(TimedOut.into()),
            ..Report::new(Kind::Transport)
        },
    };
    Err(CallError::new(report))
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
    inner.add_credentials(request);
    Ok(())
}
