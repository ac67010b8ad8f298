//! A file that two APIs of the manifest name.

use document_fetch::Options;

use crate::bench::{Bench, assert_untouched, options, path};
use crate::pages::Page;

/// The APIs `depot` and `other`, both with page 0, whose file the second one calls `file`.
fn two(file: &str, url: bool) -> Bench {
    let bench = Bench::fetched(&[0]);
    let url = match url {
        true => format!("url = \"{}\"\n", bench.site.url(&path(0))),
        false => String::new(),
    };
    let other = format!(
        "\n[api.other]\ntitle = \"Other\"\ncrate = \"other-client\"\nenvironment-prefix = \"OTHER\"\n\
         \n[[api.other.document]]\nfile = \"{file}\"\n{url}"
    );
    bench.write("specs/apis.toml", bench.read("specs/apis.toml") + &other);
    bench.site.put(&path(0), Page::new(0).with("weight").text());
    bench
}

/// What one of them brings would be the other one's document, and nobody would have looked at that.
#[test]
fn it_is_not_fetched() {
    for file in ["depot/crate-0.md", "Depot/Crate-0.MD"] {
        let bench = two(file, true);
        let before = bench.tree();
        let ran = bench.fetch();
        ran.is(
            1,
            &[
                "fetch::shared_document",
                "specs/depot/crate-0.md is a document of `depot` and of `other`",
                "is a document of `other` and of `depot`",
            ],
        );
        assert_untouched(&before, &bench.tree(), file);
        let requests = bench.site.requests(&mut 1);
        assert!(requests.is_empty(), "{requests:?}");
    }
    // Also where the other one would not ask for it.
    let bench = two("depot/crate-0.md", false);
    let before = bench.tree();
    let named = Options {
        apis: vec!["depot".to_owned()],
        ..options()
    };
    bench.run(&named).is(1, &["fetch::shared_document"]);
    assert_untouched(&before, &bench.tree(), "by hand");
}

#[test]
fn a_file_each_is_fetched_for_each() {
    let bench = two("other/crate-0.md", true);
    bench.fetch().is(
        0,
        &[
            "changed specs/depot/crate-0.md",
            "new specs/other/crate-0.md",
        ],
    );
}
