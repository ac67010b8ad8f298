//! Components that nothing refers to any more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::context::Context;
use crate::grammar::Kind;
use crate::pointer::{join, schema_component};
use crate::refs;
use crate::walk;

/// Whether the document itself does not have the component.
pub(super) fn is_made(context: &Context<'_>, name: &str) -> bool {
    let origin = context.origins.resolve(&join("/components/schemas", name));
    schema_component(&origin).is_none()
}

/// The components that a schema refers to, in its own place and in all that it describes.
pub(super) fn targets(schema: &Value) -> BTreeSet<String> {
    targets_in(schema, Kind::Schema)
}

fn targets_in(node: &Value, kind: Kind) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk::visit(node, kind, &mut String::new(), &mut |node, kind, _| {
        if kind == Kind::Schema {
            found.extend(refs::target_of(node));
        }
    });
    found
}

/// Removes those of `lost` that were named for a part, which is merged into something else now, and what only they
/// refer to.
pub(super) fn remove(context: &mut Context<'_>, lost: BTreeSet<String>) {
    let mut open: Vec<String> = lost
        .into_iter()
        .filter(|name| is_made(context, name))
        .collect();
    if open.is_empty() {
        return;
    }
    let mut uses = Uses::of(context);
    while let Some(name) = open.pop() {
        if uses.is_used(&name) || !is_made(context, &name) {
            continue;
        }
        context.schemas_mut().remove(&name);
        open.extend(uses.remove(&name));
    }
}

/// Which components a document refers to, and from which of them.
struct Uses {
    /// By the one that refers.
    targets: BTreeMap<String, BTreeSet<String>>,
    /// How many components, and other places of the document, refer to one.
    counts: BTreeMap<String, usize>,
}

impl Uses {
    fn of(context: &Context<'_>) -> Self {
        let components = context.schemas().into_iter().flatten();
        let targets: BTreeMap<String, BTreeSet<String>> = components
            .map(|(name, schema)| (name.clone(), self::targets(schema)))
            .collect();
        let operations = context.document.get("paths");
        let mut outside: Vec<String> = operations
            .into_iter()
            .flat_map(|paths| targets_in(paths, Kind::Paths))
            .collect();
        let errors = context.operations.values();
        outside.extend(errors.flat_map(|operation| operation.errors.values().flatten().cloned()));
        for parameter in context.marks.parameters.values().flat_map(BTreeMap::values) {
            outside.extend(self::targets(&parameter.schema));
        }
        let mut counts = BTreeMap::new();
        for target in targets.values().flatten().chain(&outside) {
            *counts.entry(target.clone()).or_insert(0) += 1;
        }
        Self { targets, counts }
    }

    fn is_used(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|count| *count > 0)
    }

    /// Forgets a component; gives what it referred to.
    fn remove(&mut self, name: &str) -> BTreeSet<String> {
        let targets = self.targets.remove(name).unwrap_or_default();
        for target in &targets {
            if let Some(count) = self.counts.get_mut(target) {
                *count = count.saturating_sub(1);
            }
        }
        targets
    }
}
