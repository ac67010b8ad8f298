//! Commands that only one of the programs has.

use std::ffi::OsString;
use std::path::Path;

use clap::{Arg, ArgMatches, Command, value_parser};

const ARGUMENTS: &str = "arguments";

/// A command of one program alone, which reads its arguments itself.
///
/// It gets all of them as they are, `--help` too, so that a command that lives in another program is described there only.
#[derive(Clone, Copy, Debug)]
pub struct Extra {
    /// What people call it.
    pub name: &'static str,
    /// One line for the list of commands.
    pub about: &'static str,
    /// Gets the folder to work on and the arguments after the command's name; returns the exit code.
    pub run: fn(&Path, &[OsString]) -> u8,
}

impl Extra {
    pub(super) fn command(&self) -> Command {
        let arguments = Arg::new(ARGUMENTS)
            .num_args(0..)
            .allow_hyphen_values(true)
            .trailing_var_arg(true)
            .value_name("ARGUMENT")
            .help("What the command itself takes; `--help` after its name lists it")
            .value_parser(value_parser!(OsString));
        Command::new(self.name)
            .about(self.about)
            .disable_help_flag(true)
            .arg(arguments)
    }

    pub(super) fn arguments(matches: &ArgMatches) -> Vec<OsString> {
        let values = matches.get_many::<OsString>(ARGUMENTS);
        values.into_iter().flatten().cloned().collect()
    }
}
