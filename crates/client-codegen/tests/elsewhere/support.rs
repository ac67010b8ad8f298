//! A folder, and the two programs that are run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Once;

use tempfile::TempDir;

/// A Mintlify page with the operation `ping`.
pub(crate) const PING: &str = include_str!("ping.md");

/// A ReadMe.com page with the operation `rename-room`.
pub(crate) const RENAME_ROOM: &str = include_str!("rename-room.md");

static SOURCES: Once = Once::new();

/// Gets the sources of what clients depend on, which building this crate alone does not. Needs no network where this
/// repository's own clients have been built.
fn fetch() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new(env!("CARGO"));
    let (code, text) = said(command.args(["fetch", "--locked"]).current_dir(workspace));
    assert_eq!(code, 0, "{text}");
}

pub(crate) struct Folder {
    whole: TempDir,
}

impl Folder {
    /// An empty folder whose name cargo takes for that of a package.
    pub(crate) fn new() -> Self {
        let whole = TempDir::new().unwrap();
        fs::create_dir(whole.path().join("app")).unwrap();
        Self { whole }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.whole.path().join("app")
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "a test's own temporary folder needs no atomic writes"
    )]
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs the binary and gives its exit code and all of its text.
    pub(crate) fn client_codegen(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_client-codegen"));
        command.args(arguments).current_dir(self.path());
        said(in_target_of_tests(&mut command))
    }

    /// Runs cargo without a network, with the versions of this repository. What it builds is kept for the next run of the
    /// tests.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> (i32, String) {
        SOURCES.call_once(fetch);
        let lock = self.path().join("Cargo.lock");
        if self.path().join("Cargo.toml").exists() && !lock.exists() {
            let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
            fs::copy(ours, lock).unwrap();
        }
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .current_dir(self.path())
            // Each folder's own crates are built once, so what would make a second build faster only piles up.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_CARGO_NEW_VCS", "none");
        said(in_target_of_tests(&mut command))
    }

    /// Every file with its bytes and when it was written.
    pub(crate) fn tree(&self) -> BTreeMap<String, (Vec<u8>, std::time::SystemTime)> {
        let root = self.path();
        let mut found = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(&root).unwrap().to_string_lossy();
                let written = fs::metadata(&path).unwrap().modified().unwrap();
                found.insert(name.replace('\\', "/"), (fs::read(&path).unwrap(), written));
            }
        }
        found
    }
}

/// What is built is kept for the next run of the tests.
fn in_target_of_tests(command: &mut Command) -> &mut Command {
    command.env(
        "CARGO_TARGET_DIR",
        concat!(env!("CARGO_TARGET_TMPDIR"), "/elsewhere"),
    )
}

fn said(command: &mut Command) -> (i32, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    (status.code().unwrap(), text)
}
