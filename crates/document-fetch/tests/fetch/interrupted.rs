//! Runs that fail or end while they write.

use std::cell::Cell;
use std::ffi::OsString;
use std::fmt::Display;
use std::fs;
use std::io;
use std::path::Path;

use client_codegen::emit::{Disk, FailAt, FileSystem, Kind};
use client_codegen::lock::FETCH_JOURNAL;

use crate::bench::{Bench, bytes, file, path};
use crate::pages::Page;

/// Lets one operation fail, and all others pass.
struct FailOnce {
    at: usize,
    done: Cell<usize>,
}

impl FailOnce {
    fn at(at: usize) -> Self {
        Self {
            at,
            done: Cell::new(0),
        }
    }

    fn step(&self) -> io::Result<()> {
        let now = self.done.replace(self.done.get() + 1);
        match now == self.at {
            true => Err(io::Error::other("injected failure")),
            false => Ok(()),
        }
    }
}

impl FileSystem for FailOnce {
    fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        self.step().and_then(|()| Disk.kind(path))
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step().and_then(|()| Disk.read(path))
    }
    fn list(&self, directory: &Path) -> io::Result<Vec<OsString>> {
        self.step().and_then(|()| Disk.list(directory))
    }
    fn create_directories(&self, directory: &Path) -> io::Result<()> {
        self.step()
            .and_then(|()| Disk.create_directories(directory))
    }
    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step().and_then(|()| Disk.create(path, bytes))
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.sync(path))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.rename(from, to))
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.remove_file(path))
    }
    fn remove_directory(&self, directory: &Path) -> io::Result<()> {
        self.step().and_then(|()| Disk.remove_directory(directory))
    }
}

/// A workspace in which two documents of three are about to change, and the third to appear.
pub(crate) fn about_to_change() -> Bench {
    let bench = Bench::fetched(&[0, 1]);
    for number in [0, 1] {
        let page = Page::new(number).with("weight").text();
        bench.site.put(&path(number), page);
    }
    let url = bench.site.url(&path(2));
    bench.site.put(&path(2), Page::new(2).text());
    let more =
        format!("\n[[api.depot.document]]\nfile = \"depot/more/crate-2.md\"\nurl = \"{url}\"\n");
    bench.write("specs/apis.toml", bench.read("specs/apis.toml") + &more);
    bench
}

/// Takes the vendor's site away, so that a run does nothing but recover.
pub(crate) fn without_network(bench: &Bench) {
    let nobody = loopback::refused_base_url().unwrap();
    let text = bench
        .read("specs/apis.toml")
        .replace(&bench.site.url(""), &nobody);
    bench.write("specs/apis.toml", text);
}

/// Whether all is new. Fails if it is neither that nor all as it was.
#[track_caller]
pub(crate) fn is_new(bench: &Bench, at: impl Display) -> bool {
    let states = [0, 1].map(|number| {
        let text = bench.read(&file(number));
        let state = match text == Page::new(number).text() {
            true => Some(false),
            false => (text == Page::new(number).with("weight").text()).then_some(true),
        };
        state.unwrap_or_else(|| panic!("failed at {at}: half a page"))
    });
    let third = bench.root().join("specs/depot/more/crate-2.md").exists();
    let locked = bench.lock().entries.len() == 3;
    let all = [states[0], states[1], third, locked];
    assert!(
        all.iter().all(|one| *one == all[0]),
        "failed at {at}: {all:?}"
    );
    all[0]
}

#[track_caller]
pub(crate) fn nothing_is_left(bench: &Bench, at: impl Display) {
    let tree = bench.tree();
    let left: Vec<_> = tree
        .keys()
        .filter(|name| name.contains(".codegen-tmp-"))
        .collect();
    assert!(left.is_empty(), "failed at {at}: {left:?}");
    assert!(
        !bench.root().join("specs/.codegen-tmp-fetch").exists(),
        "failed at {at}"
    );
}

#[test]
fn a_run_that_ends_at_any_operation_leaves_all_or_nothing_after_the_next() {
    let (mut old, mut new) = (0, 0);
    for at in 0.. {
        let bench = about_to_change();
        let before = bench.tree();
        let disk = FailAt::new(Disk, at);
        let ran = bench.run_on(&crate::bench::options(), &disk);
        if ran.code == 0 {
            assert!(is_new(&bench, at));
            nothing_is_left(&bench, at);
            assert!(disk.operations() == at);
            break;
        }
        ran.is(1, &["injected failure"]);
        // What a killed run leaves is where git does not see it.
        let tree = bench.tree();
        if !bench.root().join(FETCH_JOURNAL).exists()
            && !tree.contains_key("specs/depot/more/crate-2.md")
        {
            let seen = tree
                .iter()
                .filter(|(name, _)| !name.contains(".codegen-tmp-"));
            assert!(seen.eq(before.iter()), "failed at {at}");
        }

        let manifest = bench.read("specs/apis.toml");
        without_network(&bench);
        bench.fetch().is(1, &["fetch::connect"]);
        match is_new(&bench, at) {
            true => new += 1,
            false => old += 1,
        }
        nothing_is_left(&bench, at);

        bench.write("specs/apis.toml", manifest);
        bench.fetch().is(0, &["depot: 3 documents"]);
        assert!(is_new(&bench, at), "failed at {at}");
    }
    assert!(old >= 10 && new >= 5, "{old} times old, {new} times new");
}

#[test]
fn a_writer_that_fails_once_leaves_everything_as_it_was_or_says_that_it_is_not_ended() {
    let mut failed = 0;
    for at in 0.. {
        let bench = about_to_change();
        let before = bench.tree();
        let disk = FailOnce::at(at);
        let ran = bench.run_on(&crate::bench::options(), &disk);
        if disk.done.get() <= at {
            break;
        }
        if ran.code == 0 {
            // What cannot be removed is the next run's to remove, and what cannot be listed is not looked for.
            assert!(is_new(&bench, at));
            continue;
        }
        failed += 1;
        ran.is(1, &["injected failure"]);
        match bench.root().join(FETCH_JOURNAL).exists() {
            // Before the decision.
            false if !is_new(&bench, at) => {
                assert_eq!(bytes(&before), bytes(&bench.tree()), "failed at {at}");
                assert!(before == bench.tree(), "failed at {at}: a time has changed");
                nothing_is_left(&bench, at);
            }
            // Everything was done, down to the removal of the journal.
            false => {}
            true => ran.is(1, &["cannot be put in place", "run the command again"]),
        }
        bench.fetch().is(0, &["depot: 3 documents"]);
        assert!(is_new(&bench, at), "failed at {at}");
        nothing_is_left(&bench, at);
    }
    assert!(failed >= 20, "{failed}");
}

/// What one API has begun is not undone by the next one.
#[test]
fn an_api_that_is_not_ended_comes_before_the_others() {
    let mut unended = 0;
    for at in 0.. {
        let bench = about_to_change();
        let url = bench.site.url(&path(3));
        bench.site.put(&path(3), Page::new(3).text());
        let other = format!(
            "\n[api.other]\ntitle = \"Other\"\ncrate = \"other-client\"\nenvironment-prefix = \"OTHER\"\n\
             \n[[api.other.document]]\nfile = \"other/a.md\"\nurl = \"{url}\"\n"
        );
        bench.write("specs/apis.toml", bench.read("specs/apis.toml") + &other);
        let disk = FailOnce::at(at);
        let ran = bench.run_on(&crate::bench::options(), &disk);
        if disk.done.get() <= at {
            break;
        }
        let is_decided = bench.root().join(FETCH_JOURNAL).exists();
        if is_decided && !ran.text.contains("new specs/depot/more/crate-2.md") {
            // The first API is the one that is not ended.
            unended += 1;
            ran.is(
                1,
                &[
                    "cannot be put in place",
                    "the other APIs were not asked for",
                ],
            );
        }
        let manifest = bench.read("specs/apis.toml");
        without_network(&bench);
        bench.fetch().is(1, &["fetch::connect"]);
        if is_decided {
            let page = Page::new(0).with("weight").text();
            assert_eq!(bench.read(&file(0)), page, "failed at {at}");
        }
        bench.write("specs/apis.toml", manifest);
        bench
            .fetch()
            .is(0, &["depot: 3 documents", "other: 1 document"]);
        assert_eq!(bench.lock().entries.len(), 4, "failed at {at}");
        nothing_is_left(&bench, at);
    }
    assert!(unended >= 5, "{unended}");
}

/// A workspace whose run ended right after the decision.
fn decided() -> Bench {
    for at in 0.. {
        let bench = about_to_change();
        bench.run_on(&crate::bench::options(), &FailAt::new(Disk, at));
        if bench.root().join(FETCH_JOURNAL).exists() {
            return bench;
        }
    }
    unreachable!("the loop has no end")
}

#[test]
fn other_commands_refuse_to_work_with_half_of_it() {
    let bench = decided();
    let problems = client_codegen::commands::read_lock(bench.root(), "cargo xtask").unwrap_err();
    assert_eq!(
        problems.iter().next().unwrap().code(),
        "lock::unfinished_fetch"
    );
    // Checking changes nothing, so it cannot finish it either.
    let before = bench.tree();
    bench
        .run(&crate::bench::check())
        .is(1, &["lock::unfinished_fetch"]);
    assert!(before == bench.tree());
    bench
        .fetch()
        .is(0, &["put in place what an interrupted fetch had brought"]);
    assert!(is_new(&bench, 0));
}

/// What is said of it, and how it is done.
type Damage = (&'static str, fn(&Bench));

#[test]
fn a_journal_that_cannot_be_followed_is_a_problem_and_nothing_is_done() {
    let damage: [Damage; 5] = [
        ("does not have the form", |bench| {
            bench.write(FETCH_JOURNAL, "version = 9\n")
        }),
        ("does not have the form", |bench| {
            let text = bench.read(FETCH_JOURNAL);
            bench.write(
                FETCH_JOURNAL,
                text.replace("specs/depot/crate-0.md", "specs/../crate-0.md"),
            );
        }),
        ("is damaged", |bench| {
            bench.write("specs/.codegen-tmp-fetch/1", "cut")
        }),
        // As somebody does who takes half of a tree for damage: `git restore specs`.
        ("neither in its place nor in the folder", |bench| {
            fs::remove_file(bench.root().join("specs/.codegen-tmp-fetch/0")).unwrap();
        }),
        ("neither in its place nor in the folder", |bench| {
            let folder = bench.root().join("specs/.codegen-tmp-fetch");
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.file_name().is_some_and(|name| name != "journal.toml") {
                    fs::remove_file(path).unwrap();
                }
            }
        }),
    ];
    for (said, damage) in damage {
        let bench = decided();
        damage(&bench);
        let before = bench.tree();
        bench.fetch().is(1, &["fetch::journal", said]);
        let after = bench.tree();
        assert_eq!(bytes(&before), bytes(&after), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_neither_followed_nor_replaced() {
    use std::os::unix::fs::symlink;

    let bench = Bench::fetched(&[0]);
    bench.write("elsewhere/crate-0.md", bench.read(&file(0)));
    fs::remove_file(bench.root().join(file(0))).unwrap();
    symlink("../../elsewhere/crate-0.md", bench.root().join(file(0))).unwrap();
    bench.site.put(&path(0), Page::new(0).with("weight").text());
    let before = bench.tree();
    bench
        .fetch()
        .is(1, &["emit::symlink", "specs/depot/crate-0.md"]);
    assert!(before == bench.tree());

    let bench = Bench::fetched(&[0]);
    fs::rename(bench.root().join("specs/depot"), bench.root().join("depot")).unwrap();
    symlink("../depot", bench.root().join("specs/depot")).unwrap();
    bench.site.put(&path(0), Page::new(0).with("weight").text());
    let before = bench.tree();
    bench.fetch().is(1, &["emit::symlink", "specs/depot"]);
    assert!(before == bench.tree());

    let bench = Bench::fetched(&[0]);
    fs::create_dir(bench.root().join("outside")).unwrap();
    symlink("../outside", bench.root().join("specs/.codegen-tmp-fetch")).unwrap();
    bench.fetch().is(1, &["emit::file_for_directory"]);
    assert_eq!(
        fs::read_dir(bench.root().join("outside")).unwrap().count(),
        0
    );
}
