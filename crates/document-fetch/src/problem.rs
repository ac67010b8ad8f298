//! What went wrong, and what to do about it.

use std::collections::BTreeMap;

use client_codegen::diagnostic::{Diagnostic, Diagnostics};
use client_codegen::manifest::{Document, MANIFEST_FILE};
use reqwest::Url;

use crate::http::{Failure, Kind, origin, shown};

/// A document that did not come.
#[derive(Clone, Debug)]
pub(crate) struct Failed {
    /// Whose it is: the path of a document, or the index of an API.
    pub(crate) what: String,
    pub(crate) url: Url,
    pub(crate) failure: Failure,
}

/// Whether it says something of the host, which is so for its other documents as well.
fn is_of_host(kind: Kind) -> bool {
    matches!(kind, Kind::Connect | Kind::Closed)
}

/// One diagnostic for each; those that cannot reach the same host for the same reason are one.
pub(crate) fn diagnostics(failed: &[Failed], today: &str) -> Diagnostics {
    let mut hosts: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let key = |one: &Failed| (origin(&one.url), one.failure.kind);
    for one in failed.iter().filter(|one| is_of_host(one.failure.kind)) {
        *hosts.entry((key(one).0, &one.failure.message)).or_default() += 1;
    }
    let mut problems = Diagnostics::new();
    for one in failed {
        if !is_of_host(one.failure.kind) {
            problems.push(diagnostic(one, "", today));
            continue;
        }
        // Told once, with the first.
        if let Some(count) = hosts.remove(&(key(one).0, one.failure.message.as_str())) {
            let more = match count {
                1 => String::new(),
                count => format!("\nthis is so for {count} documents of that host"),
            };
            problems.push(diagnostic(one, &more, today));
        }
    }
    problems
}

fn diagnostic(one: &Failed, more: &str, today: &str) -> Diagnostic {
    let message = format!(
        "{}: {} {}{more}",
        one.what,
        shown(&one.url),
        one.failure.message
    );
    let (code, help) = match one.failure.kind {
        Kind::Connect => (
            "fetch::connect",
            "check the network, the name of the host and the proxy (HTTPS_PROXY), and run the command again; nothing of this API \
             was changed"
                .to_owned(),
        ),
        Kind::Timeout => (
            "fetch::timeout",
            "run the command again later; nothing of this API was changed".to_owned(),
        ),
        Kind::Closed => (
            "fetch::status",
            "run the command again later; nothing of this API was changed".to_owned(),
        ),
        Kind::Status => (
            "fetch::status",
            format!(
                "run the command again later; where the page needs a login or refuses programs, put its source into the file by \
                 hand, and remove `url` from {MANIFEST_FILE} or mark the document as `retired`"
            ),
        ),
        Kind::Gone => ("fetch::gone", gone(today)),
        Kind::Redirect => (
            "fetch::redirect",
            format!("open the URL in a browser; if the page has moved, correct its URL in {MANIFEST_FILE}; nothing of this API was changed"),
        ),
        Kind::Body => (
            "fetch::body",
            "run the command again; nothing of this API was changed".to_owned(),
        ),
        Kind::TooLarge => (
            "fetch::too_large",
            "check that the URL is the document's; a larger one has to be split into several documents of the API".to_owned(),
        ),
    };
    Diagnostic::error(code, message, help)
}

fn gone(today: &str) -> String {
    format!(
        "if the page has moved, correct its URL in {MANIFEST_FILE}; if it is gone for good, add `retired = {{ date = {today}, reason \
         = \"…\" }}` to the document there, and what is vendored stays without being asked for"
    )
}

/// A document that the server has moved for good, and that was found there.
pub(crate) fn moved(document: &Document, url: &Url, to: &Url) -> Diagnostic {
    Diagnostic::warning(
        "fetch::moved",
        format!(
            "{}: {} has moved permanently to {}",
            document.path(),
            shown(url),
            shown(to)
        ),
        format!("write the new URL into {MANIFEST_FILE} before the old one is gone"),
    )
}
