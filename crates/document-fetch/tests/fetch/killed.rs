//! Processes that are killed (SIGKILL, `TerminateProcess`) at named points of a run.
//!
//! The process is this test program again, with one test: a run over a file system that says when it has come to the point and
//! then waits for good.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::str::FromStr;

use client_codegen::emit::{Disk, FileSystem, Kind};
use client_codegen::lock::FETCH_JOURNAL;

use crate::bench::{Bench, options, path, run_at};
use crate::interrupted::{about_to_change, is_new, nothing_is_left, without_network};

/// The workspace of the process that is killed.
const ROOT: &str = "DOCUMENT_FETCH_TEST_ROOT";
/// Where it stops.
const POINT: &str = "DOCUMENT_FETCH_TEST_POINT";
/// What it says then.
const THERE: &str = "it is there";

/// Where a process is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    /// A document is asked for, and has not come.
    Asking,
    /// The new files lie in the folder; nothing says where they belong.
    Prepared,
    /// The journal is written and has not got its name.
    Undecided,
    /// It has got its name, and nothing else has happened.
    Decided,
    /// The first file of several is in its place.
    Halfway,
    /// All files are in their places, and the journal is there.
    Placed,
}

const POINTS: [(&str, Point); 6] = [
    ("asking", Point::Asking),
    ("prepared", Point::Prepared),
    ("undecided", Point::Undecided),
    ("decided", Point::Decided),
    ("halfway", Point::Halfway),
    ("placed", Point::Placed),
];

impl FromStr for Point {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let point = POINTS.iter().find(|(known, _)| *known == name);
        point.map(|(_, point)| *point).ok_or(name.to_owned())
    }
}

/// The real file system, up to the point.
struct StopAt(Point);

impl StopAt {
    /// Says so and waits: for whoever kills this process, and for the end of its input if they are gone themselves.
    fn stop(&self, here: &[Point]) {
        if here.contains(&self.0) {
            let said = io::stderr().write_all(format!("{THERE}\n").as_bytes());
            said.unwrap();
            let _ = io::stdin().read_to_end(&mut Vec::new());
            std::process::exit(9);
        }
    }
}

fn is_journal(path: &Path) -> bool {
    path.ends_with(FETCH_JOURNAL)
}

impl FileSystem for StopAt {
    fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        Disk.kind(path)
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Disk.read(path)
    }
    fn list(&self, directory: &Path) -> io::Result<Vec<OsString>> {
        Disk.list(directory)
    }
    fn create_directories(&self, directory: &Path) -> io::Result<()> {
        Disk.create_directories(directory)
    }
    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if path.ends_with("journal.new") {
            self.stop(&[Point::Prepared]);
        }
        Disk.create(path, bytes)
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        Disk.sync(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !is_journal(to) {
            Disk.rename(from, to)?;
            self.stop(&[Point::Halfway]);
            return Ok(());
        }
        self.stop(&[Point::Undecided]);
        Disk.rename(from, to)?;
        self.stop(&[Point::Decided]);
        Ok(())
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        if is_journal(path) {
            self.stop(&[Point::Placed]);
        }
        Disk.remove_file(path)
    }
    fn remove_directory(&self, directory: &Path) -> io::Result<()> {
        Disk.remove_directory(directory)
    }
}

/// What the process does. By itself it is told no workspace and does nothing.
#[test]
#[ignore = "it is what the other test starts and kills"]
fn the_process() {
    let Some(root) = std::env::var_os(ROOT) else {
        return;
    };
    let point: Point = std::env::var(POINT).unwrap().parse().unwrap();
    let ran = run_at(Path::new(&root), &options(), &StopAt(point));
    panic!("it was to be killed, and ended: {}", ran.text);
}

fn start(bench: &Bench, point: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::the_process", "--ignored", "--nocapture"])
        .env(ROOT, bench.root())
        .env(POINT, point)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Reads on until the process says that it is at its point.
#[track_caller]
fn wait_until_there(process: &mut Child, name: &str) {
    let mut said = String::new();
    for line in BufReader::new(process.stderr.take().unwrap()).lines() {
        let line = line.unwrap();
        if line == THERE {
            return;
        }
        said = said + &line + "\n";
    }
    panic!("{name}: it never came there: {said}");
}

#[test]
fn a_process_that_is_killed_leaves_all_or_nothing_after_the_next_run() {
    for (name, point) in POINTS {
        let bench = about_to_change();
        let manifest = bench.read("specs/apis.toml");
        let before = bench.tree();
        // A server that takes a request and never answers.
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        if point == Point::Asking {
            let url = format!("http://{}/a.md", silent.local_addr().unwrap());
            bench.edit("specs/apis.toml", &bench.site.url(&path(2)), &url);
        }
        let mut process = start(&bench, name);
        match point {
            Point::Asking => drop(silent.accept().map(|(mut asked, _)| {
                asked.read_exact(&mut [0]).unwrap();
                process.kill().unwrap();
            })),
            _ => {
                wait_until_there(&mut process, name);
                process.kill().unwrap();
            }
        }
        assert!(!process.wait().unwrap().success(), "{name}");
        bench.write("specs/apis.toml", &manifest);

        // What git sees is as it was until the decision, and in between after it.
        let tree = bench.tree();
        let is_decided = bench.root().join(FETCH_JOURNAL).exists();
        let expected = matches!(point, Point::Decided | Point::Halfway | Point::Placed);
        assert_eq!(is_decided, expected, "{name}");
        let seen = tree
            .iter()
            .filter(|(path, _)| !path.contains(".codegen-tmp-"))
            .map(|(path, (bytes, _))| (path, bytes));
        let was = before.iter().map(|(path, (bytes, _))| (path, bytes));
        let is_as_before = seen.eq(was);
        let is_untouched = !matches!(point, Point::Halfway | Point::Placed);
        assert_eq!(is_as_before, is_untouched, "{name}");
        let waiting = tree.keys().filter(|path| path.contains(".codegen-tmp-"));
        // The lock, and what has been written and is not in its place: three documents, the lock file, and the journal.
        let expected = match point {
            Point::Asking => 1,
            Point::Prepared => 5,
            Point::Undecided | Point::Decided => 6,
            Point::Halfway => 5,
            Point::Placed => 2,
        };
        assert_eq!(waiting.count(), expected, "{name}: {:?}", tree.keys());

        without_network(&bench);
        bench.fetch().is(1, &["fetch::connect"]);
        assert_eq!(is_new(&bench, name), is_decided, "{name}");
        nothing_is_left(&bench, name);

        bench.write("specs/apis.toml", &manifest);
        bench.fetch().is(0, &["depot: 3 documents"]);
        assert!(is_new(&bench, name), "{name}");
        nothing_is_left(&bench, name);
    }
}
