//! What one walk over a document finds out about its references.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::grammar::{Kind, may_be_reference};
use crate::walk;

/// One `$ref` of the document.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    /// The object that has the `$ref`.
    pub(crate) pointer: String,
    /// What the grammar expects there.
    pub(crate) kind: Kind,
    /// The text of the `$ref`.
    pub(crate) text: String,
}

/// The references of a document, and what they can name besides pointers.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// All references, ordered by pointer.
    pub(crate) references: Vec<Reference>,
    /// The objects whose `$ref` is no text, in no order.
    pub(crate) malformed: Vec<String>,
    /// Where the calls that the server makes are, in order. `payloads` has collected what a client needs of them, and a
    /// callback may be inside of what it refers to, so references in them are not followed.
    pub(crate) calls: Vec<String>,
    /// The schemas that have a `discriminator`, in no order.
    pub(crate) discriminators: Vec<String>,
    /// Pointers of schemas by their `$anchor` or `$dynamicAnchor`.
    pub(super) anchors: BTreeMap<String, String>,
    /// Pointers of schemas by their `$id`.
    pub(super) ids: BTreeMap<String, String>,
}

impl Index {
    pub(crate) fn of(document: &Value) -> Self {
        let mut index = Self::of_part(document, Kind::Document, "");
        index.calls.push("/webhooks".to_owned());
        index.calls.sort();
        index
    }

    /// Of a part of the document that the grammar takes for `kind`.
    pub(crate) fn of_part(part: &Value, kind: Kind, place: &str) -> Self {
        let mut index = Self::default();
        walk::visit(part, kind, &mut place.to_owned(), &mut |node, kind, at| {
            index.add(node, kind, at);
        });
        index
            .references
            .sort_by(|left, right| left.pointer.cmp(&right.pointer));
        index.calls.sort();
        index
    }

    fn add(&mut self, node: &Value, kind: Kind, at: &str) {
        if kind == Kind::Callback {
            self.calls.push(at.to_owned());
        }
        if may_be_reference(kind) {
            match node.get("$ref") {
                None => {}
                Some(Value::String(text)) => self.references.push(Reference {
                    pointer: at.to_owned(),
                    kind,
                    text: text.clone(),
                }),
                Some(_) => self.malformed.push(at.to_owned()),
            }
        }
        if kind != Kind::Schema {
            return;
        }
        if node.get("discriminator").is_some() {
            self.discriminators.push(at.to_owned());
        }
        for keyword in ["$anchor", "$dynamicAnchor", "$id"] {
            if let Some(Value::String(name)) = node.get(keyword) {
                let names = match keyword {
                    "$id" => &mut self.ids,
                    _ => &mut self.anchors,
                };
                names.entry(name.clone()).or_insert_with(|| at.to_owned());
            }
        }
    }
}
