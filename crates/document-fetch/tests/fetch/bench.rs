//! A workspace in a temporary folder, fetched from a site.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use client_codegen::commands::Console;
use client_codegen::diagnostic::Style;
use client_codegen::emit::{Disk, FileSystem};
use client_codegen::generate::Isolation;
use client_codegen::lock::{LOCK_FILE, Lock};
use document_fetch::{Index, Limits, Mode, Options, Progress, run_on};
use tempfile::TempDir;

use crate::pages::Page;
use crate::site::Site;

/// The day of all tests.
pub(crate) const TODAY: &str = "2026-11-22";

/// Every file of a folder: its bytes, and when it was written.
pub(crate) type Tree = BTreeMap<String, (Vec<u8>, SystemTime)>;

pub(crate) struct Bench {
    pub(crate) folder: TempDir,
    pub(crate) site: Site,
}

/// What a run ended with.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: u8,
    /// All that it wrote.
    pub(crate) text: String,
}

impl Ran {
    /// The run ended with this code and said this.
    #[track_caller]
    pub(crate) fn is(&self, code: u8, parts: &[&str]) {
        assert_eq!(self.code, code, "{}", self.text);
        for part in parts {
            assert!(self.says(part), "no {part:?} in:\n{}", self.text);
        }
    }

    /// Whether it said this, as it stands or with lines that were filled.
    pub(crate) fn says(&self, part: &str) -> bool {
        let words = |text: &str| -> Vec<String> {
            let words = text.split_whitespace().filter(|word| *word != "│");
            words.map(str::to_owned).collect()
        };
        self.text.contains(part) || words(&self.text).join(" ").contains(&words(part).join(" "))
    }
}

/// The path of page `number` on the site.
pub(crate) fn path(number: usize) -> String {
    format!("/reference/crate-{number}.md")
}

/// The file of page `number`.
pub(crate) fn file(number: usize) -> String {
    format!("specs/depot/crate-{number}.md")
}

impl Bench {
    /// A workspace without an API, and a site without a page.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("specs")).unwrap();
        Self {
            folder,
            site: Site::start(),
        }
    }

    /// The API `depot` with these pages, on the site and in the manifest, and nothing fetched.
    pub(crate) fn new(numbers: &[usize]) -> Self {
        let bench = Self::empty();
        let mut manifest = bench.head("");
        for number in numbers {
            bench.site.put(&path(*number), Page::new(*number).text());
            let url = bench.site.url(&path(*number));
            let file = format!("depot/crate-{number}.md");
            writeln!(
                manifest,
                "\n[[api.depot.document]]\nfile = \"{file}\"\nurl = \"{url}\""
            )
            .unwrap();
        }
        bench.write("specs/apis.toml", &manifest);
        bench
    }

    /// The same, fetched.
    pub(crate) fn fetched(numbers: &[usize]) -> Self {
        let bench = Self::new(numbers);
        bench.fetch().is(0, &["new specs/depot/crate-"]);
        bench
    }

    /// The table of the API `depot`.
    pub(crate) fn head(&self, more: &str) -> String {
        format!(
            "# Ours.\n\n[api.depot]\ntitle = \"Depot\" # as people call it\ncrate = \"depot-client\"\nenvironment-prefix = \"DEPOT\"\n{more}"
        )
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "a test's own temporary folder needs no atomic writes"
    )]
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Changes a text in a file, where it is once.
    #[track_caller]
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
        self.write(name, text.replace(from, to));
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn lock(&self) -> Lock {
        let bytes = fs::read(self.root().join(LOCK_FILE)).unwrap();
        Lock::parse(LOCK_FILE, Some(bytes), "client-codegen").unwrap()
    }

    pub(crate) fn tree(&self) -> Tree {
        tree(self.root())
    }

    pub(crate) fn fetch(&self) -> Ran {
        self.run(&options())
    }

    /// A run in which something happens to the workspace once page 0 is asked for, which has changed.
    pub(crate) fn meanwhile(&self, happens: impl Fn(&Path) + Send + 'static) -> Ran {
        let root = self.root().to_owned();
        self.site.put(&path(0), Page::new(0).with("weight").text());
        self.site.when_asked(&path(0), move || happens(&root));
        self.fetch()
    }

    pub(crate) fn run(&self, options: &Options) -> Ran {
        self.run_on(options, &Disk)
    }

    pub(crate) fn run_on(&self, options: &Options, files: &dyn FileSystem) -> Ran {
        run_at(self.root(), options, files)
    }
}

/// Adds to a file.
pub(crate) fn append(root: &Path, name: &str, text: &str) {
    let mut file = fs::File::options()
        .append(true)
        .open(root.join(name))
        .unwrap();
    std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
}

/// Runs a fetch and keeps what it says.
pub(crate) fn run_at(root: &Path, options: &Options, files: &dyn FileSystem) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run_on(
        root,
        options,
        files,
        &mut Console {
            out: &mut out,
            err: &mut err,
            style: Style::Plain,
            program: "client-codegen",
            isolation: Isolation::Thread,
        },
    );
    let text = String::from_utf8(out).unwrap() + &String::from_utf8(err).unwrap();
    Ran { code, text }
}

/// What tests ask for: waits are short, and what is not about time has time enough.
pub(crate) fn options() -> Options {
    Options {
        apis: Vec::new(),
        mode: Mode::Write,
        index: Index::Ignore,
        progress: Progress::Quiet,
        limits: Limits {
            first_wait: Duration::from_millis(1),
            longest_wait: Duration::from_secs(5),
            ..Limits::default()
        },
        today: TODAY.to_owned(),
    }
}

pub(crate) fn check() -> Options {
    Options {
        mode: Mode::Check,
        ..options()
    }
}

pub(crate) fn index(index: Index) -> Options {
    Options { index, ..options() }
}

pub(crate) fn tree(root: &Path) -> Tree {
    let mut found = Tree::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            let modified = fs::metadata(&path).unwrap().modified().unwrap();
            found.insert(name, (fs::read(&path).unwrap(), modified));
        }
    }
    found
}

/// The bytes alone.
pub(crate) fn bytes(tree: &Tree) -> BTreeMap<&str, &[u8]> {
    let files = tree.iter();
    files
        .map(|(name, (bytes, _))| (name.as_str(), bytes.as_slice()))
        .collect()
}

/// Says which files differ, in bytes or time, instead of printing them.
#[track_caller]
pub(crate) fn assert_untouched(before: &Tree, after: &Tree, what: &str) {
    let names = before.keys().chain(after.keys());
    let different: Vec<&String> = names
        .filter(|name| before.get(*name) != after.get(*name))
        .collect();
    assert!(different.is_empty(), "{what}: {different:?}");
}
