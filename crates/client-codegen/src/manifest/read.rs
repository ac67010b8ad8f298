//! Reads the manifest, with all its problems.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml_edit::{Document as Toml, Item, TableLike};

use super::table::Reader;
use super::{Api, Document, Manifest, left_out, upstream, values};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};

impl Manifest {
    /// Reads the bytes of `specs/apis.toml`; `name` is what diagnostics call the file.
    pub fn parse(name: &str, bytes: Vec<u8>) -> Result<Self, Diagnostics> {
        let file = SourceFile::new(name, bytes);
        let Some(text) = file.text() else {
            let problem = Diagnostic::error(
                "manifest::syntax",
                format!("{name} is not UTF-8"),
                "save the file as UTF-8",
            );
            return Err(problem.into());
        };
        let document = Toml::parse(text).map_err(|error| syntax(&file, &error))?;
        let mut problems = Diagnostics::new();
        let apis = read_root(&file, &document, &mut problems);
        unique_crates(&file, &apis, &mut problems);
        let mut apis: Vec<Api> = apis.into_iter().filter_map(|(_, api)| api).collect();
        apis.sort_by(|a, b| a.name.cmp(&b.name));
        problems.or_value(Self {
            apis,
            file: Arc::clone(&file),
        })
    }
}

fn syntax(file: &Arc<SourceFile>, error: &toml_edit::TomlError) -> Diagnostic {
    let problem = Diagnostic::error(
        "manifest::syntax",
        format!("{} is not TOML: {}", file.name(), error.message().trim()),
        "mend the syntax at the marked place; see https://toml.io",
    );
    problem.with_label(file, error.span().unwrap_or_default(), "here")
}

/// The crate of an API and the API if all of it could be read.
type Read<'a> = (Option<(&'a str, Range<usize>)>, Option<Api>);

fn read_root<'a>(
    file: &Arc<SourceFile>,
    document: &'a Toml<&str>,
    problems: &mut Diagnostics,
) -> Vec<Read<'a>> {
    let mut root = Reader::new(file, problems, document.as_table(), "the manifest", 0..0);
    let apis = match root.get("api") {
        None => None,
        Some(item) => {
            let table = item.as_table_like();
            if table.is_none() {
                root.wrong_type("api", item, "a table");
            }
            table
        }
    };
    root.finish();
    let mut all = Vec::new();
    for (name, item) in apis.iter().flat_map(|table| table.iter()) {
        let span = apis
            .and_then(|table| table.key(name))
            .and_then(toml_edit::Key::span);
        all.push(read_api(
            file,
            problems,
            name,
            item,
            span.unwrap_or_default(),
        ));
    }
    all
}

fn read_api<'a>(
    file: &Arc<SourceFile>,
    problems: &mut Diagnostics,
    name: &str,
    item: &'a Item,
    span: Range<usize>,
) -> Read<'a> {
    let before = problems.len();
    let Some(table) = item.as_table_like() else {
        let problem = Diagnostic::error(
            "manifest::wrong_type",
            format!("`api.{name}` must be a table"),
            format!("write `[api.{name}]` with the keys of an API below it"),
        );
        problems.push(problem.with_label(file, span, "not a table"));
        return (None, None);
    };
    let mut reader = Reader::new(file, problems, table, format!("[api.{name}]"), span.clone());
    check(
        &mut reader,
        "the API's name",
        Some((name, span.clone())),
        values::package_name,
    );
    let title = reader.required("title");
    check(&mut reader, "`title`", title.clone(), values::title);
    let crate_name = reader.required("crate");
    check(
        &mut reader,
        "`crate`",
        crate_name.clone(),
        values::package_name,
    );
    let prefix = reader.required("environment-prefix");
    check(
        &mut reader,
        "`environment-prefix`",
        prefix.clone(),
        values::environment_prefix,
    );
    let overlay = reader.string("overlay");
    check_path(&mut reader, "overlay", overlay.clone());
    let base_url = reader.string("base-url");
    check(&mut reader, "`base-url`", base_url.clone(), values::url);
    let credentials = read_credentials(&mut reader);
    let origins = reader.strings("credential-origins", values::origin);
    let numbers_as_strings = reader.boolean("numbers-as-strings").unwrap_or_default();
    let idempotency_key = reader.string("idempotency-key");
    check(
        &mut reader,
        "`idempotency-key`",
        idempotency_key.clone(),
        values::field_name,
    );
    let left_out = left_out::read(&mut reader);
    let index = upstream::index(&mut reader, name);
    let documents = reader.get("document");
    reader.finish();
    // One that could not be read is a problem of its own.
    let may_be_empty = table.contains_key("index");
    let documents = read_documents(file, problems, name, documents, &span, may_be_empty);
    let complete = problems.len() == before;
    let api = match (title, &crate_name, prefix) {
        (Some((title, _)), Some((crate_name, _)), Some((prefix, _))) if complete => Some(Api {
            name: name.to_owned(),
            title: title.to_owned(),
            crate_name: (*crate_name).to_owned(),
            environment_prefix: prefix.to_owned(),
            overlay_span: overlay.as_ref().map(|(_, span)| span.clone()),
            overlay: overlay.map(|(path, _)| path.to_owned()),
            base_url: base_url.map(|(url, _)| url.to_owned()),
            credentials,
            credential_origins: origins
                .iter()
                .map(|(origin, _)| (*origin).to_owned())
                .collect(),
            numbers_as_strings,
            idempotency_key: idempotency_key.map(|(field, _)| field.to_owned()),
            left_out,
            index,
            documents,
            span,
        }),
        _ => None,
    };
    (crate_name, api)
}

fn read_credentials(reader: &mut Reader<'_, '_>) -> BTreeMap<String, String> {
    let mut credentials = BTreeMap::new();
    let Some(item) = reader.get("credentials") else {
        return credentials;
    };
    let Some(table) = item.as_table_like() else {
        reader.wrong_type("credentials", item, "a table of scheme and setter");
        return credentials;
    };
    for (scheme, item) in table.iter() {
        match item.as_str() {
            None => reader.wrong_type(&format!("credentials.{scheme}"), item, "a string"),
            Some(setter) => {
                let value = Some((setter, item.span().unwrap_or_default()));
                check(
                    reader,
                    &format!("the setter of `{scheme}`"),
                    value,
                    values::setter_name,
                );
                credentials.insert(scheme.to_owned(), setter.to_owned());
            }
        }
    }
    credentials
}

fn read_documents(
    file: &Arc<SourceFile>,
    problems: &mut Diagnostics,
    api: &str,
    item: Option<&Item>,
    span: &Range<usize>,
    may_be_empty: bool,
) -> Vec<Document> {
    let tables = item.map(tables).unwrap_or_default();
    if tables.is_empty() && !may_be_empty {
        let problem = Diagnostic::error(
            "manifest::no_documents",
            format!("[api.{api}] has no document, so there is nothing to make a client from"),
            format!("add `[[api.{api}.document]]` with a `file`"),
        );
        let span = item.and_then(Item::span).unwrap_or_else(|| span.clone());
        problems.push(problem.with_label(file, span, "this API"));
    }
    let mut documents: Vec<Document> = Vec::new();
    for (table, span) in tables {
        let Some(document) = read_document(file, problems, api, table, span) else {
            continue;
        };
        if let Some(first) = documents.iter().find(|first| first.file == document.file) {
            let problem = Diagnostic::error(
                "manifest::duplicate_document",
                format!("[api.{api}] names `{}` twice", document.file),
                "remove one of the two entries",
            );
            let problem = problem.with_label(file, document.span.clone(), "again here");
            problems.push(problem.with_label(file, first.span.clone(), "first here"));
        }
        documents.push(document);
    }
    documents
}

/// `[[…document]]` and `document = [{ … }]` are the same thing in TOML, and both are taken.
fn tables(item: &Item) -> Vec<(&dyn TableLike, Range<usize>)> {
    if let Some(tables) = item.as_array_of_tables() {
        let all = tables.iter();
        return all
            .map(|table| (table as &dyn TableLike, table.span().unwrap_or_default()))
            .collect();
    }
    let values = item.as_array().into_iter().flat_map(|array| array.iter());
    let inline = values
        .filter_map(|value| Some((value.as_inline_table()?, value.span().unwrap_or_default())));
    inline
        .map(|(table, span)| (table as &dyn TableLike, span))
        .collect()
}

fn read_document(
    file: &Arc<SourceFile>,
    problems: &mut Diagnostics,
    api: &str,
    table: &dyn TableLike,
    span: Range<usize>,
) -> Option<Document> {
    let mut reader = Reader::new(
        file,
        problems,
        table,
        format!("[[api.{api}.document]]"),
        span,
    );
    let path = reader.required("file");
    check_path(&mut reader, "file", path.clone());
    let url = reader.string("url");
    check(&mut reader, "`url`", url.clone(), values::url);
    let format = reader
        .string("format")
        .and_then(|(name, span)| match name.parse() {
            Ok(format) => Some(format),
            Err(_) => {
                let reason = "must be the name of a format that pages are read in";
                reader.invalid("`format`", name, span, reason);
                None
            }
        });
    let rank = reader.integer("rank").unwrap_or_default();
    let retired = upstream::retired(&mut reader);
    reader.finish();
    path.map(|(path, span)| Document {
        file: path.to_owned(),
        url: url.map(|(url, _)| url.to_owned()),
        format,
        rank,
        retired,
        span,
    })
}

pub(super) fn check(
    reader: &mut Reader<'_, '_>,
    what: &str,
    value: Option<(&str, Range<usize>)>,
    rule: fn(&str) -> Result<(), &'static str>,
) {
    if let Some((text, span)) = value
        && let Err(reason) = rule(text)
    {
        reader.invalid(what, text, span, reason);
    }
}

pub(super) fn check_path(
    reader: &mut Reader<'_, '_>,
    key: &str,
    value: Option<(&str, Range<usize>)>,
) {
    if let Some((path, span)) = value
        && let Err(reason) = values::specs_path(path)
    {
        let problem = Diagnostic::error(
            "manifest::path",
            format!("`{key}` is `{path}`, which {reason}"),
            "write a path relative to the folder `specs`, as `heygen/page.md`",
        );
        reader.raise(problem, span, "this path");
    }
}

fn unique_crates(file: &Arc<SourceFile>, apis: &[Read<'_>], problems: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
    for (name, span) in apis
        .iter()
        .filter_map(|(crate_name, _)| crate_name.as_ref())
    {
        match seen.get(name) {
            None => {
                seen.insert(name, span);
            }
            Some(first) => {
                let problem = Diagnostic::error(
                    "manifest::duplicate_crate",
                    format!(
                        "two APIs have the crate `{name}`, so each would overwrite the other's"
                    ),
                    "give one of them another crate",
                );
                let problem = problem.with_label(file, span.clone(), "again here");
                problems.push(problem.with_label(file, (*first).clone(), "first here"));
            }
        }
    }
}
