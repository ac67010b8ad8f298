//! Operations, webhooks and callbacks.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use serde_json::Value;

use crate::change::Class;
use crate::compare::Comparison;
use crate::document::{Document, Placed, join};
use crate::kind::Kind;
use crate::subject::{METHODS, code, operation_of};

/// An operation with what its path item says.
#[derive(Debug, Clone)]
pub(crate) struct Operation<'d> {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) place: Placed<'d>,
    pub(crate) item: Placed<'d>,
}

impl<'d> Operation<'d> {
    fn id(&self) -> Option<&'d str> {
        let id = self.place.text("operationId").map(str::trim);
        id.filter(|id| !id.is_empty())
    }

    /// What the client's method is called.
    fn name(&self) -> String {
        match self.id() {
            Some(id) => id.to_snake_case(),
            None => format!("{} {}", self.method, self.path).to_snake_case(),
        }
    }

    /// Method and path without the names of placeholders, which are no part of the path (OpenAPI 3.1.1 §4.8.8.2).
    fn key(&self) -> (String, String) {
        (template(&self.path), self.method.clone())
    }

    fn label(&self) -> String {
        operation_of(&self.place.pointer).unwrap_or_default()
    }
}

/// A path without the names of its placeholders.
fn template(path: &str) -> String {
    let mut parts = path.split('{');
    let mut template = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        template.push_str("{}");
        template.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    template
}

/// The names of the placeholders of a path.
pub(crate) fn placeholders(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts
        .filter_map(|part| Some(part.split_once('}')?.0))
        .collect()
}

fn operations(document: Document<'_>) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (path, item) in document.whole().members("paths") {
        // The place where it is mentioned says the path; what is said stands where a reference leads.
        let said = document.resolved(item.clone());
        for method in METHODS {
            if let Some(place) = said.child(method).filter(|place| place.value.is_object()) {
                let pointer = join(&item.pointer, method);
                found.push(Operation {
                    method: method.to_owned(),
                    path: path.to_owned(),
                    place: Placed { pointer, ..place },
                    item: said.clone(),
                });
            }
        }
    }
    found
}

impl<'d> Comparison<'d> {
    pub(crate) fn calls(&mut self) {
        let old = by_key(operations(self.old));
        let new = by_key(operations(self.new));
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for (key, operation) in &old {
            match new.get(key) {
                Some(other) => self.operation(operation, other),
                None => gone.push(operation),
            }
        }
        come.extend(
            new.iter()
                .filter(|(key, _)| !old.contains_key(*key))
                .map(|(_, operation)| operation),
        );
        let moved = self.moved(&gone, &come);
        let went: BTreeSet<&str> = moved
            .iter()
            .map(|(one, _)| one.place.pointer.as_str())
            .collect();
        let came: BTreeSet<&str> = moved
            .iter()
            .map(|(_, other)| other.place.pointer.as_str())
            .collect();
        for operation in gone
            .iter()
            .filter(|operation| !went.contains(operation.place.pointer.as_str()))
        {
            let summary = "the operation is gone".to_owned();
            self.add_as_it_is(
                Class::Breaking,
                Kind::OperationRemoved,
                &operation.place.pointer,
                summary,
            );
        }
        for operation in come
            .iter()
            .filter(|operation| !came.contains(operation.place.pointer.as_str()))
        {
            let summary = "the operation is new".to_owned();
            self.add_as_it_is(
                Class::Compatible,
                Kind::OperationAdded,
                &operation.place.pointer,
                summary,
            );
        }
        self.webhooks();
    }

    /// Operations that have one operationId, which no other of the documents has, at two places.
    fn moved<'o>(
        &mut self,
        gone: &[&'o Operation<'d>],
        come: &[&'o Operation<'d>],
    ) -> Vec<(&'o Operation<'d>, &'o Operation<'d>)> {
        let mut pairs = Vec::new();
        for operation in gone {
            let same =
                |other: &&&Operation<'d>| operation.id().is_some() && other.id() == operation.id();
            let alone = gone.iter().filter(same).count() == 1;
            let mut others = come.iter().filter(same);
            if let (true, Some(other), None) = (alone, others.next(), others.next()) {
                pairs.push((*operation, *other));
            }
        }
        for (operation, other) in &pairs {
            let summary = format!("the operation was {} before", code(&operation.label()));
            self.add_as_it_is(
                Class::Compatible,
                Kind::OperationMoved,
                &other.place.pointer,
                summary,
            );
            self.operation(operation, other);
        }
        pairs
    }

    fn operation(&mut self, old: &Operation<'d>, new: &Operation<'d>) {
        let at = &new.place.pointer;
        if old.name() != new.name() {
            let said = match (old.id(), new.id()) {
                (Some(one), Some(other)) => format!("{} is called {} now", code(one), code(other)),
                (None, Some(other)) => format!(
                    "the operation had no operationId and is called {} now",
                    code(other)
                ),
                (Some(one), None) => format!(
                    "the operation was called {} and has no operationId now",
                    code(one)
                ),
                (None, None) => {
                    "the operation has other placeholders, which are in its name".to_owned()
                }
            };
            self.add_as_it_is(Class::Breaking, Kind::OperationRenamed, at, said);
        }
        self.texts(&old.place, &new.place, Class::Compatible);
        self.extensions(&old.place, &new.place);
        self.parameters(old, new);
        self.request_body(&old.place, &new.place);
        self.responses(&old.place, &new.place);
        self.callbacks(&old.place, &new.place);
        self.security(&old.place, &new.place);
        self.operation_servers(old, new);
    }

    /// The two extensions that say something to the generator.
    fn extensions(&mut self, old: &Placed<'d>, new: &Placed<'d>) {
        let at = &new.pointer;
        match (old.get("x-sunset"), new.get("x-sunset")) {
            (one, other) if one == other => {}
            (_, None) => self.add(
                Class::Docs,
                Kind::SunsetChanged,
                at,
                "has no stated end any more",
            ),
            (None, Some(_)) => self.add(
                Class::Compatible,
                Kind::SunsetChanged,
                at,
                "has a stated end",
            ),
            _ => self.add(Class::Docs, Kind::SunsetChanged, at, "ends at another time"),
        }
        match (old.get("x-success"), new.get("x-success")) {
            (one, other) if one == other => {}
            (_, None) => {
                self.add(Class::Compatible, Kind::SuccessConditionChanged, at, "asks nothing of the body of a success any more");
            }
            _ => self.add(
                Class::Breaking,
                Kind::SuccessConditionChanged,
                at,
                "asks something else of the body of a success, so answers that were successes may be errors",
            ),
        }
    }

    fn webhooks(&mut self) {
        let of = |document: Document<'d>| {
            let items = document.whole().members("webhooks").into_iter();
            let items = items.map(move |(name, item)| {
                (
                    name.to_owned(),
                    document.resolved(item.clone()),
                    item.pointer,
                )
            });
            items
                .flat_map(|(name, item, pointer)| sent(&name, &item, &pointer))
                .collect()
        };
        let (old, new) = (of(self.old), of(self.new));
        self.sent(&old, &new);
    }

    fn callbacks(&mut self, old: &Placed<'d>, new: &Placed<'d>) {
        let of = |document: Document<'d>, operation: &Placed<'d>| {
            let mut found = BTreeMap::new();
            for (name, callback) in operation.members("callbacks") {
                for (expression, item) in document.resolved(callback).entries() {
                    let item = document.resolved(item);
                    found.extend(sent(&format!("{name} {expression}"), &item, &item.pointer));
                }
            }
            found
        };
        let (old, new) = (of(self.old, old), of(self.new, new));
        self.sent(&old, &new);
    }

    /// What the API sends, and how it is answered: types, but no methods.
    fn sent(&mut self, old: &Sent<'d>, new: &Sent<'d>) {
        for ((name, method), place) in old {
            let Some(other) = new.get(&(name.clone(), method.clone())) else {
                // What is a component stays one.
                let has_types = writes_schemas(place.value);
                let class = if has_types {
                    Class::Breaking
                } else {
                    Class::Compatible
                };
                let summary = format!("the call {} is not made any more", code(name));
                self.add_as_it_is(class, Kind::CallbackRemoved, &place.pointer, summary);
                continue;
            };
            if self.is_new(&place.pointer, &other.pointer) {
                self.texts(place, other, Class::Docs);
                self.request_body(place, other);
                self.responses(place, other);
            }
        }
        for ((name, method), place) in new {
            if !old.contains_key(&(name.clone(), method.clone())) {
                let summary = format!("the call {} is new", code(name));
                self.add_as_it_is(
                    Class::Compatible,
                    Kind::CallbackAdded,
                    &place.pointer,
                    summary,
                );
            }
        }
    }
}

/// Calls that the API makes, by name and method.
type Sent<'d> = BTreeMap<(String, String), Placed<'d>>;

fn sent<'d>(name: &str, item: &Placed<'d>, pointer: &str) -> Vec<((String, String), Placed<'d>)> {
    let methods = METHODS.iter().filter_map(|method| {
        let place = item.child(method)?;
        let pointer = join(pointer, method);
        Some((
            (name.to_owned(), (*method).to_owned()),
            Placed { pointer, ..place },
        ))
    });
    methods.collect()
}

fn by_key(operations: Vec<Operation<'_>>) -> BTreeMap<(String, String), Operation<'_>> {
    let mut found = BTreeMap::new();
    for operation in operations {
        let mut key = operation.key();
        // Paths that differ in their placeholders alone are not allowed, but met.
        while found.contains_key(&key) {
            key.1.push('+');
        }
        found.insert(key, operation);
    }
    found
}

/// Whether a schema is written out somewhere in a value, and not only referred to.
fn writes_schemas(value: &Value) -> bool {
    let mut open = vec![value];
    while let Some(next) = open.pop() {
        match next {
            Value::Object(members) => {
                if members
                    .get("schema")
                    .is_some_and(|schema| schema.get("$ref").is_none())
                {
                    return true;
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_no_part_of_a_path() {
        assert_eq!(template("/a/{b}/c/{d}.json"), "/a/{}/c/{}.json");
        assert_eq!(template("/a/{b"), "/a/{}");
        assert_eq!(placeholders("/a/{b}/c/{d}.json"), ["b", "d"]);
        assert!(placeholders("/a/{b").is_empty());
    }
}
