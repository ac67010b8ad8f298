//! Reads files that the manifest names.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use openapi_pages::bounds::MAX_INPUT;

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::lock::Pinnable;
use crate::manifest::{Api, Document};

/// A vendored document with its bytes.
#[derive(Debug, Clone)]
pub struct Vendored {
    /// The name of its API.
    pub api: String,
    /// Its entry in the manifest.
    pub document: Document,
    /// Its bytes as they are on the disk.
    pub bytes: Vec<u8>,
    /// The same, for diagnostics.
    pub file: Arc<SourceFile>,
}

impl Vendored {
    /// A document whose bytes were read; diagnostics call its file `name`.
    #[must_use]
    pub fn new(api: &str, document: Document, name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            api: api.to_owned(),
            document,
            file: SourceFile::new(name, bytes.clone()),
            bytes,
        }
    }

    /// The document as the lock needs it.
    #[must_use]
    pub fn pinnable(&self) -> Pinnable<'_> {
        Pinnable {
            api: &self.api,
            document: &self.document,
            bytes: &self.bytes,
        }
    }
}

/// Reads all documents of an API, in the manifest's order; every unreadable one is a problem.
pub fn vendored(root: &Path, api: &Api) -> Result<Vec<Vendored>, Diagnostics> {
    let mut problems = Diagnostics::new();
    if api.documents.is_empty() {
        problems.push(Diagnostic::error(
            "manifest::no_documents",
            format!(
                "[api.{}] has no document, so there is nothing to make a client from",
                api.name
            ),
            format!(
                "run `fetch {} --index --accept`, which takes them from the index of the API",
                api.name
            ),
        ));
    }
    let mut all = Vec::new();
    for document in &api.documents {
        match read_file(root, &document.path()) {
            Ok(bytes) => {
                all.push(Vendored::new(
                    &api.name,
                    document.clone(),
                    document.path(),
                    bytes,
                ));
            }
            Err(problem) => problems.push(problem),
        }
    }
    problems.or_value(all)
}

/// Reads a file that must exist. `name` is its path below `root`, with `/`.
pub fn read_file(root: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
    read_optional(root, name)?.ok_or_else(|| {
        Diagnostic::error(
            "input::missing",
            format!("{name} does not exist"),
            "put the file there, or correct the path in specs/apis.toml",
        )
    })
}

/// Reads a file that may be absent.
pub fn read_optional(root: &Path, name: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
    let path = root.join(name);
    let metadata = match fs::metadata(&path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(name, &error)),
    };
    // Asked before opening: reading a directory gives another error on each platform, and a named pipe would block.
    if !metadata.is_file() {
        let kind = if metadata.is_dir() {
            "a directory"
        } else {
            "not a regular file"
        };
        return Err(Diagnostic::error(
            "input::not_a_file",
            format!("{name} is {kind}"),
            "put the document's file at that path, or correct the path in specs/apis.toml",
        ));
    }
    let file = File::open(&path).map_err(|error| unreadable(name, &error))?;
    let limit = u64::try_from(MAX_INPUT).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    // One byte more than the bound, so that a file that grows while it is read is seen too.
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(name, &error))?;
    if bytes.len() > MAX_INPUT {
        return Err(Diagnostic::error(
            "input::too_large",
            format!("{name} is larger than {MAX_INPUT} bytes, which is the most that is read"),
            "check that this is the document; if it is, split it into several documents of the API",
        ));
    }
    Ok(Some(bytes))
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "input::read",
        format!("{name} cannot be read: {error}"),
        "check the path's permissions and that no part of it is a file",
    )
}
