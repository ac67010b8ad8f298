//! Keeps the dependencies of a client crate up to what its generated code needs.

use std::collections::BTreeSet;
use std::sync::Arc;

use toml_edit::{DocumentMut, Item, Table, Value, value};

use super::workspace::{Workspace, not_toml, not_utf8};
use crate::diagnostic::{Diagnostic, SourceFile};

/// The text of a Cargo.toml with a line for each crate in `needed` that it does not depend on yet: inherited from the
/// workspace if that offers it, else with a version.
///
/// Nothing is removed or changed: a dependency that is there may have been chosen by hand, with other features.
pub fn add_dependencies(
    cargo_toml: &Arc<SourceFile>,
    needed: &BTreeSet<&str>,
    workspace: &Workspace,
) -> Result<String, Diagnostic> {
    let name = cargo_toml.name();
    let text = cargo_toml.text().ok_or_else(|| not_utf8(name))?;
    let mut document: DocumentMut = text.parse().map_err(|error| not_toml(cargo_toml, &error))?;
    let there = document.get("dependencies");
    let missing: Vec<(&str, Value)> = needed
        .iter()
        .filter(|name| there.is_none_or(|there| there.get(name).is_none()))
        .map(|name| Ok((*name, line(name, workspace)?)))
        .collect::<Result<_, Diagnostic>>()?;
    if missing.is_empty() {
        return Ok(text.to_owned());
    }
    let item = document
        .entry("dependencies")
        .or_insert_with(|| Item::Table(Table::new()));
    let Some(table) = item.as_table_like_mut() else {
        return Err(Diagnostic::error(
            "scaffold::dependencies",
            format!("`dependencies` in {name} is not a table"),
            "write `[dependencies]` with one line per crate",
        ));
    };
    for (name, line) in missing {
        table.insert(name, value(line));
    }
    Ok(document.to_string())
}

fn line(name: &str, workspace: &Workspace) -> Result<Value, Diagnostic> {
    workspace.dependency(name).ok_or_else(|| {
        Diagnostic::error(
            "scaffold::dependencies",
            format!("generated code needs the crate `{name}`, and no version of it is known"),
            "this is a fault of the generator; please report it with the document that caused it",
        )
    })
}
