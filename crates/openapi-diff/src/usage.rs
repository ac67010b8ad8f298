//! Which operations use a component, and in which direction.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::document::{Document, Placed, join, local_pointer, tokens};
use crate::subject::{METHODS, list, operation_of};

/// A user of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Direction {
    Request,
    Answer,
}

/// Who refers to which component, from its own text.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    /// Component to components that refer to it.
    inner: BTreeMap<String, BTreeSet<String>>,
    /// Component to operations that refer to it.
    outer: BTreeMap<String, BTreeSet<(Direction, String)>>,
    /// What was said of a component.
    said: BTreeMap<String, String>,
}

impl Usage {
    /// Of both documents together, so that what is gone has users, too.
    pub(crate) fn of(old: Document<'_>, new: Document<'_>) -> Self {
        let mut usage = Self::default();
        for document in [old, new] {
            usage.add(document);
        }
        usage
    }

    fn add(&mut self, document: Document<'_>) {
        let kinds = document.whole().members("components");
        for (_, component) in kinds.iter().flat_map(|(_, kind)| kind.entries()) {
            for target in references(component.value) {
                let users = self.inner.entry(target).or_default();
                users.insert(component.pointer.clone());
            }
        }
        for section in ["paths", "webhooks"] {
            for (_, item) in document.whole().members(section) {
                self.add_item(&document.resolved(item.clone()), &item.pointer);
            }
        }
    }

    /// `pointer` is where the path item is mentioned; it may stand elsewhere.
    fn add_item(&mut self, item: &Placed<'_>, pointer: &str) {
        for method in METHODS {
            let Some(operation) = item.child(method) else {
                continue;
            };
            let Some(label) = operation_of(&join(pointer, method)) else {
                continue;
            };
            for (key, part) in operation.entries() {
                let direction = if key == "responses" {
                    Direction::Answer
                } else {
                    Direction::Request
                };
                self.add_part(part.value, direction, &label);
            }
            if let Some(shared) = item.get("parameters") {
                self.add_part(shared, Direction::Request, &label);
            }
        }
    }

    fn add_part(&mut self, part: &Value, direction: Direction, label: &str) {
        for target in references(part) {
            let users = self.outer.entry(target).or_default();
            users.insert((direction, label.to_owned()));
        }
    }

    /// Who uses the component that a place is in, as the end of a sentence. None for places elsewhere.
    pub(crate) fn of_component(&mut self, pointer: &str) -> Option<&str> {
        let component = component_of(pointer)?;
        if !self.said.contains_key(&component) {
            let said = self.say(&component);
            self.said.insert(component.clone(), said);
        }
        self.said.get(&component).map(String::as_str)
    }

    fn say(&self, component: &str) -> String {
        let mut met = BTreeSet::from([component]);
        let mut open = vec![component];
        let (mut operations, mut directions) = (BTreeSet::new(), BTreeSet::new());
        while let Some(next) = open.pop() {
            for (direction, operation) in self.outer.get(next).into_iter().flatten() {
                directions.insert(*direction);
                operations.insert(operation.as_str());
            }
            let users = self.inner.get(next).into_iter().flatten();
            open.extend(users.map(String::as_str).filter(|user| met.insert(user)));
        }
        let place = match directions.iter().collect::<Vec<_>>().as_slice() {
            [] => return "used by no operation".to_owned(),
            [Direction::Request] => "requests",
            [Direction::Answer] => "answers",
            _ => "requests and answers",
        };
        format!("used in {place} of {}", list(operations.into_iter()))
    }
}

/// The component that a place is in. Credentials are not referred to.
fn component_of(pointer: &str) -> Option<String> {
    let tokens = tokens(pointer);
    match tokens.as_slice() {
        [components, kind, name, ..] if components == "components" && kind != "securitySchemes" => {
            Some(join(&join("/components", kind), name))
        }
        _ => None,
    }
}

/// The components that a value refers to.
fn references(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![value];
    while let Some(next) = open.pop() {
        match next {
            Value::Object(members) => {
                let target = members.get("$ref").and_then(local_pointer);
                found.extend(target.as_deref().and_then(component_of));
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}
