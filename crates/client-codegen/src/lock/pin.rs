//! Takes bytes as reviewed.

use super::{Entry, Lock, NOT_VERIFIED, Pinnable, sha256};
use crate::manifest::Manifest;

/// The lock after pinning all documents of the `selected` APIs; `documents` must hold each of them.
///
/// Entries of other APIs stay as they are. What is gone from a selected API, and every API that is gone from the manifest,
/// loses its entry.
#[must_use]
pub fn pin(
    lock: &Lock,
    manifest: &Manifest,
    selected: &[&str],
    documents: &[Pinnable<'_>],
) -> Lock {
    let kept = lock
        .entries
        .iter()
        .filter(|((api, _), _)| !selected.contains(&api.as_str()) && manifest.api(api).is_some());
    let mut entries: std::collections::BTreeMap<_, _> = kept
        .map(|(key, entry)| (key.clone(), entry.clone()))
        .collect();
    for pinnable in documents
        .iter()
        .filter(|pinnable| selected.contains(&pinnable.api))
    {
        let key = (pinnable.api.to_owned(), pinnable.document.file.clone());
        let entry = pinned(lock.entries.get(&key), pinnable);
        entries.insert(key, entry);
    }
    Lock { entries }
}

/// `verified` and `etag` are about these bytes at this URL, so they survive only if neither has changed.
fn pinned(old: Option<&Entry>, pinnable: &Pinnable<'_>) -> Entry {
    let sha256 = sha256(pinnable.bytes);
    let url = pinnable.document.url.clone();
    let same = old.filter(|old| old.sha256 == sha256 && old.url == url);
    let verified = url.as_ref().map(|_| {
        let verified = same.and_then(|old| old.verified.clone());
        verified.unwrap_or_else(|| NOT_VERIFIED.to_owned())
    });
    Entry {
        sha256,
        url,
        verified,
        etag: same.and_then(|old| old.etag.clone()),
    }
}
