//! Whether what came may replace what is there.

use std::path::Path;

use client_codegen::assemble::Assembled;
use client_codegen::diagnostic::{Diagnostic, Diagnostics, SourceFile, from_pages};
use client_codegen::input::{self, Page};
use client_codegen::manifest::{Api, Document, MANIFEST_FILE};
use client_codegen::pipeline;
use openapi_lower::Lowered;
use openapi_pages::{Extraction, Problem, extract};
use reqwest::Url;

use crate::ask::{Asked, Came};
use crate::excerpt::excerpt;
use crate::http::{Received, shown};
use crate::operations::{described, lost};
use crate::renames::renames;

/// How many operations a message names.
const NAMED: usize = 5;

/// Judges the documents of an API, all of its new bytes together: each is of a known format and describes what it described, and
/// together they assemble and lower, as `codegen` does it.
///
/// `removed` are documents that were of the API until now, and that their operations may have come from. Returns what people should
/// know of documents that are let in.
///
/// # Errors
/// Why they are not, with all reasons that can be found at the same time.
pub(crate) fn judge(
    root: &Path,
    api: &Api,
    asked: &[Asked],
    removed: &[Document],
) -> Result<Diagnostics, Diagnostics> {
    let mut problems = Diagnostics::new();
    let mut new = Vec::new();
    let mut old = Vec::new();
    for one in asked {
        match pages(one) {
            Ok(Pages { before, after }) => {
                old.extend(before);
                new.extend(after);
            }
            Err(found) => problems.extend(found),
        }
    }
    let (new, mut old) = problems.or_value((new, old))?;
    let gone = removed.iter().filter_map(|document| {
        let bytes = input::read_file(root, &document.path()).ok()?;
        page(document, document.path(), &bytes).ok()
    });
    old.extend(gone);
    let (lowered, mut warnings) = lowered(root, api, &new)?;
    // What there was may have had problems of its own, which are not news.
    if let Ok((before, _)) = self::lowered(root, api, &old) {
        warnings.extend(renames(api, &before, &lowered));
    }
    Ok(warnings)
}

/// A document as a page of the API, before and after.
struct Pages {
    before: Option<Page>,
    after: Option<Page>,
}

fn pages(one: &Asked) -> Result<Pages, Diagnostics> {
    let document = &one.known.document;
    let vendored = one.known.bytes.as_deref();
    let Ok(Came::New(received)) = &one.result else {
        let Some(bytes) = vendored else {
            return Ok(Pages {
                before: None,
                after: None,
            });
        };
        let page = page(document, document.path(), bytes)?;
        return Ok(Pages {
            before: Some(page.clone()),
            after: Some(page),
        });
    };
    let after = arrived(one, received)?;
    let name = document.path();
    // The stated form may be that of the new bytes alone.
    let unstated = Document {
        format: None,
        ..document.clone()
    };
    let before = vendored.and_then(|bytes| {
        let stated = page(document, name.clone(), bytes);
        stated.or_else(|_| page(&unstated, name, bytes)).ok()
    });
    if let Some(before) = &before {
        let (old, new) = (described(&before.fragments), described(&after.fragments));
        if let Some(gone) = lost(&old, &new) {
            let gone: Vec<&str> = gone.iter().map(|one| one.shown()).collect();
            let new: Vec<&str> = new.iter().map(|one| one.shown()).collect();
            return Err(other_operation(one, &gone, &new).into());
        }
    }
    Ok(Pages {
        before,
        after: Some(after),
    })
}

/// What came, as a page; or what it is instead.
fn arrived(one: &Asked, received: &Received) -> Result<Page, Diagnostics> {
    let document = &one.known.document;
    let name = format!("{} (as it came)", document.path());
    match extract(&received.bytes, document.format) {
        Ok(Extraction { format, fragments }) => Ok(Page {
            file: SourceFile::new(name, received.bytes.clone()),
            format,
            rank: document.rank,
            fragments,
        }),
        Err(found) => Err(refused(one, received, name, found).into()),
    }
}

fn page(document: &Document, name: String, bytes: &[u8]) -> Result<Page, Diagnostics> {
    let file = SourceFile::new(name, bytes.to_vec());
    match extract(bytes, document.format) {
        Ok(Extraction { format, fragments }) => Ok(Page {
            file,
            format,
            rank: document.rank,
            fragments,
        }),
        Err(found) => Err(found
            .into_iter()
            .map(|problem| from_pages(problem, &file))
            .collect()),
    }
}

fn url(one: &Asked) -> String {
    one.known.url.as_ref().map(shown).unwrap_or_default()
}

/// What came is no document, or not one of the stated format.
fn refused(one: &Asked, received: &Received, name: String, found: Vec<Problem>) -> Diagnostic {
    let document = &one.known.document;
    let (url, path) = (url(one), document.path());
    if let Some(stated) = document.format
        && let Ok(other) = extract(&received.bytes, None)
    {
        let format = other.format;
        return Diagnostic::error(
            "fetch::other_format",
            format!(
                "{path}: {url} is now a document of the format {format}, and the manifest states {stated}"
            ),
            format!(
                "remove `format` from the document in {MANIFEST_FILE}, or write `format = \"{format}\"`, and run the command \
                 again; `codegen` would refuse the new document with the old format"
            ),
        );
    }
    let query = one.known.url.as_ref().and_then(Url::query);
    let query = query.filter(|query| !query.is_empty());
    // Servers like to say what they were asked for.
    let what = excerpt(received.content_type.as_deref(), &received.bytes, query);
    let mut message =
        format!("{path}: {url} answers with something else than a document of the API: {what}");
    for problem in &found {
        message.push_str(&format!("\n{}: {}", problem.code, problem.message));
    }
    let help = match one.known.bytes {
        Some(_) => {
            "open the URL in a browser: a login page or an error page is to be fetched later, and a page that has moved needs its new \
             URL in specs/apis.toml; what is vendored stays"
        }
        None => {
            "open the URL in a browser; where the page describes no operation, remove the document from specs/apis.toml, or let \
             `exclude` of the index match it"
        }
    };
    let diagnostic = Diagnostic::error("fetch::not_a_document", message, help);
    match found.into_iter().find_map(|problem| problem.span) {
        Some(span) if query.is_none() && std::str::from_utf8(&received.bytes).is_ok() => {
            let file = SourceFile::new(name, received.bytes.clone());
            diagnostic.with_label(&file, span, "here")
        }
        _ => diagnostic,
    }
}

fn other_operation(one: &Asked, gone: &[&str], new: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "fetch::other_operation",
        format!(
            "{}: {} no longer describes {}; it describes {}",
            one.known.document.path(),
            url(one),
            list(gone),
            list(new)
        ),
        format!(
            "if the page has moved, correct its URL in {MANIFEST_FILE}; if the vendor has really replaced the operations, put the new \
             document into the file by hand and run `pin`"
        ),
    )
}

fn list(names: &[&str]) -> String {
    let shown = names.iter().take(NAMED).map(|name| format!("`{name}`"));
    let shown: Vec<String> = shown.collect();
    match names.len() {
        0 => "no operation".to_owned(),
        count if count > NAMED => format!("{} and {} more", shown.join(", "), count - NAMED),
        _ => shown.join(", "),
    }
}

/// The stages from *assemble* to *lower*, and a warning where our overlay no longer fits.
///
/// The overlay is ours and can only be corrected against the new documents, so it does not keep them out, unless nothing can
/// be lowered without it.
fn lowered(root: &Path, api: &Api, pages: &[Page]) -> Result<(Lowered, Diagnostics), Diagnostics> {
    let overlay = pipeline::read_overlay(root, api);
    let assembled = pipeline::assembled(pages, &api.title);
    let (assembled, overlay) = Diagnostics::both(assembled, overlay)?;
    match pipeline::overlaid(assembled.clone(), overlay.as_ref()) {
        Ok(overlaid) => Ok((pipeline::lowered(&overlaid)?, Diagnostics::new())),
        Err(problems) => without_overlay(api, &assembled, problems),
    }
}

fn without_overlay(
    api: &Api,
    assembled: &Assembled,
    mut problems: Diagnostics,
) -> Result<(Lowered, Diagnostics), Diagnostics> {
    match pipeline::lowered(assembled) {
        Ok(lowered) => {
            let warning = Diagnostic::warning(
                "fetch::overlay",
                format!(
                    "{} does not fit the new documents of {}:\n{problems}",
                    api.overlay_path().unwrap_or_default(),
                    api.name
                ),
                "correct the overlay before the next `codegen`, which refuses it; `show --stage assemble` prints the document that it \
                 is applied to",
            );
            Ok((lowered, warning.into()))
        }
        Err(more) => {
            problems.extend(more);
            Err(problems)
        }
    }
}
