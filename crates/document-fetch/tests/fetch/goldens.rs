//! Each code as people see it, and the page that lists them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use client_codegen::emit::{Disk, FailAt};
use client_codegen::lock::FETCH_JOURNAL;
use document_fetch::{CODES, Index, Limits, Options};
use loopback::Response;

use crate::bench::{Bench, Ran, append, index, options, path};
use crate::pages::{Form, Page};

/// A run in which the code is raised.
fn raise(code: &str) -> (Bench, Ran) {
    let always = |answer: Response| {
        let bench = Bench::fetched(&[0]);
        bench.site.always(&path(0), answer);
        let ran = bench.fetch();
        (bench, ran)
    };
    let changed = |page: String| {
        let bench = Bench::fetched(&[0]);
        bench.site.put(&path(0), page);
        let ran = bench.fetch();
        (bench, ran)
    };
    let with_index = |patterns: &str, list: &str| {
        let bench = Bench::empty();
        bench.site.put("/llms.txt", list);
        let url = bench.site.url("/llms.txt");
        let index_entry = format!("index = {{ url = \"{url}\", include = [{patterns}] }}\n");
        bench.write("specs/apis.toml", bench.head(&index_entry));
        let ran = bench.run(&index(Index::Propose));
        (bench, ran)
    };
    match code {
        "fetch::body" => always(Response::truncated(200, "# Get", 10)),
        "fetch::changed_meanwhile" => {
            let bench = Bench::fetched(&[0]);
            let ran = bench.meanwhile(|root| append(root, "specs/apis.toml", "# Ours.\n"));
            (bench, ran)
        }
        "fetch::connect" => {
            let bench = Bench::fetched(&[0, 1]);
            let nobody = "http://127.0.0.1:1";
            let text = bench.read("specs/apis.toml");
            bench.write("specs/apis.toml", text.replace(&bench.site.url(""), nobody));
            let ran = bench.fetch();
            (bench, ran)
        }
        "fetch::gone" => always(Response::new(410, &[], "")),
        "fetch::index_empty" => with_index("\"reference/*\"", "- [Begin](/guides/begin.md)\n"),
        "fetch::journal" => {
            let bench = Bench::fetched(&[0]);
            bench.write(FETCH_JOURNAL, "version = 2\n");
            let ran = bench.fetch();
            (bench, ran)
        }
        "fetch::manifest" => {
            let bench = Bench::empty();
            bench
                .site
                .put("/llms.txt", "- [Get](/reference/crate-0.md)\n");
            let url = bench.site.url("/llms.txt");
            let table = format!(
                "api.depot = {{ title = \"Depot\", crate = \"depot-client\", environment-prefix = \"DEPOT\", \
                 index = {{ url = \"{url}\", include = [\"**\"] }} }}\n"
            );
            bench.write("specs/apis.toml", table);
            let ran = bench.run(&index(Index::Accept));
            (bench, ran)
        }
        "fetch::moved" => {
            let bench = Bench::fetched(&[0]);
            bench.site.put("/new.md", Page::new(0).text());
            let answer = Response::new(308, &[("location", "/new.md")], "");
            bench.site.always(&path(0), answer);
            let ran = bench.fetch();
            (bench, ran)
        }
        "fetch::no_index" => {
            let bench = Bench::new(&[0]);
            let named = Options {
                apis: vec!["depot".to_owned()],
                ..index(Index::Propose)
            };
            let ran = bench.run(&named);
            (bench, ran)
        }
        "fetch::not_a_document" => changed(Page::new(0).text().replace("paths:\n", "paths:\n\t")),
        "fetch::other_format" => {
            let bench = Bench::fetched(&[0]);
            let line = "file = \"depot/crate-0.md\"\n";
            let stated = format!("{line}format = \"mintlify-resolved\"\n");
            bench.edit("specs/apis.toml", line, &stated);
            bench
                .site
                .put(&path(0), Page::new(0).of(Form::Embedded).text());
            let ran = bench.fetch();
            (bench, ran)
        }
        "fetch::other_operation" => changed(Page::new(3).text()),
        "fetch::overlay" => {
            let bench = Bench::new(&[0]);
            let overlay = "overlay: 1.0.0\ninfo: { title: Ours, version: '1' }\nactions:\n  - target: $.paths['/gone']\n    remove: true\n";
            bench.edit(
                "specs/apis.toml",
                "environment-prefix",
                "overlay = \"depot/overlay.yaml\"\nenvironment-prefix",
            );
            bench.write("specs/depot/overlay.yaml", overlay);
            let ran = bench.fetch();
            (bench, ran)
        }
        "fetch::pattern" => with_index("\"reference/[\", \"{a\"", ""),
        "fetch::redirect" => always(Response::new(
            301,
            &[("location", "https://new.depot.example/a.md?key=hidden")],
            "",
        )),
        "fetch::renamed" => changed(Page::new(0).of(Form::Embedded).text()),
        "fetch::shared_document" => {
            let bench = Bench::fetched(&[0]);
            let url = bench.site.url(&path(0));
            let other = format!(
                "\n[api.other]\ntitle = \"Other\"\ncrate = \"other-client\"\nenvironment-prefix = \"OTHER\"\n\
                 \n[[api.other.document]]\nfile = \"depot/Crate-0.md\"\nurl = \"{url}\"\n"
            );
            bench.write("specs/apis.toml", bench.read("specs/apis.toml") + &other);
            let ran = bench.fetch();
            (bench, ran)
        }
        "fetch::status" => always(Response::new(403, &[], "")),
        "fetch::timeout" => {
            let bench = Bench::fetched(&[0]);
            let late = Response::raw("").after(std::time::Duration::from_secs(30));
            bench.site.always(&path(0), late);
            let limits = Limits {
                total: std::time::Duration::from_millis(100),
                ..options().limits
            };
            let ran = bench.run(&Options {
                limits,
                ..options()
            });
            (bench, ran)
        }
        "fetch::too_large" => always(Response::made(200, &[], 1 << 40, |_, piece| {
            piece.fill(b' ')
        })),
        "fetch::write" => {
            let bench = Bench::new(&[0]);
            // The first file that is written.
            let at = (0..)
                .find(|at| {
                    let ran = bench.run_on(&options(), &FailAt::new(Disk, *at));
                    ran.says("cannot be written to")
                })
                .unwrap();
            let ran = bench.run_on(&options(), &FailAt::new(Disk, at));
            (bench, ran)
        }
        other => panic!("nothing raises {other}"),
    }
}

#[test]
fn each_code_is_raised_and_drawn() {
    for (code, meaning) in CODES {
        let (bench, ran) = raise(code);
        assert!(
            ran.text.contains(&format!("{code}\n")),
            "{code}: {}",
            ran.text
        );
        assert!(!ran.text.contains("hidden"), "{}", ran.text);
        let text = ran
            .text
            .replace(&bench.site.url(""), "http://127.0.0.1:4010");
        let text = format!("{text}\nexit code {}\n", ran.code);
        let mut settings = insta::Settings::new();
        settings.set_omit_expression(true);
        settings.set_description(*meaning);
        settings.set_prepend_module_to_snapshot(false);
        settings.add_filter(r"\(os error \d+\)", "(os error N)");
        settings.bind(|| insta::assert_snapshot!(code.replace("::", "__"), text));
    }
}

#[test]
fn every_golden_is_of_a_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fetch/snapshots");
    let goldens: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let wanted: BTreeSet<String> = CODES
        .iter()
        .map(|(code, _)| format!("{}.snap", code.replace("::", "__")))
        .collect();
    assert_eq!(goldens, wanted);
}

/// The page has the codes of the tool as well, which a test of `xtask` compares.
#[test]
fn the_troubleshooting_page_has_every_code() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/troubleshooting.md");
    let page = fs::read_to_string(page).unwrap();
    let rows: String = page
        .lines()
        .filter(|line| line.starts_with("| `fetch::"))
        .map(|line| format!("{line}\n"))
        .collect();
    let wanted: String = CODES
        .iter()
        .map(|(code, meaning)| format!("| `{code}` | {meaning} |\n"))
        .collect();
    assert!(rows == wanted, "the table should have:\n{wanted}");
}
