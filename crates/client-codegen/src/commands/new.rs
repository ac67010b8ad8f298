//! `new`: takes documents in as a new API.

use std::path::{Path, PathBuf};

use heck::ToShoutySnakeCase;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::Console;
use super::inputs::{exit_code, read_lock, read_manifest};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::emit::{self, Disk, Plan};
use crate::exit;
use crate::input::{self, Vendored};
use crate::lock::{self, LOCK_FILE};
use crate::manifest::{Document, MANIFEST_FILE, Manifest};

/// What the new API is made from.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the commands call it; its crate is `NAME-client`.
    pub name: String,
    /// What people call it; without one the document's title, else the name.
    pub title: Option<String>,
    /// Pages or documents, relative to the current folder.
    pub files: Vec<PathBuf>,
    /// Where the files came from, in their order: none, or one per file. Nothing is fetched.
    pub urls: Vec<String>,
}

/// Copies the files into `specs/NAME/`, adds the API to the manifest and pins it. Returns the exit code.
pub fn run(root: &Path, options: &Options, console: &mut Console<'_>) -> u8 {
    let name = &options.name;
    match plan(root, options).and_then(|plan| emit::apply(root, &plan, &Disk)) {
        Ok(changes) => {
            for change in changes {
                console.say(&format!("  wrote {}", change.path.display()));
            }
            console.say(&format!("now run `cargo xtask codegen {name}`"));
            exit::OK
        }
        Err(problems) => {
            console.report(&problems);
            exit_code(&problems)
        }
    }
}

fn plan(root: &Path, options: &Options) -> Result<Plan, Diagnostics> {
    let name = &options.name;
    let manifest = read_manifest(root)?;
    let lock = read_lock(root)?;
    let mut problems: Diagnostics = taken(root, &manifest, name).into_iter().collect();
    if !options.urls.is_empty() && options.urls.len() != options.files.len() {
        problems.push(Diagnostic::error(
            "new::urls",
            format!(
                "the command has {} --file and {} --url",
                options.files.len(),
                options.urls.len()
            ),
            "give one --url per --file, in the same order, or no --url at all",
        ));
    }
    let mut vendored = Vec::new();
    for (position, path) in options.files.iter().enumerate() {
        match read(name, path, options.urls.get(position)) {
            Ok(document) => vendored.push(document),
            Err(problem) => problems.push(problem),
        }
    }
    let vendored = problems.or_value(vendored)?;
    let pages = input::pages(&vendored)?;
    let titles = pages.iter().flat_map(|page| &page.fragments);
    let documented = titles
        .filter_map(|fragment| fragment.document.pointer("/info/title")?.as_str())
        .find(|title| !title.is_empty());
    let title = options.title.as_deref().or(documented).unwrap_or(name);

    let text = with_entry(&manifest, name, title, &vendored)?;
    // The manifest's own rules judge the entry: names, paths, files given twice.
    let manifest = Manifest::parse(MANIFEST_FILE, text.clone().into_bytes())?;
    let pinnable: Vec<_> = vendored.iter().map(Vendored::pinnable).collect();
    let lock = lock::pin(&lock, &manifest, &[name], &pinnable);

    let mut plan = Plan::new();
    for Vendored {
        document, bytes, ..
    } in &vendored
    {
        // Byte for byte, unlike what this tool writes itself.
        plan.files.insert(document.path().into(), bytes.clone());
    }
    plan.add(MANIFEST_FILE, &text);
    plan.add(LOCK_FILE, &lock.to_text());
    Ok(plan)
}

/// What already stands where the API would.
fn taken(root: &Path, manifest: &Manifest, name: &str) -> Option<Diagnostic> {
    let folders = [format!("specs/{name}"), format!("crates/{name}-client")];
    let there = if manifest.api(name).is_some() {
        format!("{MANIFEST_FILE} has an API `{name}`")
    } else {
        let folder = folders.iter().find(|folder| root.join(folder).exists())?;
        format!("{folder} exists")
    };
    Some(Diagnostic::error(
        "new::exists",
        there,
        "choose another name, or edit specs/apis.toml by hand",
    ))
}

fn read(name: &str, path: &Path, url: Option<&String>) -> Result<Vendored, Diagnostic> {
    let bytes = input::read_file(Path::new(""), &path.to_string_lossy())?;
    let file_name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let document = Document::unlisted(format!("{name}/{file_name}"), url.cloned());
    Ok(Vendored::new(name, document, path.to_string_lossy(), bytes))
}

/// The manifest with a table for the API at its end; everything before it stays as people wrote it.
fn with_entry(
    manifest: &Manifest,
    name: &str,
    title: &str,
    documents: &[Vendored],
) -> Result<String, Diagnostics> {
    let text = manifest.file.text().unwrap_or_default();
    let mut whole: DocumentMut = text.parse().map_err(|error| {
        Diagnostic::error(
            "manifest::syntax",
            format!("{MANIFEST_FILE}: {error}"),
            "correct the file",
        )
    })?;
    let mut entry = Table::new();
    entry["title"] = value(title);
    entry["crate"] = value(format!("{name}-client"));
    entry["environment-prefix"] = value(name.to_shouty_snake_case());
    let mut list = ArrayOfTables::new();
    for Vendored { document, .. } in documents {
        let mut table = Table::new();
        table["file"] = value(&document.file);
        if let Some(url) = &document.url {
            table["url"] = value(url);
        }
        list.push(table);
    }
    entry["document"] = Item::ArrayOfTables(list);
    entry.decor_mut().set_prefix("\n");
    let apis = whole.entry("api").or_insert_with(|| {
        let mut apis = Table::new();
        apis.set_implicit(true);
        Item::Table(apis)
    });
    apis[name] = Item::Table(entry);
    Ok(whole.to_string())
}
