//! Runs at the same time, and a process that is killed.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use client_codegen::commands::Console;
use client_codegen::diagnostic::Style;
use client_codegen::generate::Isolation;
use document_fetch::{Options, run};
use loopback::{Response, Server};

use crate::bench::{Bench, assert_untouched, file, options};
use crate::pages::Page;

/// A site that tells of each request and answers when it is told to.
struct Patient {
    server: Server,
    asked: Receiver<()>,
    answer: Sender<()>,
}

impl Patient {
    fn start() -> Self {
        let (tell, asked) = channel();
        let (answer, may_answer) = channel::<()>();
        let may_answer = Mutex::new(may_answer);
        let server = Server::start_answering(move |_| {
            let _ = tell.send(());
            let _ = may_answer.lock().unwrap().recv();
            Response::new(200, &[], Page::new(0).text())
        });
        Self {
            server: server.unwrap(),
            asked,
            answer,
        }
    }

    /// A workspace whose only document is asked for here.
    fn workspace(&self) -> Bench {
        let bench = Bench::empty();
        let url = self.server.base_url();
        let document = format!(
            "\n[[api.depot.document]]\nfile = \"depot/crate-0.md\"\nurl = \"{url}/a.md\"\n"
        );
        bench.write("specs/apis.toml", bench.head(&document));
        bench
    }
}

/// Tells of every line that a run writes.
pub(crate) struct Lines(pub(crate) Sender<String>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.0.send(String::from_utf8_lossy(bytes).into_owned());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A run in a thread, and what it says.
fn begin(root: &Path, options: Options) -> (thread::JoinHandle<u8>, Receiver<String>) {
    let (tell, said) = channel();
    let root = root.to_owned();
    let run = thread::spawn(move || {
        let mut console = Console {
            out: &mut io::sink(),
            err: &mut Lines(tell),
            style: Style::Plain,
            program: "client-codegen",
            isolation: Isolation::Thread,
        };
        run(&root, &options, &mut console)
    });
    (run, said)
}

/// Reads on until a run has said something.
#[track_caller]
pub(crate) fn wait_for(said: &Receiver<String>, part: &str) {
    let mut all = String::new();
    while !all.contains(part) {
        all.push_str(
            &said
                .recv()
                .unwrap_or_else(|_| panic!("{part:?} was not said: {all}")),
        );
    }
}

#[test]
fn the_second_run_waits_for_the_first() {
    let site = Patient::start();
    let bench = site.workspace();
    let (first, first_said) = begin(bench.root(), options());
    site.asked.recv().unwrap();
    let (second, second_said) = begin(bench.root(), options());
    wait_for(&second_said, "another command writes here");
    // One that only looks does not wait.
    site.answer.send(()).unwrap();
    wait_for(&first_said, "new specs/depot/crate-0.md");
    assert_eq!(first.join().unwrap(), 0);
    site.asked.recv().unwrap();
    site.answer.send(()).unwrap();
    wait_for(&second_said, "unchanged upstream");
    assert_eq!(second.join().unwrap(), 0);
    assert_eq!(bench.read(&file(0)), Page::new(0).text());
    assert_eq!(bench.tree().len(), 3, "{:?}", bench.tree().keys());
}

#[test]
fn three_runs_come_one_after_the_other() {
    let site = Patient::start();
    let bench = site.workspace();
    let (first, first_said) = begin(bench.root(), options());
    site.asked.recv().unwrap();
    let others = [(); 2].map(|()| {
        let (run, said) = begin(bench.root(), options());
        wait_for(&said, "another command writes here");
        (run, said)
    });
    site.answer.send(()).unwrap();
    wait_for(&first_said, "new specs/depot/crate-0.md");
    assert_eq!(first.join().unwrap(), 0);
    for _ in 0..2 {
        // One at a time: the other one does not ask before this one has its answer.
        site.asked.recv().unwrap();
        assert!(site.asked.try_recv().is_err());
        site.answer.send(()).unwrap();
    }
    for (run, said) in others {
        wait_for(&said, "unchanged upstream");
        assert_eq!(run.join().unwrap(), 0);
    }
    assert_eq!(bench.read(&file(0)), Page::new(0).text());
    assert_eq!(bench.tree().len(), 3, "{:?}", bench.tree().keys());
}

/// As processes, in whatever order the system lets them run.
#[test]
fn three_processes_leave_one_whole_tree() {
    for _ in 0..3 {
        let bench = Bench::new(&[0, 1, 2, 3]);
        let running = [(); 3].map(|()| {
            Command::new(env!("CARGO_BIN_EXE_document-fetch"))
                .arg("--root")
                .arg(bench.root())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        });
        let ended = running.map(|run| run.wait_with_output().unwrap());
        let said = ended.each_ref().map(|one| {
            let said = String::from_utf8_lossy(&one.stderr).into_owned();
            assert_eq!(one.status.code(), Some(0), "{said}");
            said
        });
        let count = |part: &str| said.iter().filter(|one| one.contains(part)).count();
        assert_eq!(count("4 documents, 4 with changes"), 1, "{said:?}");
        assert_eq!(count("4 documents, unchanged upstream"), 2, "{said:?}");
        for number in 0..4 {
            assert_eq!(bench.read(&file(number)), Page::new(number).text());
        }
        assert_eq!(bench.lock().entries.len(), 4);
        assert_eq!(bench.tree().len(), 6, "{:?}", bench.tree().keys());
    }
}

#[test]
fn a_process_that_is_killed_leaves_no_lock_behind() {
    let site = Patient::start();
    let bench = site.workspace();
    let before = bench.tree();
    let mut killed = Command::new(env!("CARGO_BIN_EXE_document-fetch"))
        .arg("--root")
        .arg(bench.root())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    site.asked.recv().unwrap();
    let (second, said) = begin(bench.root(), options());
    wait_for(&said, "another command writes here");
    killed.kill().unwrap();
    killed.wait().unwrap();
    let mut left = bench.tree();
    left.retain(|name, _| !name.contains(".codegen-tmp-"));
    assert_untouched(&before, &left, "killed");

    // The server answers the dead process, too.
    site.answer.send(()).unwrap();
    site.asked.recv().unwrap();
    site.answer.send(()).unwrap();
    wait_for(&said, "new specs/depot/crate-0.md");
    assert_eq!(second.join().unwrap(), 0);
    assert_eq!(bench.tree().len(), 3, "{:?}", bench.tree().keys());
}
