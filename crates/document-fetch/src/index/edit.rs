//! The manifest with documents added and removed; everything else in it stays as people wrote it.

use client_codegen::diagnostic::{Diagnostic, Diagnostics};
use client_codegen::manifest::{Api, MANIFEST_FILE, Manifest};
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use super::propose::Proposal;

/// The text of the manifest after the proposal.
///
/// # Errors
/// A manifest in which the documents of an API are neither tables nor an array.
pub(crate) fn edited(
    manifest: &Manifest,
    api: &Api,
    proposal: &Proposal,
) -> Result<String, Diagnostics> {
    let text = manifest.file.text().unwrap_or_default();
    let mut whole: DocumentMut = text.parse().map_err(|_| unknown_form(api))?;
    let table = whole
        .get_mut("api")
        .and_then(Item::as_table_like_mut)
        .and_then(|apis| apis.get_mut(&api.name))
        .ok_or_else(|| unknown_form(api))?;
    if table.is_inline_table() {
        return Err(unknown_form(api).into());
    }
    let table = table.as_table_like_mut().ok_or_else(|| unknown_form(api))?;
    if table.get("document").is_none_or(Item::is_none) {
        table.insert("document", Item::ArrayOfTables(ArrayOfTables::new()));
    }
    match table.get_mut("document") {
        Some(Item::ArrayOfTables(tables)) => in_tables(tables, proposal),
        Some(Item::Value(Value::Array(array))) => in_array(array, proposal),
        _ => return Err(unknown_form(api).into()),
    }
    Ok(whole.to_string())
}

fn is_removed(table: &dyn TableLike, proposal: &Proposal) -> bool {
    let file = table.get("file").and_then(Item::as_str);
    proposal
        .removed()
        .iter()
        .any(|removed| Some(removed.file.as_str()) == file)
}

fn in_tables(tables: &mut ArrayOfTables, proposal: &Proposal) {
    tables.retain(|table| !is_removed(table, proposal));
    for (file, url) in proposal.added() {
        let mut table = Table::new();
        table["file"] = value(file);
        table["url"] = value(url.as_str());
        table.decor_mut().set_prefix("\n");
        tables.push(table);
    }
}

fn in_array(array: &mut toml_edit::Array, proposal: &Proposal) {
    array.retain(|value| {
        let table = value.as_inline_table();
        table.is_none_or(|table| !is_removed(table, proposal))
    });
    for (file, url) in proposal.added() {
        let mut table = InlineTable::new();
        table.insert("file", file.as_str().into());
        table.insert("url", url.as_str().into());
        array.push(table);
    }
}

fn unknown_form(api: &Api) -> Diagnostic {
    let name = &api.name;
    Diagnostic::error(
        "fetch::manifest",
        format!("the documents of `{name}` in {MANIFEST_FILE} have a form that cannot be edited"),
        format!(
            "write the API as a table, `[api.{name}]`, and each document as `[[api.{name}.document]]`"
        ),
    )
}
