//! A whole run: the lock, what an interrupted run left, then one API after the other.

use std::path::Path;

use client_codegen::commands::{Console, exclusively, load, read_lock, read_manifest};
use client_codegen::diagnostic::{Diagnostic, Diagnostics};
use client_codegen::emit::{Disk, FileSystem};
use client_codegen::exit;
use client_codegen::input;
use client_codegen::lock::{Held, LOCK_FILE, Lock, sha256};
use client_codegen::manifest::{MANIFEST_FILE, Manifest, SPECS};

use crate::http::Client;
use crate::index;
use crate::one::{Planned, Run, plan, removable, take_out};
use crate::options::{Index, Mode, Options, Progress};
use crate::transaction::{Hashes, Recovered, commit, recover};

/// Brings the documents of `root` up to date and returns the exit code.
///
/// Each API is wholly new or as it was. A problem of one API keeps that one as it is, and is the exit code of the run.
pub fn run(root: &Path, options: &Options, console: &mut Console<'_>) -> u8 {
    run_on(root, options, &Disk, console)
}

/// [`run`] over a given file system, for what is written.
pub fn run_on(
    root: &Path,
    options: &Options,
    files: &dyn FileSystem,
    console: &mut Console<'_>,
) -> u8 {
    // Before the lock is made, which would make the folder of a workspace that is misspelt.
    let is_workspace = root.join(SPECS).is_dir();
    if options.mode == Mode::Check || writes_nothing(options) || !is_workspace {
        return fetch(root, options, None, files, console);
    }
    let ran = exclusively(root, console, |held, console| {
        recovered(held, root, options, files, console)
    });
    ran.unwrap_or_else(|problem| failed(&problem.into(), console))
}

/// Proposals alone are only printed.
fn writes_nothing(options: &Options) -> bool {
    options.index == Index::Propose
}

fn recovered(
    held: &Held<'_>,
    root: &Path,
    options: &Options,
    files: &dyn FileSystem,
    console: &mut Console<'_>,
) -> u8 {
    match recover(held, files) {
        Ok(Recovered::Nothing) => {}
        Ok(Recovered::Finished) => {
            console.say("put in place what an interrupted fetch had brought; see `git diff specs`");
        }
        Err(problem) => return failed(&problem.into(), console),
    }
    fetch(root, options, Some(held), files, console)
}

fn failed(problems: &Diagnostics, console: &mut Console<'_>) -> u8 {
    console.report(problems);
    load::exit_code(problems)
}

fn fetch(
    root: &Path,
    options: &Options,
    held: Option<&Held<'_>>,
    files: &dyn FileSystem,
    console: &mut Console<'_>,
) -> u8 {
    let mut lists = match Lists::read(root, console.program) {
        Ok(lists) => lists,
        Err(problems) => return failed(&problems, console),
    };
    let names = match selected(&lists.manifest, options) {
        Ok(names) => names,
        Err(problems) => return failed(&problems, console),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let client = runtime
        .map_err(|error| error.to_string())
        .and_then(|runtime| {
            let client = Client::new(&options.limits).map_err(|error| error.to_string())?;
            Ok((runtime, client))
        });
    let (runtime, client) = match client {
        Ok(made) => made,
        Err(error) => return failed(&not_started(&error).into(), console),
    };
    let program = console.program;
    let run = Run {
        root,
        options,
        program,
        client: &client,
        runtime: &runtime,
    };
    let mut code = exit::OK;
    let mut written = Vec::new();
    for name in &names {
        if options.progress == Progress::Lines {
            begun(&lists.manifest, name, console);
        }
        let mut planned = match planned(&run, &lists.manifest, &lists.lock, name) {
            Ok(planned) => planned,
            Err(problems) => {
                code = exit::combine(code, failed(&problems, console));
                console.say(&format!("{name}: nothing was changed"));
                continue;
            }
        };
        if !planned.warnings.is_empty() {
            console.report(&planned.warnings);
        }
        code = exit::combine(code, console.print(&planned.table));
        let expected = &mut planned.changes.expected;
        expected.extend(lists.hashes.clone());
        match settle(&planned, held, files) {
            Ok(settled) => {
                for line in &planned.lines {
                    console.say(line);
                }
                match settled {
                    Settled::Written => written.push(name.as_str()),
                    Settled::Same => {}
                    Settled::Differs => code = exit::combine(code, exit::DRIFT),
                }
                lists.advance(planned);
            }
            // They say what was changed.
            Err(problems) => {
                code = exit::combine(code, failed(&problems, console));
                // Both may be new or not. What was decided and is not ended comes before anything else.
                match Lists::read(root, program) {
                    Ok(read) => lists = read,
                    Err(_) => {
                        console.say("the other APIs were not asked for");
                        break;
                    }
                }
            }
        }
    }
    if !written.is_empty() {
        let names = written.join(" ");
        console.say(&format!(
            "now read `git diff {SPECS}`, then run `{program} codegen {names}`"
        ));
    }
    code
}

/// Says what is asked for, where no bar shows it.
fn begun(manifest: &Manifest, name: &str, console: &mut Console<'_>) {
    let documents = manifest.api(name).map(|api| api.documents.as_slice());
    let asked = documents.unwrap_or_default().iter();
    let asked = asked.filter(|one| one.url.is_some() && one.retired.is_none());
    match asked.count() {
        0 => {}
        1 => console.say(&format!("{name}: asking for 1 document")),
        count => console.say(&format!("{name}: asking for {count} documents")),
    }
}

/// The manifest and the lock, and the hashes of their files.
struct Lists {
    manifest: Manifest,
    lock: Lock,
    hashes: Hashes,
}

impl Lists {
    /// Reads both, with the problems of both.
    fn read(root: &Path, program: &str) -> Result<Self, Diagnostics> {
        // Before the files are read for what they say: what changes in between is then seen as a change, too.
        let mut hashes = Hashes::new();
        for path in [MANIFEST_FILE, LOCK_FILE] {
            if let Ok(bytes) = input::read_optional(root, path) {
                hashes.insert(path.to_owned(), bytes.as_deref().map(sha256));
            }
        }
        let (manifest, lock) =
            Diagnostics::both(read_manifest(root, program), read_lock(root, program))?;
        Ok(Self {
            manifest,
            lock,
            hashes,
        })
    }

    /// What they are after changes that were made.
    fn advance(&mut self, made: Planned) {
        for (path, hash) in &mut self.hashes {
            if let Some(bytes) = made.changes.put.get(path) {
                *hash = Some(sha256(bytes));
            }
        }
        self.lock = made.lock;
        if let Some(manifest) = made.manifest {
            self.manifest = manifest;
        }
    }
}

/// The names of the APIs that the run is about.
fn selected(manifest: &Manifest, options: &Options) -> Result<Vec<String>, Diagnostics> {
    let mut apis = manifest.select(&options.apis)?;
    if options.index != Index::Ignore {
        let lacking = apis.iter().filter(|api| api.index.is_none());
        // Who names an API means it.
        let problems: Diagnostics = match options.apis.is_empty() {
            true if lacking.clone().count() < apis.len() => Diagnostics::new(),
            true => no_index(manifest, "no API has an").into(),
            false => lacking
                .map(|api| no_index(manifest, &format!("[api.{}] has no", api.name)))
                .collect(),
        };
        problems.or_value(())?;
        apis.retain(|api| api.index.is_some());
    }
    Ok(apis.into_iter().map(|api| api.name.clone()).collect())
}

fn no_index(manifest: &Manifest, what: &str) -> Diagnostic {
    Diagnostic::error(
        "fetch::no_index",
        format!("{what} `index` in {}", manifest.file.name()),
        "write `index = { url = \"https://docs.example.com/llms.txt\", include = [\"api-reference/*\"] }` below the API's table",
    )
}

/// What is to be done with one API.
fn planned(
    run: &Run<'_>,
    manifest: &Manifest,
    lock: &Lock,
    name: &str,
) -> Result<Planned, Diagnostics> {
    let api = manifest.select(&[name])?;
    let Some(api) = api.first().copied() else {
        return Ok(Planned::default());
    };
    match run.options.index {
        Index::Ignore => plan(run, manifest, lock, api, &[]),
        Index::Propose => {
            let proposal = index::propose(run, manifest, api)?;
            let mut planned = match run.options.mode {
                Mode::Check => plan(run, manifest, lock, api, &[])?,
                Mode::Write => Planned {
                    lock: lock.clone(),
                    ..Planned::default()
                },
            };
            planned.differs |= !proposal.is_empty();
            planned.lines.extend(proposal.left_out(api));
            planned.table = proposal.table(api, run.program);
            Ok(planned)
        }
        Index::Accept => {
            let proposal = index::propose(run, manifest, api)?;
            if proposal.is_empty() {
                return plan(run, manifest, lock, api, &[]);
            }
            let removed = removable(run, manifest, lock, api, proposal.removed())?;
            let text = index::edited(manifest, api, &proposal)?;
            let edited = Manifest::parse(MANIFEST_FILE, text.clone().into_bytes())?;
            let after = edited.select(&[name])?;
            let mut planned = match after.first().copied() {
                Some(after) => plan(run, &edited, lock, after, proposal.removed())?,
                None => Planned::default(),
            };
            take_out(&mut planned, &edited, api, proposal.removed(), run.program);
            planned.lines.extend(proposal.left_out(api));
            planned.changes.expected.extend(removed);
            let put = &mut planned.changes.put;
            put.insert(MANIFEST_FILE.to_owned(), text.into_bytes());
            planned.manifest = Some(edited);
            Ok(planned)
        }
    }
}

/// What became of an API.
enum Settled {
    /// It has new documents.
    Written,
    /// It is what it was, and what it should be.
    Same,
    /// It is what it was, and not what it should be.
    Differs,
}

fn settle(
    planned: &Planned,
    held: Option<&Held<'_>>,
    files: &dyn FileSystem,
) -> Result<Settled, Diagnostics> {
    match held {
        None if planned.differs => Ok(Settled::Differs),
        None => Ok(Settled::Same),
        Some(held) => Ok(match commit(held, &planned.changes, files)? {
            true => Settled::Written,
            false => Settled::Same,
        }),
    }
}

fn not_started(error: &str) -> Diagnostic {
    Diagnostic::error(
        "fetch::connect",
        format!("no server can be asked: {error}"),
        "check the certificates of the system and the variables HTTPS_PROXY and SSL_CERT_FILE",
    )
}
