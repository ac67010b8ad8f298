//! What a document describes, and whether another one still does.

use std::collections::BTreeSet;

use client_codegen::corpus::operations;
use openapi_pages::{Fragment, escape};
use serde_json::Value;

/// An operation of a document, or a webhook.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Described {
    /// In capitals.
    method: String,
    /// The path with its parameters unnamed: another name makes no other path. A webhook's name.
    path: String,
    id: Option<String>,
    /// As people write it.
    shown: String,
}

impl Described {
    /// As people write it.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether this is the same operation: it has the place or the name of the other.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let same_place = self.method == other.method && self.path == other.path;
        same_place || (self.id.is_some() && self.id == other.id)
    }
}

/// Everything that the fragments of a document describe.
pub(crate) fn described(fragments: &[Fragment]) -> Vec<Described> {
    let all: BTreeSet<Described> = fragments
        .iter()
        .flat_map(|fragment| of_document(&fragment.document))
        .collect();
    all.into_iter().collect()
}

fn of_document(document: &Value) -> Vec<Described> {
    let mut found = Vec::new();
    for (path, method) in operations(document) {
        let pointer = format!("/paths/{}/{}", escape(&path), method.to_lowercase());
        found.push(Described {
            id: id(document.pointer(&pointer)),
            shown: format!("{method} {path}"),
            path: unnamed(&path),
            method,
        });
    }
    let webhooks = document.get("webhooks").and_then(Value::as_object);
    for (name, item) in webhooks.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if operation.is_object() {
                found.push(Described {
                    method: method.to_uppercase(),
                    // No path is without a slash at its start.
                    path: name.clone(),
                    id: id(Some(operation)),
                    shown: format!("the webhook {name}"),
                });
            }
        }
    }
    found
}

fn id(operation: Option<&Value>) -> Option<String> {
    let id = operation?.get("operationId")?.as_str()?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// `/users/{userId}` as `/users/{}`.
pub(crate) fn unnamed(path: &str) -> String {
    let mut unnamed = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, parameter)) = rest.split_once('{') {
        let Some((_, after)) = parameter.split_once('}') else {
            break;
        };
        unnamed.push_str(before);
        unnamed.push_str("{}");
        rest = after;
    }
    unnamed + rest
}

/// The operations of the old document that the new one lacks, if there are too many of them.
///
/// At least half of what a document described must still be there, rounded up: a page has one operation, so that one; a
/// document of a whole API gains and loses some with each release, but one that has lost most of them is another API's, or was
/// cut. A document that described nothing can become anything.
pub(crate) fn lost<'o>(old: &'o [Described], new: &[Described]) -> Option<Vec<&'o Described>> {
    let gone: Vec<&Described> = old
        .iter()
        .filter(|one| !new.iter().any(|other| one.is(other)))
        .collect();
    (gone.len() > old.len() / 2).then_some(gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(paths: Value) -> Vec<Described> {
        of_document(&json!({"openapi": "3.1.0", "paths": paths}))
    }

    fn gone(old: Value, new: Value) -> Option<usize> {
        lost(&of(old), &of(new)).map(|gone| gone.len())
    }

    #[test]
    fn a_page_keeps_its_operation() {
        let old = json!({"/users/{id}": {"get": {"operationId": "getUser"}}});
        for same in [
            json!({"/users/{id}": {"get": {}}}),
            json!({"/users/{userId}": {"get": {"operationId": "other"}}}),
            json!({"/v2/users/{id}": {"get": {"operationId": "getUser"}}}),
            json!({"/users/{id}": {"get": {}, "put": {}}, "/more": {"get": {}}}),
        ] {
            assert_eq!(gone(old.clone(), same.clone()), None, "{same}");
        }
        for other in [
            json!({"/users": {"get": {}}}),
            json!({"/users/{id}": {"put": {}}}),
            json!({}),
        ] {
            assert_eq!(gone(old.clone(), other.clone()), Some(1), "{other}");
        }
    }

    #[test]
    fn a_document_keeps_half_of_its_operations() {
        let old = json!({"/a": {"get": {}}, "/b": {"get": {}}, "/c": {"get": {}}});
        assert_eq!(
            gone(old.clone(), json!({"/a": {"get": {}}, "/b": {"get": {}}})),
            None
        );
        assert_eq!(
            gone(old.clone(), json!({"/a": {"get": {}}, "/x": {"get": {}}})),
            Some(2)
        );
        let two = json!({"/a": {"get": {}}, "/b": {"get": {}}});
        assert_eq!(gone(two.clone(), json!({"/b": {"get": {}}})), None);
        assert_eq!(gone(two, json!({"/x": {"get": {}}})), Some(2));
        assert_eq!(gone(json!({}), old), None);
    }

    #[test]
    fn a_webhook_is_known_by_its_name() {
        let page = |name: &str| of_document(&json!({"webhooks": {name: {"post": {}}}}));
        assert_eq!(lost(&page("sent"), &page("sent")), None);
        assert!(lost(&page("sent"), &page("read")).is_some());
        let path = of(json!({"/sent": {"post": {}}}));
        assert!(lost(&page("sent"), &path).is_some());
    }

    #[test]
    fn parameters_have_no_names() {
        assert_eq!(unnamed("/a/{b}/c.{d}"), "/a/{}/c.{}");
        assert_eq!(unnamed("/a/{b"), "/a/{b");
    }
}
