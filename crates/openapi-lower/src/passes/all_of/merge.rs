//! One schema of several.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::effort::Effort;
use super::flat::{Flat, flattened};
use super::unused::is_made;
use super::{keywords, objects, unions};
use crate::components::Components;
use crate::context::Context;
use crate::fingerprint::Fingerprint;
use crate::passes::hoist::needs_name;
use crate::pointer::join;
use crate::refs;
use crate::report::Effect;
use crate::schema::{Schema, is_annotation, is_of_type};
use crate::stand_in;

/// Merges in merges are followed this far; behind that the last part counts.
const MAX_DEPTH: usize = 24;

/// One of the schemas that are merged.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) schema: Value,
    pub(super) at: String,
}

impl Part {
    pub(super) fn new(schema: Value, at: String) -> Self {
        Self { schema, at }
    }
}

/// That no value is all of the parts.
#[derive(Debug)]
pub(super) struct Contradiction;

pub(super) struct Merger<'c, 'o> {
    pub(super) context: &'c mut Context<'o>,
    /// As they were before anything was merged.
    pub(super) components: &'c Map<String, Value>,
    names: Components,
    added: Map<String, Value>,
    /// What is being merged, with the name that it will have.
    open: Vec<(BTreeSet<Fingerprint>, String)>,
    effort: Effort,
    /// How many merges around this one fail where a required property has no values.
    strict: usize,
}

impl<'c, 'o> Merger<'c, 'o> {
    pub(super) fn new(
        context: &'c mut Context<'o>,
        components: &'c Map<String, Value>,
        names: Components,
    ) -> Self {
        Self {
            context,
            components,
            names,
            added: Map::new(),
            open: Vec::new(),
            effort: Effort::default(),
            strict: 0,
        }
    }

    pub(super) fn take_added(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.added)
    }

    pub(super) fn widened(&mut self, at: &str, message: impl Into<String>) {
        self.context.note(at, "all_of", Effect::Widened, message);
    }

    /// The schema of a whole `allOf`, in whose place it stands.
    pub(super) fn whole(&mut self, name: &str, parts: &[Part], at: &str) -> Schema {
        let key = key(parts);
        self.open.push((key, String::new()));
        self.effort.start();
        let flats = self.flats(parts);
        let merged = self.nearest(name, flats, at);
        self.open.pop();
        merged
    }

    /// Whether a property that has no values is to be mended here.
    pub(super) fn is_lenient(&self) -> bool {
        self.strict == 0
    }

    /// All of the parts, if there are values that are all of them.
    pub(super) fn strictly(
        &mut self,
        name: &str,
        flats: &[Flat],
        at: &str,
    ) -> Result<Schema, Contradiction> {
        self.strict += 1;
        let merged = self.all(name, flats, at);
        self.strict -= 1;
        merged
    }

    /// All of the parts where that is possible, else what comes nearest.
    fn nearest(&mut self, name: &str, mut flats: Vec<Flat>, at: &str) -> Schema {
        loop {
            let notes = self.context.notes.len();
            match self.all(name, &flats, at) {
                Ok(merged) => return merged,
                Err(Contradiction) => self.context.notes.truncate(notes),
            }
            // A part that says no more than a type, else the first one.
            let least = flats.iter().position(Flat::is_bare).unwrap_or_default();
            if flats.is_empty() {
                return Schema::new();
            }
            let left_out = flats.remove(least);
            self.widened(
                &left_out.at,
                "left out of `allOf`: no value could be this and what stands beside it",
            );
        }
    }

    /// All of the parts, in one schema.
    pub(super) fn all(
        &mut self,
        name: &str,
        flats: &[Flat],
        at: &str,
    ) -> Result<Schema, Contradiction> {
        self.effort.spend(flats.len());
        if flats.iter().any(unions::is_union) {
            return unions::distributed(self, name, flats, at);
        }
        let mut merged = keywords::merged(self, flats)?;
        objects::merge(self, name, flats, at, &mut merged)?;
        Ok(merged)
    }

    /// What several parts say about one property, or about items: a schema that may stand there.
    pub(super) fn inner(
        &mut self,
        name: &str,
        parts: &[Part],
        at: &str,
    ) -> Result<Value, Contradiction> {
        let Some(last) = parts.last() else {
            return Ok(json!({}));
        };
        let key = key(parts);
        if key.len() == 1 {
            return Ok(last.schema.clone());
        }
        if let Some((_, open)) = self
            .open
            .iter()
            .find(|(open, name)| *open == key && !name.is_empty())
        {
            return Ok(json!({"$ref": refs::to_component(open)}));
        }
        if self.open.len() > MAX_DEPTH || self.effort.is_spent() {
            self.widened(at, "merged no further: the last part counts");
            return Ok(last.schema.clone());
        }
        let reserved = self.names.reserve(name);
        self.open.push((key, reserved.clone()));
        let flats = self.flats(parts);
        let merged = self.all(&reserved, &flats, at);
        self.open.pop();
        let merged = match merged {
            Ok(merged) => merged,
            Err(contradiction) => {
                self.names.release(&reserved);
                return Err(contradiction);
            }
        };
        let outer = self.outer(parts, &merged, at);
        let same = self.same_as(parts, &merged);
        let schema = match same {
            Some(target) => {
                self.names.release(&reserved);
                json!({"$ref": refs::to_component(&target)})
            }
            None if needs_name(&Value::Object(merged.clone())) => {
                self.add(&reserved, merged, at);
                json!({"$ref": refs::to_component(&reserved)})
            }
            None => {
                self.names.release(&reserved);
                Value::Object(merged)
            }
        };
        Ok(with(schema, outer))
    }

    /// The schema, or the component that it refers to.
    pub(super) fn component<'s>(&self, schema: &'s Value) -> &'s Value
    where
        'c: 's,
    {
        let target = refs::target_of(schema);
        target
            .and_then(|name| self.components.get(&name))
            .unwrap_or(schema)
    }

    /// A component for a branch, under a name of its own.
    pub(super) fn named(&mut self, wanted: &str, schema: Schema, at: &str) -> Value {
        if !needs_name(&Value::Object(schema.clone())) {
            return Value::Object(schema);
        }
        let name = self.names.reserve(wanted);
        self.add(&name, schema, at);
        json!({"$ref": refs::to_component(&name)})
    }

    fn add(&mut self, name: &str, schema: Schema, at: &str) {
        let place = join("/components/schemas", name);
        self.context.origins.copied(at, &place);
        self.added.insert(name.to_owned(), Value::Object(schema));
    }

    /// What is said about the whole. A default that is none of the values that are left goes.
    fn outer(&mut self, parts: &[Part], merged: &Schema, at: &str) -> Schema {
        let mut outer = said(parts);
        let listed = merged.get("enum").and_then(Value::as_array);
        let name = merged.get("type").and_then(Value::as_str);
        let is_left = |default: &Value| {
            listed.is_none_or(|listed| listed.contains(default))
                && name.is_none_or(|name| is_of_type(default, name))
        };
        if outer
            .get("default")
            .is_some_and(|default| !is_left(default))
        {
            outer.remove("default");
            self.widened(at, "the default of one part is no value of the other ones");
        }
        outer
    }

    /// The component of the document that already is all of the parts.
    fn same_as(&mut self, parts: &[Part], merged: &Schema) -> Option<String> {
        let wanted = Fingerprint::of(&Value::Object(merged.clone()));
        let targets = parts
            .iter()
            .filter_map(|part| refs::sole_target(&part.schema));
        for target in targets {
            if self.effort.is_spent() {
                break;
            }
            if is_made(self.context, &target) {
                continue;
            }
            let part = Part::new(json!({"$ref": refs::to_component(&target)}), String::new());
            if let [one] = self.flats(&[part]).as_slice()
                && Fingerprint::of(&Value::Object(one.schema.clone())) == wanted
            {
                return Some(target);
            }
        }
        None
    }

    /// The parts without references and `allOf`.
    pub(super) fn flats(&mut self, parts: &[Part]) -> Vec<Flat> {
        let flats = flattened(parts, self.components);
        self.effort.spend(flats.len());
        flats
    }

    /// Whether so much was merged that nothing more is.
    pub(super) fn is_spent(&self) -> bool {
        self.effort.is_spent()
    }
}

/// The parts without order and repetition.
fn key(parts: &[Part]) -> BTreeSet<Fingerprint> {
    parts
        .iter()
        .map(|part| Fingerprint::of(&part.schema))
        .collect()
}

/// What the parts say about the whole: the last one that says it counts, and `null` has to be fine with all of them.
fn said(parts: &[Part]) -> Schema {
    let mut outer = Schema::new();
    let (mut any, mut nullable) = (false, true);
    for part in parts.iter().filter_map(|part| part.schema.as_object()) {
        let about_values = |keyword: &String| !is_annotation(keyword) && keyword != "nullable";
        if part.keys().any(about_values) {
            any = true;
            nullable &= part.get("nullable") == Some(&Value::Bool(true));
        }
        for (keyword, value) in part {
            if is_annotation(keyword) && keyword != "title" && keyword != stand_in::EXTENSION {
                outer.insert(keyword.clone(), value.clone());
            }
        }
    }
    if any && nullable {
        outer.insert("nullable".to_owned(), json!(true));
    }
    outer
}

fn with(schema: Value, outer: Schema) -> Value {
    match schema {
        schema if outer.is_empty() => schema,
        Value::Object(mut members) if !members.contains_key("$ref") => {
            for (keyword, value) in outer {
                members.entry(keyword).or_insert(value);
            }
            Value::Object(members)
        }
        reference => {
            let mut wrapper = outer;
            wrapper.insert("allOf".to_owned(), json!([reference]));
            Value::Object(wrapper)
        }
    }
}

/// Property name to the parts that describe it.
pub(super) type ByProperty = BTreeMap<String, Vec<Part>>;
