//! `codegen`: vendored documents to client crates.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::Console;
use super::inputs::{exit_code, read_lock, read_manifest};
use super::left_out;
use crate::diagnostic::{Diagnostics, SourceFile};
use crate::emit::{self, Change, ChangeKind, Disk, FileSystem, Plan};
use crate::exit;
use crate::finish::MOCKS;
use crate::input::{self, Vendored};
use crate::lock;
use crate::manifest::Api;
use crate::pipeline::{self, Compiled, Timing, compile};
use crate::render;
use crate::scaffold::{self, Shown, Workspace};

/// What happens to files that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They are written.
    Write,
    /// They are named, with a bounded diff; drift is an error.
    Check,
    /// They are named.
    DryRun,
}

/// What to generate, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Names of APIs in the manifest; empty means all.
    pub apis: Vec<String>,
    /// What happens to files that differ.
    pub mode: Mode,
    /// Whether to say how long each stage took.
    pub timings: bool,
}

/// Generates the clients and returns the exit code.
///
/// A document with a problem keeps every crate as it is: all problems are reported, nothing is written.
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
    let planned = plan(root, options, disk, console);
    if !planned.problems.is_empty() {
        console.report(&planned.problems);
    }
    let failed = planned.problems.has_errors();
    let code = if failed {
        exit_code(&planned.problems)
    } else {
        exit::OK
    };
    if failed && options.mode != Mode::Check {
        console.say("nothing was written");
        return code;
    }
    let settled = match options.mode {
        Mode::Write => {
            emit::apply(root, &planned.plan, disk).map(|changes| written(&changes, console))
        }
        Mode::Check => emit::compare(root, &planned.plan, disk).map(|changes| match failed {
            false => checked(&changes, console),
            true => checked_in_part(&planned.plan, &changes, console),
        }),
        Mode::DryRun => {
            emit::compare(root, &planned.plan, disk).map(|changes| foretold(&changes, console))
        }
    };
    match settled {
        Ok(own) => {
            for line in &planned.lines {
                console.say(line);
            }
            exit::combine(code, own)
        }
        Err(problems) => {
            console.report(&problems);
            exit::combine(code, exit::FAILURE)
        }
    }
}

/// How people start this command.
fn command(program: &str) -> String {
    format!("{program} codegen")
}

/// What the disk should hold, for the APIs that have no problem.
#[derive(Default)]
struct Planned {
    plan: Plan,
    /// What people should know of the clients: what they do not have, and what is left to do.
    lines: Vec<String>,
    problems: Diagnostics,
}

fn plan(
    root: &Path,
    options: &Options,
    disk: &dyn FileSystem,
    console: &mut Console<'_>,
) -> Planned {
    let mut planned = Planned::default();
    let (manifest, lock) = match (
        read_manifest(root, console.program),
        read_lock(root, console.program),
    ) {
        (Ok(manifest), Ok(lock)) => (manifest, lock),
        (manifest, lock) => {
            planned
                .problems
                .extend(manifest.err().into_iter().flatten());
            planned.problems.extend(lock.err().into_iter().flatten());
            return planned;
        }
    };
    let selected = match manifest.select(&options.apis) {
        Ok(selected) => selected,
        Err(problems) => {
            return Planned {
                problems,
                ..planned
            };
        }
    };
    let workspace = match Workspace::read(root) {
        Ok(workspace) => workspace,
        Err(problem) => {
            planned.problems.push(problem);
            return planned;
        }
    };
    for api in selected {
        let one = input::vendored(root, api).and_then(|documents| {
            let pinnable: Vec<_> = documents.iter().map(Vendored::pinnable).collect();
            lock::check(&lock, &manifest, &pinnable, console.program).or_value(())?;
            plan_api(root, api, &documents, &workspace, console, disk)
        });
        match one {
            Ok(made) => {
                planned.plan.merge(made.plan);
                planned.lines.extend(made.lines);
                planned.problems.extend(made.warnings);
                if options.timings {
                    console.say_text(&describe(api, &made.timings));
                }
            }
            Err(problems) => planned.problems.extend(problems),
        }
    }
    planned
}

/// What is made of one API.
struct Made {
    plan: Plan,
    lines: Vec<String>,
    warnings: Diagnostics,
    timings: Vec<Timing>,
}

fn plan_api(
    root: &Path,
    api: &Api,
    documents: &[Vendored],
    workspace: &Workspace,
    console: &Console<'_>,
    disk: &dyn FileSystem,
) -> Result<Made, Diagnostics> {
    let program = console.program;
    let options = pipeline::Options {
        isolation: console.isolation.clone(),
        may_lack_operations: false,
    };
    let Compiled {
        overlaid,
        lowered,
        mut finished,
        warnings,
        mut timings,
        ..
    } = compile(root, api, documents, &options)?;
    let notes = pipeline::notes(&overlaid, &lowered);
    let start = Instant::now();
    let generated = format!("{}/src/generated", api.crate_path());
    let mut plan = scaffold::missing(root, api, Shown::from(&finished), workspace, program, disk)?;
    let mut lines = left_out::lines(&api.name, &notes, program);
    if !plan.files.is_empty() {
        lines.extend(scaffold::runtime_advice(api, workspace));
    }
    plan.own(&generated);
    let manifest = cargo_toml(root, api, &plan)?;
    if !scaffold::has_feature(&manifest, MOCKS)? {
        finished = finished.without_mocks();
    }
    for (path, text) in render::render(&finished, &command(program), &source(api)) {
        plan.add(format!("{generated}/{path}"), &text);
    }
    add_dependencies(&manifest, &finished.dependencies, workspace, &mut plan)?;
    timings.push(Timing {
        stage: "render",
        duration: start.elapsed(),
    });
    Ok(Made {
        plan,
        lines,
        warnings,
        timings,
    })
}

/// What the banner says that a client is made from.
fn source(api: &Api) -> String {
    match api.documents.as_slice() {
        [only] => only.path(),
        several => format!(
            "the {} documents of `{}` in specs/apis.toml",
            several.len(),
            api.name
        ),
    }
}

/// The crate's manifest, be that on the disk or just scaffolded.
fn cargo_toml(root: &Path, api: &Api, plan: &Plan) -> Result<Arc<SourceFile>, Diagnostics> {
    let name = format!("{}/Cargo.toml", api.crate_path());
    let bytes = match plan.files.get(Path::new(&name)) {
        Some(scaffolded) => scaffolded.clone(),
        None => input::read_file(root, &name)?,
    };
    Ok(SourceFile::new(name, bytes))
}

/// Puts what generated code needs into the crate's manifest.
fn add_dependencies(
    manifest: &Arc<SourceFile>,
    needed: &BTreeSet<String>,
    workspace: &Workspace,
    plan: &mut Plan,
) -> Result<(), Diagnostics> {
    let needed: BTreeSet<&str> = needed.iter().map(String::as_str).collect();
    let text = scaffold::add_dependencies(manifest, &needed, workspace)?;
    plan.add(manifest.name(), &text);
    Ok(())
}

fn describe(api: &Api, timings: &[Timing]) -> String {
    let mut text = format!("{}:\n", api.name);
    for timing in timings {
        text.push_str(&format!(
            "{:>12} {:>9.1} ms\n",
            timing.stage,
            timing.duration.as_secs_f64() * 1000.0
        ));
    }
    text
}

fn verb(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Missing => "new",
        ChangeKind::Stale => "changed",
        ChangeKind::Orphaned => "removed",
    }
}

fn list(changes: &[Change], console: &mut Console<'_>) {
    for change in changes {
        console.say(&format!(
            "{:>8} {}",
            verb(change.kind),
            change.path.display()
        ));
    }
}

fn written(changes: &[Change], console: &mut Console<'_>) -> u8 {
    list(changes, console);
    if changes.is_empty() {
        console.say("everything is up to date");
    }
    exit::OK
}

fn foretold(changes: &[Change], console: &mut Console<'_>) -> u8 {
    list(changes, console);
    console.say(if changes.is_empty() {
        "nothing would be written"
    } else {
        "nothing was written: dry run"
    });
    exit::OK
}

fn checked(changes: &[Change], console: &mut Console<'_>) -> u8 {
    if changes.is_empty() {
        console.say("everything is up to date");
        return exit::OK;
    }
    console.say_text(&emit::report(changes, &command(console.program)));
    exit::DRIFT
}

/// After errors, which were reported: what was not compared must not be taken for up to date.
fn checked_in_part(plan: &Plan, changes: &[Change], console: &mut Console<'_>) -> u8 {
    if plan.files.is_empty() {
        console.say("nothing was compared");
        return exit::OK;
    }
    let compared = "only the APIs without a problem were compared";
    if changes.is_empty() {
        console.say(&format!("{compared}, and those are up to date"));
        return exit::OK;
    }
    let drift = checked(changes, console);
    console.say(compared);
    drift
}
