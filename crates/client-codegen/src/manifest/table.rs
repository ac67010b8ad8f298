//! A TOML table that is asked for its keys, and then for those that nobody asked for.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use toml_edit::{Item, TableLike};

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};

/// A table of the manifest while it is read.
pub(super) struct Reader<'r, 't> {
    file: &'r Arc<SourceFile>,
    problems: &'r mut Diagnostics,
    table: &'t dyn TableLike,
    /// How a message names the table, as `[api.heygen]`.
    name: String,
    /// What is marked if the table lacks a key.
    span: Range<usize>,
    known: BTreeSet<&'static str>,
}

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn new(
        file: &'r Arc<SourceFile>,
        problems: &'r mut Diagnostics,
        table: &'t dyn TableLike,
        name: impl Into<String>,
        span: Range<usize>,
    ) -> Self {
        let known = BTreeSet::new();
        let name = name.into();
        Self {
            file,
            problems,
            table,
            name,
            span,
            known,
        }
    }

    pub(super) fn file(&self) -> Arc<SourceFile> {
        Arc::clone(self.file)
    }

    /// The item of a key, which counts as known from now on.
    pub(super) fn get(&mut self, key: &'static str) -> Option<&'t Item> {
        self.known.insert(key);
        self.table.get(key).filter(|item| !item.is_none())
    }

    /// The table of a key, to be read by the same rules. `name` is how a message names it.
    pub(super) fn inner(
        &mut self,
        key: &'static str,
        name: impl Into<String>,
    ) -> Option<Reader<'_, 't>> {
        let item = self.get(key)?;
        let Some(table) = item.as_table_like() else {
            self.wrong_type(key, item, "a table");
            return None;
        };
        let span = item.span().unwrap_or_default();
        Some(Reader::new(self.file, self.problems, table, name, span))
    }

    /// A string and its place.
    pub(super) fn string(&mut self, key: &'static str) -> Option<(&'t str, Range<usize>)> {
        let item = self.get(key)?;
        let span = item.span().unwrap_or_default();
        match item.as_str() {
            Some(text) => Some((text, span)),
            None => {
                self.wrong_type(key, item, "a string");
                None
            }
        }
    }

    /// A string that must be there; a problem if it is not.
    pub(super) fn required(&mut self, key: &'static str) -> Option<(&'t str, Range<usize>)> {
        if self.get(key).is_none() {
            self.missing(key);
            return None;
        }
        self.string(key)
    }

    pub(super) fn integer(&mut self, key: &'static str) -> Option<i64> {
        let item = self.get(key)?;
        if item.as_integer().is_none() {
            self.wrong_type(key, item, "an integer");
        }
        item.as_integer()
    }

    pub(super) fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let item = self.get(key)?;
        if item.as_bool().is_none() {
            self.wrong_type(key, item, "`true` or `false`");
        }
        item.as_bool()
    }

    /// A list of strings that have a form, none of them twice, with their places. Those that have another are problems.
    pub(super) fn strings(
        &mut self,
        key: &'static str,
        form: fn(&str) -> Result<(), &'static str>,
    ) -> Vec<(&'t str, Range<usize>)> {
        let Some(item) = self.get(key) else {
            return Vec::new();
        };
        let Some(values) = item.as_array() else {
            self.wrong_type(key, item, "an array of strings");
            return Vec::new();
        };
        let mut entries: Vec<(&str, Range<usize>)> = Vec::new();
        for value in values {
            let span = value.span().unwrap_or_default();
            let Some(text) = value.as_str() else {
                self.wrong_type(key, item, "an array of strings");
                continue;
            };
            let checked = match form(text) {
                Ok(()) if entries.iter().any(|(known, _)| *known == text) => {
                    Err("stands there twice")
                }
                checked => checked,
            };
            match checked {
                Ok(()) => entries.push((text, span)),
                Err(reason) => self.invalid(&format!("an entry of `{key}`"), text, span, reason),
            }
        }
        entries
    }

    /// Raises a problem of a value that has another form than it must.
    pub(super) fn invalid(&mut self, what: &str, value: &str, span: Range<usize>, reason: &str) {
        let problem = Diagnostic::error(
            "manifest::invalid_value",
            format!("{what} is `{value}`, which {reason}"),
            "change the marked value; specs/apis.toml says at its top what each key is for",
        );
        self.raise(problem, span, "this value");
    }

    /// Raises a problem that is about a place of this file.
    pub(super) fn raise(&mut self, problem: Diagnostic, span: Range<usize>, label: &str) {
        self.problems
            .push(problem.with_label(self.file, span, label));
    }

    pub(super) fn missing(&mut self, key: &str) {
        let problem = Diagnostic::error(
            "manifest::missing_key",
            format!("{} has no `{key}`", self.name),
            format!("add `{key} = …` to {}", self.name),
        );
        self.raise(problem, self.span.clone(), "this table");
    }

    pub(super) fn wrong_type(&mut self, key: &str, item: &Item, expected: &str) {
        let problem = Diagnostic::error(
            "manifest::wrong_type",
            format!(
                "`{key}` of {} is {} and must be {expected}",
                self.name,
                described(item)
            ),
            format!("write {expected} there; specs/apis.toml says at its top what each key is for"),
        );
        self.raise(problem, item.span().unwrap_or_default(), "this value");
    }

    /// Raises a problem for every key that was not asked for.
    pub(super) fn finish(self) {
        for (key, item) in self.table.iter() {
            if self.known.contains(key) {
                continue;
            }
            let span = self
                .table
                .key(key)
                .and_then(toml_edit::Key::span)
                .or_else(|| item.span());
            let known: Vec<String> = self
                .known
                .iter()
                .map(|known| format!("`{known}`"))
                .collect();
            let problem = Diagnostic::error(
                "manifest::unknown_key",
                format!("{} has a key `{key}` that nothing reads", self.name),
                format!("remove it, or use one of {}", known.join(", ")),
            );
            self.problems.push(problem.with_label(
                self.file,
                span.unwrap_or_default(),
                "unknown key",
            ));
        }
    }
}

/// A TOML type with its article.
fn described(item: &Item) -> String {
    let name = item.type_name();
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}
