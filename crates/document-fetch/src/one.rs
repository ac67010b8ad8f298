//! One API: from its entry in the manifest to what has to be written.

use std::collections::BTreeSet;
use std::path::Path;

use client_codegen::diagnostic::{Diagnostic, Diagnostics};
use client_codegen::input::{self, Vendored};
use client_codegen::lock::{Entry, LOCK_FILE, Lock, NOT_VERIFIED, check_bytes, sha256};
use client_codegen::manifest::{Api, Document, Manifest};
use tokio::runtime::Runtime;

use crate::ask::{Asked, Came, Known, ask_for, origins};
use crate::http::Client;
use crate::judge::judge;
use crate::options::Options;
use crate::problem::{self, Failed};
use crate::progress::Meter;
use crate::transaction::{Changes, Hashes};

/// What stays the same for all APIs of a run.
pub(crate) struct Run<'r> {
    pub(crate) root: &'r Path,
    pub(crate) options: &'r Options,
    /// How people start the tool.
    pub(crate) program: &'r str,
    pub(crate) client: &'r Client,
    pub(crate) runtime: &'r Runtime,
}

/// What a fetch of one API would do.
#[derive(Debug, Default)]
pub(crate) struct Planned {
    /// What has to be written, the lock included.
    pub(crate) changes: Changes,
    /// The lock after that.
    pub(crate) lock: Lock,
    /// The manifest after that, if it is another one.
    pub(crate) manifest: Option<Manifest>,
    /// Whether the vendor has other documents than there are here.
    pub(crate) differs: bool,
    /// What was asked for: the proposals of an index, a line each.
    pub(crate) table: String,
    /// What people should know when it is done.
    pub(crate) lines: Vec<String>,
    pub(crate) warnings: Diagnostics,
}

/// Asks for the documents of an API and judges them. `removed` are those that were of it until now.
///
/// # Errors
/// All problems, of all documents; then nothing of the API may be changed.
pub(crate) fn plan(
    run: &Run<'_>,
    manifest: &Manifest,
    lock: &Lock,
    api: &Api,
    removed: &[Document],
) -> Result<Planned, Diagnostics> {
    let known = known(run, manifest, lock, api)?;
    let wanted = known.iter().filter(|one| one.url.is_some()).count();
    let meter = Meter::start(run.options.progress, &api.name, wanted);
    let origins = origins(api);
    let expected = known.iter().map(|one| {
        let hash = one.bytes.as_deref().map(sha256);
        (one.document.path(), hash)
    });
    let expected: Hashes = expected.collect();
    let asked = run
        .runtime
        .block_on(ask_for(run.client, known, &origins, &meter));
    drop(meter);
    // The next API comes after this one.
    for one in &asked {
        if let Ok(Came::New(received)) = &one.result {
            run.client.dropped(received.bytes.len());
        }
    }

    let mut problems = problem::diagnostics(&failed(&asked), &run.options.today);
    let complete = problems.is_empty();
    let mut planned = Planned {
        lock: lock.clone(),
        ..Planned::default()
    };
    planned.changes.expected = expected;
    for one in &asked {
        if let (Some(url), Some(to)) = (&one.known.url, &one.moved_to) {
            planned
                .warnings
                .push(problem::moved(&one.known.document, url, to));
        }
    }
    planned.differs = asked
        .iter()
        .any(|one| matches!(one.result, Ok(Came::New(_))));
    if planned.differs {
        match judge(run.root, api, &asked, removed) {
            // Half of an API says nothing about how its documents go together.
            Ok(warnings) if complete => planned.warnings.extend(warnings),
            Ok(_) => {}
            Err(found) => problems.extend(
                found
                    .into_iter()
                    .filter(|one| complete || one.code().starts_with("fetch::")),
            ),
        }
    }
    let mut planned = problems.or_value(planned)?;
    take(&mut planned, api, &asked, &run.options.today);
    if planned.lock != *lock {
        write_lock(&mut planned, run.program);
    }
    planned.lines.push(summary(api, &asked, wanted));
    Ok(planned)
}

/// The documents with what is known of them, and all that keeps them from being fetched.
fn known(
    run: &Run<'_>,
    manifest: &Manifest,
    lock: &Lock,
    api: &Api,
) -> Result<Vec<Known>, Diagnostics> {
    let mut problems = shared(manifest, api);
    let mut all = Vec::new();
    for document in &api.documents {
        let key = (api.name.clone(), document.file.clone());
        let stated = document.url.as_ref().filter(|_| document.retired.is_none());
        let url = match stated.map(|url| url.parse()).transpose() {
            Ok(url) => url,
            Err(_) => {
                problems.push(Diagnostic::error(
                    "manifest::invalid_value",
                    format!("the URL of {} cannot be asked", document.path()),
                    "correct `url` of the document: its host or port is none",
                ));
                continue;
            }
        };
        let read = match url {
            Some(_) => input::read_optional(run.root, &document.path()),
            // Nobody else can bring it.
            None => input::read_file(run.root, &document.path()).map(Some),
        };
        match read {
            Ok(bytes) => all.push(Known {
                document: document.clone(),
                bytes,
                entry: lock.entries.get(&key).cloned(),
                url,
            }),
            Err(problem) => problems.push(problem),
        }
    }
    let replaceable = all.iter().filter(|one| one.url.is_some());
    let found = replaceable.filter_map(|one| Some((&one.document, one.bytes.clone()?)));
    problems.extend(changed(run, manifest, lock, api, found));
    problems.or_value(all)
}

/// Documents that another API has, too. Each API is judged and pinned by itself, so the fetch of one would change the other one's
/// documents without having looked at it.
fn shared(manifest: &Manifest, api: &Api) -> Diagnostics {
    let others = manifest.apis.iter().filter(|other| other.name != api.name);
    let others: Vec<(&Api, &Document)> = others
        .flat_map(|other| {
            other
                .documents
                .iter()
                .map(move |document| (other, document))
        })
        .collect();
    let asked = api
        .documents
        .iter()
        .filter(|document| document.url.is_some() && document.retired.is_none());
    let found = asked.filter_map(|document| {
        // Two names may be one file, where case does not count.
        let is_same = |(_, other): &&(&Api, &Document)| {
            other.file.to_lowercase() == document.file.to_lowercase()
        };
        let (other, theirs) = others.iter().find(is_same)?;
        let problem = Diagnostic::error(
            "fetch::shared_document",
            format!(
                "{} is a document of `{}` and of `{}`, and a fetch changes one API at a time",
                document.path(),
                api.name,
                other.name
            ),
            "give each API a `file` of its own for it: the URL may be the same",
        );
        let problem = problem.with_label(&manifest.file, document.span.clone(), "this document");
        Some(problem.with_label(&manifest.file, theirs.span.clone(), "and this one"))
    });
    found.collect()
}

/// What somebody has changed and not pinned, and would be lost.
fn changed<'d>(
    run: &Run<'_>,
    manifest: &Manifest,
    lock: &Lock,
    api: &Api,
    found: impl Iterator<Item = (&'d Document, Vec<u8>)>,
) -> Diagnostics {
    let vendored: Vec<Vendored> = found
        .map(|(document, bytes)| Vendored::new(&api.name, document.clone(), document.path(), bytes))
        .collect();
    let pinnable: Vec<_> = vendored.iter().map(Vendored::pinnable).collect();
    check_bytes(lock, manifest, &pinnable, run.program)
}

/// Whether documents that are to be taken out are as they were reviewed. Returns what they are.
///
/// # Errors
/// Those that are not, or that cannot be read.
pub(crate) fn removable(
    run: &Run<'_>,
    manifest: &Manifest,
    lock: &Lock,
    api: &Api,
    documents: &[Document],
) -> Result<Hashes, Diagnostics> {
    let mut problems = Diagnostics::new();
    let mut hashes = Hashes::new();
    let mut found = Vec::new();
    for document in documents {
        match input::read_optional(run.root, &document.path()) {
            Ok(bytes) => {
                hashes.insert(document.path(), bytes.as_deref().map(sha256));
                found.extend(bytes.map(|bytes| (document, bytes)));
            }
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(changed(run, manifest, lock, api, found.into_iter()));
    problems.or_value(hashes)
}

fn failed(asked: &[Asked]) -> Vec<Failed> {
    let failed = asked.iter().filter_map(|one| {
        Some(Failed {
            what: one.known.document.path(),
            url: one.known.url.clone()?,
            failure: one.result.as_ref().err()?.clone(),
        })
    });
    failed.collect()
}

/// What came, as changes of files and of the lock.
fn take(planned: &mut Planned, api: &Api, asked: &[Asked], today: &str) {
    for Asked { known, result, .. } in asked {
        let document = &known.document;
        let key = (api.name.clone(), document.file.clone());
        let entry = |bytes: &[u8], etag: &Option<String>| Entry {
            sha256: sha256(bytes),
            url: document.url.clone(),
            verified: Some(today.to_owned()),
            etag: etag.clone(),
        };
        let path = document.path();
        if let Some(retired) = &document.retired {
            let line = format!(
                "  retired {path} since {}: {}",
                retired.date, retired.reason
            );
            planned.lines.push(line);
        }
        match (result, &known.bytes) {
            (Ok(Came::New(received)), old) => {
                let verb = if old.is_some() { "changed" } else { "new" };
                planned.lines.push(format!("{verb:>9} {path}"));
                let entry = entry(&received.bytes, &received.etag);
                planned.lock.entries.insert(key, entry);
                let put = &mut planned.changes.put;
                put.insert(path, received.bytes.clone());
            }
            // Only then: a server that gives the same bytes a new entity tag with each of its releases would otherwise make every
            // fetch write. Such a page is sent in full until its bytes change, and is compared here.
            (Ok(Came::Same { etag }), Some(bytes)) if is_news(known) => {
                planned.lines.push(format!(" verified {path}"));
                planned.lock.entries.insert(key, entry(bytes, etag));
            }
            _ => {}
        }
    }
}

/// Whether it is not yet known that the vendored bytes are those of this URL.
fn is_news(known: &Known) -> bool {
    let entry = known.entry.as_ref();
    entry.is_none_or(|entry| {
        entry.url != known.document.url
            || entry
                .verified
                .as_deref()
                .is_none_or(|at| at == NOT_VERIFIED)
    })
}

fn summary(api: &Api, asked: &[Asked], wanted: usize) -> String {
    if wanted == 0 {
        return format!("{}: no document has a URL to ask", api.name);
    }
    let new = asked
        .iter()
        .filter(|one| matches!(one.result, Ok(Came::New(_))));
    let noun = if wanted == 1 { "document" } else { "documents" };
    match new.count() {
        0 => format!("{}: {wanted} {noun}, unchanged upstream", api.name),
        count => format!(
            "{}: {wanted} {noun}, {count} with changes upstream",
            api.name
        ),
    }
}

/// Takes documents out: their files, unless another API has the same one, and their entries.
pub(crate) fn take_out(
    planned: &mut Planned,
    manifest: &Manifest,
    api: &Api,
    documents: &[Document],
    program: &str,
) {
    let others: BTreeSet<&String> = manifest
        .apis
        .iter()
        .filter(|other| other.name != api.name)
        .flat_map(|other| other.documents.iter().map(|document| &document.file))
        .collect();
    for document in documents {
        let key = (api.name.clone(), document.file.clone());
        planned.lock.entries.remove(&key);
        planned.lines.push(format!("  removed {}", document.path()));
        if !others.contains(&document.file) {
            planned.changes.remove.insert(document.path());
        }
    }
    write_lock(planned, program);
}

fn write_lock(planned: &mut Planned, program: &str) {
    let text = planned.lock.to_text(program);
    let put = &mut planned.changes.put;
    put.insert(LOCK_FILE.to_owned(), text.into_bytes());
}
