//! From the arguments of the process to its exit code.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use clap::{ArgMatches, CommandFactory, FromArgMatches};

use super::arguments::{self, Cli, Command};
use super::extra::Extra;
use crate::commands::{self, Console, codegen, corpus, diff, new, pin, show};
use crate::corpus::{Limits, child};
use crate::diagnostic::Style;
use crate::exit;
use crate::generate::{self, CHILD_COMMAND, Isolation};

/// Parses the arguments of this process and runs the command. Wrong usage exits with 2, as clap does.
///
/// `program` is how people start it; help, advice and banners of written files say it. Without `--root` the command
/// works in the current folder or the closest one above it that has a manifest, else in `otherwise`. `extras` are commands
/// of this program alone.
pub fn run(program: &'static str, otherwise: &Path, extras: &[Extra]) -> ExitCode {
    // Before anything else: this process may be a part of another run.
    if std::env::args_os().skip(1).eq([CHILD_COMMAND]) {
        return ExitCode::from(generate::answer_parent());
    }
    let parsed = parse(program, extras, std::env::args_os()).unwrap_or_else(|error| error.exit());
    let root = |given: Option<PathBuf>| given.unwrap_or_else(|| commands::find_root(otherwise));
    let cli = match parsed {
        Parsed::Own(cli) => cli,
        Parsed::Extra(extra, given, arguments) => {
            return ExitCode::from((extra.run)(&root(given), &arguments));
        }
    };
    let root = root(cli.root);
    let style = if io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        Style::Colour
    } else {
        Style::Plain
    };
    let mut out = io::stdout().lock();
    let mut err = io::stderr().lock();
    let mut console = Console {
        out: &mut out,
        err: &mut err,
        style,
        program,
        isolation: Isolation::own_program(),
    };
    let code = dispatch(&root, cli.command, &mut console);
    // A reader that went away (`| head`) is no failure of ours.
    let _ = io::stdout().flush();
    ExitCode::from(code)
}

/// What the command line asks for.
enum Parsed {
    Own(Cli),
    /// With `--root` and its own arguments.
    Extra(Extra, Option<PathBuf>, Vec<OsString>),
}

fn parse(
    program: &'static str,
    extras: &[Extra],
    arguments: impl Iterator<Item = OsString>,
) -> Result<Parsed, clap::Error> {
    let command = Cli::command().name(program).bin_name(program);
    let command = command.subcommands(extras.iter().map(Extra::command));
    let matches = command.try_get_matches_from(arguments)?;
    if let Some((extra, given)) = asked(extras, &matches) {
        let root = matches.get_one::<PathBuf>("root").cloned();
        return Ok(Parsed::Extra(extra, root, Extra::arguments(given)));
    }
    Cli::from_arg_matches(&matches).map(Parsed::Own)
}

fn asked<'a>(extras: &[Extra], matches: &'a ArgMatches) -> Option<(Extra, &'a ArgMatches)> {
    let (name, given) = matches.subcommand()?;
    let extra = extras.iter().find(|extra| extra.name == name)?;
    Some((*extra, given))
}

fn dispatch(root: &Path, command: Command, console: &mut Console<'_>) -> u8 {
    match command {
        Command::Codegen(given) => {
            let options = codegen::Options {
                apis: given.apis,
                mode: match (given.check, given.dry_run) {
                    (true, _) => codegen::Mode::Check,
                    (_, true) => codegen::Mode::DryRun,
                    _ => codegen::Mode::Write,
                },
                timings: given.timings,
            };
            codegen::run(root, &options, console)
        }
        Command::Show(given) => {
            let options = show::Options {
                targets: given.targets,
                stage: given.stage,
                only_files: false,
                json: given.json,
            };
            show::run(root, &options, console)
        }
        Command::Lower { files, json } => {
            let options = show::Options {
                targets: files,
                stage: show::Stage::Lower,
                only_files: true,
                json,
            };
            show::run(root, &options, console)
        }
        Command::New(given) => {
            let options = new::Options {
                name: given.name,
                title: given.title,
                files: given.files,
                urls: given.urls,
            };
            new::run(root, &options, console)
        }
        Command::Pin { apis } => pin::run(root, &apis, console),
        Command::Diff(given) => diff::run(root, &diff_options(given), console),
        Command::Corpus(given) => corpus::run(&corpus_options(given), console),
        Command::CorpusChild => match child::serve(&mut io::stdin().lock(), console.out) {
            Ok(()) => exit::OK,
            Err(_) => exit::FAILURE,
        },
    }
}

fn diff_options(given: arguments::Diff) -> diff::Options {
    let files = given.files.map(<[PathBuf; 2]>::try_from);
    let what = match files {
        Some(Ok([old, new])) => diff::What::Files { old, new },
        // clap takes two or none.
        Some(Err(_)) | None => diff::What::Revisions {
            apis: given.apis,
            base: given.base,
            to: given.to,
        },
    };
    diff::Options {
        what,
        format: given.format,
    }
}

fn corpus_options(given: arguments::Corpus) -> corpus::Options {
    let one = NonZeroUsize::MIN;
    let cores = || thread::available_parallelism().unwrap_or(one);
    corpus::Options {
        folder: given.folder,
        jobs: given.jobs.unwrap_or_else(cores),
        json: given.json,
        filter: given.filter,
        compile: given.compile,
        keep: given.keep,
        roundtrip: given.roundtrip,
        stock: given.stock,
        mutants: given.mutate,
        seed: given.seed,
        limits: Limits {
            memory_mb: given.memory,
            time: Duration::from_secs(given.timeout),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(program: &'static str, arguments: &[&str]) -> String {
        let all = std::iter::once(program).chain(arguments.iter().copied());
        let parsed = parse(program, &[], all.map(OsString::from));
        parsed
            .err()
            .map(|said| said.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn the_arguments_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_and_version_say_the_program_that_runs() {
        for program in ["client-codegen", "cargo xtask"] {
            let usage = format!("Usage: {program} [OPTIONS] <COMMAND>");
            assert!(said(program, &["--help"]).contains(&usage));
            let usage = format!("Usage: {program} new [OPTIONS]");
            assert!(said(program, &["new", "--help"]).contains(&usage));
            let version = format!("{program} {}\n", env!("CARGO_PKG_VERSION"));
            assert_eq!(said(program, &["--version"]), version);
        }
        for command in ["codegen", "show", "lower", "new", "pin", "diff", "corpus"] {
            let help = said("client-codegen", &[command, "--help"]);
            assert!(!help.contains("xtask"), "{help}");
        }
    }

    #[test]
    fn an_extra_command_gets_its_arguments_as_they_are() {
        let extra = Extra {
            name: "greet",
            about: "Says hello",
            run: |_, _| exit::OK,
        };
        let parse = |arguments: &[&str]| {
            let all = ["cargo xtask"].iter().chain(arguments);
            super::parse("cargo xtask", &[extra], all.map(OsString::from))
        };
        let help = parse(&["--help"]).err().map(|said| said.to_string());
        assert!(help.is_some_and(|help| help.contains("greet") && help.contains("Says hello")));
        for given in [
            &["--help"][..],
            &["--port", "1", "you"],
            &["you", "--root", "x", "-v"],
            &[],
        ] {
            let line = [&["--root", "r", "greet"], given].concat();
            let Ok(Parsed::Extra(found, root, arguments)) = parse(&line) else {
                panic!("{line:?}");
            };
            assert_eq!(found.name, "greet");
            assert_eq!(root, Some(PathBuf::from("r")));
            assert_eq!(arguments, given);
        }
        assert!(matches!(parse(&["pin"]), Ok(Parsed::Own(_))));
    }
}
