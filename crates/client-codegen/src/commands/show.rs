//! `show`: prints the result of a stage.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Console;
use super::inputs::{exit_code, read_manifest};
use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::exit;
use crate::generate::Isolation;
use crate::input::{self, Page, Vendored};
use crate::manifest::{Api, Document};
use crate::pipeline;
use crate::render;

/// Which value is printed. The command line shows what is said of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Stage {
    /// Pages and documents as OpenAPI fragments
    Pages,
    /// One document per API
    Assemble,
    /// The document after our overlay
    Overlay,
    /// The OpenAPI 3.0 document that progenitor gets
    Lower,
    /// What the stages up to the lowering changed or left out, and where
    Notes,
    /// progenitor's output
    Generate,
    /// The files of the client
    Finish,
}

/// What to print.
#[derive(Clone, Debug)]
pub struct Options {
    /// Names of APIs in the manifest, or files; `-` is standard input. All files together are one API.
    pub targets: Vec<PathBuf>,
    /// The stage whose result is printed.
    pub stage: Stage,
    /// Whether every target is a file, also one whose name could be that of an API.
    pub only_files: bool,
    /// JSON instead of YAML, for the stages whose value is a document.
    pub json: bool,
}

/// Prints the result of a stage for each API that is named, or for the files that are.
///
/// Returns the exit code: 0 only if every stage up to the printed one succeeded.
pub fn run(root: &Path, options: &Options, console: &mut Console<'_>) -> u8 {
    let targets = match Targets::choose(root, options, console.program) {
        Ok(targets) => targets,
        Err(problems) => {
            console.report(&problems);
            return exit_code(&problems);
        }
    };
    let mut code = exit::OK;
    for target in targets.0 {
        match target.show(root, options, &console.isolation) {
            Ok(Shown { text, problems }) => {
                code = exit::combine(code, console.print(&text));
                code = exit::combine(code, failed(&problems, console));
            }
            Err(problems) => code = exit::combine(code, failed(&problems, console)),
        }
    }
    code
}

fn failed(problems: &Diagnostics, console: &mut Console<'_>) -> u8 {
    if problems.is_empty() {
        return exit::OK;
    }
    console.report(problems);
    match problems.has_errors() {
        true => exit_code(problems),
        false => exit::OK,
    }
}

/// What a stage made, and why that is not all.
struct Shown {
    text: String,
    problems: Diagnostics,
}

impl From<String> for Shown {
    fn from(text: String) -> Self {
        Self {
            text,
            problems: Diagnostics::new(),
        }
    }
}

/// An API with its documents, from the manifest or made up for the files of a command line.
struct Target {
    api: Api,
    documents: Vec<Vendored>,
}

struct Targets(Vec<Target>);

impl Targets {
    fn choose(root: &Path, options: &Options, program: &str) -> Result<Self, Diagnostics> {
        let (files, names): (Vec<&PathBuf>, Vec<&PathBuf>) = options
            .targets
            .iter()
            .partition(|target| options.only_files || is_file(target));
        let mut targets = Vec::new();
        if !names.is_empty() {
            let names: Vec<String> = names
                .iter()
                .map(|name| name.to_string_lossy().into_owned())
                .collect();
            let manifest = read_manifest(root, program)?;
            for api in manifest.select(&names)? {
                targets.push(Target {
                    documents: input::vendored(root, api)?,
                    api: api.clone(),
                });
            }
        }
        if !files.is_empty() {
            targets.push(Target::of_files(&files)?);
        }
        Ok(Self(targets))
    }
}

/// `-` and everything that looks like a path; an API's name has neither a dot nor a separator.
fn is_file(target: &Path) -> bool {
    let text = target.to_string_lossy();
    text == "-" || text.contains(['/', '\\', '.']) || target.is_file()
}

impl Target {
    fn of_files(files: &[&PathBuf]) -> Result<Self, Diagnostics> {
        let mut problems = Diagnostics::new();
        let mut documents = Vec::new();
        for path in files {
            match read(path) {
                Ok((name, bytes)) => {
                    let document = Document::unlisted(name.clone(), None);
                    documents.push(Vendored::new("", document, name, bytes));
                }
                Err(problem) => problems.push(problem),
            }
        }
        let api = Api {
            name: String::new(),
            title: String::new(),
            crate_name: String::new(),
            environment_prefix: String::new(),
            overlay: None,
            base_url: None,
            credentials: BTreeMap::new(),
            credential_origins: Vec::new(),
            numbers_as_strings: false,
            idempotency_key: None,
            left_out: Vec::new(),
            index: None,
            documents: Vec::new(),
            span: 0..0,
            overlay_span: None,
        };
        problems.or_value(Self { api, documents })
    }

    fn show(
        &self,
        root: &Path,
        options: &Options,
        isolation: &Isolation,
    ) -> Result<Shown, Diagnostics> {
        let pages = input::pages(&self.documents)?;
        if options.stage == Stage::Pages {
            return Ok(print_pages(&pages, options.json).into());
        }
        let assembled = pipeline::assembled(&pages, &self.api.title)?;
        drop(pages);
        if options.stage == Stage::Assemble {
            return Ok(print_document(&assembled, options.json).into());
        }
        let overlay = pipeline::read_overlay(root, &self.api)?;
        let overlaid = pipeline::overlaid(assembled, overlay.as_ref())?;
        if options.stage == Stage::Overlay {
            return Ok(print_document(&overlaid, options.json).into());
        }
        if options.stage == Stage::Notes {
            let (notes, problems) = pipeline::notes_and_problems(&overlaid);
            let text = print(&notes, options.json);
            return Ok(Shown { text, problems });
        }
        let mut lowered = pipeline::lowered(&overlaid)?;
        let problems = pipeline::warnings(&overlaid, &lowered);
        if options.stage == Stage::Lower {
            let text = print(&lowered.document, options.json);
            return Ok(Shown { text, problems });
        }
        let generated = pipeline::generated(&overlaid, &mut lowered, isolation)?;
        let mut problems = problems;
        problems.extend(pipeline::unsupported(&overlaid, &lowered, &generated));
        if options.stage == Stage::Generate {
            let text = prettyplease::unparse(&generated.file);
            return Ok(Shown { text, problems });
        }
        let finished = pipeline::finished(&overlaid, &lowered, generated, &self.api)?;
        let files = render::render(&finished, "show", "the documents above");
        let texts = files
            .iter()
            .map(|(path, text)| format!("// ==== {path}\n{text}\n"));
        Ok(Shown {
            text: texts.collect(),
            problems,
        })
    }
}

fn read(path: &Path) -> Result<(String, Vec<u8>), Diagnostic> {
    let help = "name a page or document that exists, or an API of specs/apis.toml";
    if path.as_os_str() != "-" {
        let name = path.to_string_lossy().into_owned();
        return match input::read_file(Path::new(""), &name) {
            Ok(bytes) => Ok((name, bytes)),
            Err(problem) => Err(Diagnostic::error(
                problem.code().to_owned(),
                problem.message(),
                help,
            )),
        };
    }
    let mut bytes = Vec::new();
    let limit = u64::try_from(openapi_pages::bounds::MAX_INPUT)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    match std::io::stdin().lock().take(limit).read_to_end(&mut bytes) {
        Ok(_) => Ok(("standard input".to_owned(), bytes)),
        Err(error) => Err(Diagnostic::error(
            "input::read",
            format!("standard input cannot be read: {error}"),
            help,
        )),
    }
}

fn print_pages(pages: &[Page], json: bool) -> String {
    pages
        .iter()
        .flat_map(|page| &page.fragments)
        .map(|fragment| print(&fragment.document, json))
        .collect()
}

fn print_document(assembled: &Assembled, json: bool) -> String {
    print(&assembled.document, json)
}

/// A document or notes as YAML, or as JSON; both are plain data, which can always be written.
fn print(value: &impl Serialize, json: bool) -> String {
    if json {
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        return text + "\n";
    }
    format!("---\n{}", serde_yaml::to_string(value).unwrap_or_default())
}
