//! Values as name-value pairs.

use serde::Serialize;

use crate::tree::{Tree, TreeError};

/// What to do with an object or an array inside an object or an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nested {
    Refused,
    AsJson,
}

/// The pairs of a value, in order. An object's properties name themselves; `name` is for everything else.
pub(crate) fn pairs<T: Serialize + ?Sized>(
    name: Option<&str>,
    value: &T,
    nested: Nested,
) -> Result<Vec<(String, String)>, TreeError> {
    tree_pairs(name, &Tree::of(value)?, nested)
}

/// The same of a tree.
pub(crate) fn tree_pairs(
    name: Option<&str>,
    tree: &Tree,
    nested: Nested,
) -> Result<Vec<(String, String)>, TreeError> {
    let mut pairs = Vec::new();
    if let Tree::Object(properties) = tree {
        for (name, value) in properties {
            push(Some(name), value, nested, &mut pairs)?;
        }
    } else {
        push(name, tree, nested, &mut pairs)?;
    }
    Ok(pairs)
}

fn push(
    name: Option<&str>,
    tree: &Tree,
    nested: Nested,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), TreeError> {
    let items = match tree {
        Tree::List(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    };
    for item in items {
        let text = match item.text() {
            Err(TreeError::Nested) if nested == Nested::AsJson => Some(item.to_json()?),
            text => text?.map(str::to_owned),
        };
        if let Some(text) = text {
            pairs.push((name.ok_or(TreeError::Unnamed)?.to_owned(), text));
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
