//! `pin`: takes the bytes of the vendored documents as reviewed.

use std::path::Path;

use super::inputs::{exit_code, read_lock, read_manifest};
use super::{Console, exclusively};
use crate::diagnostic::Diagnostics;
use crate::emit::{self, Disk, Plan};
use crate::exit;
use crate::input;
use crate::lock::{self, LOCK_FILE};
use crate::manifest::SPECS;

/// Writes the hashes of all documents of `apis` (all APIs if empty) to the lock. Returns the exit code.
pub fn run(root: &Path, apis: &[String], console: &mut Console<'_>) -> u8 {
    let program = console.program;
    let pinned = match root.join(SPECS).is_dir() {
        true => exclusively(root, console, |_, _| pin(root, apis, program))
            .unwrap_or_else(|problem| Err(problem.into())),
        // There is nothing to write, which is told.
        false => pin(root, apis, program),
    };
    match pinned {
        Ok(true) => {
            console.say(&format!("{LOCK_FILE} written"));
            exit::OK
        }
        Ok(false) => {
            console.say(&format!("{LOCK_FILE} is up to date"));
            exit::OK
        }
        Err(problems) => {
            console.report(&problems);
            exit_code(&problems)
        }
    }
}

/// Whether the lock changed.
fn pin(root: &Path, apis: &[String], program: &str) -> Result<bool, Diagnostics> {
    let manifest = read_manifest(root, program)?;
    let old = read_lock(root, program)?;
    let mut problems = Diagnostics::new();
    let mut documents = Vec::new();
    let selected = manifest.select(apis)?;
    for api in &selected {
        match input::vendored(root, api) {
            Ok(vendored) => documents.extend(vendored),
            Err(found) => problems.extend(found),
        }
    }
    let documents = problems.or_value(documents)?;
    // A document that cannot be read by any stage is not worth pinning.
    input::pages(&documents)?;
    let pinnable: Vec<_> = documents.iter().map(input::Vendored::pinnable).collect();
    let names: Vec<&str> = selected.iter().map(|api| api.name.as_str()).collect();
    let new = lock::pin(&old, &manifest, &names, &pinnable);
    let mut plan = Plan::new();
    plan.add(LOCK_FILE, &new.to_text(program));
    emit::apply(root, &plan, &Disk).map(|changes| !changes.is_empty())
}
