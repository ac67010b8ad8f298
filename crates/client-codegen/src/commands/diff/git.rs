//! Reads files of a revision by the program `git`.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use openapi_pages::bounds::MAX_INPUT;

use crate::diagnostic::Diagnostic;

/// A commit, open for reading.
pub(super) struct Revision {
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
    /// The folder of the run within the repository, with a slash behind it, or nothing.
    prefix: String,
    commit: String,
    name: String,
}

impl Revision {
    /// Opens the revision `name` (whatever `git rev-parse` takes) of the repository that `root` is in.
    pub(super) fn open(root: &Path, name: &str) -> Result<Self, Diagnostic> {
        let prefix = run(root, &["rev-parse", "--show-prefix"])?;
        if !prefix.status.success() {
            return Err(no_repository(root, &prefix));
        }
        let object = format!("{name}^{{commit}}");
        let commit = run(root, &["rev-parse", "--verify", "--quiet", &object])?;
        // Older programs know no sign for the end of options, and no revision starts as an option does.
        if name.starts_with('-') || !commit.status.success() {
            return Err(Diagnostic::error(
                "diff::unknown_revision",
                format!("there is no commit `{name}`"),
                "name a commit, branch or tag that `git rev-parse` knows; a shallow clone has only its newest commits, and a new \
                 repository has none",
            ));
        }
        let mut child = git(root)
            .args(["cat-file", "--batch", "--follow-symlinks"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| not_started(&error))?;
        let (Some(ask), Some(answer)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed("it has no input or output"));
        };
        Ok(Self {
            child,
            ask,
            answer: BufReader::new(answer),
            prefix: line(&prefix.stdout),
            commit: line(&commit.stdout),
            name: name.to_owned(),
        })
    }

    /// The bytes of a file, by its path from the folder of the run, with `/`. None if it is not in the revision.
    pub(super) fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        self.ask(path).map_err(|error| failed(&error.to_string()))?
    }

    fn ask(&mut self, path: &str) -> io::Result<Result<Option<Vec<u8>>, Diagnostic>> {
        // A path with a line break would be two questions; the manifest refuses such names.
        if path.contains('\n') {
            return Ok(Ok(None));
        }
        writeln!(self.ask, "{}:{}{path}", self.commit, self.prefix)?;
        self.ask.flush()?;
        let mut head = String::new();
        if self.answer.read_line(&mut head)? == 0 {
            return Err(io::Error::other("it ended early"));
        }
        let words: Vec<&str> = head.trim_end().rsplit(' ').collect();
        let (Some(size), Some(kind)) = (words.first(), words.get(1)) else {
            return Ok(Ok(None));
        };
        // `missing`, `dangling`, `loop` and the like: there is no file of that name.
        let Ok(size) = size.parse::<u64>() else {
            return Ok(Ok(None));
        };
        if *kind == "blob" && size > u64::try_from(MAX_INPUT).unwrap_or(u64::MAX) {
            let message = format!(
                "{path} of {} is larger than {MAX_INPUT} bytes, which is the most that is read",
                self.name
            );
            let help = "compare with a revision in which it is a document";
            return Ok(Err(Diagnostic::error("input::too_large", message, help)));
        }
        let mut bytes = Vec::new();
        (&mut self.answer).take(size).read_to_end(&mut bytes)?;
        // A line break that is no part of it.
        self.answer.read_exact(&mut [0])?;
        Ok(Ok((*kind == "blob").then_some(bytes)))
    }
}

impl Drop for Revision {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(root)
        // Messages are shown; a repository that lacks objects must not fetch them.
        .env("LC_ALL", "C")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0");
    command
}

fn run(root: &Path, arguments: &[&str]) -> Result<Output, Diagnostic> {
    let output = git(root).args(arguments).stdin(Stdio::null()).output();
    output.map_err(|error| not_started(&error))
}

fn not_started(error: &io::Error) -> Diagnostic {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "the program `git` is not installed".to_owned(),
        _ => format!("the program `git` cannot be started: {error}"),
    };
    let help = "install git, or compare two files with --files, which needs none";
    Diagnostic::error("diff::no_git", message, help)
}

fn no_repository(root: &Path, output: &Output) -> Diagnostic {
    let said = line(&output.stderr);
    if said.contains("not a git repository") {
        let message = format!("{} is in no git repository", root.display());
        let help = "run it in a repository, or compare two files with --files";
        return Diagnostic::error("diff::no_repository", message, help);
    }
    failed(&said)
}

fn failed(said: &str) -> Diagnostic {
    let message = format!("git cannot read the repository: {said}");
    let help = "do what git says, or compare two files with --files";
    Diagnostic::error("diff::git", message, help)
}

/// The first line of what a program wrote.
fn line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().next().unwrap_or_default().to_owned()
}
