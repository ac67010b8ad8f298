//! What a pass works on.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::grammar::Kind;
use crate::marks::Marks;
use crate::operation::Operation;
use crate::options::Options;
use crate::origins::Origins;
use crate::report::{Effect, Note, Problem};
use crate::walk;

/// The minor version of OpenAPI 3 that the document states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    V3_0,
    V3_1,
    V3_2,
}

/// The document on its way, and everything that is said about it.
pub(crate) struct Context<'o> {
    pub(crate) options: &'o Options,
    pub(crate) version: Version,
    /// All of it, or the one part that passes look at.
    pub(crate) document: Value,
    /// What `document` is.
    kind: Kind,
    /// Where `document` stands in the whole.
    place: String,
    pub(crate) notes: Vec<Note>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) operations: BTreeMap<String, Operation>,
    pub(crate) marks: Marks,
    pub(crate) origins: Origins,
}

impl<'o> Context<'o> {
    pub(crate) fn new(document: Value, options: &'o Options) -> Self {
        Self {
            options,
            version: Version::V3_0,
            document,
            kind: Kind::Document,
            place: String::new(),
            notes: Vec::new(),
            problems: Vec::new(),
            operations: BTreeMap::new(),
            marks: Marks::default(),
            origins: Origins::default(),
        }
    }

    /// Records a change at `pointer`, a pointer of the document as it is now.
    pub(crate) fn note(
        &mut self,
        pointer: &str,
        rule: &'static str,
        effect: Effect,
        message: impl Into<String>,
    ) {
        let pointer = self.origins.resolve(pointer);
        self.notes.push(Note {
            pointer,
            rule,
            effect,
            message: message.into(),
        });
    }

    /// Records a problem at `pointer`, a pointer of the document as it is now.
    pub(crate) fn problem(
        &mut self,
        code: &'static str,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let pointer = self.origins.resolve(pointer);
        self.problems.push(Problem {
            code,
            pointer,
            message: message.into(),
            help: help.into(),
        });
    }

    /// Calls `rewrite` for every node of the given kind, children before parents.
    pub(crate) fn each(
        &mut self,
        kind: Kind,
        mut rewrite: impl FnMut(&mut Self, &mut Value, &str),
    ) {
        self.each_node(|context, node, found, pointer| {
            if found == kind {
                rewrite(context, node, pointer);
            }
        });
    }

    /// Calls `rewrite` for every node of any kind, children before parents.
    pub(crate) fn each_node(&mut self, mut rewrite: impl FnMut(&mut Self, &mut Value, Kind, &str)) {
        let mut document = std::mem::take(&mut self.document);
        walk::rewrite(
            &mut document,
            self.kind,
            &mut self.place.clone(),
            &mut |node, kind, pointer| rewrite(self, node, kind, pointer),
        );
        self.document = document;
    }

    /// Calls `apply` with each part of the document in place of the whole: see [`walk::parts`].
    pub(crate) fn each_part(&mut self, mut apply: impl FnMut(&mut Self)) {
        let mut document = std::mem::take(&mut self.document);
        walk::parts(
            &mut document,
            Kind::Document,
            &mut String::new(),
            &mut |part, kind, pointer| {
                self.document = std::mem::take(part);
                self.kind = kind;
                self.place.clone_from(pointer);
                apply(self);
                *part = std::mem::take(&mut self.document);
            },
        );
        self.document = document;
        self.kind = Kind::Document;
        self.place.clear();
    }

    /// What there is of the document, what it is and where it stands: all of it, or a part in [`Self::each_part`].
    pub(crate) fn part(&self) -> (&Value, Kind, &str) {
        (&self.document, self.kind, &self.place)
    }

    /// Calls `rewrite` for every schema that is an object, children before parents.
    pub(crate) fn each_schema(
        &mut self,
        mut rewrite: impl FnMut(&mut Self, &mut Map<String, Value>, &str),
    ) {
        self.each(Kind::Schema, |context, node, pointer| {
            if let Value::Object(schema) = node {
                rewrite(context, schema, pointer);
            }
        });
    }

    /// Calls `rewrite` for every operation: context, method, path, operation, its pointer.
    pub(crate) fn each_operation(
        &mut self,
        mut rewrite: impl FnMut(&mut Self, &str, &str, &mut Map<String, Value>, &str),
    ) {
        self.assert_whole();
        let mut document = std::mem::take(&mut self.document);
        if let Some(Value::Object(paths)) = document.get_mut("paths") {
            for (path, item) in paths.iter_mut().filter(|(path, _)| path.starts_with('/')) {
                let Value::Object(item) = item else { continue };
                for method in METHODS {
                    if let Some(Value::Object(operation)) = item.get_mut(*method) {
                        let pointer =
                            crate::pointer::join(&crate::pointer::join("/paths", path), method);
                        rewrite(self, method, path, operation, &pointer);
                    }
                }
            }
        }
        self.document = document;
    }

    /// `components/schemas` of the document.
    pub(crate) fn schemas(&self) -> Option<&Map<String, Value>> {
        self.assert_whole();
        self.document
            .pointer("/components/schemas")
            .and_then(Value::as_object)
    }

    /// Lends `components/schemas` to `work`, which does not rewrite them; they are not in the document meanwhile.
    pub(crate) fn with_schemas(&mut self, work: impl FnOnce(&mut Self, &BTreeMap<String, Value>)) {
        self.assert_whole();
        let Some(Value::Object(schemas)) = self.document.pointer_mut("/components/schemas") else {
            return work(self, &BTreeMap::new());
        };
        let lent = std::mem::take(schemas).into_iter().collect();
        work(self, &lent);
        *self.schemas_mut() = lent.into_iter().collect();
    }

    /// A copy of `components/schemas`, to look references up in while the document is rewritten.
    pub(crate) fn copied_schemas(&self) -> BTreeMap<String, Value> {
        let schemas = self.schemas().into_iter().flatten();
        schemas
            .map(|(name, schema)| (name.clone(), schema.clone()))
            .collect()
    }

    /// `components/schemas` of the document, made if absent.
    pub(crate) fn schemas_mut(&mut self) -> &mut Map<String, Value> {
        self.assert_whole();
        let components = object_in(&mut self.document, "components");
        object_in(components, "schemas");
        match components.get_mut("schemas") {
            Some(Value::Object(map)) => map,
            _ => unreachable!("made in the line above"),
        }
    }

    /// A pass that is given parts cannot ask what else there is.
    fn assert_whole(&self) {
        debug_assert_eq!(self.kind, Kind::Document, "the pass needs the whole");
    }
}

/// Methods of OpenAPI 3.0 §4.7.9, in the order in which openapiv3 goes through them.
pub(crate) const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The member `key` of `parent` as an object; anything else there is replaced by an empty one.
fn object_in<'v>(parent: &'v mut Value, key: &str) -> &'v mut Value {
    if !parent.is_object() {
        *parent = Value::Object(Map::new());
    }
    if !parent.get(key).is_some_and(Value::is_object) {
        parent[key] = Value::Object(Map::new());
    }
    &mut parent[key]
}
