//! Checks generated crates: a throwaway workspace outside of any repository, one target folder, cargo's own answers.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

use super::{cause, written};

/// The members are in a folder each, so that their processes do not meet while they write.
const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"*/crates/*\"]\n";

/// The file that says that a folder is one of ours, which a later run may replace.
const MARKER: &str = ".made-by-corpus";

/// A folder of crates that are checked together.
pub struct Workspace {
    folder: PathBuf,
    /// Removes the folder in the end.
    temporary: Option<TempDir>,
    /// A feature that its crates are checked with.
    feature: Option<&'static str>,
}

impl Workspace {
    /// A workspace below `keep`, or in a folder that is removed in the end. `name` tells apart those of one run; `feature`
    /// is one that all crates have, and are checked with.
    ///
    /// # Errors
    /// What the file system says.
    pub fn new(keep: Option<&Path>, name: &str, feature: Option<&'static str>) -> io::Result<Self> {
        let (folder, temporary) = match keep {
            Some(keep) => (keep.join(name), None),
            None => {
                let temporary = tempfile::Builder::new().prefix("corpus-").tempdir()?;
                (temporary.path().join(name), Some(temporary))
            }
        };
        // What an earlier run has left would be checked, too.
        if folder.exists() {
            if !folder.join(MARKER).exists() {
                return Err(io::Error::new(
                    io::ErrorKind::AlreadyExists,
                    format!(
                        "{} is there and was not made by `corpus`, so it is not replaced: give another folder",
                        folder.display()
                    ),
                ));
            }
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let files = [
            (MARKER.to_owned(), String::new()),
            ("Cargo.toml".to_owned(), WORKSPACE.to_owned()),
        ];
        written::files(&folder, &files).map_err(io::Error::other)?;
        if let Some(lock) = own_lock() {
            std::fs::copy(lock, folder.join("Cargo.lock"))?;
        }
        Ok(Self {
            folder,
            temporary,
            feature,
        })
    }

    /// Where the crate of that name goes, as `crates/NAME` in it.
    #[must_use]
    pub fn place(&self, crate_name: &str) -> PathBuf {
        self.folder.join(crate_name)
    }

    /// Checks the crates and says of each why it does not compile, if so. `done` hears of each that is through.
    ///
    /// # Errors
    /// What stopped cargo before it checked any of them.
    pub fn check(
        &self,
        crates: &[String],
        done: &mut dyn FnMut(&str),
    ) -> io::Result<BTreeMap<String, Option<String>>> {
        if crates.is_empty() {
            return Ok(BTreeMap::new());
        }
        // The versions of this repository are there; those of progenitor's own runtime may have to be fetched once.
        let mut checked = self.cargo(true, crates, done)?;
        if checked.results.is_empty() {
            checked = self.cargo(false, crates, done)?;
        }
        self.forget(crates);
        if checked.results.is_empty() {
            return Err(io::Error::other(checked.stderr));
        }
        let Checked { results, stderr } = checked;
        let not_checked = cause::one_line(&stderr);
        Ok(crates
            .iter()
            .map(|name| {
                let missing = || Some(format!("cargo did not check it: {not_checked}"));
                (
                    name.clone(),
                    results.get(name).cloned().unwrap_or_else(missing),
                )
            })
            .collect())
    }

    /// Removes what was built of crates that will not be there again.
    pub(super) fn forget(&self, crates: &[String]) {
        if self.temporary.is_none() {
            return;
        }
        let mut command = self.command("clean");
        for name in crates {
            command.args(["--package", name]);
        }
        // Only the disk would notice.
        let _ = command.args(["--offline", "--quiet"]).output();
    }

    pub(super) fn command(&self, subcommand: &str) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .arg(subcommand)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target_folder())
            .env("CARGO_INCREMENTAL", "0")
            .stdin(Stdio::null());
        command
    }

    fn cargo(
        &self,
        offline: bool,
        crates: &[String],
        done: &mut dyn FnMut(&str),
    ) -> io::Result<Checked> {
        let mut command = self.command("check");
        command
            // TLS is C code of a minute, and none of what is checked here.
            .args([
                "--workspace",
                "--keep-going",
                "--quiet",
                "--no-default-features",
            ])
            .arg("--message-format=json")
            .args(self.feature.map(|feature| format!("--features={feature}")))
            .args(offline.then_some("--offline"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let stderr = child.stderr.take().map(|mut pipe| {
            thread::spawn(move || {
                let mut text = String::new();
                let _ = pipe.read_to_string(&mut text);
                text
            })
        });
        let by_target: BTreeMap<String, &String> = crates
            .iter()
            .map(|name| (name.replace('-', "_"), name))
            .collect();
        let mut results: BTreeMap<String, Option<String>> = BTreeMap::new();
        if let Some(stdout) = child.stdout.take() {
            for line in BufReader::new(stdout).lines() {
                let Some((target, failure)) = read(&line?) else {
                    continue;
                };
                let Some(name) = by_target.get(&target) else {
                    continue;
                };
                if !results.contains_key(*name) {
                    done(name);
                    results.insert((*name).clone(), failure);
                }
            }
        }
        child.wait()?;
        let stderr = stderr
            .and_then(|thread| thread.join().ok())
            .unwrap_or_default();
        Ok(Checked { results, stderr })
    }
}

struct Checked {
    results: BTreeMap<String, Option<String>>,
    stderr: String,
}

/// What a message of cargo says of a crate: its first error, or that it compiles.
fn read(line: &str) -> Option<(String, Option<String>)> {
    let message: Value = serde_json::from_str(line).ok()?;
    let target = message.pointer("/target/name")?.as_str()?.to_owned();
    match message.get("reason")?.as_str()? {
        "compiler-artifact" => Some((target, None)),
        "compiler-message" if message.pointer("/message/level")? == "error" => {
            let text = message.pointer("/message/message")?.as_str()?;
            let code = message
                .pointer("/message/code/code")
                .and_then(Value::as_str);
            let place = message.pointer("/message/spans/0");
            let place = place
                .and_then(|span| Some((span.get("file_name")?.as_str()?, span.get("line_start")?)));
            let place = place.map(|(file, line)| {
                let file = file.rsplit_once("/src/").map_or(file, |(_, below)| below);
                format!(" at /{file}:{line}")
            });
            let code = code.map(|code| format!("{code}: ")).unwrap_or_default();
            let text = cause::one_line(text);
            Some((
                target,
                Some(format!("{code}{text}{}", place.unwrap_or_default())),
            ))
        }
        _ => None,
    }
}

/// The target folder of all runs, so that dependencies are built once.
fn target_folder() -> PathBuf {
    let given = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    match given.and_then(|folder| std::path::absolute(folder).ok()) {
        Some(folder) => folder,
        None => std::env::temp_dir().join("client-codegen-corpus"),
    }
}

/// The lock of the checkout that this tool was built from: its versions are those that clients are tested with, and
/// they are on this machine.
fn own_lock() -> Option<PathBuf> {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    lock.is_file().then_some(lock)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cargo_says_what_compiles_and_why_not() {
        let artifact = json!({"reason": "compiler-artifact", "target": {"name": "a_b"}});
        assert_eq!(read(&artifact.to_string()), Some(("a_b".to_owned(), None)));
        let error = json!({"reason": "compiler-message", "target": {"name": "a_b"}, "message": {
            "level": "error", "message": "cannot find type", "code": {"code": "E0412"},
            "spans": [{"file_name": "x/crates/a-b/src/generated/types/t.rs", "line_start": 7}]
        }});
        let said = "E0412: cannot find type at /generated/types/t.rs:7".to_owned();
        assert_eq!(
            read(&error.to_string()),
            Some(("a_b".to_owned(), Some(said)))
        );
        let warning = json!({"reason": "compiler-message", "target": {"name": "a"}, "message": {"level": "warning"}});
        assert_eq!(read(&warning.to_string()), None);
        assert_eq!(read("no JSON"), None);
    }
}
