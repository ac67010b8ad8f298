//! Which files of a crate's shell are to be written.

use std::path::Path;

use super::readme::readme;
use super::templates;
use super::workspace::{CARGO_TOML, Workspace};
use crate::diagnostic::Diagnostic;
use crate::emit::{FileSystem, Plan};
use crate::finish::{CredentialSetter, Finished, OperationName};
use crate::manifest::Api;

/// What of a client the texts of its crate show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown<'f> {
    /// The setters of its builder that take credentials.
    pub credentials: &'f [CredentialSetter],
    /// Its operations.
    pub operations: &'f [OperationName],
}

impl<'f> From<&'f Finished> for Shown<'f> {
    fn from(finished: &'f Finished) -> Self {
        Self {
            credentials: &finished.credentials,
            operations: &finished.operations,
        }
    }
}

/// All files that a new crate starts with, without `src/generated`. `program` is how people start the tool.
#[must_use]
pub fn files(api: &Api, shown: Shown<'_>, workspace: &Workspace, program: &str) -> Plan {
    let folder = api.crate_path();
    let mut plan = Plan::new();
    plan.appear_whole(&folder);
    plan.add(
        format!("{folder}/{CARGO_TOML}"),
        &templates::cargo_toml(api, workspace, program),
    );
    plan.add(format!("{folder}/CHANGELOG.md"), &templates::changelog(api));
    plan.add(format!("{folder}/README.md"), &readme(api, shown, program));
    plan.add(format!("{folder}/src/lib.rs"), &templates::lib_rs(api));
    plan
}

/// The files to write for an API: none if its crate has a Cargo.toml, otherwise those that are not there yet.
///
/// A crate is what has a Cargo.toml; a folder that lost only that, or that somebody has begun, keeps what it has. With
/// the first crate of a folder that has no Cargo.toml comes a workspace for it and those that follow.
pub fn missing(
    root: &Path,
    api: &Api,
    shown: Shown<'_>,
    workspace: &Workspace,
    program: &str,
    disk: &dyn FileSystem,
) -> Result<Plan, Diagnostic> {
    let mut plan = files(api, shown, workspace, program);
    let mut there = Vec::new();
    for path in plan.files.keys() {
        let kind = disk.kind(&root.join(path)).map_err(|error| {
            let message = format!("{} cannot be read: {error}", path.display());
            Diagnostic::error(
                "emit::read",
                message,
                "check its permissions and run the command again; nothing was written",
            )
        })?;
        if kind.is_some() {
            there.push(path.clone());
        }
    }
    if there.iter().any(|path| path.ends_with(CARGO_TOML)) {
        return Ok(Plan::new());
    }
    for path in there {
        plan.files.remove(&path);
    }
    if !workspace.exists {
        plan.add(CARGO_TOML, &templates::workspace_toml(program));
    }
    Ok(plan)
}
