//! Redirects, followed only inside one origin and only where that repeats the same call.
//!
//! Not by reqwest's policy: it takes `authorization` off a request that leaves its origin, but not a key in a header of
//! another name; it does not see the method, and makes a GET of a POST; and it does not add a key to the new URL.

use reqwest::header::LOCATION;
use reqwest::{Client, Method, Request, Response, StatusCode, Url};

use crate::error::Report;
use crate::inner::Call;
use crate::origin;
use crate::sending::{self, Watch};

/// As many hops as reqwest follows by default.
const MAX_REDIRECTS: usize = 10;

/// An answer, and the request as it was if it can be sent again.
pub(crate) struct Answered {
    pub(crate) response: Response,
    pub(crate) repeated: Option<Request>,
}

/// Sends a request and returns its answer. A redirect that is not followed is such
/// an answer, so that its status and `Location` are kept; that also goes for the eleventh in a row.
pub(crate) async fn send(
    client: &Client,
    mut request: Request,
    call: &Call,
) -> Result<Answered, Report> {
    let stated = sending::state_empty(&mut request).await;
    stated.map_err(|error| Report::from_request_body(error, call))?;
    let watch = Watch::over(&mut request);
    let mut first_url = None;
    let mut hops = 0;
    loop {
        // A body that cannot be sent again has no clone, and its redirect is not followed.
        let again = request.try_clone();
        let response = client.execute(request).await.map_err(|error| Report {
            redirected: hops > 0,
            ..match watch.error() {
                Some(error) => Report::from_request_body(error, call),
                None => Report::from_reqwest(error, Some(call)),
            }
        })?;
        let Some(mut next) = again else {
            return Ok(Answered {
                response,
                repeated: None,
            });
        };
        let target = target(&response, next.method());
        let Some(target) = target.filter(|_| hops < MAX_REDIRECTS) else {
            if let Some(url) = first_url {
                *next.url_mut() = url;
            }
            return Ok(Answered {
                response,
                repeated: Some(next),
            });
        };
        let url = std::mem::replace(next.url_mut(), target);
        first_url.get_or_insert(url);
        call.inner
            .shared()
            .add_credentials(&call.credentials, &mut next);
        request = next;
        hops += 1;
    }
}

/// Where the redirect names a place that the same call may be sent to.
fn target(response: &Response, method: &Method) -> Option<Url> {
    if !repeats_the_call(response.status(), method) {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let target: Url = response.url().join(location).ok()?;
    let is_safe = origin::same(&target, response.url())
        && target.username().is_empty()
        && target.password().is_none();
    is_safe.then_some(target)
}

/// RFC 9110 §15.4: 307 and 308 keep the method. After 301, 302 and 303 a client may send a GET, which is the same call
/// only if the call was one.
fn repeats_the_call(status: StatusCode, method: &Method) -> bool {
    match status {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => {
            *method == Method::GET || *method == Method::HEAD
        }
        _ => false,
    }
}
