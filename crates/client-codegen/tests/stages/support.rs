//! What several tests need.

use std::path::Path;

use client_codegen::assemble::{Assembled, assemble};
use client_codegen::diagnostic::{Diagnostics, SourceFile, Style};
use client_codegen::input::Page;
use client_codegen::manifest::Manifest;
use client_codegen::scaffold::Workspace;
use openapi_pages::{Format, Fragment, parse_yaml};

/// How people start the tool, for everything that names a command.
pub(crate) const PROGRAM: &str = "client-codegen";

/// What this repository's Cargo.toml offers: everything.
pub(crate) fn ours() -> Workspace {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let bytes = std::fs::read(root.join("Cargo.toml")).expect("the workspace has a Cargo.toml");
    Workspace::parse(&SourceFile::new("Cargo.toml", bytes)).expect("it is TOML")
}

/// A page of one fragment, written as YAML.
pub(crate) fn page(name: &str, yaml: &str) -> Page {
    let (document, spans) = parse_yaml(yaml).expect("the fixture is YAML");
    Page {
        file: SourceFile::new(name, yaml.into()),
        format: Format::OpenApiYaml,
        rank: 0,
        fragments: vec![Fragment {
            document,
            spans,
            source_urls: Vec::new(),
            title: None,
        }],
    }
}

/// A vendored file as the stage *pages* reads it.
pub(crate) fn extracted(name: &str, rank: i64, text: &str) -> Page {
    let extraction = openapi_pages::extract(text.as_bytes(), None).expect("the fixture is a page");
    Page {
        file: SourceFile::new(name, text.into()),
        format: extraction.format,
        rank,
        fragments: extraction.fragments,
    }
}

/// Assembles pages of the given names and texts.
pub(crate) fn assembled(pages: &[(&str, &str)]) -> Result<Assembled, Diagnostics> {
    let pages: Vec<Page> = pages.iter().map(|(name, yaml)| page(name, yaml)).collect();
    assemble(&pages, "Test")
}

pub(crate) fn manifest(text: &str) -> Result<Manifest, Diagnostics> {
    Manifest::parse("specs/apis.toml", text.into())
}

/// A manifest with the APIs `one` (files `one/a.md` with a URL and `one/b.md`) and `two` (file `two/a.md`).
pub(crate) fn two_apis() -> Manifest {
    manifest(
        r#"
[api.one]
title = "One"
crate = "one-client"
environment-prefix = "ONE"
overlay = "one/one.overlay.yaml"

[[api.one.document]]
file = "one/a.md"
url = "https://docs.example.com/a.md"

[[api.one.document]]
file = "one/b.md"

[api.two]
title = "Two"
crate = "two-client"
environment-prefix = "TWO"

[[api.two.document]]
file = "two/a.md"
"#,
    )
    .expect("the fixture is a manifest")
}

pub(crate) fn codes(diagnostics: &Diagnostics) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code())
        .collect()
}

/// The text that the first label of the only diagnostic marks.
pub(crate) fn marked(diagnostics: &Diagnostics) -> Vec<String> {
    let first = diagnostics.iter().next().expect("there is a diagnostic");
    let labels = first.labels().iter();
    labels
        .map(|label| {
            let text = label.place.file.text().expect("the file is text");
            text[label.place.range.clone()].to_owned()
        })
        .collect()
}

pub(crate) fn rendered(diagnostics: &Diagnostics) -> String {
    diagnostics.render(Style::Plain)
}

/// Assembles pages that were read.
pub(crate) fn join(pages: &[Page]) -> Result<Assembled, Diagnostics> {
    assemble(pages, "Test")
}

/// Assembles pages that go together.
pub(crate) fn joined(pages: &[Page]) -> Assembled {
    join(pages).unwrap_or_else(|problems| panic!("{}", rendered(&problems)))
}

/// A page with a rank.
pub(crate) fn ranked(name: &str, rank: i64, yaml: &str) -> Page {
    Page {
        rank,
        ..page(name, yaml)
    }
}

/// A ReadMe page with one operation and schemes that its editor has numbered.
pub(crate) fn readme(path: &str, schemes: &str, security: &str) -> String {
    format!(
        "# Title\n\n# OpenAPI definition\n\n```json\n{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \
         \"components\": {{\"securitySchemes\": {{{schemes}}}}}, \"security\": [{security}], \
         \"paths\": {{\"{path}\": {{\"get\": {{\"responses\": {{}}}}}}}}, \"x-readme-fauxas\": true}}\n```\n"
    )
}

/// A scheme of such a page, without its braces.
pub(crate) const HEADER: &str =
    r#""type": "apiKey", "in": "header", "name": "X-Api-Key", "x-default": "sample""#;

/// The text of an origin.
pub(crate) fn origin(assembled: &Assembled, pointer: &str) -> (String, String) {
    let place = assembled
        .origins
        .place(pointer)
        .expect("the pointer has an origin");
    let text = place.file.text().expect("the file is text");
    (
        place.file.name().to_owned(),
        text[place.range].trim().to_owned(),
    )
}
