//! Compares vendored bytes, manifest and lock.

use super::{LOCK_FILE, Lock, Pinnable, sha256};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::manifest::Manifest;
use std::sync::Arc;

/// What differs between the lock and these documents, and which entries of the lock nothing in the manifest stands for.
///
/// Entries are judged against the whole manifest, documents only if they are given: a run for one API does not fail for
/// what another API's vendor changed, but a leftover entry is seen by every run.
pub fn check(
    lock: &Lock,
    manifest: &Manifest,
    documents: &[Pinnable<'_>],
    program: &str,
) -> Diagnostics {
    let mut problems = check_bytes(lock, manifest, documents, program);
    problems.extend(stale(lock, manifest, program));
    problems
}

/// What differs between the bytes that the lock has and those of these documents; where they come from is not asked.
pub fn check_bytes(
    lock: &Lock,
    manifest: &Manifest,
    documents: &[Pinnable<'_>],
    program: &str,
) -> Diagnostics {
    documents
        .iter()
        .filter_map(|pinnable| check_one(lock, pinnable, &manifest.file, program))
        .collect()
}

fn check_one(
    lock: &Lock,
    pinnable: &Pinnable<'_>,
    manifest: &Arc<SourceFile>,
    program: &str,
) -> Option<Diagnostic> {
    let Pinnable {
        api,
        document,
        bytes,
    } = *pinnable;
    let path = document.path();
    let Some(entry) = lock.entries.get(&(api.to_owned(), document.file.clone())) else {
        let problem = Diagnostic::error(
            "lock::not_pinned",
            format!("{path} is not pinned"),
            format!("read the document, then run `{program} pin {api}`"),
        );
        return Some(problem.with_label(manifest, document.span.clone(), "this document"));
    };
    let found = sha256(bytes);
    (found != entry.sha256).then(|| {
        Diagnostic::error(
            "lock::hash_mismatch",
            format!(
                "{path} is not the document that was pinned\n  pinned {}\n  found  {found}",
                entry.sha256
            ),
            format!("if the change is meant, review it and run `{program} pin {api}`; otherwise restore the file from git"),
        )
        .with_label(manifest, document.span.clone(), "this document")
    })
}

fn stale(lock: &Lock, manifest: &Manifest, program: &str) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for ((api, file), entry) in &lock.entries {
        let known = manifest.api(api);
        let document = known.and_then(|known| {
            known
                .documents
                .iter()
                .find(|document| document.file == *file)
        });
        let Some(document) = document else {
            problems.push(Diagnostic::error(
                "lock::stale_entry",
                format!("{LOCK_FILE} pins `{file}` of `{api}`, which the manifest does not name"),
                match known {
                    Some(_) => {
                        format!("run `{program} pin {api}`, or add the document to the manifest")
                    }
                    None => format!("run `{program} pin`, or add the API to the manifest"),
                },
            ));
            continue;
        };
        if document.url != entry.url {
            let said = |url: &Option<String>| url.clone().unwrap_or_else(|| "no URL".to_owned());
            let problem = Diagnostic::error(
                "lock::stale_entry",
                format!(
                    "{LOCK_FILE} and the manifest disagree on where {} comes from\n  lock     {}\n  manifest {}",
                    document.path(),
                    said(&entry.url),
                    said(&document.url)
                ),
                format!("run `{program} pin {api}`"),
            );
            problems.push(problem.with_label(
                &manifest.file,
                document.span.clone(),
                "this document",
            ));
        }
    }
    problems
}
