//! Enums that hold no other value than the listed ones, because branches of unions are told apart by them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::core::{Core, is_null};
use crate::document::{Document, Placed, join};

/// The places of such schemas, in either document.
#[derive(Debug, Default)]
pub(crate) struct Closed(BTreeSet<String>);

impl Closed {
    pub(crate) fn of(old: Document<'_>, new: Document<'_>) -> Self {
        let mut closed = Self::default();
        for document in [old, new] {
            closed.learn(document);
        }
        closed
    }

    pub(crate) fn contains(&self, pointer: &str) -> bool {
        self.0.contains(pointer)
    }

    fn learn(&mut self, document: Document<'_>) {
        let mut open = vec![document.whole()];
        while let Some(place) = open.pop() {
            match place.value {
                Value::Object(_) => {
                    for keyword in ["oneOf", "anyOf"] {
                        self.union(document, &place, keyword);
                    }
                    open.extend(place.entries().into_iter().map(|(_, child)| child));
                }
                Value::Array(items) => {
                    open.extend(items.iter().enumerate().map(|(index, value)| Placed {
                        value,
                        pointer: format!("{}/{index}", place.pointer),
                    }))
                }
                _ => {}
            }
        }
    }

    fn union(&mut self, document: Document<'_>, schema: &Placed<'_>, keyword: &str) {
        let branches = schema.items(keyword);
        let branches: Vec<_> = branches
            .into_iter()
            .filter(|branch| !is_null(branch.value))
            .collect();
        if branches.len() < 2 {
            return;
        }
        let tag = schema
            .get("discriminator")
            .and_then(|found| found.get("propertyName")?.as_str());
        for branch in branches {
            let core = Core::of(document, branch);
            let place = core.target.place();
            self.0.insert(place.pointer.clone());
            let property = tag.and_then(|tag| place.child("properties")?.child(tag));
            if let Some(property) = property {
                let core = Core::of(document, property);
                self.0.insert(core.target.place().pointer.clone());
            }
        }
        self.0.insert(join(&schema.pointer, keyword));
    }
}
