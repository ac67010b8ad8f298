//! Files that no manifest lists, as an API.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::input::{self, Vendored};
use crate::manifest::{Api, Document};

/// An API of which nothing is said but its documents.
pub(super) fn api_of_files() -> Api {
    Api {
        name: String::new(),
        title: String::new(),
        crate_name: String::new(),
        environment_prefix: String::new(),
        overlay: None,
        base_url: None,
        credentials: BTreeMap::new(),
        credential_origins: Vec::new(),
        numbers_as_strings: false,
        idempotency_key: None,
        left_out: Vec::new(),
        index: None,
        documents: Vec::new(),
        span: 0..0,
        overlay_span: None,
    }
}

/// Reads a file of the command line; `-` is standard input.
pub(super) fn read(path: &Path) -> Result<Vendored, Diagnostic> {
    let (name, bytes) = bytes(path)?;
    let document = Document::unlisted(name.clone(), None);
    Ok(Vendored::new("", document, name, bytes))
}

fn bytes(path: &Path) -> Result<(String, Vec<u8>), Diagnostic> {
    let help = "name a page or document that exists, or an API of specs/apis.toml";
    if path.as_os_str() != "-" {
        let name = path.to_string_lossy().into_owned();
        return match input::read_file(Path::new(""), &name) {
            Ok(bytes) => Ok((name, bytes)),
            Err(problem) => Err(Diagnostic::error(
                problem.code().to_owned(),
                problem.message(),
                help,
            )),
        };
    }
    let mut bytes = Vec::new();
    let limit = u64::try_from(openapi_pages::bounds::MAX_INPUT)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    match std::io::stdin().lock().take(limit).read_to_end(&mut bytes) {
        Ok(_) => Ok(("standard input".to_owned(), bytes)),
        Err(error) => Err(Diagnostic::error(
            "input::read",
            format!("standard input cannot be read: {error}"),
            help,
        )),
    }
}
