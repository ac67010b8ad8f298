//! A call: a request that is sent until there is an answer that the caller gets.

use std::time::Instant;

use reqwest::{Client, Request, Response, StatusCode};
use tokio::time::sleep;

use crate::credential::Unavailable;
use crate::deadline::{Deadline, TimedOut};
use crate::error::{CallError, Kind, Report};
use crate::inner::{Call, Inner};
use crate::operation::OperationInfo;
use crate::redirect::{self, Answered};
use crate::resume::{self, Replay};
use crate::retry::Attempts;
use crate::spans::Span;

/// Sends a request that is complete but for its credentials and returns its answer, whatever the status.
pub(crate) async fn send(
    client: &Client,
    inner: &Inner,
    request: Request,
    info: &OperationInfo,
) -> Result<Response, CallError> {
    let span = Span::of(&request, info);
    let call = Call {
        inner: inner.clone(),
        operation: info.operation_id,
        path: info.path,
        deadline: Deadline::after(inner.timeout()),
        credentials: inner.shared().credentials.known().clone(),
    };
    let outcome = span
        .over(answered(client, call, request, info.takes_key, &span))
        .await;
    span.end(&outcome);
    outcome
}

async fn answered(
    client: &Client,
    mut call: Call,
    mut request: Request,
    takes_key: bool,
    span: &Span,
) -> Result<Response, CallError> {
    let inner = call.inner.clone();
    let shared = inner.shared();
    let has_credentials = shared.takes_credentials(request.url());
    if has_credentials {
        let ready = call.deadline.keep(shared.credentials.ready()).await;
        call.credentials = of_provider(ready, &call)?;
        // A call of what the document does not describe may be one of what the API knows no keys for.
        if takes_key && !call.path.is_empty() {
            shared.add_idempotency_key(&mut request);
        }
    }
    let mut attempts = Attempts::of(&request, &inner, has_credentials && takes_key);
    let mut may_refresh = has_credentials;
    loop {
        span.attempt();
        let again = request.try_clone();
        shared.add_credentials(&call.credentials, &mut request);
        let began = Instant::now();
        let mut outcome = attempt(client, &call, request).await;
        let took = began.elapsed();
        let is_refused = matches!(&outcome, Ok(answered) if answered.response.status() == StatusCode::UNAUTHORIZED);
        if is_refused && has_credentials {
            shared.credentials.forget(&call.credentials);
        }
        let Some(next) = again else {
            return finished(client, call, outcome);
        };
        request = next;
        if is_refused && std::mem::take(&mut may_refresh) {
            let refused = call.credentials.clone();
            let others = shared.credentials.other_than(Some(&refused));
            match call.deadline.keep(others).await {
                Ok(Ok(others)) if !others.sends_the_same_as(&refused) => {
                    call.credentials = others;
                    continue;
                }
                // The answer is what the server said; why there is nothing better goes with it.
                Ok(Err(unavailable)) => {
                    if let Ok(answered) = &mut outcome {
                        answered.response.extensions_mut().insert(unavailable);
                    }
                }
                Ok(Ok(_)) | Err(TimedOut) => {}
            }
        }
        let wait = attempts.wait(&outcome);
        // What is left has to be enough for an attempt that takes as long.
        match wait.filter(|wait| call.deadline.leaves(wait.saturating_add(took))) {
            Some(wait) => {
                span.retry(&outcome, wait);
                drop(outcome);
                sleep(wait).await;
            }
            None => return finished(client, call, outcome),
        }
    }
}

/// Sends a request once, and after redirects.
async fn attempt(client: &Client, call: &Call, request: Request) -> Result<Answered, Report> {
    let sent = redirect::send(client, request, call);
    match call.deadline.keep(sent).await {
        Ok(outcome) => outcome,
        Err(TimedOut) => Err(Report {
            operation: Some(call.operation),
            cause: Some(TimedOut.into()),
            ..Report::new(Kind::Transport)
        }),
    }
}

/// What of a call has to travel with its response.
fn finished(
    client: &Client,
    call: Call,
    outcome: Result<Answered, Report>,
) -> Result<Response, CallError> {
    let Answered {
        mut response,
        repeated,
    } = outcome.map_err(CallError::new)?;
    if let Some(repeated) = repeated.filter(|_| resume::is_events(&response)) {
        let replay = Replay::new(client, &call, repeated);
        response.extensions_mut().insert(replay);
    }
    response.extensions_mut().insert(call);
    Ok(response)
}

/// What a provider of credentials gave in time.
fn of_provider<T>(
    asked: Result<Result<T, Unavailable>, TimedOut>,
    call: &Call,
) -> Result<T, CallError> {
    let cause = match asked {
        Ok(Ok(given)) => return Ok(given),
        Ok(Err(unavailable)) => unavailable.into(),
        Err(timed_out) => timed_out.into(),
    };
    Err(CallError::new(Report {
        operation: Some(call.operation),
        cause: Some(cause),
        ..Report::new(Kind::Credential)
    }))
}
