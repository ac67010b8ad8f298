//! Moves what a fragment says for all its operations down to each of them, where fragments differ.
//!
//! A document's `security` and `servers` hold for its operations only. In one document of several fragments they would
//! hold for the others' operations too, so they can stay at the top only if all fragments say the same. The same goes for
//! `parameters` and `servers` of a path item that several fragments describe.

use std::collections::BTreeMap;

use openapi_pages::escape;
use serde_json::{Map, Value};

use super::merge::agree;
use super::part::{METHODS, Part};

/// Makes each level mean the same in every fragment.
pub(super) fn level(parts: &mut [Part]) {
    for section in ["paths", "webhooks"] {
        for key in ["parameters", "servers"] {
            for path in disputed_items(parts, section, key) {
                for part in parts.iter_mut() {
                    push_from_item(part, section, &path, key);
                }
            }
        }
    }
    for key in ["security", "servers"] {
        let says: Vec<Option<&Value>> = parts.iter().map(|part| part.document.get(key)).collect();
        if !all_agree(&says) {
            for part in parts.iter_mut() {
                push_from_document(part, key);
            }
        }
    }
}

fn all_agree(says: &[Option<&Value>]) -> bool {
    says.windows(2).all(|pair| match (pair[0], pair[1]) {
        (Some(first), Some(second)) => agree(first, second),
        (None, None) => true,
        _ => false,
    })
}

/// The paths whose items are in several fragments and do not say the same for `key`.
fn disputed_items(parts: &[Part], section: &str, key: &str) -> Vec<String> {
    let mut says: BTreeMap<&String, Vec<Option<&Value>>> = BTreeMap::new();
    for (path, item) in parts.iter().flat_map(|part| part.path_items(section)) {
        says.entry(path).or_default().push(item.get(key));
    }
    says.into_iter()
        .filter(|(_, says)| !all_agree(says))
        .map(|(path, _)| path.clone())
        .collect()
}

fn push_from_item(part: &mut Part, section: &str, path: &str, key: &str) {
    let components = part.document.get("components").cloned();
    let items = part
        .document
        .get_mut(section)
        .and_then(Value::as_object_mut);
    let Some(item) = items
        .and_then(|items| items.get_mut(path))
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    let Some(value) = item.remove(key) else {
        return;
    };
    let from = format!("/{section}/{}", escape(path));
    for method in METHODS {
        let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) else {
            continue;
        };
        let to = format!("{from}/{method}/{key}");
        if key == "parameters" {
            inherit_parameters(
                operation,
                &value,
                components.as_ref(),
                &mut part.moved,
                (&format!("{from}/{key}"), &to),
            );
        } else if !operation.contains_key(key) {
            operation.insert(key.to_owned(), value.clone());
            part.moved.insert(to, format!("{from}/{key}"));
        }
    }
}

/// Appends the parameters of a path item that the operation does not replace: those of another name or place
/// (OpenAPI 3.1.1 §4.8.10, `parameters`).
fn inherit_parameters(
    operation: &mut Map<String, Value>,
    inherited: &Value,
    components: Option<&Value>,
    moved: &mut BTreeMap<String, String>,
    (from, to): (&str, &str),
) {
    let Some(inherited) = inherited.as_array() else {
        return;
    };
    let own = operation
        .entry("parameters")
        .or_insert_with(|| Value::Array(Vec::new()));
    let Some(own) = own.as_array_mut() else {
        return;
    };
    let replaced: Vec<(String, String)> = own
        .iter()
        .filter_map(|own| identity(own, components))
        .collect();
    for (index, parameter) in inherited.iter().enumerate() {
        if identity(parameter, components).is_some_and(|identity| replaced.contains(&identity)) {
            continue;
        }
        moved.insert(format!("{to}/{}", own.len()), format!("{from}/{index}"));
        own.push(parameter.clone());
    }
}

/// Name and place of a parameter, through a reference to the fragment's own components.
fn identity(parameter: &Value, components: Option<&Value>) -> Option<(String, String)> {
    let text = |key: &str| parameter.get(key)?.as_str().map(str::to_owned);
    if let Some(reference) = text("$ref") {
        let name = reference.strip_prefix("#/components")?;
        let target = components?.pointer(name)?;
        // A reference to a reference is not followed: components of components are not parameters by themselves.
        return target
            .get("$ref")
            .is_none()
            .then(|| identity(target, None))
            .flatten();
    }
    Some((text("name")?, text("in")?))
}

fn push_from_document(part: &mut Part, key: &str) {
    let Some(value) = part.document.remove(key) else {
        return;
    };
    // The servers of a webhook are the receiver's own.
    let sections: &[&str] = if key == "security" {
        &["paths", "webhooks"]
    } else {
        &["paths"]
    };
    for section in sections {
        let items = part
            .document
            .get_mut(*section)
            .and_then(Value::as_object_mut);
        for (path, item) in items.into_iter().flatten() {
            let Some(item) = item.as_object_mut() else {
                continue;
            };
            if item.contains_key(key) {
                continue;
            }
            for method in METHODS {
                let operation = item.get_mut(method).and_then(Value::as_object_mut);
                if let Some(operation) = operation.filter(|operation| !operation.contains_key(key))
                {
                    operation.insert(key.to_owned(), value.clone());
                    let pointer = format!("/{section}/{}/{method}/{key}", escape(path));
                    part.moved.insert(pointer, format!("/{key}"));
                }
            }
        }
    }
}
