//! A fragment while it is assembled.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use openapi_pages::{Format, SourceMap, escape};
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::input::Page;

/// The parts of a path item that are operations: OpenAPI 3.1.1 §4.8.9, and `query` of 3.2.
pub(super) const METHODS: [&str; 9] = [
    "delete", "get", "head", "options", "patch", "post", "put", "query", "trace",
];

/// The parts of a document that are merged by name; each must be an object.
const SECTIONS: [&str; 3] = ["components", "paths", "webhooks"];

/// A working copy of a fragment.
#[derive(Debug)]
pub(super) struct Part {
    /// The fragment's number in the origins.
    pub(super) number: usize,
    pub(super) file: Arc<SourceFile>,
    /// How the fragment was read.
    pub(super) format: Format,
    /// Which fragment is believed where two differ: the one of the higher rank.
    pub(super) rank: i64,
    pub(super) document: Map<String, Value>,
    /// Values that were pushed down: their pointer now, and the one in the fragment.
    pub(super) moved: BTreeMap<String, String>,
}

impl Part {
    /// The pointer in the fragment of what has this pointer in the working copy.
    pub(super) fn source(&self, pointer: &str) -> String {
        let mut ancestor = pointer;
        loop {
            if let Some(source) = self.moved.get(ancestor) {
                return format!("{source}{}", &pointer[ancestor.len()..]);
            }
            match ancestor.rfind('/') {
                Some(slash) => ancestor = &ancestor[..slash],
                None => return pointer.to_owned(),
            }
        }
    }

    /// The paths of a section that are among those.
    pub(super) fn paths_among(&self, section: &str, paths: &BTreeSet<String>) -> Vec<String> {
        let own = self.path_items(section).map(|(path, _)| path);
        own.filter(|path| paths.contains(*path)).cloned().collect()
    }

    /// The fragment's own components.
    pub(super) fn components(&self) -> Option<&Value> {
        self.document.get("components")
    }

    /// The fragment's security schemes.
    pub(super) fn schemes(&self) -> impl Iterator<Item = (&String, &Value)> {
        let schemes = self
            .components()
            .and_then(|components| components.get("securitySchemes"));
        schemes.and_then(Value::as_object).into_iter().flatten()
    }

    pub(super) fn schemes_mut(&mut self) -> Option<&mut Map<String, Value>> {
        let components = self.document.get_mut("components")?;
        components.get_mut("securitySchemes")?.as_object_mut()
    }

    /// The path items of a section and their pointers.
    pub(super) fn path_items(
        &self,
        section: &str,
    ) -> impl Iterator<Item = (&String, &Map<String, Value>)> {
        let items = self
            .document
            .get(section)
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        items.filter_map(|(path, item)| Some((path, item.as_object()?)))
    }
}

/// Working copies of all fragments with their source maps, those first that are believed first.
///
/// A higher rank goes first, then a form that loses nothing, then what the file names say: never the order in which somebody
/// wrote them down.
pub(super) fn parts(pages: &[Page]) -> Result<Vec<(Part, SourceMap)>, Diagnostics> {
    let mut problems = Diagnostics::new();
    let mut parts = Vec::new();
    let mut pages: Vec<&Page> = pages.iter().collect();
    pages.sort_by_key(|page| {
        (
            Reverse(page.rank),
            page.format.is_lossy(),
            page.file.name().to_owned(),
        )
    });
    for page in pages {
        for fragment in &page.fragments {
            let not_objects = not_objects(&fragment.document);
            for pointer in &not_objects {
                let problem = Diagnostic::error(
                    "assemble::not_an_object",
                    match pointer.as_str() {
                        "" => format!("a fragment of {} is not an object", page.file.name()),
                        pointer => format!("`{pointer}` of {} is not an object", page.file.name()),
                    },
                    "check the marked part of the document: OpenAPI has an object there",
                );
                let problem = match fragment.spans.nearest(pointer) {
                    Some(range) => problem.with_label(&page.file, range, "not an object"),
                    None => problem,
                };
                problems.push(problem.with_pointer(pointer));
            }
            if let (Value::Object(document), true) = (&fragment.document, not_objects.is_empty()) {
                let part = Part {
                    number: parts.len(),
                    file: Arc::clone(&page.file),
                    format: page.format,
                    rank: page.rank,
                    document: document.clone(),
                    moved: BTreeMap::new(),
                };
                parts.push((part, fragment.spans.clone()));
            }
        }
    }
    if parts.is_empty() && problems.is_empty() {
        problems.push(Diagnostic::error(
            "assemble::no_fragments",
            "there is no document to assemble",
            "add a document to the API in specs/apis.toml",
        ));
    }
    problems.or_value(parts)
}

/// Pointers of what is merged by name and is not an object.
fn not_objects(document: &Value) -> Vec<String> {
    let Some(root) = document.as_object() else {
        return vec![String::new()];
    };
    let mut wrong = Vec::new();
    for section in SECTIONS {
        match root.get(section) {
            None => {}
            Some(Value::Object(names)) => {
                let inner = names
                    .iter()
                    .filter(|(key, value)| !value.is_object() && !key.starts_with("x-"));
                wrong.extend(inner.map(|(key, _)| format!("/{section}/{}", escape(key))));
            }
            Some(_) => wrong.push(format!("/{section}")),
        }
    }
    wrong
}
