//! Arguments to options.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use client_codegen::commands::{self, Console, codegen, new, pin, show};
use client_codegen::diagnostic::Style;

/// Turns the API documents in specs/ into the client crates in crates/.
#[derive(Parser)]
#[command(
    bin_name = "cargo xtask",
    after_help = "Exit codes: 0 ok; 1 a document or I/O problem; 2 wrong usage; 4 drift (checked-in files differ from \
                  what the documents generate). Where both occur, 1 wins over 4."
)]
struct Cli {
    /// Workspace to work on [default: the one this command belongs to]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate the client crates from the vendored documents
    ///
    /// Reads specs/apis.toml and the documents that it names, and writes crates/*/src/generated/ and the
    /// dependencies that generated code needs. Never uses the network. Files that are up to date are not
    /// touched; files that no longer belong are removed.
    Codegen(Codegen),
    /// Print what one stage of the pipeline makes
    ///
    /// `cargo xtask show heygen --stage lower` prints the lowered document of an API of specs/apis.toml;
    /// `cargo xtask show page.md --stage pages` reads any page or document, `-` reads standard input.
    Show(Show),
    /// Lower a page or document: short for `show FILE --stage lower`
    ///
    /// Exits with 0 only if at least one operation is in the result.
    Lower {
        /// Page or document; `-` is standard input
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Print JSON instead of YAML
        #[arg(long)]
        json: bool,
    },
    /// Take documents in as a new API
    ///
    /// Copies the files into specs/NAME/, adds the API to specs/apis.toml and pins it. `cargo xtask codegen NAME`
    /// then makes the crate NAME-client. Nothing is fetched: a URL only records where a file came from.
    New(New),
    /// Pin the vendored documents: write their hashes to specs/apis.lock
    ///
    /// `codegen` refuses a document whose bytes are not the pinned ones, so a change of a document is always
    /// a change of the lock, too.
    Pin {
        /// APIs of specs/apis.toml [default: all]
        #[arg(value_name = "API")]
        apis: Vec<String>,
    },
}

#[derive(Args)]
struct Codegen {
    /// APIs of specs/apis.toml [default: all]
    #[arg(value_name = "API")]
    apis: Vec<String>,
    /// Write nothing; name every stale, missing and orphaned file and exit with 4 if there is one
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    /// Write nothing; say what would be written
    #[arg(long)]
    dry_run: bool,
    /// Say how long each stage took
    #[arg(long)]
    timings: bool,
}

#[derive(Args)]
struct New {
    /// What the commands call the API: lower-case letters, digits and hyphens
    name: String,
    /// Page or document; may be given several times
    #[arg(long = "file", value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Where the file came from; one per file, in the same order
    #[arg(long = "url", value_name = "URL")]
    urls: Vec<String>,
    /// What people call the API [default: the document's title]
    #[arg(long)]
    title: Option<String>,
}

#[derive(Args)]
struct Show {
    /// An API of specs/apis.toml, or files; `-` is standard input
    #[arg(value_name = "API|FILE", required = true)]
    targets: Vec<PathBuf>,
    /// The stage whose result is printed
    #[arg(long, value_enum)]
    stage: Stage,
    /// Print JSON instead of YAML
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Stage {
    /// Pages and documents as OpenAPI fragments
    Pages,
    /// One document per API
    Assemble,
    /// The document after our overlay
    Overlay,
    /// The OpenAPI 3.0 document that progenitor gets
    Lower,
    /// What the lowering changed, and where
    Notes,
    /// progenitor's output
    Generate,
    /// The files of the client
    Finish,
}

impl From<Stage> for show::Stage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Pages => Self::Pages,
            Stage::Assemble => Self::Assemble,
            Stage::Overlay => Self::Overlay,
            Stage::Lower => Self::Lower,
            Stage::Notes => Self::Notes,
            Stage::Generate => Self::Generate,
            Stage::Finish => Self::Finish,
        }
    }
}

/// Parses the arguments and runs the command. Wrong usage exits with 2, as clap does.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let root = cli.root.unwrap_or_else(workspace);
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
    };
    let code = match cli.command {
        Command::Codegen(options) => codegen::run(
            &root,
            &codegen::Options {
                apis: options.apis,
                mode: match (options.check, options.dry_run) {
                    (true, _) => codegen::Mode::Check,
                    (_, true) => codegen::Mode::DryRun,
                    _ => codegen::Mode::Write,
                },
                timings: options.timings,
                command: COMMAND.to_owned(),
            },
            &mut console,
        ),
        Command::Show(options) => show::run(
            &root,
            &show::Options {
                targets: options.targets,
                stage: options.stage.into(),
                only_files: false,
                json: options.json,
            },
            &mut console,
        ),
        Command::Lower { files, json } => show::run(
            &root,
            &show::Options {
                targets: files,
                stage: show::Stage::Lower,
                only_files: true,
                json,
            },
            &mut console,
        ),
        Command::New(New {
            name,
            files,
            urls,
            title,
        }) => new::run(
            &root,
            &new::Options {
                name,
                title,
                files,
                urls,
            },
            &mut console,
        ),
        Command::Pin { apis } => pin::run(&root, &apis, &mut console),
    };
    // A reader that went away (`| head`) is no failure of ours.
    let _ = io::stdout().flush();
    ExitCode::from(code)
}

/// How people start this tool; it stands in the banner of generated files and in advice.
const COMMAND: &str = "cargo xtask codegen";

fn workspace() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    commands::find_root(xtask.parent().unwrap_or(xtask))
}
