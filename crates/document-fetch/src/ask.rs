//! Asks for the documents of an API, all at the same time, as far as the hosts allow.

use std::collections::BTreeSet;

use client_codegen::lock::{Entry, sha256};
use client_codegen::manifest::{Api, Document};
use futures::future::join_all;
use reqwest::Url;

use crate::http::{Answer, Ask, Client, Failure, Received, origin, usable_etag};
use crate::progress::Meter;

/// A document of the manifest and what is known of it here.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) document: Document,
    /// The vendored bytes, if there are some.
    pub(crate) bytes: Option<Vec<u8>>,
    /// What the lock says of it.
    pub(crate) entry: Option<Entry>,
    /// Where it is asked for; None for one of our own and one that is retired.
    pub(crate) url: Option<Url>,
}

/// What came of a document.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) known: Known,
    pub(crate) result: Result<Came, Failure>,
    /// Where the server says that it is now.
    pub(crate) moved_to: Option<Url>,
}

/// What came.
#[derive(Clone, Debug)]
pub(crate) enum Came {
    /// Nothing was asked for.
    NotAsked,
    /// The same bytes, with their entity tag.
    Same { etag: Option<String> },
    /// Other bytes, or the first ones.
    New(Received),
}

impl Known {
    /// The entity tag of the vendored bytes at this URL.
    fn etag(&self) -> Option<&str> {
        let (entry, bytes) = (self.entry.as_ref()?, self.bytes.as_ref()?);
        let is_theirs = entry.url == self.document.url && entry.sha256 == sha256(bytes);
        entry
            .etag
            .as_deref()
            .filter(|_| is_theirs)
            .and_then(usable_etag)
    }
}

/// The origins that redirects of an API may lead to: those that the manifest names for it.
pub(crate) fn origins(api: &Api) -> BTreeSet<String> {
    let documents = api.documents.iter().filter_map(|one| one.url.as_deref());
    let index = api.index.iter().map(|index| index.url.as_str());
    documents
        .chain(index)
        .filter_map(|url| Some(origin(&url.parse().ok()?)))
        .collect()
}

/// Asks for all documents that have a URL, and gives them back in their order.
pub(crate) async fn ask_for(
    client: &Client,
    documents: Vec<Known>,
    origins: &BTreeSet<String>,
    meter: &Meter,
) -> Vec<Asked> {
    let asked = documents
        .into_iter()
        .map(|known| one(client, known, origins, meter));
    join_all(asked).await
}

async fn one(client: &Client, known: Known, origins: &BTreeSet<String>, meter: &Meter) -> Asked {
    let Some(url) = known.url.clone() else {
        return Asked {
            known,
            result: Ok(Came::NotAsked),
            moved_to: None,
        };
    };
    let answer = client
        .get(Ask {
            url: &url,
            etag: known.etag(),
            origins,
        })
        .await;
    meter.tick();
    let (result, moved_to) = match answer {
        Err(failure) => (Err(failure), None),
        Ok(Answer {
            found, moved_to, ..
        }) => (Ok(came(client, &known, found)), moved_to),
    };
    Asked {
        known,
        result,
        moved_to,
    }
}

fn came(client: &Client, known: &Known, found: Option<Received>) -> Came {
    match found {
        None => Came::Same {
            etag: known.etag().map(str::to_owned),
        },
        Some(found) if known.bytes.as_ref() == Some(&found.bytes) => {
            client.dropped(found.bytes.len());
            Came::Same { etag: found.etag }
        }
        Some(found) => Came::New(found),
    }
}
