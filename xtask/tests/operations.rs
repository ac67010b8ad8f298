//! The table of operations in the docs of each client, against the documents that the client is made of.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;

use client_codegen::commands::load;
use client_codegen::manifest::Api;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// How many operations issue 8 counts: 48 of the registry, 85 v3 operations and one v1 operation of HeyGen.
const COUNTS: [(&str, usize); 2] = [("comfy-registry", 48), ("heygen", 86)];

/// What is read of a cell: its text, and where its links lead.
#[derive(Debug, Default)]
struct Cell {
    text: String,
    links: Vec<String>,
}

/// What a client says of one operation.
#[derive(Debug)]
struct Row {
    /// Such as `GET /nodes/{nodeId}`.
    request: String,
    method: String,
    said: String,
    marks: Vec<String>,
}

fn generated(api: &Api) -> PathBuf {
    support::root().join(api.crate_path()).join("src/generated")
}

fn file(api: &Api, path: &str) -> String {
    let path = generated(api).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of the tables of a Markdown text without their heads, read as rustdoc reads them.
fn cells(markdown: &str) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut in_cell = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        let cell = rows
            .last_mut()
            .and_then(|row| row.last_mut())
            .filter(|_| in_cell);
        match (event, cell) {
            (Event::Start(Tag::TableRow), _) => rows.push(Vec::new()),
            (Event::Start(Tag::TableCell), _) => {
                if let Some(row) = rows.last_mut() {
                    row.push(Cell::default());
                    in_cell = true;
                }
            }
            (Event::End(TagEnd::TableCell), _) => in_cell = false,
            (Event::Start(Tag::Link { dest_url, .. }), Some(cell)) => {
                cell.links.push(dest_url.into_string());
            }
            (Event::Text(text) | Event::Code(text), Some(cell)) => cell.text += &text,
            _ => {}
        }
    }
    rows
}

/// The table in the docs of module `builder`.
fn table(api: &Api) -> Vec<Row> {
    let module = file(api, "builder/mod.rs");
    let docs: String = module
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    let rows = cells(&docs).into_iter().map(|row| {
        let [request, method, said, marks] = <[Cell; 4]>::try_from(row).unwrap();
        let name = method.text.strip_prefix("Client::").unwrap().to_owned();
        assert_eq!(method.links, [format!("crate::Client::{name}")]);
        let marks: Vec<String> = marks.text.split(", ").map(str::to_owned).collect();
        Row {
            request: request.text,
            method: name,
            said: said.text,
            marks,
        }
    });
    rows.collect()
}

/// The operations of a document by path and method, as `GET /nodes` and what the document says of it.
fn documented(document: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                found.push((path.clone(), method.to_uppercase(), operation.clone()));
            }
        }
    }
    found.sort_by(|(path, method, _), (other, than, _)| (path, method).cmp(&(other, than)));
    found
        .into_iter()
        .map(|(path, method, operation)| (format!("{method} {path}"), operation))
        .collect()
}

/// The methods of `Client` that start a call, and the type that each returns.
fn methods(api: &Api) -> BTreeMap<String, String> {
    let code = file(api, "client.rs");
    let words: Vec<&str> = code.split_whitespace().collect();
    let line = words.join(" ").replace("( &self, )", "(&self)");
    let functions = line.split("pub fn ").filter_map(|function| {
        let (name, builder) = function.split_once("(&self) -> builder::")?;
        let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let builder = builder.split('<').next().filter(|_| is_name)?;
        Some((name.to_owned(), builder.to_owned()))
    });
    functions.collect()
}

/// The request that the code of a builder sends, as `GET /nodes`.
fn sent(api: &Api, builder: &str) -> String {
    let index = file(api, "builder/mod.rs");
    let module = index
        .lines()
        .find_map(|line| {
            let (module, name) = line.strip_prefix("pub use self::")?.split_once("::")?;
            (name == format!("{builder};")).then(|| module.trim_start_matches("r#").to_owned())
        })
        .unwrap_or_else(|| panic!("no module has {builder}"));
    let code = file(api, &format!("builder/{module}.rs"));
    let (_, info) = code.split_once("OperationInfo::new(").unwrap();
    let path = info.split('"').nth(3).unwrap();
    // `client.client.get(url)`, or `client.client.request(::reqwest::Method::OPTIONS, url)`.
    let line: String = code.split_whitespace().collect();
    let (_, call) = line.split_once(".client.").unwrap();
    let shorthand = call.split('(').next().unwrap();
    let method = match shorthand {
        "request" => call
            .split(['(', ','])
            .nth(1)
            .and_then(|path| path.rsplit(':').next()),
        shorthand => Some(shorthand),
    };
    format!("{} {path}", method.unwrap().to_uppercase())
}

/// A request without the names in its path, of which the code may have others than the document.
fn shape(request: &str) -> String {
    let pieces = request.split('{');
    let pieces = pieces.map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
    pieces.collect::<Vec<_>>().join("{}")
}

/// Letters and digits alone: a summary is Markdown that may be written in another way.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn every_operation_of_the_documents_is_in_the_table_once_and_no_other_is() {
    let apis = support::manifest().apis;
    for api in &apis {
        let loaded = load::load(&support::root(), &api.name, "cargo xtask").unwrap();
        let documented = documented(&loaded.overlaid.document);
        let table = table(api);
        let wanted: Vec<&str> = documented
            .iter()
            .map(|(request, _)| request.as_str())
            .collect();
        let listed: Vec<&str> = table.iter().map(|row| row.request.as_str()).collect();
        assert_eq!(listed, wanted, "{}", api.name);
        for (row, (request, operation)) in table.iter().zip(&documented) {
            let flag = |key: &str| operation.get(key).is_some_and(|value| *value != false);
            let is_deprecated = flag("deprecated") || flag("x-sunset");
            for (mark, is_wanted) in [
                ("pages", flag("x-pagination")),
                ("wait", flag("x-job")),
                ("deprecated", is_deprecated),
            ] {
                // A method beside a parameter of its name has a longer one.
                let is_there = row.marks.iter().any(|one| one.ends_with(mark));
                assert_eq!(is_there, is_wanted, "{request}: {mark}");
            }
            let text = ["summary", "description"]
                .into_iter()
                .find_map(|key| operation[key].as_str());
            let text = letters(text.unwrap_or_default());
            let said = letters(&row.said);
            assert!(text.starts_with(&said), "{request}: {}", row.said);
            let is_sentence = row.said.ends_with(['.', '!', '?']);
            assert!(is_sentence || said == text, "{request}: {}", row.said);
            assert_eq!(said.is_empty(), text.is_empty(), "{request}");
        }
    }
    for (name, count) in COUNTS {
        let api = apis.iter().find(|api| api.name == name).unwrap();
        assert_eq!(table(api).len(), count, "{name}");
    }
}

#[test]
fn each_row_names_the_method_that_sends_its_request() {
    for api in &support::manifest().apis {
        let methods = methods(api);
        let table = table(api);
        let mut named: Vec<&str> = table.iter().map(|row| row.method.as_str()).collect();
        named.sort_unstable();
        assert!(named.iter().eq(methods.keys()), "{}: {named:?}", api.name);
        for row in &table {
            let request = sent(api, &methods[&row.method]);
            assert_eq!(shape(&request), shape(&row.request), "{}", row.method);
        }
    }
}
