//! What the lock file says.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The lock file, relative to the workspace.
pub const LOCK_FILE: &str = "specs/apis.lock";

/// The value of `verified` until a fetch has seen the same bytes at the URL.
pub const NOT_VERIFIED: &str = "not verified";

/// The journal of a fetch, relative to the workspace. While it is there, the documents, the lock and the manifest are partly those
/// of before, and a run of `fetch` makes them all new.
pub const FETCH_JOURNAL: &str = "specs/.codegen-tmp-fetch/journal.toml";

/// All pinned documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// By API and file.
    pub entries: BTreeMap<(String, String), Entry>,
}

/// One pinned document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The document's hash, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Where it came from, if it has a URL.
    pub url: Option<String>,
    /// The day on which a fetch first saw these bytes at the URL, as `2026-11-22` in UTC, or [`NOT_VERIFIED`]. None for a
    /// document without URL. A later fetch that sees them again writes nothing.
    pub verified: Option<String>,
    /// The entity tag that came with these bytes, as the server wrote it (RFC 9110 §8.8.3), for a conditional request.
    pub etag: Option<String>,
}

/// A document as `check` and `pin` need it.
#[derive(Debug, Clone, Copy)]
pub struct Pinnable<'a> {
    /// The API's name.
    pub api: &'a str,
    /// The document's entry in the manifest.
    pub document: &'a crate::manifest::Document,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// SHA-256 (FIPS 180-4) in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_the_standards() {
        // FIPS 180-4's well-known test value for "abc".
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(super::sha256(b"abc"), expected);
    }
}
