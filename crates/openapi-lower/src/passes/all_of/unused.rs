//! Components that nothing refers to any more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::context::Context;
use crate::grammar::Kind;
use crate::pointer::{join, schema_component};
use crate::refs;
use crate::schema::Schema;
use crate::walk;

/// Whether the document itself does not have the component.
pub(super) fn is_made(context: &Context<'_>, name: &str) -> bool {
    let origin = context.origins.resolve(&join("/components/schemas", name));
    schema_component(&origin).is_none()
}

/// What a part of the document has that [`super`] asks for.
#[derive(Default)]
struct Seen {
    /// The components that it refers to, in its own place and in all that it describes.
    targets: BTreeSet<String>,
    /// Whether there is something to merge.
    has_parts: bool,
}

impl Seen {
    fn look_at(&mut self, node: &Value, kind: Kind) {
        walk::visit(node, kind, &mut String::new(), &mut |node, kind, _| {
            self.add(node, kind);
        });
    }

    fn add(&mut self, node: &Value, kind: Kind) {
        if let (Kind::Schema, Value::Object(schema)) = (kind, node) {
            self.targets.extend(refs::target_of(node));
            self.has_parts |= schema.contains_key("allOf") && !stands_for_a_component(schema);
        }
    }
}

pub(super) fn stands_for_a_component(schema: &Schema) -> bool {
    refs::sole_part(schema).and_then(refs::target_of).is_some()
}

/// What refers to components, and what has parts to merge. `hoist` learns it of each schema when it is done with it, so
/// that no walk over all of them is needed.
#[derive(Default)]
pub(in crate::passes) struct Uses {
    /// What each component refers to.
    targets: BTreeMap<String, BTreeSet<String>>,
    /// Components that have parts.
    with_parts: BTreeSet<String>,
    operations: Seen,
}

impl Uses {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let mut uses = Self::default();
        for (name, schema) in context.schemas().into_iter().flatten() {
            uses.learn(name, schema);
        }
        uses.learn_operations(context);
        uses
    }

    /// Of a component.
    pub(in crate::passes) fn learn(&mut self, name: &str, schema: &Value) {
        let mut seen = Seen::default();
        seen.look_at(schema, Kind::Schema);
        self.targets.insert(name.to_owned(), seen.targets);
        if seen.has_parts {
            self.with_parts.insert(name.to_owned());
        }
    }

    /// Of an operation.
    pub(in crate::passes) fn learn_operation(&mut self, operation: &Map<String, Value>) {
        let at = &mut String::new();
        walk::visit_inside(operation, Kind::Operation, at, &mut |node, kind, _| {
            self.operations.add(node, kind);
        });
    }

    /// Of all operations anew.
    pub(super) fn learn_operations(&mut self, context: &Context<'_>) {
        self.operations = Seen::default();
        if let Some(paths) = context.document.get("paths") {
            self.operations.look_at(paths, Kind::Paths);
        }
    }

    /// Takes the components that have parts, and what these refer to.
    pub(super) fn take_with_parts(&mut self) -> (BTreeSet<String>, BTreeSet<String>) {
        let with_parts = std::mem::take(&mut self.with_parts);
        let targets = with_parts.iter().filter_map(|name| self.targets.get(name));
        let targets = targets.flatten().cloned().collect();
        (with_parts, targets)
    }

    pub(super) fn operations_have_parts(&self) -> bool {
        self.operations.has_parts
    }

    /// Removes those of `lost` that were named for a part, which is merged into something else now, and what only they
    /// refer to.
    pub(super) fn remove(mut self, context: &mut Context<'_>, lost: BTreeSet<String>) {
        let mut open: Vec<String> = lost
            .into_iter()
            .filter(|name| is_made(context, name))
            .collect();
        let mut counts = self.counts(context, &open);
        while let Some(name) = open.pop() {
            if counts.get(&name) != Some(&0) {
                continue;
            }
            counts.remove(&name);
            context.schemas_mut().remove(&name);
            let targets = self.targets.remove(&name).unwrap_or_default();
            for target in &targets {
                if let Some(count) = counts.get_mut(target) {
                    *count = count.saturating_sub(1);
                }
            }
            open.extend(targets);
        }
    }

    /// How many components, and other places of the document, refer to those that may go with the `lost` ones.
    fn counts(&self, context: &Context<'_>, lost: &[String]) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        let mut open: Vec<&String> = lost.iter().collect();
        while let Some(name) = open.pop() {
            if !counts.contains_key(name) && is_made(context, name) {
                counts.insert(name.clone(), 0);
                open.extend(self.targets.get(name).into_iter().flatten());
            }
        }
        if counts.is_empty() {
            return counts;
        }
        let mut count = |target: &String| {
            if let Some(count) = counts.get_mut(target) {
                *count += 1;
            }
        };
        let targets = self.targets.values().flatten();
        targets.chain(&self.operations.targets).for_each(&mut count);
        let errors = context.operations.values();
        let errors = errors.flat_map(|operation| operation.errors.values().flatten());
        errors.for_each(&mut count);
        for parameter in context.marks.parameters.values().flat_map(BTreeMap::values) {
            let mut seen = Seen::default();
            seen.look_at(&parameter.schema, Kind::Schema);
            seen.targets.iter().for_each(&mut count);
        }
        counts
    }
}
