//! What a new crate takes over from the workspace that it is in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use toml_edit::{Document, Item, TableLike, Value};

use super::requirements::{RUNTIME, Requirement, requirement};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::input;

/// The workspace's manifest, relative to it.
pub(super) const CARGO_TOML: &str = "Cargo.toml";

/// What the workspace's Cargo.toml offers to its members. What it does not offer, a new crate states for itself.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    /// Whether there is a Cargo.toml at all.
    pub(super) exists: bool,
    /// The keys of `[workspace.package]`.
    pub(super) package: BTreeSet<String>,
    /// Whether there is a `[workspace.lints]`.
    pub(super) lints: bool,
    dependencies: BTreeMap<String, Requirement<String>>,
    /// Where `client-runtime` is, if the tool comes from a checkout that is still there.
    runtime: Option<String>,
}

impl Workspace {
    /// Reads the Cargo.toml in `root`; without one, nothing is offered.
    pub fn read(root: &Path) -> Result<Self, Diagnostic> {
        let bytes = input::read_optional(root, CARGO_TOML).map_err(|problem| {
            let help = "mend or move it: new crates inherit from it what it offers";
            Diagnostic::error(problem.code().to_owned(), problem.message(), help)
        })?;
        let file = bytes.map(|bytes| SourceFile::new(CARGO_TOML, bytes));
        let read = file.as_ref().map(Self::parse).transpose()?;
        Ok(Self {
            runtime: checkout(),
            ..read.unwrap_or_default()
        })
    }

    /// Reads a Cargo.toml. One without `[workspace]` offers nothing: it is a package of its own.
    pub fn parse(file: &Arc<SourceFile>) -> Result<Self, Diagnostic> {
        let name = file.name();
        let text = file.text().ok_or_else(|| not_utf8(name))?;
        let document = Document::parse(text).map_err(|error| not_toml(file, &error))?;
        let workspace = table(file, document.as_table(), "workspace", "workspace")?;
        let inner = |key: &str| match workspace {
            Some(workspace) => table(file, workspace, key, &format!("workspace.{key}")),
            None => Ok(None),
        };
        let (package, dependencies) = (inner("package")?, inner("dependencies")?);
        Ok(Self {
            exists: true,
            package: entries(package).map(|(key, _)| key.to_owned()).collect(),
            lints: inner("lints")?.is_some(),
            dependencies: entries(dependencies)
                .map(|(key, item)| (key.to_owned(), Requirement::read(item)))
                .collect(),
            runtime: None,
        })
    }

    /// The same with `client-runtime` in this folder, for crates that do not inherit it.
    #[must_use]
    pub fn with_runtime(mut self, folder: Option<String>) -> Self {
        self.runtime = folder;
        self
    }

    /// The value of a line below `[dependencies]`; None for a package that no generated code names.
    pub(super) fn dependency(&self, package: &str) -> Option<Value> {
        let own = requirement(package)?;
        let path = self.runtime.as_deref().filter(|_| package == RUNTIME);
        let offered = self.dependencies.get(package);
        let inherited = offered.and_then(|offered| own.inherited(offered));
        Some(inherited.unwrap_or_else(|| own.stated(path)))
    }
}

/// The folder of `client-runtime` beside this crate's sources. They are gone if the tool was built elsewhere, and in cargo's
/// own copy of a published crate there is nothing beside them.
fn checkout() -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()?
        .join(RUNTIME);
    let there = folder.join(CARGO_TOML).is_file();
    folder.to_str().filter(|_| there).map(str::to_owned)
}

fn entries(table: Option<&dyn TableLike>) -> impl Iterator<Item = (&str, &Item)> {
    table.into_iter().flat_map(TableLike::iter)
}

fn table<'t>(
    file: &Arc<SourceFile>,
    parent: &'t dyn TableLike,
    key: &str,
    name: &str,
) -> Result<Option<&'t dyn TableLike>, Diagnostic> {
    let Some(item) = parent.get(key) else {
        return Ok(None);
    };
    match item.as_table_like() {
        Some(table) => Ok(Some(table)),
        None => Err(Diagnostic::error(
            "scaffold::manifest",
            format!("`{name}` in {} is not a table", file.name()),
            "write it as cargo wants it: new crates inherit from it what it offers",
        )
        .with_label(file, item.span().unwrap_or_default(), "this value")),
    }
}

pub(super) fn not_utf8(name: &str) -> Diagnostic {
    Diagnostic::error(
        "scaffold::manifest",
        format!("{name} is not UTF-8"),
        "save the file as UTF-8",
    )
}

pub(super) fn not_toml(file: &Arc<SourceFile>, error: &toml_edit::TomlError) -> Diagnostic {
    let problem = Diagnostic::error(
        "scaffold::manifest",
        format!("{} is not TOML: {}", file.name(), error.message().trim()),
        "mend the syntax at the marked place",
    );
    problem.with_label(file, error.span().unwrap_or_default(), "here")
}
