//! What changes on the disk while a vendor is asked.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;

use client_codegen::commands::{Console, new, pin};
use client_codegen::diagnostic::Style;
use client_codegen::generate::Isolation;
use client_codegen::lock::sha256;
use document_fetch::Index;
use loopback::Response;

use crate::bench::{Bench, append, assert_untouched, file, index, path};
use crate::pages::Page;
use crate::together::{Lines, wait_for};

/// What somebody does in the meantime, and what is said of it.
type Edit = (fn(&Path), &'static [&'static str]);

const EDITS: [Edit; 6] = [
    (
        |root| append(root, "specs/apis.toml", "# Ours.\n"),
        &["specs/apis.toml was changed"],
    ),
    (
        |root| append(root, "specs/apis.lock", "# Ours.\n"),
        &["specs/apis.lock was changed"],
    ),
    (
        |root| append(root, &file(0), "Ours.\n"),
        &["specs/depot/crate-0.md was changed"],
    ),
    // A document that is not written, but was judged together with the one that is.
    (
        |root| append(root, &file(1), "Ours.\n"),
        &["specs/depot/crate-1.md was changed"],
    ),
    (
        |root| {
            fs::remove_file(root.join("specs/apis.lock")).unwrap();
            fs::remove_file(root.join(file(1))).unwrap();
        },
        &[
            "specs/apis.lock was removed",
            "specs/depot/crate-1.md was removed",
        ],
    ),
    (
        |root| {
            drop(fs::File::create_new(root.join(file(2))).unwrap());
        },
        &["specs/depot/crate-2.md has appeared"],
    ),
];

#[test]
fn what_somebody_changes_in_the_meantime_is_neither_overwritten_nor_mixed_with_what_came() {
    for (edit, said) in EDITS {
        let bench = Bench::fetched(&[0, 1]);
        let url = bench.site.url(&path(2));
        bench.site.put(&path(2), Page::new(2).text());
        let more =
            format!("\n[[api.depot.document]]\nfile = \"depot/crate-2.md\"\nurl = \"{url}\"\n");
        bench.write("specs/apis.toml", bench.read("specs/apis.toml") + &more);

        let expected = Bench::empty();
        for (name, (bytes, _)) in bench.tree() {
            expected.write(&name, bytes);
        }
        edit(expected.root());

        let ran = bench.meanwhile(edit);
        ran.is(
            1,
            &[
                "fetch::changed_meanwhile",
                "nothing of this API was written",
            ],
        );
        ran.is(1, said);
        let count = ran.text.matches("fetch::changed_meanwhile\n").count();
        assert_eq!(count, said.len(), "{}", ran.text);
        let without_times = |bench: &Bench| {
            let tree = bench.tree();
            let files = tree.into_iter().map(|(name, (bytes, _))| (name, bytes));
            files.collect::<Vec<_>>()
        };
        assert_eq!(without_times(&expected), without_times(&bench), "{said:?}");
    }
}

/// The second API starts from what the first one wrote, and from what is there after the first one was refused.
#[test]
fn the_next_api_starts_from_what_is_there() {
    let bench = Bench::fetched(&[0]);
    let url = bench.site.url(&path(1));
    bench.site.put(&path(1), Page::new(1).text());
    let other = format!(
        "\n[api.other]\ntitle = \"Other\"\ncrate = \"other-client\"\nenvironment-prefix = \"OTHER\"\n\
         \n[[api.other.document]]\nfile = \"other/a.md\"\nurl = \"{url}\"\n"
    );
    bench.write("specs/apis.toml", bench.read("specs/apis.toml") + &other);
    let ran = bench.meanwhile(|root| append(root, "specs/apis.toml", "# Ours.\n"));
    ran.is(1, &["fetch::changed_meanwhile", "new specs/other/a.md"]);
    assert_eq!(bench.read(&file(0)), Page::new(0).text());
    assert!(bench.read("specs/apis.toml").ends_with("# Ours.\n"));
    bench.site.when_asked(&path(0), || {});
    bench.fetch().is(0, &["changed specs/depot/crate-0.md"]);
}

#[test]
fn what_is_to_be_removed_is_looked_at_as_well() {
    let bench = Bench::empty();
    let url = bench.site.url("/llms.txt");
    let entry = format!("index = {{ url = \"{url}\", include = [\"reference/*\"] }}\n");
    bench.write("specs/apis.toml", bench.head(&entry));
    for number in [0, 1] {
        bench.site.put(&path(number), Page::new(number).text());
    }
    let list = |numbers: &[usize]| -> String {
        let links = numbers
            .iter()
            .map(|number| format!("- [a]({})\n", path(*number)));
        links.collect()
    };
    bench.site.put("/llms.txt", list(&[0, 1]));
    bench.run(&index(Index::Accept)).is(0, &["2 documents"]);
    bench.site.put("/llms.txt", list(&[0]));
    let root = bench.root().to_owned();
    bench
        .site
        .when_asked(&path(0), move || append(&root, &file(1), "Ours.\n"));
    bench.run(&index(Index::Accept)).is(
        1,
        &[
            "fetch::changed_meanwhile",
            "specs/depot/crate-1.md was changed",
        ],
    );
    assert!(bench.read(&file(1)).ends_with("Ours.\n"));
    assert!(bench.read("specs/apis.toml").contains("crate-1.md"));
}

fn with_console<T>(mut err: impl Write, work: impl FnOnce(&mut Console<'_>) -> T) -> T {
    work(&mut Console {
        out: &mut Vec::new(),
        err: &mut err,
        style: Style::Plain,
        program: "client-codegen",
        isolation: Isolation::Thread,
    })
}

fn run_pin(root: &Path, err: impl Write) -> u8 {
    with_console(err, |console| pin::run(root, &[], console))
}

/// Whoever pins while a vendor is asked gets their turn when the fetch has ended.
#[test]
fn pin_waits_for_a_fetch() {
    let bench = Bench::fetched(&[0]);
    let pinning = {
        let (started, starts) = channel();
        let (tell, said) = channel();
        let root = bench.root().to_owned();
        let pinning = thread::spawn(move || {
            starts.recv().unwrap();
            run_pin(&root, Lines(tell))
        });
        let ran = bench.meanwhile(move |_| {
            started.send(()).unwrap();
            wait_for(&said, "another command writes here; waiting for it");
        });
        ran.is(0, &["changed specs/depot/crate-0.md"]);
        pinning
    };
    // There was nothing to pin any more.
    assert_eq!(pinning.join().unwrap(), 0);
    let after = bench.tree();
    assert_eq!(run_pin(bench.root(), io::sink()), 0);
    assert_untouched(&after, &bench.tree(), "pinned");
    assert_eq!(after.len(), 3, "{:?}", after.keys());
}

/// So does whoever takes in a new API, whose entry then stands beside what the fetch has written.
#[test]
fn new_waits_for_a_fetch() {
    let bench = Bench::fetched(&[0]);
    let outside = Bench::empty();
    outside.write("crate-5.md", Page::new(5).text());
    let options = new::Options {
        name: "other".to_owned(),
        title: None,
        files: vec![outside.root().join("crate-5.md")],
        urls: Vec::new(),
    };
    let (started, starts) = channel();
    let (tell, said) = channel();
    let root = bench.root().to_owned();
    let taking_in = thread::spawn(move || {
        starts.recv().unwrap();
        with_console(Lines(tell), |console| new::run(&root, &options, console))
    });
    let ran = bench.meanwhile(move |_| {
        started.send(()).unwrap();
        wait_for(&said, "another command writes here; waiting for it");
    });
    ran.is(0, &["changed specs/depot/crate-0.md"]);
    assert_eq!(taking_in.join().unwrap(), 0);
    let fetched = Page::new(0).with("weight").text();
    assert_eq!(bench.read(&file(0)), fetched);
    let lock = bench.lock();
    let hashes: Vec<&str> = lock
        .entries
        .values()
        .map(|one| one.sha256.as_str())
        .collect();
    assert_eq!(
        hashes,
        [
            sha256(fetched.as_bytes()),
            sha256(Page::new(5).text().as_bytes())
        ]
    );
    bench.site.when_asked(&path(0), || {});
    bench
        .fetch()
        .is(0, &["depot: 1 document, unchanged upstream"]);
}

/// A new entity tag alone is no reason to write: sites make one with each of their releases.
#[test]
fn a_new_entity_tag_of_the_same_bytes_is_not_written() {
    let bench = Bench::fetched(&[0]);
    let before = bench.tree();
    let page = Page::new(0).text();
    let answer = Response::new(200, &[("etag", "\"another\"")], &page);
    bench.site.always(&path(0), answer);
    bench.fetch().is(0, &["unchanged upstream"]);
    assert_untouched(&before, &bench.tree(), "another tag");
}
