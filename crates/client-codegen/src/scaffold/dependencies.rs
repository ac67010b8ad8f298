//! Keeps the dependencies of a client crate up to what its generated code needs.

use std::collections::BTreeSet;
use std::sync::Arc;

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value, value};

use crate::diagnostic::{Diagnostic, SourceFile};

/// The text of a Cargo.toml with `NAME.workspace = true` for each crate in `needed` that it does not depend on yet.
///
/// Nothing is removed or changed: a dependency that is there may have been chosen by hand, with other features.
pub fn add_dependencies(
    cargo_toml: &Arc<SourceFile>,
    needed: &BTreeSet<&str>,
) -> Result<String, Diagnostic> {
    let name = cargo_toml.name();
    let text = cargo_toml.text().ok_or_else(|| {
        let message = format!("{name} is not UTF-8");
        Diagnostic::error("scaffold::manifest", message, "save the file as UTF-8")
    })?;
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let message = format!("{name} is not TOML: {}", error.message().trim());
        let problem = Diagnostic::error(
            "scaffold::manifest",
            message,
            "mend the syntax at the marked place",
        );
        problem.with_label(cargo_toml, error.span().unwrap_or_default(), "here")
    })?;
    let missing: Vec<&str> = {
        let there = document.get("dependencies");
        needed
            .iter()
            .filter(|name| there.is_none_or(|there| there.get(name).is_none()))
            .copied()
            .collect()
    };
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
    for name in missing {
        let mut workspace = InlineTable::new();
        workspace.set_dotted(true);
        workspace.insert("workspace", true.into());
        table.insert(name, value(Value::InlineTable(workspace)));
    }
    Ok(document.to_string())
}
