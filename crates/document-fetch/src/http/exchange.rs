//! One request and its answer.

use std::time::{Duration, SystemTime};

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_NONE_MATCH, LOCATION,
    RETRY_AFTER,
};
use reqwest::{Response, StatusCode, Url};

use super::body::{self, Budget};
use super::client::Client;
use super::failure::{Failure, Kind};
use super::time_left::TimeLeft;
use super::{etag, retry_after, url};

/// What a server answered.
#[derive(Debug)]
pub(super) enum Exchange {
    /// The document is the one that the entity tag is of.
    NotModified,
    /// The document is elsewhere; `permanent` if it will stay there.
    Elsewhere { to: Option<String>, permanent: bool },
    /// The document.
    Document(Received),
}

/// The bytes of an answer and what it says of them.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) bytes: Vec<u8>,
    /// The value of `Content-Type`.
    pub(crate) content_type: Option<String>,
    /// The entity tag, if it can be kept.
    pub(crate) etag: Option<String>,
}

/// What pages and documents are, and everything else after that: some sites answer nothing else.
const WANTED: &str =
    "text/markdown, application/yaml, application/json, text/plain;q=0.9, */*;q=0.5";

/// Asks once. `tag` makes the request conditional.
pub(super) async fn ask(
    client: &Client,
    target: &Url,
    tag: Option<&str>,
    budget: &Budget,
    left: &TimeLeft,
) -> Result<Exchange, Failure> {
    let host = client.queue().host(&url::origin(target));
    let turn = client.queue().turn(&host).await;
    if let Some(wait) = host.closed_for() {
        return Err(not_asked(wait));
    }
    let mut request = client
        .http(target)?
        .get(target.clone())
        .header(ACCEPT, WANTED)
        .header(ACCEPT_ENCODING, "gzip");
    if let Some(tag) = tag {
        request = request.header(IF_NONE_MATCH, tag);
    }
    let exchange = async {
        let response = request.send().await.map_err(Failure::of_request)?;
        answered(response, tag.is_some(), client.limits().document, budget).await
    };
    let result = left.within(exchange).await;
    // What one request is told is meant for all of them.
    if let Err(Failure {
        wait: Some(wait), ..
    }) = &result
    {
        match *wait > client.limits().longest_wait {
            true => host.close(*wait),
            false => host.pause(*wait),
        }
    }
    // Whoever comes next sees that.
    drop(turn);
    result
}

fn not_asked(wait: Duration) -> Failure {
    let message = format!(
        "was not asked for, because its server has asked to wait {} seconds, which is longer than this run does",
        wait.as_secs()
    );
    Failure::new(Kind::Closed, message)
}

async fn answered(
    response: Response,
    is_conditional: bool,
    most: usize,
    budget: &Budget,
) -> Result<Exchange, Failure> {
    let status = response.status();
    match status {
        StatusCode::OK => {
            let content_type = text(response.headers(), &CONTENT_TYPE);
            let tag = text(response.headers(), &ETAG);
            Ok(Exchange::Document(Received {
                bytes: body::read(response, most, budget).await?,
                content_type,
                etag: tag.and_then(|tag| etag::usable(&tag).map(str::to_owned)),
            }))
        }
        StatusCode::NOT_MODIFIED if is_conditional => Ok(Exchange::NotModified),
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => Ok(Exchange::Elsewhere {
            to: text(response.headers(), &LOCATION),
            permanent: matches!(
                status,
                StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
            ),
        }),
        StatusCode::NOT_FOUND | StatusCode::GONE => Err(Failure::new(Kind::Gone, said(status))),
        _ => {
            let failure = Failure::new(Kind::Status, said(status));
            Err(match may_pass(status) {
                true => Failure {
                    wait: text(response.headers(), &RETRY_AFTER)
                        .and_then(|value| retry_after::wait(&value, SystemTime::now())),
                    ..failure.that_may_pass()
                },
                false => failure,
            })
        }
    }
}

fn said(status: StatusCode) -> String {
    format!("answers with status {status}")
}

/// 408, 429 and what is wrong with the server at the moment; what it will never do is not asked for again.
fn may_pass(status: StatusCode) -> bool {
    let never = [
        StatusCode::NOT_IMPLEMENTED,
        StatusCode::HTTP_VERSION_NOT_SUPPORTED,
    ];
    let early = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    early.contains(&status) || (status.is_server_error() && !never.contains(&status))
}

/// The only value of a header field, if it is text.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let mut values = headers.get_all(name).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    value.to_str().ok().map(str::to_owned)
}
