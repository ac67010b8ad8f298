//! Traversal by the grammar. Recursion is bounded: [`crate::depth`] refuses deep documents, and no pass adds more
//! than a few levels per level.

use serde_json::{Map, Value};

use crate::grammar::{Kind, Shape, member};
use crate::pointer::{keys, push};

/// Stops runaway recursion if a pass should ever build a deep value.
const MAX_LEVELS: usize = 1000;

/// Calls `visit` for every object of the grammar, children before parents.
pub(crate) fn rewrite(
    node: &mut Value,
    kind: Kind,
    pointer: &mut String,
    visit: &mut dyn FnMut(&mut Value, Kind, &str),
) {
    descend_mut(node, kind, pointer, 0, visit);
}

fn descend_mut(
    node: &mut Value,
    kind: Kind,
    pointer: &mut String,
    level: usize,
    visit: &mut dyn FnMut(&mut Value, Kind, &str),
) {
    if level > MAX_LEVELS {
        return;
    }
    each_member(node, kind, pointer, &mut |node, kind, pointer| {
        descend_mut(node, kind, pointer, level + 1, visit);
    });
    visit(node, kind, pointer);
}

/// Calls `visit` for every object of the grammar that is neither the document itself nor a mere container of others:
/// path items, components and what else stands at the top.
pub(crate) fn parts(
    node: &mut Value,
    kind: Kind,
    pointer: &mut String,
    visit: &mut dyn FnMut(&mut Value, Kind, &mut String),
) {
    if matches!(kind, Kind::Document | Kind::Components | Kind::Paths) {
        each_member(node, kind, pointer, &mut |node, kind, pointer| {
            parts(node, kind, pointer, visit);
        });
    } else {
        visit(node, kind, pointer);
    }
}

/// Calls `visit` for every object of the wanted kind that is not in another one; what is in it is not looked at.
pub(crate) fn outermost(
    node: &mut Value,
    kind: Kind,
    wanted: Kind,
    visit: &mut dyn FnMut(&mut Value),
) {
    if kind == wanted {
        visit(node);
    } else {
        each_member(node, kind, &mut String::new(), &mut |node, kind, _| {
            outermost(node, kind, wanted, visit);
        });
    }
}

/// Calls `visit` for every object of the grammar that stands directly in `node`.
fn each_member(
    node: &mut Value,
    kind: Kind,
    pointer: &mut String,
    visit: &mut dyn FnMut(&mut Value, Kind, &mut String),
) {
    let Value::Object(members) = node else { return };
    for (key, value) in members.iter_mut() {
        let Some(field) = member(kind, key) else {
            continue;
        };
        let mark = push(pointer, key);
        match (field.shape, value) {
            (
                Shape::Node(kind) | Shape::NodeOrList(kind),
                value @ (Value::Object(_) | Value::Bool(_)),
            )
            // A flag is no boolean schema.
            | (Shape::NodeOrFlag(kind), value @ Value::Object(_)) => visit(value, kind, pointer),
            (Shape::List(kind) | Shape::NodeOrList(kind), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    let mark = push(pointer, &index.to_string());
                    visit(item, kind, pointer);
                    pointer.truncate(mark);
                }
            }
            (Shape::Map(kind), Value::Object(entries)) => {
                for (name, entry) in entries.iter_mut() {
                    let mark = push(pointer, name);
                    visit(entry, kind, pointer);
                    pointer.truncate(mark);
                }
            }
            _ => {}
        }
        pointer.truncate(mark);
    }
}

/// Calls `look` for every object of the grammar, parents before children.
pub(crate) fn visit(
    node: &Value,
    kind: Kind,
    pointer: &mut String,
    look: &mut dyn FnMut(&Value, Kind, &str),
) {
    descend(node, kind, pointer, 0, look);
}

/// The same for what is in an object of the grammar.
pub(crate) fn visit_inside(
    members: &Map<String, Value>,
    kind: Kind,
    pointer: &mut String,
    look: &mut dyn FnMut(&Value, Kind, &str),
) {
    descend_inside(members, kind, pointer, 0, look);
}

fn descend(
    node: &Value,
    kind: Kind,
    pointer: &mut String,
    level: usize,
    look: &mut dyn FnMut(&Value, Kind, &str),
) {
    if level > MAX_LEVELS {
        return;
    }
    look(node, kind, pointer);
    if let Value::Object(members) = node {
        descend_inside(members, kind, pointer, level, look);
    }
}

fn descend_inside(
    members: &Map<String, Value>,
    kind: Kind,
    pointer: &mut String,
    level: usize,
    look: &mut dyn FnMut(&Value, Kind, &str),
) {
    for (key, value) in members {
        let Some(field) = member(kind, key) else {
            continue;
        };
        let mark = push(pointer, key);
        match (field.shape, value) {
            (Shape::Node(kind) | Shape::NodeOrList(kind), Value::Object(_) | Value::Bool(_))
            // A flag is no boolean schema.
            | (Shape::NodeOrFlag(kind), Value::Object(_)) => {
                descend(value, kind, pointer, level + 1, look);
            }
            (Shape::List(kind) | Shape::NodeOrList(kind), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let mark = push(pointer, &index.to_string());
                    descend(item, kind, pointer, level + 1, look);
                    pointer.truncate(mark);
                }
            }
            (Shape::Map(kind), Value::Object(entries)) => {
                for (name, entry) in entries {
                    let mark = push(pointer, name);
                    descend(entry, kind, pointer, level + 1, look);
                    pointer.truncate(mark);
                }
            }
            _ => {}
        }
        pointer.truncate(mark);
    }
}

/// What the grammar takes the value at `pointer` for; `None` if a walk does not come there.
pub(crate) fn kind_at(document: &Value, pointer: &str) -> Option<Kind> {
    let mut keys = keys(pointer).into_iter();
    let (mut node, mut kind) = (document, Kind::Document);
    while let Some(key) = keys.next() {
        let field = member(kind, &key)?;
        let value = node.get(&key)?;
        (node, kind) = match (field.shape, value) {
            (Shape::Node(kind) | Shape::NodeOrList(kind), Value::Object(_) | Value::Bool(_))
            | (Shape::NodeOrFlag(kind), Value::Object(_)) => (value, kind),
            (Shape::List(kind) | Shape::NodeOrList(kind), Value::Array(items)) => {
                (items.get(keys.next()?.parse::<usize>().ok()?)?, kind)
            }
            (Shape::Map(kind), Value::Object(entries)) => (entries.get(&keys.next()?)?, kind),
            _ => return None,
        };
    }
    Some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schemas(document: &Value) -> Vec<String> {
        let mut found = Vec::new();
        visit(
            document,
            Kind::Document,
            &mut String::new(),
            &mut |_, kind, pointer| {
                if kind == Kind::Schema {
                    found.push(pointer.to_owned());
                }
            },
        );
        found.sort();
        found
    }

    #[test]
    fn names_and_examples_are_no_keywords() {
        let document = json!({"components": {"schemas": {"properties": {
            "type": "object",
            "properties": {"properties": {"type": "string"}, "$ref": {"type": "string"}, "items": true},
            "example": {"items": {"type": "string"}},
            "default": {"allOf": [{}]},
            "enum": [{"properties": {"a": {}}}],
            "x-more": {"items": {}}
        }}}});
        assert_eq!(
            schemas(&document),
            [
                "/components/schemas/properties",
                "/components/schemas/properties/properties/$ref",
                "/components/schemas/properties/properties/items",
                "/components/schemas/properties/properties/properties",
            ]
        );
    }

    #[test]
    fn every_position_of_a_schema_is_found() {
        let document = json!({"paths": {"/a": {
            "parameters": [{"schema": {}, "content": {"text/plain": {"schema": {}}}}],
            "post": {
                "requestBody": {"content": {"a/b": {"schema": {"items": [{}, {}]}, "encoding": {"p": {"headers": {"h": {"schema": {}}}}}}}},
                "responses": {"x-schema": {"content": {"a/b": {"schema": {}}}}, "200": {"headers": {"h": {"schema": {}}}}},
                "callbacks": {"c": {"{$url}": {"get": {"parameters": [{"schema": {}}]}}}}
            }
        }}});
        // The member `x-schema` of `responses` is an extension, not a response.
        assert_eq!(schemas(&document).len(), 8);
    }

    #[test]
    fn a_kind_is_that_of_a_walk() {
        let document = json!({
            "paths": {"/a": {"get": {"parameters": [{"schema": {"items": [{}], "additionalProperties": false, "default": {"items": {}}}}]}}},
            "components": {"schemas": {"A~/": {"properties": {"items": {"not": true}}}}, "x-more": {}}
        });
        let mut all = Vec::new();
        let mut open = vec![(String::new(), &document)];
        while let Some((at, node)) = open.pop() {
            match node {
                Value::Object(members) => open.extend(
                    members
                        .iter()
                        .map(|(key, value)| (crate::pointer::join(&at, key), value)),
                ),
                Value::Array(items) => open.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(position, item)| (crate::pointer::index(&at, position), item)),
                ),
                _ => {}
            }
            all.push(at);
        }
        let mut known = Vec::new();
        visit(
            &document,
            Kind::Document,
            &mut String::new(),
            &mut |_, kind, at| known.push((at.to_owned(), kind)),
        );
        all.sort();
        known.sort_by(|one, other| one.0.cmp(&other.0));
        let found: Vec<_> = all
            .into_iter()
            .filter_map(|at| Some((at.clone(), kind_at(&document, &at)?)))
            .collect();
        assert_eq!(found, known);
    }

    #[test]
    fn rewriting_reaches_the_same_nodes_in_the_other_order() {
        let mut document = crate::depth::sorted(
            json!({"components": {"schemas": {"A": {"allOf": [{"not": {}}], "additionalProperties": false}}}}),
        );
        let mut order = Vec::new();
        rewrite(
            &mut document,
            Kind::Document,
            &mut String::new(),
            &mut |_, kind, pointer| {
                if kind == Kind::Schema {
                    order.push(pointer.to_owned());
                }
            },
        );
        assert_eq!(
            order,
            [
                "/components/schemas/A/allOf/0/not",
                "/components/schemas/A/allOf/0",
                "/components/schemas/A",
            ]
        );
    }
}
