//! URLs whose query holds a key: nothing that is said has it.

use document_fetch::Index;
use loopback::Response;

use crate::bench::{Bench, Ran, append, file, index, path};
use crate::pages::Page;

/// Page 0 is asked for with a key, and has been fetched so.
fn with_key() -> Bench {
    let bench = Bench::new(&[0, 1]);
    let url = bench.site.url(&path(0));
    bench.edit("specs/apis.toml", &url, &format!("{url}?key=hidden"));
    bench.fetch().is(0, &["2 documents"]);
    bench
}

fn answered(answer: Response) -> Ran {
    let bench = with_key();
    bench.site.always(&path(0), answer);
    bench.fetch()
}

/// What happens, and a run in which it does.
type Case = (&'static str, fn() -> Ran);

const CASES: [Case; 16] = [
    ("lock::hash_mismatch", || {
        let bench = with_key();
        append(bench.root(), &file(0), "Ours.\n");
        bench.fetch()
    }),
    // The label is on the line above the URL.
    ("lock::not_pinned", || {
        let bench = with_key();
        std::fs::remove_file(bench.root().join("specs/apis.lock")).unwrap();
        bench.fetch()
    }),
    ("lock::parse", || {
        let bench = with_key();
        bench.edit("specs/apis.lock", "?key=hidden\"", "?key=hidden\" ?");
        bench.fetch()
    }),
    ("manifest::invalid_value", || {
        let bench = with_key();
        let host = bench.site.url("").replace("http://", "");
        let with_user = format!("user:hidden@{host}");
        let text = bench.read("specs/apis.toml").replace(&host, &with_user);
        bench.write("specs/apis.toml", text);
        bench.fetch()
    }),
    ("manifest::syntax", || {
        let bench = with_key();
        bench.edit("specs/apis.toml", "?key=hidden\"", "?key=hidden\" ?");
        bench.fetch()
    }),
    ("fetch::shared_document", || {
        let bench = with_key();
        let other = format!(
            "\n[api.other]\ntitle = \"Other\"\ncrate = \"other-client\"\nenvironment-prefix = \"OTHER\"\n\
             document = [{{ file = \"depot/crate-0.md\", url = \"{}?key=hidden\" }}]\n",
            bench.site.url(&path(0))
        );
        append(bench.root(), "specs/apis.toml", &other);
        bench.fetch()
    }),
    ("fetch::gone", || answered(Response::new(404, &[], ""))),
    ("fetch::status", || {
        answered(Response::new(403, &[], "hidden"))
    }),
    ("fetch::status", || {
        answered(Response::new(429, &[("retry-after", "3600")], ""))
    }),
    ("fetch::body", || {
        answered(Response::truncated(200, "# Get", 9))
    }),
    ("fetch::redirect", || {
        let to = "https://user:hidden@elsewhere.example/a?key=hidden#hidden";
        answered(Response::new(301, &[("location", to)], ""))
    }),
    ("fetch::not_a_document", || {
        let echo = format!("<p>{}?key=hidden is not here</p>", path(0));
        answered(Response::new(200, &[], echo))
    }),
    ("fetch::other_operation", || {
        answered(Response::new(200, &[], Page::new(7).text()))
    }),
    ("fetch::changed_meanwhile", || {
        let bench = with_key();
        bench.meanwhile(|root| append(root, "specs/apis.toml", "# Ours.\n"))
    }),
    ("fetch::moved", || {
        let bench = with_key();
        bench.site.put("/new.md", Page::new(0).text());
        let answer = Response::new(308, &[("location", "/new.md?key=hidden")], "");
        bench.site.always(&path(0), answer);
        bench.fetch()
    }),
    ("fetch::index_empty", || {
        let bench = with_key();
        let url = bench.site.url("/llms.txt");
        let entry = format!(
            "index = {{ url = \"{url}?key=hidden\", include = [\"none/*\"] }}\nenvironment-prefix"
        );
        bench.edit("specs/apis.toml", "environment-prefix", &entry);
        bench
            .site
            .put("/llms.txt", "You asked for llms.txt?key=hidden");
        bench.run(&index(Index::Propose))
    }),
];

#[test]
fn no_diagnostic_has_the_query_of_a_url_or_who_asks() {
    for (code, run) in CASES {
        let ran = run();
        assert!(ran.says(&format!("{code}\n")), "{code}: {}", ran.text);
        assert!(!ran.text.contains("hidden"), "{code}: {}", ran.text);
    }
}
