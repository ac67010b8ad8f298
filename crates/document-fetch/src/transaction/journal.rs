//! The journal: where each file of the folder belongs.

use std::path::{Component, Path};

use client_codegen::diagnostic::Diagnostic;
use client_codegen::lock::FETCH_JOURNAL;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

/// The layout of the file. A newer tool's is refused and not misread.
const VERSION: i64 = 1;

/// What a run has begun to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    pub(super) put: Vec<Put>,
    /// Paths relative to the workspace.
    pub(super) remove: Vec<String>,
}

/// A file that goes from the folder to its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Put {
    /// Its name in the folder.
    pub(super) from: String,
    /// Its path relative to the workspace.
    pub(super) to: String,
    /// The hash of its bytes.
    pub(super) sha256: String,
}

impl Journal {
    pub(super) fn to_text(&self) -> String {
        let mut document = DocumentMut::new();
        document["version"] = value(VERSION);
        let mut put = ArrayOfTables::new();
        for entry in &self.put {
            let mut table = Table::new();
            table["from"] = value(&entry.from);
            table["to"] = value(&entry.to);
            table["sha256"] = value(&entry.sha256);
            put.push(table);
        }
        document["put"] = Item::ArrayOfTables(put);
        let mut remove = ArrayOfTables::new();
        for path in &self.remove {
            let mut table = Table::new();
            table["path"] = value(path);
            remove.push(table);
        }
        document["remove"] = Item::ArrayOfTables(remove);
        document.to_string()
    }

    /// Reads what [`Journal::to_text`] wrote. Nothing else is done for anybody: it says which files are replaced and removed.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Diagnostic> {
        Self::read(bytes)
            .ok_or_else(|| broken("it does not have the form that this version of the tool writes"))
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let document: DocumentMut = std::str::from_utf8(bytes).ok()?.parse().ok()?;
        if document.get("version")?.as_integer()? != VERSION {
            return None;
        }
        let mut journal = Self::default();
        for table in tables(&document, "put")? {
            let text = |key| Some(table.get(key)?.as_str()?.to_owned());
            let put = Put {
                from: text("from")?,
                to: text("to")?,
                sha256: text("sha256")?,
            };
            if !is_name(&put.from) || !is_below_specs(&put.to) {
                return None;
            }
            journal.put.push(put);
        }
        for table in tables(&document, "remove")? {
            let path = table.get("path")?.as_str()?;
            if !is_below_specs(path) {
                return None;
            }
            journal.remove.push(path.to_owned());
        }
        Some(journal)
    }
}

/// The tables of a key, none if it is not there; None if it is something else.
fn tables<'d>(document: &'d DocumentMut, key: &str) -> Option<Vec<&'d Table>> {
    match document.get(key) {
        None => Some(Vec::new()),
        Some(item) => Some(item.as_array_of_tables()?.iter().collect()),
    }
}

/// The name of a file in the folder: a number.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_below_specs(text: &str) -> bool {
    let mut parts = Path::new(text).components();
    parts.next() == Some(Component::Normal("specs".as_ref()))
        && parts.clone().next().is_some()
        && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// A journal that cannot be followed.
pub(super) fn broken(reason: &str) -> Diagnostic {
    Diagnostic::error(
        "fetch::journal",
        format!("an interrupted fetch cannot be finished by {FETCH_JOURNAL}: {reason}"),
        "restore the folder `specs` from git (`git status` shows what differs), remove the folder of the journal, and run the \
         command again",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Journal {
        Journal {
            put: vec![Put {
                from: "0".to_owned(),
                to: "specs/a/b \"c\".md".to_owned(),
                sha256: "00".to_owned(),
            }],
            remove: vec!["specs/a/d.md".to_owned()],
        }
    }

    #[test]
    fn it_reads_back() {
        let text = journal().to_text();
        assert_eq!(Journal::parse(text.as_bytes()), Ok(journal()));
        let empty = Journal::default();
        assert_eq!(Journal::parse(empty.to_text().as_bytes()), Ok(empty));
    }

    #[test]
    fn what_it_must_not_touch_it_does_not_read() {
        let text = journal().to_text();
        for (from, to) in [
            ("specs/a/b", "specs/../b"),
            ("specs/a/b", "/specs/a/b"),
            ("specs/a/b", "crates/a/b"),
            ("specs/a/d.md", "specs"),
            ("specs/a/d.md", "specs/.."),
            ("from = \"0\"", "from = \"../0\""),
            ("from = \"0\"", "from = \"\""),
            ("version = 1", "version = 2"),
            ("path = ", "file = "),
            ("[[put]]", "[[put"),
        ] {
            let changed = text.replace(from, to);
            assert_ne!(changed, text, "{from}");
            let problem = Journal::parse(changed.as_bytes()).unwrap_err();
            assert_eq!(problem.code(), "fetch::journal", "{to}");
        }
        assert!(Journal::parse(b"\xff").is_err());
    }
}
