//! A fragment while it is assembled.

use std::collections::BTreeMap;
use std::sync::Arc;

use openapi_pages::{SourceMap, escape};
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

/// Working copies of all fragments, in the manifest's order, with their source maps.
pub(super) fn parts(pages: &[Page]) -> Result<Vec<(Part, SourceMap)>, Diagnostics> {
    let mut problems = Diagnostics::new();
    let mut parts = Vec::new();
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
