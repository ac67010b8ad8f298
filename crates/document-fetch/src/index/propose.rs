//! What an index adds to the manifest and removes from it.

use std::collections::BTreeSet;

use client_codegen::diagnostic::{Diagnostic, Diagnostics};
use client_codegen::manifest::{Api, Document, Index, Manifest, SPECS};
use reqwest::Url;

use super::file_name::file_name;
use super::links::links;
use super::patterns::Patterns;
use crate::ask::origins;
use crate::excerpt::excerpt;
use crate::http::{Ask, Received, may_be_asked, origin, shown};
use crate::one::Run;
use crate::problem::{self, Failed};

/// What an index adds and removes.
#[derive(Debug)]
pub(crate) struct Proposal {
    /// Files, relative to `specs/`, and their URLs.
    added: Vec<(String, Url)>,
    removed: Vec<Document>,
    /// Matching pages that lie elsewhere.
    foreign: usize,
}

impl Proposal {
    pub(crate) fn added(&self) -> &[(String, Url)] {
        &self.added
    }

    pub(crate) fn removed(&self) -> &[Document] {
        &self.removed
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }

    /// What of the index is not taken.
    pub(crate) fn left_out(&self, api: &Api) -> Option<String> {
        let pages = match self.foreign {
            0 => return None,
            1 => "1 page".to_owned(),
            count => format!("{count} pages"),
        };
        let name = &api.name;
        Some(format!(
            "{name}: {pages} of the index not taken: at places that the manifest does not name for this API, or with a query"
        ))
    }

    /// A line for each document, and what it comes to.
    pub(crate) fn table(&self, api: &Api, program: &str) -> String {
        let added = self
            .added
            .iter()
            .map(|(file, url)| format!("     add {SPECS}/{file} from {}\n", shown(url)));
        let removed = self
            .removed
            .iter()
            .map(|document| format!("  remove {}\n", document.path()));
        let mut table: String = added.chain(removed).collect();
        let name = &api.name;
        table.push_str(&match self.is_empty() {
            true => format!("{name}: the index lists what the manifest has\n"),
            false => format!(
                "{name}: {} to add, {} to remove; `{program} fetch {name} --index --accept` does it\n",
                self.added.len(),
                self.removed.len()
            ),
        });
        table
    }
}

/// Reads the index of an API, which has one, and compares it with the API's documents.
///
/// # Errors
/// An index that cannot be had, or that lists no page of the API: it is another page, or the patterns are wrong, and all
/// documents would be removed.
pub(crate) fn propose(
    run: &Run<'_>,
    manifest: &Manifest,
    api: &Api,
) -> Result<Proposal, Diagnostics> {
    let Some(index) = &api.index else {
        return Ok(Proposal {
            added: Vec::new(),
            removed: Vec::new(),
            foreign: 0,
        });
    };
    let patterns = Patterns::read(index)?;
    let Found { base, at, received } = read(run, api, index)?;
    let text = String::from_utf8_lossy(&received.bytes);
    let mut pages = links(&text, &at);
    let count = pages.len();
    pages.retain(|url| patterns.take(url));
    let allowed = origins(api);
    let matching = pages.len();
    let listed: BTreeSet<Url> = pages.iter().cloned().collect();
    // A page with a query is made for whoever asks, and its URL may hold a key.
    pages
        .retain(|url| may_be_asked(url) && url.query().is_none() && allowed.contains(&origin(url)));
    if pages.is_empty() {
        return Err(empty(index, &base, &received, count, matching).into());
    }
    Ok(compare(
        manifest,
        api,
        index,
        &patterns,
        &Listed {
            pages: &pages,
            all: &listed,
            foreign: matching - pages.len(),
        },
    ))
}

/// The index as it is now.
struct Found {
    /// Where it was asked for.
    base: Url,
    /// Where it was found, which its links are relative to (RFC 3986 §5.1.3).
    at: Url,
    received: Received,
}

fn read(run: &Run<'_>, api: &Api, index: &Index) -> Result<Found, Diagnostics> {
    let unreadable = || {
        Diagnostic::error(
            "manifest::invalid_value",
            format!("`{}` is no URL", index.url),
            "correct `url` of the index",
        )
    };
    let base: Url = index.url.parse().map_err(|_| unreadable())?;
    let allowed = origins(api);
    let asked = Ask {
        url: &base,
        etag: None,
        origins: &allowed,
    };
    let failed = match run.runtime.block_on(run.client.get(asked)) {
        Ok(answer) => match answer.found {
            Some(received) => {
                run.client.dropped(received.bytes.len());
                return Ok(Found {
                    base,
                    at: answer.at,
                    received,
                });
            }
            // Nothing was asked that could be answered in this way.
            None => return Err(unreadable().into()),
        },
        Err(failure) => Failed {
            what: format!("the index of {}", api.name),
            url: base,
            failure,
        },
    };
    Err(problem::diagnostics(&[failed], &run.options.today))
}

/// The links of an index that match the patterns.
struct Listed<'l> {
    /// Those that can be taken in.
    pages: &'l [Url],
    all: &'l BTreeSet<Url>,
    /// How many are not among the pages.
    foreign: usize,
}

fn compare(
    manifest: &Manifest,
    api: &Api,
    index: &Index,
    patterns: &Patterns,
    listed: &Listed<'_>,
) -> Proposal {
    let url = |document: &Document| -> Option<Url> {
        let mut url: Url = document.url.as_ref()?.parse().ok()?;
        url.set_fragment(None);
        Some(url)
    };
    let places: BTreeSet<String> = listed.all.iter().map(origin).collect();
    let known: BTreeSet<Url> = api.documents.iter().filter_map(url).collect();
    let is_gone = |document: &&Document| {
        let page = url(document).filter(|url| patterns.take(url));
        // One that is retired stays. One that the patterns do not match, or of a place that the index does not speak of, is not
        // the index's matter.
        let is_missing = |page: Url| places.contains(&origin(&page)) && !listed.all.contains(&page);
        document.retired.is_none() && page.is_some_and(is_missing)
    };
    let all = manifest.apis.iter().flat_map(|api| &api.documents);
    let mut taken: BTreeSet<String> = all.map(|one| one.file.to_lowercase()).collect();
    let mut new: Vec<&Url> = listed
        .pages
        .iter()
        .filter(|url| !known.contains(*url))
        .collect();
    new.sort();
    Proposal {
        added: new
            .into_iter()
            .map(|url| (file_name(index, url, &mut taken), url.clone()))
            .collect(),
        removed: api.documents.iter().filter(is_gone).cloned().collect(),
        foreign: listed.foreign,
    }
}

fn empty(
    index: &Index,
    base: &Url,
    received: &Received,
    count: usize,
    matching: usize,
) -> Diagnostic {
    let what = excerpt(
        received.content_type.as_deref(),
        &received.bytes,
        base.query(),
    );
    let links = match (count, matching) {
        (0, _) => "it has no links".to_owned(),
        (count, 0) => format!("none of its links matches, of which there are {count}"),
        (_, matching) => format!(
            "the {matching} links that match lead to places that the manifest does not name for this API"
        ),
    };
    let problem = Diagnostic::error(
        "fetch::index_empty",
        format!(
            "{} lists no page of the API: {links}; it is {what}",
            shown(base)
        ),
        "open the URL in a browser, and correct `url`, `include` or `exclude` of the index; a pattern is compared with the path of \
         a page's URL without its first slash",
    );
    match base.query() {
        // The line would be quoted, and a query may hold a key.
        Some(_) => problem,
        None => problem.with_label(&index.place.file, index.place.range.clone(), "this index"),
    }
}
