//! What a pass works on.

use std::any::Any;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::facts::Facts;
use crate::grammar::Kind;
use crate::marks::Marks;
use crate::operation::Operation;
use crate::options::Options;
use crate::origins::Origins;
use crate::pointer;
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
    /// `components/schemas`, while they are out of the document: see [`Self::with_schemas`].
    lent: Map<String, Value>,
    facts: Facts,
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
            lent: Map::new(),
            facts: Facts::default(),
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

    /// Calls `apply` with each schema of the components in place of the whole.
    pub(crate) fn each_schema_part(&mut self, mut apply: impl FnMut(&mut Self)) {
        let Some(mut schemas) = self.take_schemas() else {
            return;
        };
        let document = std::mem::take(&mut self.document);
        self.place.push_str(SCHEMAS);
        for (name, schema) in &mut schemas {
            let mark = pointer::push(&mut self.place, name);
            self.document = std::mem::take(schema);
            self.kind = Kind::Schema;
            apply(self);
            *schema = std::mem::take(&mut self.document);
            self.place.truncate(mark);
        }
        self.become_whole(document);
        self.put_schemas(schemas);
    }

    /// Calls `apply` with each other part of the document in place of the whole: see [`walk::parts`]. The schemas of the
    /// components are lent meanwhile.
    pub(crate) fn each_other_part(&mut self, mut apply: impl FnMut(&mut Self)) {
        let schemas = self.take_schemas();
        let has_schemas = schemas.is_some();
        self.lent = schemas.unwrap_or_default();
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
        self.become_whole(document);
        let schemas = std::mem::take(&mut self.lent);
        if has_schemas {
            self.put_schemas(schemas);
        }
    }

    fn become_whole(&mut self, document: Value) {
        self.document = document;
        self.kind = Kind::Document;
        self.place.clear();
    }

    fn take_schemas(&mut self) -> Option<Map<String, Value>> {
        match self.document.pointer_mut(SCHEMAS) {
            Some(Value::Object(schemas)) => Some(std::mem::take(schemas)),
            _ => None,
        }
    }

    fn put_schemas(&mut self, schemas: Map<String, Value>) {
        if let Some(place) = self.document.pointer_mut(SCHEMAS) {
            *place = Value::Object(schemas);
        }
    }

    /// Lends `work` what earlier steps have learned, by its type; nothing but the default was learned if none was.
    pub(crate) fn with<F: Any + Default, R>(
        &mut self,
        work: impl FnOnce(&mut Self, &mut F) -> R,
    ) -> R {
        let mut fact = self.facts.take::<F>();
        let result = work(self, &mut fact);
        self.facts.put(fact);
        result
    }

    /// What there is of the document, what it is and where it stands: all of it, or one of its parts.
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

    /// Calls `rewrite` for every path item of `paths`: context, path, path item, its pointer.
    pub(crate) fn each_path_item(
        &mut self,
        mut rewrite: impl FnMut(&mut Self, &str, &mut Map<String, Value>, &str),
    ) {
        let mut document = std::mem::take(&mut self.document);
        if self.kind == Kind::Document {
            let paths = document.get_mut("paths").and_then(Value::as_object_mut);
            for (path, item) in paths.into_iter().flatten() {
                if let Value::Object(item) = item
                    && path.starts_with('/')
                {
                    rewrite(self, path, item, &pointer::join("/paths", path));
                }
            }
        } else if let Some(path) = self.place.strip_prefix("/paths/").map(pointer::unescape)
            && let Value::Object(item) = &mut document
        {
            rewrite(self, &path, item, &self.place.clone());
        }
        self.document = document;
    }

    /// Calls `rewrite` for every operation: context, method, path, operation, its pointer.
    pub(crate) fn each_operation(
        &mut self,
        mut rewrite: impl FnMut(&mut Self, &str, &str, &mut Map<String, Value>, &str),
    ) {
        self.each_path_item(|context, path, item, at| {
            for method in METHODS {
                if let Some(Value::Object(operation)) = item.get_mut(*method) {
                    rewrite(context, method, path, operation, &pointer::join(at, method));
                }
            }
        });
    }

    /// `components/schemas` of the document.
    pub(crate) fn schemas(&self) -> Option<&Map<String, Value>> {
        self.assert_whole();
        self.document.pointer(SCHEMAS).and_then(Value::as_object)
    }

    /// Lends `components/schemas` to `work`, which does not rewrite them; they are not in the document meanwhile. Where
    /// the part is one of them there is nothing to lend, and no work.
    pub(crate) fn with_schemas(&mut self, work: impl FnOnce(&mut Self, &Map<String, Value>)) {
        if self.kind == Kind::Schema {
            return;
        }
        if self.kind != Kind::Document {
            let lent = std::mem::take(&mut self.lent);
            work(self, &lent);
            self.lent = lent;
            return;
        }
        let Some(lent) = self.take_schemas() else {
            return work(self, &Map::new());
        };
        work(self, &lent);
        self.put_schemas(lent);
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

/// The place of the schemas of components.
const SCHEMAS: &str = "/components/schemas";

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
