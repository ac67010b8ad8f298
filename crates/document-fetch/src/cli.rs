//! The command: from arguments to an exit code.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use chrono::Utc;
use clap::{CommandFactory, FromArgMatches, Parser};
use client_codegen::commands::{self, Console};
use client_codegen::diagnostic::Style;
use client_codegen::generate::Isolation;

use crate::options::{Index, Limits, Mode, Options, Progress};
use crate::run::run as fetch;

/// How people start this program, and the tool that the other commands are of.
struct Names {
    own: &'static str,
    tool: &'static str,
}

/// Where nothing else starts it.
const ALONE: Names = Names {
    own: "document-fetch",
    tool: "client-codegen",
};

/// As a command of `cargo xtask`, which says so.
const OF_XTASK: Names = Names {
    own: "cargo xtask fetch",
    tool: "cargo xtask",
};

/// Says that `cargo xtask` starts this.
const XTASK: &str = "--of-xtask";

/// Fetch the documents of APIs from their vendors, all of an API or nothing
///
/// Asks for every document of specs/apis.toml that has a URL. What is new replaces what is vendored if it is a document of a known
/// format that still describes its operation, and if it goes together with the API's other documents; specs/apis.lock notes
/// its hash, the day and the entity tag. Everything else is a diagnostic, and the API stays as it was. Exits with 0, with 1 if there
/// was a problem, with 4 if --check or --index found something to do.
#[derive(Parser)]
#[command(version, args_override_self = true)]
struct Arguments {
    /// APIs of specs/apis.toml [default: all]
    #[arg(value_name = "API")]
    apis: Vec<String>,
    /// Change nothing; exit with 4 if a vendor has other documents
    #[arg(long, conflicts_with = "accept")]
    check: bool,
    /// Read the lists of pages that the manifest names (`index`), and say which documents they would add and remove
    ///
    /// Without --accept nothing is changed, and no document is asked for unless --check says so.
    #[arg(long)]
    index: bool,
    /// Add and remove these documents, in the manifest too, and fetch all of the API
    #[arg(long, requires = "index")]
    accept: bool,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
    /// Folder to work on: the one above specs/ [default: the current one or the closest above it with specs/apis.toml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Whether this is a command of `cargo xtask`.
    #[arg(long, hide = true)]
    of_xtask: bool,
}

/// Runs the command with the arguments of a process and returns its exit code; wrong usage ends the process, as clap does it.
#[must_use]
pub fn run(arguments: impl Iterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.collect();
    let names = names(&arguments);
    let matches = Arguments::command()
        .name(names.own)
        .bin_name(names.own)
        .get_matches_from(&arguments);
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    let root = arguments
        .root
        .clone()
        .unwrap_or_else(|| commands::find_root(Path::new(".")));
    let is_terminal = io::stderr().is_terminal();
    let style = match is_terminal && std::env::var_os("NO_COLOR").is_none() {
        true => Style::Colour,
        false => Style::Plain,
    };
    let mut console = Console {
        out: &mut io::stdout().lock(),
        // Not locked: the bar is drawn there as well.
        err: &mut io::stderr(),
        style,
        program: names.tool,
        isolation: Isolation::Thread,
    };
    fetch(&root, &options(arguments, is_terminal), &mut console)
}

/// Help says the command that was typed, so this is looked for before the arguments are parsed.
fn names(arguments: &[OsString]) -> Names {
    match arguments.iter().any(|one| one == XTASK) {
        true => OF_XTASK,
        false => ALONE,
    }
}

fn options(arguments: Arguments, is_terminal: bool) -> Options {
    Options {
        apis: arguments.apis,
        mode: match arguments.check {
            true => Mode::Check,
            false => Mode::Write,
        },
        index: match (arguments.index, arguments.accept) {
            (true, true) => Index::Accept,
            (true, false) => Index::Propose,
            (false, _) => Index::Ignore,
        },
        progress: match (arguments.quiet, is_terminal) {
            (true, _) => Progress::Quiet,
            (false, true) => Progress::Bar,
            (false, false) => Progress::Lines,
        },
        limits: Limits::default(),
        today: Utc::now().format("%Y-%m-%d").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Options, clap::Error> {
        let all = [&["fetch"], arguments].concat();
        Arguments::try_parse_from(all).map(|arguments| options(arguments, false))
    }

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
        let help = Arguments::command().render_long_help().to_string();
        assert!(!help.contains("xtask"), "{help}");
    }

    #[test]
    fn what_belongs_together_is_asked_for_together() {
        assert!(parsed(&["--accept"]).is_err());
        assert!(parsed(&["--index", "--accept", "--check"]).is_err());
        let options = parsed(&["--index", "--accept", "a", "b"]).unwrap();
        assert_eq!((options.index, options.mode), (Index::Accept, Mode::Write));
        assert_eq!(options.apis, ["a", "b"]);
        let options = parsed(&["--check"]).unwrap();
        assert_eq!((options.index, options.mode), (Index::Ignore, Mode::Check));
        // ISO 8601.
        let is_digit = |c: char| c.is_ascii_digit();
        let parts: Vec<&str> = options.today.split('-').collect();
        assert!(matches!(parts[..], [y, m, d] if y.len() == 4 && m.len() == 2 && d.len() == 2));
        assert!(parts.iter().all(|part| part.chars().all(is_digit)));
    }

    #[test]
    fn the_name_is_the_one_that_was_typed() {
        let own = |arguments: &[&str]| {
            let all: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            names(&all).own
        };
        assert_eq!(own(&["x", "--check"]), "document-fetch");
        assert_eq!(own(&["x", "--of-xtask", "--help"]), "cargo xtask fetch");
    }
}
