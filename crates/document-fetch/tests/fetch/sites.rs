//! A site of 300 pages in both of Mintlify's forms and in ReadMe's, fetched by its index.

use std::fmt::Write;

use document_fetch::{Index, Mode, Options};
use loopback::Response;

use crate::bench::{Bench, assert_untouched, bytes, file, index, options, path};
use crate::pages::Page;

pub(crate) const PAGES: usize = 300;

/// The list of the site's pages: those of the API, and others.
pub(crate) fn list(bench: &Bench, numbers: impl IntoIterator<Item = usize>) -> String {
    let mut text = String::from(
        "# Depot\n\n> Docs of Depot.\n\n## Guides\n\n- [Begin](/guides/begin.md): how to begin\n\n## Reference\n\n",
    );
    for number in numbers {
        // Absolute and relative, as sites do it.
        let url = match number % 2 {
            0 => bench.site.url(&path(number)),
            _ => path(number),
        };
        writeln!(text, "- [Get crate {number}]({url}): Looks it up.").unwrap();
    }
    text + "- [Elsewhere](https://elsewhere.example/reference/crate-1.md)\n- [Changes](/reference/changes.md)\n"
}

fn put_list(bench: &Bench, numbers: impl IntoIterator<Item = usize>) {
    bench.site.put("/llms.txt", list(bench, numbers));
}

/// A workspace with an API that has an index and no documents, and a site with `count` pages.
pub(crate) fn with_index(count: usize) -> Bench {
    let bench = Bench::empty();
    for number in 0..count {
        bench.site.put(&path(number), Page::new(number).text());
    }
    put_list(&bench, 0..count);
    let url = bench.site.url("/llms.txt");
    let index = format!(
        "index = {{ url = \"{url}\", include = [\"reference/*\"], exclude = [\"*/changes.md\"] }} # theirs\n\n# The end.\n"
    );
    bench.write("specs/apis.toml", bench.head(&index));
    bench
}

#[test]
fn three_hundred_pages_come_stay_change_and_go() {
    let bench = with_index(PAGES);
    let before = bench.tree();
    let ran = bench.run(&index(Index::Propose));
    ran.is(
        4,
        &[
            "add specs/depot/crate-299.md from http://127.0.0.1:",
            "depot: 300 to add, 0 to remove",
        ],
    );
    ran.is(4, &["depot: 1 page of the index not taken"]);
    assert_untouched(&before, &bench.tree(), "a proposal");

    // The first fetch.
    let mut seen = 1;
    bench.run(&index(Index::Accept)).is(
        0,
        &[
            "300 documents, 300 with changes",
            "run `client-codegen codegen depot`",
        ],
    );
    for number in 0..PAGES {
        assert_eq!(bench.read(&file(number)), Page::new(number).text());
    }
    assert_eq!(bench.lock().entries.len(), PAGES);
    let manifest = bench.read("specs/apis.toml");
    for kept in [
        "# Ours.\n",
        "title = \"Depot\" # as people call it\n",
        "# theirs\n",
        "# The end.\n",
    ] {
        assert!(manifest.contains(kept), "{kept} in {manifest}");
    }
    assert_eq!(bench.site.requests(&mut seen).len(), PAGES + 1);

    // Nothing is new: nothing is sent, nothing is written.
    let fetched = bench.tree();
    bench.fetch().is(0, &["300 documents, unchanged upstream"]);
    bench
        .run(&index(Index::Propose))
        .is(0, &["the index lists what the manifest has"]);
    bench
        .run(&index(Index::Accept))
        .is(0, &["300 documents, unchanged upstream"]);
    assert_untouched(&fetched, &bench.tree(), "unchanged");
    let requests = bench.site.requests(&mut seen);
    let pages = requests.iter().filter(|one| one.target() != "/llms.txt");
    assert!(
        pages
            .clone()
            .all(|one| one.header("if-none-match").len() == 1)
    );
    assert_eq!(pages.count(), 2 * PAGES);

    // One is changed: one file, one entry.
    bench.site.put(&path(7), Page::new(7).with("weight").text());
    bench.fetch().is(
        0,
        &[
            "  changed specs/depot/crate-7.md\n",
            "300 documents, 1 with changes",
        ],
    );
    let changed = bench.tree();
    let different = changed
        .iter()
        .filter(|(name, found)| fetched[*name] != **found);
    let different: Vec<&str> = different.map(|(name, _)| name.as_str()).collect();
    assert_eq!(different, ["specs/apis.lock", "specs/depot/crate-7.md"]);

    // One is removed, one is added, one has another URL.
    bench.site.remove(&path(10));
    bench.site.put(&path(300), Page::new(300).text());
    bench.site.remove(&path(20));
    let renamed = "/reference/Crate-20 (new).md";
    bench
        .site
        .put("/reference/Crate-20%20(new).md", Page::new(20).text());
    let rest = (0..=300).filter(|number| ![10, 20].contains(number));
    let listed = list(&bench, rest) + &format!("- [Get crate 20](<{renamed}>)\n");
    bench.site.put("/llms.txt", listed);
    bench.fetch().is(
        1,
        &[
            "fetch::gone",
            "specs/depot/crate-10.md",
            "specs/depot/crate-20.md",
        ],
    );
    assert_untouched(&changed, &bench.tree(), "gone");
    let ran = bench.run(&index(Index::Propose));
    ran.is(
        4,
        &[
            "     add specs/depot/Crate-20-new.md from ",
            "     add specs/depot/crate-300.md from ",
            "  remove specs/depot/crate-10.md\n",
            "  remove specs/depot/crate-20.md\n",
            "depot: 2 to add, 2 to remove; `client-codegen fetch depot --index --accept` does it",
        ],
    );
    assert_untouched(&changed, &bench.tree(), "a proposal");
    bench.run(&index(Index::Accept)).is(
        0,
        &[
            "      new specs/depot/Crate-20-new.md\n",
            "      new specs/depot/crate-300.md\n",
            "  removed specs/depot/crate-10.md\n",
            "  removed specs/depot/crate-20.md\n",
        ],
    );
    let after = bench.tree();
    assert!(!after.contains_key("specs/depot/crate-10.md"));
    assert!(!after.contains_key("specs/depot/crate-20.md"));
    assert_eq!(
        bench.read("specs/depot/Crate-20-new.md"),
        Page::new(20).text()
    );
    assert_eq!(bench.lock().entries.len(), PAGES);
    let manifest = bench.read("specs/apis.toml");
    assert!(
        !manifest.contains("crate-10.md") && manifest.contains("depot/crate-300.md"),
        "{manifest}"
    );
    for (name, found) in after {
        if changed.get(&name).is_some_and(|before| *before != found) {
            assert!(
                ["specs/apis.lock", "specs/apis.toml"].contains(&name.as_str()),
                "{name}"
            );
        }
    }
    bench
        .run(&index(Index::Accept))
        .is(0, &["300 documents, unchanged upstream"]);
}

#[test]
fn what_is_accepted_is_all_or_nothing_as_well() {
    let bench = with_index(4);
    bench.site.put(&path(2), "<html>Log in</html>");
    let before = bench.tree();
    bench.run(&index(Index::Accept)).is(
        1,
        &[
            "fetch::not_a_document",
            "let `exclude` of the index match it",
        ],
    );
    assert_untouched(&before, &bench.tree(), "one of them is no document");
    let exclude = "exclude = [\"*/crate-2.md\", ";
    bench.edit("specs/apis.toml", "exclude = [", exclude);
    bench
        .run(&index(Index::Accept))
        .is(0, &["3 documents, 3 with changes"]);
}

#[test]
fn an_index_that_lists_nothing_removes_nothing() {
    let bench = with_index(2);
    bench.run(&index(Index::Accept)).is(0, &["2 documents"]);
    let before = bench.tree();
    let kinds: [(Vec<u8>, &str); 4] = [
        (
            b"<html><a href='/reference/crate-0.md'>x</a></html>".to_vec(),
            "it has no links",
        ),
        (b"".to_vec(), "text/markdown; charset=utf-8, empty"),
        (
            b"- [a](/guides/a.md)\n".to_vec(),
            "none of its links matches",
        ),
        (
            b"- [a](https://elsewhere.example/reference/a.md)\n".to_vec(),
            "lead to places that the manifest does not name",
        ),
    ];
    for (text, said) in kinds {
        bench.site.put("/llms.txt", text);
        bench
            .run(&index(Index::Accept))
            .is(1, &["fetch::index_empty", said]);
        assert_untouched(&before, &bench.tree(), said);
    }
    bench.site.always("/llms.txt", Response::new(404, &[], ""));
    bench
        .run(&index(Index::Propose))
        .is(1, &["fetch::gone", "the index of depot"]);
    assert_untouched(&before, &bench.tree(), "no index");
}

#[test]
fn a_document_that_the_patterns_do_not_match_is_not_the_indexs_matter() {
    let bench = with_index(2);
    bench.site.put("/openapi.yaml", Page::new(9).text());
    let url = bench.site.url("/openapi.yaml");
    let more =
        format!("\n[[api.depot.document]]\nfile = \"depot/rest.md\" # ours\nurl = \"{url}\"\n");
    bench.write("specs/apis.toml", bench.read("specs/apis.toml") + &more);
    bench
        .run(&index(Index::Accept))
        .is(0, &["3 documents, 3 with changes"]);
    assert!(bench.read("specs/apis.toml").contains("# ours"));

    // Checked together with the documents.
    let both = Options {
        mode: Mode::Check,
        index: Index::Propose,
        ..options()
    };
    bench.run(&both).is(
        0,
        &[
            "unchanged upstream",
            "the index lists what the manifest has",
        ],
    );
    bench
        .site
        .put("/openapi.yaml", Page::new(9).with("weight").text());
    bench.run(&both).is(4, &["changed specs/depot/rest.md"]);
    bench.site.remove("/openapi.yaml");
    bench.site.put(&path(2), Page::new(2).text());
    put_list(&bench, 0..3);
    bench.run(&both).is(1, &["fetch::gone"]);
}

#[test]
fn what_somebody_changed_is_not_removed() {
    let bench = with_index(2);
    bench.run(&index(Index::Accept)).is(0, &["2 documents"]);
    bench.write(&file(1), Page::new(1).with("ours").text());
    put_list(&bench, 0..1);
    let before = bench.tree();
    bench
        .run(&index(Index::Accept))
        .is(1, &["lock::hash_mismatch", "specs/depot/crate-1.md"]);
    assert_untouched(&before, &bench.tree(), "changed and to be removed");
}

/// It is listed, although it would not be taken in.
#[test]
fn a_document_with_a_query_that_is_listed_is_not_gone() {
    let bench = with_index(1);
    bench.run(&index(Index::Accept)).is(0, &["1 document"]);
    let link = format!("{}?v=2", path(1));
    let url = bench.site.url(&link);
    let more = format!("\n[[api.depot.document]]\nfile = \"depot/second.md\"\nurl = \"{url}\"\n");
    bench.write("specs/apis.toml", bench.read("specs/apis.toml") + &more);
    let list = format!("- [a]({})\n- [b]({link})\n", path(0));
    bench.site.put("/llms.txt", list);
    bench
        .run(&index(Index::Propose))
        .is(0, &["the index lists what the manifest has"]);
    bench.site.put("/llms.txt", format!("- [a]({})\n", path(0)));
    bench
        .run(&index(Index::Propose))
        .is(4, &["  remove specs/depot/second.md\n"]);
}

#[test]
fn documents_in_an_array_are_edited_there() {
    let bench = with_index(2);
    let url = bench.site.url(&path(0));
    let array = format!(
        "document = [\n  {{ file = \"depot/first.md\", url = \"{url}\" }}, # the first\n]\n"
    );
    bench.edit(
        "specs/apis.toml",
        "environment-prefix",
        &format!("{array}environment-prefix"),
    );
    bench.run(&index(Index::Accept)).is(
        0,
        &["new specs/depot/first.md", "new specs/depot/crate-1.md"],
    );
    let manifest = bench.read("specs/apis.toml");
    assert!(
        manifest.contains("file = \"depot/crate-1.md\"") && manifest.contains("# the first"),
        "{manifest}"
    );
    assert!(!manifest.contains("[[api.depot.document]]"), "{manifest}");
}

#[test]
fn an_api_without_an_index_has_none() {
    let bench = Bench::fetched(&[0]);
    let before = bench.tree();
    bench
        .run(&index(Index::Propose))
        .is(1, &["fetch::no_index", "no API has an `index`"]);
    let named = Options {
        apis: vec!["depot".to_owned()],
        ..index(Index::Accept)
    };
    bench
        .run(&named)
        .is(1, &["fetch::no_index", "[api.depot] has no `index`"]);
    assert_untouched(&before, &bench.tree(), "no index");
}

#[test]
fn two_apis_of_one_site_do_not_take_each_others_files() {
    let bench = with_index(2);
    let url = bench.site.url("/llms.txt");
    let other = format!(
        "[api.other]\ntitle = \"Other\"\ncrate = \"other-client\"\nenvironment-prefix = \"OTHER\"\n\
         index = {{ url = \"{url}\", include = [\"reference/crate-1*\"], folder = \"Depot\" }}\n"
    );
    bench.write("specs/apis.toml", bench.read("specs/apis.toml") + &other);
    bench
        .run(&index(Index::Accept))
        .is(0, &["depot: 2 documents", "other: 1 document"]);
    let tree = bench.tree();
    let names: Vec<String> = bytes(&tree)
        .keys()
        .map(|name| name.to_lowercase())
        .collect();
    let mut unique = names.clone();
    unique.dedup();
    assert_eq!(names, unique);
    assert_eq!(names.len(), 5, "{names:?}");
}
