//! What a lowered document is made of, and documents of a part of that.

use std::collections::{BTreeMap, BTreeSet};

use openapi_lower::Lowered;
use openapi_pages::escape;
use serde_json::{Map, Value};

use super::probe::Probe;

/// A thing that is generated or left out as a whole. Components come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part<'l> {
    Component(&'l str),
    /// By its operationId.
    Operation(&'l str),
}

/// The parts of a lowered document with what each needs.
pub(super) struct Parts<'l> {
    lowered: &'l Lowered,
    /// Of each component, those that it names.
    named: BTreeMap<&'l str, BTreeSet<&'l str>>,
    /// A copy without anything that is in parts.
    empty: Lowered,
}

impl<'l> Parts<'l> {
    pub(super) fn new(lowered: &'l Lowered) -> Self {
        let schemas = schemas(&lowered.document).into_iter().flatten();
        let mut named = BTreeMap::new();
        for (name, schema) in schemas {
            let mut names = BTreeSet::new();
            collect(schema, &mut names);
            named.insert(name.as_str(), names);
        }
        Self {
            lowered,
            named,
            empty: empty(lowered),
        }
    }

    pub(super) fn components(&self) -> impl Iterator<Item = &'l str> + '_ {
        self.named.keys().copied()
    }

    pub(super) fn operations(&self) -> impl Iterator<Item = &'l str> + use<'l> {
        self.lowered.operations.keys().map(String::as_str)
    }

    /// The components that a part cannot be without, itself included.
    pub(super) fn needs(&self, part: Part<'l>) -> BTreeSet<&'l str> {
        let mut found = BTreeSet::new();
        let mut open = Vec::new();
        match part {
            Part::Component(name) => open.push(name),
            Part::Operation(id) => open.extend(self.named_by(id)),
        }
        while let Some(name) = open.pop() {
            if let Some(names) = self.named.get(name)
                && found.insert(name)
            {
                open.extend(names);
            }
        }
        found
    }

    fn named_by(&self, id: &str) -> BTreeSet<&'l str> {
        let mut names = BTreeSet::new();
        let Some(operation) = self.lowered.operations.get(id) else {
            return names;
        };
        let item = &self.lowered.document["paths"][&operation.path];
        collect(&item[&operation.method], &mut names);
        names.extend(operation.errors.values().flatten().map(String::as_str));
        let marks = self.lowered.marks.parameters.get(id).into_iter().flatten();
        for (_, mark) in marks {
            collect(&mark.schema, &mut names);
        }
        names
    }

    /// Where a part stands in the lowered document.
    pub(super) fn pointer(&self, part: Part<'_>) -> String {
        match part {
            Part::Component(name) => format!("/components/schemas/{}", escape(name)),
            Part::Operation(id) => match self.lowered.operations.get(id) {
                Some(operation) => operation.pointer(),
                None => String::new(),
            },
        }
    }

    /// The document of these parts and what they need, with the tables beside it.
    pub(super) fn only(&self, parts: &[Part<'l>]) -> Lowered {
        let mut lowered = self.empty.clone();
        let mut components = BTreeSet::new();
        let mut paths = Map::new();
        for part in parts {
            components.extend(self.needs(*part));
            let Part::Operation(id) = *part else { continue };
            let Some(operation) = self.lowered.operations.get(id) else {
                continue;
            };
            let item = paths
                .entry(operation.path.clone())
                .or_insert_with(|| Value::Object(Map::new()));
            let whole = &self.lowered.document["paths"][&operation.path];
            item[&operation.method] = whole[&operation.method].clone();
            lowered.operations.insert(id.to_owned(), operation.clone());
        }
        let schemas = schemas(&self.lowered.document).into_iter().flatten();
        let schemas: Map<String, Value> = schemas
            .filter(|(name, _)| components.contains(name.as_str()))
            .map(|(name, schema)| (name.clone(), schema.clone()))
            .collect();
        lowered.marks = self.lowered.marks.clone();
        let operations = &lowered.operations;
        lowered.marks.retain(
            |id| operations.contains_key(id),
            |name| components.contains(name),
        );
        lowered.document["paths"] = Value::Object(paths);
        lowered.document["components"]["schemas"] = Value::Object(schemas);
        lowered
    }
}

/// The lowered document without paths and schemas, and without the tables.
fn empty(lowered: &Lowered) -> Lowered {
    let mut outer = Map::new();
    for (key, value) in lowered.document.as_object().into_iter().flatten() {
        if key != "paths" && key != "components" {
            outer.insert(key.clone(), value.clone());
        }
    }
    let components = lowered
        .document
        .get("components")
        .and_then(Value::as_object);
    let components: Map<String, Value> = components
        .into_iter()
        .flatten()
        .filter(|(key, _)| *key != "schemas")
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    outer.insert("components".to_owned(), Value::Object(components));
    let mut empty = Lowered::default();
    empty.document = Value::Object(outer);
    empty
}

fn schemas(document: &Value) -> Option<&Map<String, Value>> {
    document.pointer("/components/schemas")?.as_object()
}

/// The components that are named anywhere in a value.
fn collect<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                found.extend(reference.and_then(|text| text.strip_prefix("#/components/schemas/")));
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

/// The document that progenitor gets, and what its probe asks for.
pub(super) fn document(lowered: &Lowered) -> (Value, Probe) {
    let probe = Probe::new(lowered);
    let mut document = lowered.document.clone();
    remove_texts(&mut document);
    probe.add_to(&mut document);
    (document, probe)
}

/// Takes the vendor's texts from operations and parameters.
///
/// progenitor says in a method's docs which request the method sends, and `finish` reads that; a text that
/// says the same of another request must not stand beside it. `finish` writes the docs from the lowered
/// document.
fn remove_texts(document: &mut Value) {
    let paths = document
        .pointer_mut("/paths")
        .and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Map::values_mut) {
        for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
            let Some(operation) = operation.as_object_mut() else {
                continue;
            };
            operation.remove("summary");
            operation.remove("description");
            let parameters = operation
                .get_mut("parameters")
                .and_then(Value::as_array_mut);
            for parameter in parameters
                .into_iter()
                .flatten()
                .filter_map(Value::as_object_mut)
            {
                parameter.remove("description");
            }
        }
    }
}
