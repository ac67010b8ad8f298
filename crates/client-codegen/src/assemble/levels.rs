//! Moves what a fragment says for all its operations down to each of them.
//!
//! A document's `security` and `servers` hold for its operations only. In one document of several fragments they would
//! hold for the others' operations too. `security` therefore always moves down, so that another page changes no operation
//! but its own. `servers` stay at the top where all fragments that have any say the same: a page without servers has lost
//! them. Where they differ, the top keeps what most operations have, for those that say nothing. `parameters` and `servers`
//! of a path item move down if several fragments describe it and do not say the same.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use openapi_pages::escape;
use serde_json::{Map, Value};

use super::merge::agree;
use super::parameter::identity;
use super::part::{METHODS, Part};

/// Makes each level mean the same in every one of several fragments.
pub(super) fn level(parts: &mut [Part]) {
    for section in ["paths", "webhooks"] {
        for key in ["parameters", "servers"] {
            let disputed = disputed_items(parts, section, key);
            for part in parts.iter_mut() {
                for path in part.paths_among(section, &disputed) {
                    push_from_item(part, section, &path, key);
                }
            }
        }
    }
    for part in parts.iter_mut() {
        push_from_document(part, "security");
        part.document.remove("security");
    }
    level_servers(parts);
}

fn level_servers(parts: &mut [Part]) {
    for part in parts.iter_mut() {
        let servers = part.document.get("servers").and_then(Value::as_array);
        if servers.is_some_and(Vec::is_empty) {
            part.document.remove("servers");
        }
    }
    let says = parts.iter().map(|part| part.document.get("servers"));
    if all_agree(&says.filter(Option::is_some).collect::<Vec<_>>()) {
        return;
    }
    let Some(kept) = most_frequent_servers(parts) else {
        return;
    };
    for part in parts.iter_mut() {
        push_from_document(part, "servers");
        let says = part.document.get("servers");
        if says.is_some_and(|servers| !agree(servers, &kept)) {
            part.document.remove("servers");
        }
    }
}

/// The servers of the most operations of the fragments that have the highest rank; of two, those of the first fragment.
fn most_frequent_servers(parts: &[Part]) -> Option<Value> {
    let speaking = |part: &&Part| part.document.contains_key("servers");
    let rank = parts.iter().filter(speaking).map(|part| part.rank).max()?;
    let mut counts: Vec<(&Value, usize)> = Vec::new();
    for part in parts
        .iter()
        .filter(speaking)
        .filter(|part| part.rank == rank)
    {
        let Some(servers) = part.document.get("servers") else {
            continue;
        };
        let operations: usize = part
            .path_items("paths")
            .map(|(_, item)| operations(item))
            .sum();
        match counts.iter_mut().find(|(known, _)| agree(known, servers)) {
            Some((_, count)) => *count += operations,
            None => counts.push((servers, operations)),
        }
    }
    let most = counts
        .into_iter()
        .enumerate()
        .min_by_key(|(position, (_, count))| (Reverse(*count), *position));
    most.map(|(_, (servers, _))| servers.clone())
}

fn operations(item: &Map<String, Value>) -> usize {
    METHODS
        .iter()
        .filter(|method| item.contains_key(**method))
        .count()
}

fn all_agree(says: &[Option<&Value>]) -> bool {
    says.windows(2).all(|pair| match (pair[0], pair[1]) {
        (Some(first), Some(second)) => agree(first, second),
        (None, None) => true,
        _ => false,
    })
}

/// The paths whose items are in several fragments and do not say the same for `key`.
fn disputed_items(parts: &[Part], section: &str, key: &str) -> BTreeSet<String> {
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
    let components = part.components().cloned();
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

fn push_from_document(part: &mut Part, key: &str) {
    let Some(value) = part.document.get(key).cloned() else {
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
