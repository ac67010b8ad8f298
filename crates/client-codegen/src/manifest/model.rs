//! What the manifest says.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use openapi_pages::Format;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, SourceFile};

/// The folder of the manifest, the lock and the vendored documents, relative to the workspace.
pub const SPECS: &str = "specs";

/// The manifest, relative to the workspace.
pub const MANIFEST_FILE: &str = "specs/apis.toml";

/// All APIs.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// Sorted by name.
    pub apis: Vec<Api>,
    /// `specs/apis.toml` itself, for diagnostics.
    pub file: Arc<SourceFile>,
}

/// `[api.NAME]`: one API, which becomes one crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Api {
    /// `NAME`: what the commands call the API.
    pub name: String,
    /// `title`: what people call the API; becomes `info.title` of the assembled document.
    pub title: String,
    /// `crate`: the package that is generated, in `crates/` under the same name.
    pub crate_name: String,
    /// `environment-prefix`: the start of the names of environment variables, as `HEYGEN` in `HEYGEN_API_KEY`.
    pub environment_prefix: String,
    /// `overlay`: an OpenAPI Overlay of our own, relative to `specs/`.
    pub overlay: Option<String>,
    /// `base-url`: used in place of the document's first server.
    pub base_url: Option<String>,
    /// `credentials`: security scheme to setter of the client's builder, where the names that are made from the schemes
    /// would clash.
    pub credentials: BTreeMap<String, String>,
    /// `credential-origins`: the origins of operations' servers that credentials may go to, beside the base URL's.
    pub credential_origins: Vec<String>,
    /// `numbers-as-strings`: whether fields of numbers also read a number in a text.
    pub numbers_as_strings: bool,
    /// The header field by which the API knows a call that is made again, such as `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// `left-out`: the operations that the client may lack.
    pub left_out: Vec<LeftOut>,
    /// `index`: the vendor's list of pages that `fetch --index` takes documents from.
    pub index: Option<Index>,
    /// `[[api.NAME.document]]`, in the manifest's order, which has no meaning. Empty only if there is an index, from which no
    /// page was taken yet.
    pub documents: Vec<Document>,
    /// The API's name in the manifest.
    pub span: Range<usize>,
    /// The value of `overlay`, if there is one.
    pub overlay_span: Option<Range<usize>>,
}

/// An entry of `left-out`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// As `POST /users`; `/users` where the document refers to all of the path and what it refers to is not there.
    pub operation: String,
    /// The entry in the manifest.
    pub place: Place,
}

/// `index`: a vendor's list of pages, and which of them are documents of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// `url`: a Markdown list of links, as sites publish it in `llms.txt`.
    pub url: String,
    /// `include`: patterns of the paths of the URLs, as `api-reference/registry/*`. Never empty.
    pub include: Vec<Pattern>,
    /// `exclude`: patterns of those that are left out again.
    pub exclude: Vec<Pattern>,
    /// `folder`: where new documents are put, relative to `specs/`; the API's name unless it says otherwise.
    pub folder: String,
    /// The value of `url` in the manifest.
    pub place: Place,
}

/// A pattern of `index`. Its grammar is that of the program that reads the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// As it is written.
    pub text: String,
    /// The entry in the manifest.
    pub place: Place,
}

/// `retired`: the vendor no longer has the document, and what is vendored stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// `date`: since when, as `2026-11-22`.
    pub date: String,
    /// `reason`: in a line, what became of it.
    pub reason: String,
}

/// `[[api.NAME.document]]`: one vendored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// `file`: relative to `specs/`, with `/`.
    pub file: String,
    /// `url`: where the bytes came from. None for a document of our own.
    pub url: Option<String>,
    /// `format`: what the file is, where its content does not tell.
    pub format: Option<Format>,
    /// `rank`: where two documents differ, the one of the higher rank is believed; 0 unless it says otherwise.
    pub rank: i64,
    /// `retired`: why it is no longer fetched, if it is not.
    pub retired: Option<Retired>,
    /// The value of `file` in the manifest.
    pub span: Range<usize>,
}

impl Manifest {
    /// The API of that name.
    #[must_use]
    pub fn api(&self, name: &str) -> Option<&Api> {
        self.apis.iter().find(|api| api.name == name)
    }

    /// The APIs of these names, in the manifest's order; all of them if no name is given.
    pub fn select<S: AsRef<str>>(&self, names: &[S]) -> Result<Vec<&Api>, Diagnostics> {
        let unknown: Diagnostics = names
            .iter()
            .map(S::as_ref)
            .filter(|name| self.api(name).is_none())
            .map(|name| self.unknown(name))
            .collect();
        let selected = self.apis.iter();
        let selected = selected
            .filter(|api| names.is_empty() || names.iter().any(|name| name.as_ref() == api.name));
        unknown.or_value(selected.collect())
    }

    fn unknown(&self, name: &str) -> Diagnostic {
        let known: Vec<&str> = self.apis.iter().map(|api| api.name.as_str()).collect();
        Diagnostic::error(
            "manifest::unknown_api",
            format!("there is no API `{name}` in {}", self.file.name()),
            match known.as_slice() {
                [] => format!("add a table `[api.{name}]` to {}", self.file.name()),
                known => format!("use one of: {}", known.join(", ")),
            },
        )
    }
}

impl Api {
    /// The overlay's path relative to the workspace.
    #[must_use]
    pub fn overlay_path(&self) -> Option<String> {
        self.overlay.as_ref().map(|file| format!("{SPECS}/{file}"))
    }

    /// The crate's folder relative to the workspace.
    #[must_use]
    pub fn crate_path(&self) -> String {
        format!("crates/{}", self.crate_name)
    }
}

impl Document {
    /// A document that no manifest lists yet.
    #[must_use]
    pub fn unlisted(file: impl Into<String>, url: Option<String>) -> Self {
        Self {
            file: file.into(),
            url,
            format: None,
            rank: 0,
            retired: None,
            span: 0..0,
        }
    }

    /// The file's path relative to the workspace.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{SPECS}/{}", self.file)
    }
}
