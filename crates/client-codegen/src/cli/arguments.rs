//! What can be given on the command line. Help texts name commands without a program, because there are two.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::commands::diff::Format;
use crate::commands::show::Stage;

/// Turns the API documents in specs/ into the client crates in crates/.
#[derive(Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 ok; 1 a document or I/O problem; 2 wrong usage; 4 drift (checked-in files differ from \
                  what the documents generate). Where both occur, 1 wins over 4."
)]
pub(super) struct Cli {
    /// Folder to work in, the one above specs/ [default: the current one or the closest above it with specs/apis.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Generate the client crates from the vendored documents
    ///
    /// Reads specs/apis.toml and the documents that it names, and writes crates/*/src/generated/ and the
    /// dependencies that generated code needs. A crate that does not exist gets its first files, too, and a folder
    /// without Cargo.toml a workspace for it. Never uses the network. Files that are up to date are not touched;
    /// files that no longer belong are removed.
    Codegen(Codegen),
    /// Print what one stage of the pipeline makes
    ///
    /// `show ping --stage lower` prints the lowered document of an API of specs/apis.toml;
    /// `show page.md --stage pages` reads any page or document, `-` reads standard input.
    Show(Show),
    /// Lower a page or document: short for `show FILE --stage lower`
    ///
    /// Exits with 0 only if an operation or a component is in the result.
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
    /// Copies the files into specs/NAME/, adds the API to specs/apis.toml and pins it; the first API makes
    /// specs/apis.toml. `codegen NAME` then makes the crate NAME-client. Nothing is fetched: a URL only records
    /// where a file came from. Files that share a name keep the folders that tell them apart.
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
    /// Say what changed in an API, and what that means for users of its client
    ///
    /// Compares the APIs of a git revision with those of the working tree, as they are after their overlays, or two files.
    /// Each change is `breaking` (a program that compiled may compile no longer, or a call that worked may fail),
    /// `compatible` (the program goes on) or `docs` (only texts differ); from that follows the next version. Beside it
    /// stand the public items of the generated crate that differ. Documents that are not pinned are compared, too. Exits
    /// with 0 if everything could be compared, whether or not something differs.
    Diff(Diff),
    /// Run the whole pipeline over every document of a folder and say what came of each
    ///
    /// Takes documents (JSON, YAML) and pages in DIR and the folders in it; nothing of them is kept. Each has a process
    /// of its own with bounded memory and time, so an abort or a hang is a result. Exits with 0 when the run finished,
    /// whatever the documents gave.
    Corpus(Corpus),
    /// What `corpus` starts for each document.
    #[command(name = crate::corpus::child::COMMAND, hide = true)]
    CorpusChild,
}

#[derive(Args)]
#[command(group = clap::ArgGroup::new("crates").multiple(true))]
pub(super) struct Corpus {
    /// Folder of documents and pages
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// Check every generated crate with cargo, in a workspace outside of this one
    ///
    /// What is built of dependencies is kept for the next run: in CARGO_TARGET_DIR if that is set, else in the system's
    /// folder for temporary files.
    #[arg(long, group = "crates")]
    pub(super) compile: bool,
    /// Send samples of every schema through its generated type and back, and say what is not the same
    ///
    /// Samples are made of the document as it is: values of enums, branches of unions, absent, null and empty properties,
    /// bounds, and documented examples.
    #[arg(long, group = "crates")]
    pub(super) roundtrip: bool,
    /// Keep the crates of --compile and --roundtrip in DIR
    #[arg(long, value_name = "DIR", requires = "crates")]
    pub(super) keep: Option<PathBuf>,
    /// Run unmodified progenitor beside it
    #[arg(long)]
    pub(super) stock: bool,
    /// Run N documents at once [default: one per core]
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// Write the result to FILE as JSON, too
    #[arg(long, value_name = "FILE")]
    pub(super) json: Option<PathBuf>,
    /// Only documents whose path in DIR has SUBSTR
    #[arg(long, value_name = "SUBSTR")]
    pub(super) filter: Option<String>,
    /// Run N changed documents in place of the documents, and say what panicked, aborted or hung
    ///
    /// A few operations of each document are changed at random; the same seed makes the same changes. What ended badly
    /// is in the JSON, changed document included.
    #[arg(long, value_name = "N", conflicts_with_all = ["compile", "roundtrip", "stock"])]
    pub(super) mutate: Option<u64>,
    /// Make other changes
    #[arg(long, value_name = "NUMBER", default_value_t = 0, requires = "mutate")]
    pub(super) seed: u64,
    /// What the process of a document may take, in MiB
    #[arg(long, value_name = "MB", default_value_t = 4096)]
    pub(super) memory: u64,
    /// How long the process of a document may run
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub(super) timeout: u64,
}

#[derive(Args)]
pub(super) struct Codegen {
    /// APIs of specs/apis.toml [default: all]
    #[arg(value_name = "API")]
    pub(super) apis: Vec<String>,
    /// Write nothing; name every stale, missing and orphaned file and exit with 4 if there is one
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) check: bool,
    /// Write nothing; say what would be written
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Say how long each stage took
    #[arg(long)]
    pub(super) timings: bool,
}

#[derive(Args)]
pub(super) struct Diff {
    /// APIs of specs/apis.toml [default: all of either side]
    #[arg(value_name = "API")]
    pub(super) apis: Vec<String>,
    /// Compare with the APIs of this commit, branch or tag
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    pub(super) base: String,
    /// Compare the APIs of this revision, and not those of the working tree
    #[arg(long, value_name = "REV")]
    pub(super) to: Option<String>,
    /// Compare two pages or documents and no APIs; needs no git
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["apis", "base", "to"])]
    pub(super) files: Option<Vec<PathBuf>>,
    /// How the result is written; JSON is an object for one API that is named and for files, else a list of such
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Args)]
pub(super) struct New {
    /// What the commands call the API: lower-case letters, digits and hyphens
    pub(super) name: String,
    /// Page or document; may be given several times
    #[arg(long = "file", value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// Where the file came from; one per file, in the same order
    #[arg(long = "url", value_name = "URL")]
    pub(super) urls: Vec<String>,
    /// What people call the API [default: the document's title]
    #[arg(long)]
    pub(super) title: Option<String>,
}

#[derive(Args)]
pub(super) struct Show {
    /// An API of specs/apis.toml, or files; `-` is standard input
    #[arg(value_name = "API|FILE", required = true)]
    pub(super) targets: Vec<PathBuf>,
    /// The stage whose result is printed
    #[arg(long, value_enum)]
    pub(super) stage: Stage,
    /// Print JSON instead of YAML
    #[arg(long)]
    pub(super) json: bool,
}
