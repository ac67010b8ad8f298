//! `new`: takes documents in as a new API.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use heck::ToShoutySnakeCase;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

use super::inputs::{exit_code, is_folder, read_lock, read_or_start_manifest};
use super::{Console, exclusively, placement};
use crate::assemble::assemble;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::emit::{self, Disk, FileSystem, Plan};
use crate::exit;
use crate::finish::suggested_names;
use crate::input::{self, Vendored};
use crate::lock::{self, LOCK_FILE};
use crate::manifest::{Document, MANIFEST_FILE, Manifest, SPECS, values};

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
///
/// The first API of a folder makes its manifest.
pub fn run(root: &Path, options: &Options, console: &mut Console<'_>) -> u8 {
    run_on(root, options, &Disk, console)
}

/// [`run`] over a given file system.
pub fn run_on(
    root: &Path,
    options: &Options,
    disk: &dyn FileSystem,
    console: &mut Console<'_>,
) -> u8 {
    let (name, program) = (&options.name, console.program);
    let taken_in = || -> Result<Vec<emit::Change>, Refused> {
        let Planned { documents, lists } = plan(root, options, program)?;
        let mut changes = emit::apply(root, &documents, disk)?;
        changes.extend(emit::apply(root, &lists, disk)?);
        Ok(changes)
    };
    let applied = match root.join(SPECS).is_dir() {
        true => exclusively(root, console, |_, _| taken_in())
            .unwrap_or_else(|problem| Err(problem.into())),
        // The first API makes the folder. Nobody else writes there before.
        false => taken_in(),
    };
    match applied {
        Ok(changes) => {
            for change in changes {
                console.say(&format!("  wrote {}", change.path.display()));
            }
            console.say(&format!("now run `{} codegen {name}`", console.program));
            exit::OK
        }
        Err(Refused { problems, code }) => {
            console.report(&problems);
            code
        }
    }
}

/// The documents appear together, and before anything names them: a run that fails leaves no API with half of them.
struct Planned {
    documents: Plan,
    lists: Plan,
}

/// Why nothing was taken in.
struct Refused {
    problems: Diagnostics,
    code: u8,
}

impl From<Diagnostics> for Refused {
    fn from(problems: Diagnostics) -> Self {
        Self {
            code: exit_code(&problems),
            problems,
        }
    }
}

impl From<Diagnostic> for Refused {
    fn from(problem: Diagnostic) -> Self {
        Diagnostics::from(problem).into()
    }
}

fn plan(root: &Path, options: &Options, program: &str) -> Result<Planned, Refused> {
    let name = &options.name;
    is_folder(root)?;
    let manifest = read_or_start_manifest(root, program)?;
    let lock = read_lock(root, program)?;
    let mut problems = wrong(options);
    if problems.is_empty() {
        problems.extend(taken(root, &manifest, name));
    }
    // What the command line itself says is wrong usage, beside which files may be wrong as well.
    let mut is_usage = !problems.is_empty();
    let places = placement::places(&options.files);
    let mut vendored = Vec::new();
    let mut seen = BTreeSet::new();
    for (position, (path, place)) in options.files.iter().zip(places).enumerate() {
        let url = options.urls.get(position);
        match place.and_then(|place| read(name, path, &place, url)) {
            Ok(document) if !seen.insert(document.document.file.clone()) => {
                let message = format!("{} was given twice", path.display());
                let help = "give each file once";
                is_usage = true;
                problems.push(Diagnostic::error(
                    "manifest::duplicate_document",
                    message,
                    help,
                ));
            }
            Ok(document) => vendored.push(document),
            Err(problem) => problems.push(problem),
        }
    }
    let vendored = problems
        .or_value(vendored)
        .map_err(|problems| match is_usage {
            true => Refused {
                problems,
                code: exit::USAGE,
            },
            false => problems.into(),
        })?;
    let pages = input::pages(&vendored)?;
    let titles = pages.iter().flat_map(|page| &page.fragments);
    let documented = titles
        .filter_map(|fragment| fragment.document.pointer("/info/title")?.as_str())
        // A title in several lines is one in YAML's folded style.
        .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
        .find(|title| values::title(title).is_ok());
    let title = options.title.as_ref().or(documented.as_ref());
    let title = title.unwrap_or(name);

    // Documents that contradict each other are `codegen`'s to tell: an overlay or a rank settles that.
    let credentials = assemble(&pages, title)
        .map(|assembled| suggested_names(&assembled.document))
        .unwrap_or_default();

    let text = with_entry(&manifest, name, title, &credentials, &vendored)?;
    // The manifest's own rules judge the entry, too: a crate that another API has.
    let manifest = Manifest::parse(MANIFEST_FILE, text.clone().into_bytes())?;
    let pinnable: Vec<_> = vendored.iter().map(Vendored::pinnable).collect();
    let lock = lock::pin(&lock, &manifest, &[name], &pinnable);

    let mut documents = Plan::new();
    documents.appear_whole(format!("{SPECS}/{name}"));
    for Vendored {
        document, bytes, ..
    } in &vendored
    {
        // Byte for byte, unlike what this tool writes itself.
        documents
            .files
            .insert(document.path().into(), bytes.clone());
    }
    let mut lists = Plan::new();
    lists.add(LOCK_FILE, &lock.to_text(program));
    lists.add(MANIFEST_FILE, &text);
    Ok(Planned { documents, lists })
}

/// The crate of a new API.
fn crate_of(name: &str) -> String {
    format!("{name}-client")
}

/// What is wrong with the name, the title and the URLs. The manifest's own rules are asked before there is a manifest that could be
/// marked, so that everything that is wrong is said at once.
fn wrong(options: &Options) -> Diagnostics {
    let mut problems = Diagnostics::new();
    if let Err(reason) = values::package_name(&options.name) {
        let message = format!("the API's name is `{}`, which {reason}", options.name);
        let help = "give another name, as `ping` or `ping-pong`";
        problems.push(Diagnostic::error("manifest::invalid_value", message, help));
    } else if let Err(reason) = values::package_name(&crate_of(&options.name)) {
        let message = format!(
            "the API's name makes the crate `{}`, whose name {reason}",
            crate_of(&options.name)
        );
        let help = "give a shorter name";
        problems.push(Diagnostic::error("manifest::invalid_value", message, help));
    }
    if let Some((title, reason)) = options
        .title
        .as_ref()
        .and_then(|title| Some((title, values::title(title).err()?)))
    {
        let message = format!("--title is {title:?}, which {reason}");
        let help = "say what people call the API, or leave --title out: the document has a title";
        problems.push(Diagnostic::error("manifest::invalid_value", message, help));
    }
    for url in &options.urls {
        if let Err(reason) = values::url(url) {
            let message = format!("--url is `{url}`, which {reason}");
            let help = "give the URL that the file came from, or none";
            problems.push(Diagnostic::error("manifest::invalid_value", message, help));
        }
    }
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
    problems
}

/// What already stands where the API would.
fn taken(root: &Path, manifest: &Manifest, name: &str) -> Option<Diagnostic> {
    let folders = [
        format!("specs/{name}"),
        format!("crates/{}", crate_of(name)),
    ];
    let there = if manifest.api(name).is_some() {
        format!("{MANIFEST_FILE} has an API `{name}`")
    } else {
        let folder = folders.iter().find(|folder| root.join(folder).exists())?;
        format!("{folder} exists")
    };
    Some(Diagnostic::error(
        "new::exists",
        there,
        "choose another name; to add documents to an API that is there, edit specs/apis.toml",
    ))
}

fn read(
    name: &str,
    path: &Path,
    place: &str,
    url: Option<&String>,
) -> Result<Vendored, Diagnostic> {
    let shown = path.to_string_lossy();
    let bytes = input::read_file(Path::new(""), &shown).map_err(|problem| {
        let help = "give --file the path of a page or document that can be read";
        Diagnostic::error(problem.code().to_owned(), problem.message(), help)
    })?;
    let document = Document::unlisted(format!("{name}/{place}"), url.cloned());
    Ok(Vendored::new(name, document, shown, bytes))
}

/// The manifest with a table for the API at its end; everything before it stays as people wrote it.
fn with_entry(
    manifest: &Manifest,
    name: &str,
    title: &str,
    credentials: &BTreeMap<String, String>,
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
    entry["crate"] = value(crate_of(name));
    entry["environment-prefix"] = value(name.to_shouty_snake_case());
    if !credentials.is_empty() {
        let mut setters = InlineTable::new();
        for (scheme, setter) in credentials {
            setters.insert(scheme, setter.as_str().into());
        }
        entry["credentials"] = value(setters);
    }
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
    // Comments after the last table, which are all that a new manifest has, stay before what is added.
    let mut before = whole.trailing().as_str().unwrap_or_default().to_owned();
    if !before.is_empty() && !before.ends_with('\n') {
        before.push('\n');
    }
    whole.set_trailing("");
    entry.decor_mut().set_prefix(format!("{before}\n"));
    let apis = whole.entry("api").or_insert_with(|| {
        let mut apis = Table::new();
        apis.set_implicit(true);
        Item::Table(apis)
    });
    let Some(apis) = apis.as_table_mut() else {
        return Err(Diagnostic::error(
            "manifest::wrong_type",
            format!("`api` in {MANIFEST_FILE} is one value, to which no table can be added"),
            "write each API as a table of its own, `[api.NAME]`",
        )
        .into());
    };
    apis[name] = Item::Table(entry);
    Ok(whole.to_string())
}
