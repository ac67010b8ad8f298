//! Making the calls of one client, and comparing what the server saw of them.

use std::pin::Pin;

use client_codegen::commands::load::Loaded;

use super::samples::Samples;
use crate::support::{Running, loaded, start};

/// The status of the answer, which was decoded, or what went wrong.
type Sent<'a> = Pin<Box<dyn Future<Output = Result<u16, Failure>> + 'a>>;

/// Why a call gave no value.
pub(crate) struct Failure {
    /// Whether the body is what the document describes for the status.
    pub(crate) is_typed: bool,
    pub(crate) shown: String,
}

/// One operation of a client of type `C`.
pub(crate) struct Call<C> {
    /// As `GET /nodes/{nodeId}`, with the path of the lowered document.
    pub(crate) request: &'static str,
    /// Calls it with samples of what it requires.
    pub(crate) send: for<'a> fn(&'a C, &'a Samples) -> Sent<'a>,
}

/// Calls all operations of an API, one after the other.
pub(crate) async fn made<C>(api: &str, client: impl FnOnce(&str) -> C, calls: Vec<Call<C>>) {
    let (server, loaded) = (start(api).await, loaded(api));
    assert_eq!(listed(&calls), operations(&loaded), "{api}");
    let client = client(&server.base_url);
    let samples = Samples::new(loaded);
    let mut wrong = Vec::new();
    for call in &calls {
        let before = server.lines().len();
        let sent = (call.send)(&client, &samples).await;
        if let Err(problem) = judged(call.request, sent, &server, before) {
            wrong.push(format!("{}: {problem}", call.request));
        }
    }
    assert!(wrong.is_empty(), "{api}:\n{}", wrong.join("\n"));
}

fn listed<C>(calls: &[Call<C>]) -> Vec<String> {
    let mut requests: Vec<String> = calls.iter().map(|call| call.request.to_owned()).collect();
    requests.sort();
    requests
}

/// What the document has; the client has as many methods.
fn operations(loaded: &Loaded) -> Vec<String> {
    let operations = loaded.lowered.operations.values();
    let mut requests: Vec<String> = operations
        .map(|operation| format!("{} {}", operation.method.to_uppercase(), operation.path))
        .collect();
    requests.sort();
    requests
}

/// The server saw one request, of this operation, and its answer is the one that the client got.
fn judged(
    request: &str,
    sent: Result<u16, Failure>,
    server: &Running,
    before: usize,
) -> Result<(), String> {
    let lines = server.lines().split_off(before);
    let status = sent.map_err(|error| format!("{}; the server saw {lines:?}", error.shown))?;
    match lines.as_slice() {
        [line] if line.ends_with(&format!(" {status}")) && is_of(line, request) => Ok(()),
        _ => Err(format!("answered {status}, but the server saw {lines:?}")),
    }
}

/// Whether a line of the log, `GET /nodes/x 200`, is a request of `GET /nodes/{nodeId}`.
fn is_of(line: &str, request: &str) -> bool {
    let Some((seen, _status)) = line.rsplit_once(' ') else {
        return false;
    };
    // An operation with a server of its own is found below that server's path, too.
    let (method, path) = request.split_once(' ').unwrap_or_default();
    let Some(seen) = seen
        .strip_prefix(method)
        .and_then(|rest| rest.strip_prefix(' '))
    else {
        return false;
    };
    let (seen, path): (Vec<&str>, Vec<&str>) =
        (seen.split('/').collect(), path.split('/').collect());
    let Some(skipped) = seen.len().checked_sub(path.len()) else {
        return false;
    };
    let pairs = seen.iter().skip(skipped + 1).zip(path.iter().skip(1));
    pairs
        .into_iter()
        .all(|(seen, stated)| match stated.split_once('{') {
            None => seen == stated,
            Some((before, rest)) => {
                let after = rest.rsplit('}').next().unwrap_or_default();
                seen.len() > before.len() + after.len()
                    && seen.starts_with(before)
                    && seen.ends_with(after)
            }
        })
}

#[test]
fn a_line_of_the_log_is_of_one_operation() {
    for (line, request, expected) in [
        ("GET /nodes/x 200", "GET /nodes/{nodeId}", true),
        ("GET /nodes/x 200", "GET /nodes", false),
        ("GET /nodes/x 200", "POST /nodes/{nodeId}", false),
        ("GET /nodes/x/y 200", "GET /nodes/{nodeId}", false),
        ("GET /edges/x 200", "GET /nodes/{nodeId}", false),
        ("GET /kinds/ 200", "GET /kinds/", true),
        ("GET /v2/nodes/x 200", "GET /nodes/{nodeId}", true),
        ("GET /a/.x.y 200", "GET /a/.{x}.y", true),
        ("GET /a/x.y 200", "GET /a/.{x}.y", false),
    ] {
        assert_eq!(is_of(line, request), expected, "{line} {request}");
    }
}
