//! Which credentials an API takes one of, never both (OpenAPI 3.0.3, Security Requirement Object: a list has alternatives, and
//! what stands in one of them goes together).

use std::collections::BTreeSet;

use serde_json::Value;

use super::credentials::{CredentialSetter, kind};

/// The setters of one alternative, by name.
type Together<'s> = BTreeSet<&'s str>;

/// Pairs of setters, by name, of whose schemes every list that has one has the other as an alternative.
///
/// Where some operation takes only one of them, a client that calls all operations needs both.
pub(super) fn alternatives<'d>(
    document: &'d Value,
    operations: impl Iterator<Item = &'d Value>,
    setters: &[CredentialSetter],
) -> Vec<(String, String)> {
    let places = std::iter::once(document).chain(operations);
    let lists = places.filter_map(|place| place.get("security")?.as_array());
    let lists: Vec<Vec<Together<'_>>> = lists
        .map(|list| requirements(document, list, setters))
        .collect();
    let mut pairs = Vec::new();
    for (position, one) in setters.iter().enumerate() {
        for other in &setters[position + 1..] {
            let pair = [one.name.as_str(), other.name.as_str()];
            let mut naming = lists
                .iter()
                .filter(|list| {
                    list.iter()
                        .any(|one| pair.iter().any(|scheme| one.contains(scheme)))
                })
                .peekable();
            let is_named = naming.peek().is_some();
            if is_named && naming.all(|list| are_alternatives(list, pair)) {
                pairs.push((one.name.clone(), other.name.clone()));
            }
        }
    }
    pairs
}

/// Whether each of the two is enough, and nothing takes them together.
fn are_alternatives(list: &[Together<'_>], pair: [&str; 2]) -> bool {
    let have = |scheme: &str| list.iter().any(|together| together.contains(scheme));
    let together = |one: &Together<'_>| pair.iter().all(|scheme| one.contains(scheme));
    pair.iter().all(|scheme| have(scheme)) && !list.iter().any(together)
}

/// A list in which the setters of the schemes stand for these: pages may call one credential by several names.
fn requirements<'s>(
    document: &Value,
    list: &[Value],
    setters: &'s [CredentialSetter],
) -> Vec<Together<'s>> {
    let schemes = document.pointer("/components/securitySchemes");
    let setter = |scheme: &String| {
        let kind = kind(schemes?.get(scheme)?);
        let setter = setters
            .iter()
            .find(|setter| setter.scheme == *scheme || kind.as_ref() == Some(&setter.kind))?;
        Some(setter.name.as_str())
    };
    let together = list.iter().filter_map(Value::as_object);
    together
        .map(|schemes| schemes.keys().filter_map(setter).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::alternatives;
    use crate::finish::{CredentialKind, CredentialSetter};

    fn pairs(top: Value, operation: Value) -> Vec<(String, String)> {
        let setter = |name: &str, scheme: &str, kind| CredentialSetter {
            name: name.to_owned(),
            scheme: scheme.to_owned(),
            kind,
        };
        let key = json!({ "type": "apiKey", "in": "header", "name": "x" });
        let mut document = json!({
            "security": top,
            "paths": { "/x": { "get": {} } },
            "components": { "securitySchemes": {
                "k": key, "k2": key, "t": { "type": "http", "scheme": "bearer" },
            } },
        });
        if !operation.is_null() {
            document["paths"]["/x"]["get"]["security"] = operation;
        }
        let key = CredentialKind::Header("x".to_owned());
        let token = CredentialKind::Bearer;
        let setters = [setter("api_key", "k", key), setter("token", "t", token)];
        let operations = [&document["paths"]["/x"]["get"]].into_iter();
        alternatives(&document, operations, &setters)
    }

    #[test]
    fn one_of_two_that_are_alternatives_everywhere() {
        let both = || json!([{ "k": [] }, { "t": [] }]);
        let found = [("api_key".to_owned(), "token".to_owned())];
        assert_eq!(pairs(both(), Value::Null), found);
        assert_eq!(pairs(both(), both()), found);
        assert_eq!(pairs(both(), json!([])), found);
        assert_eq!(
            pairs(json!([{}, { "k": [] }, { "t": [] }]), Value::Null),
            found
        );
    }

    #[test]
    fn both_where_something_takes_one_alone_or_both_together() {
        let both = || json!([{ "k": [] }, { "t": [] }]);
        for operation in [
            json!([{ "k": [] }]),
            json!([{ "k": [], "t": [] }]),
            json!([{ "k": [] }, { "t": [] }, { "k": [], "t": [] }]),
        ] {
            assert_eq!(pairs(both(), operation.clone()), [], "{operation}");
        }
        assert_eq!(pairs(json!([]), Value::Null), []);
        // The same key by another name.
        assert_eq!(pairs(both(), json!([{ "k2": [] }])), []);
        assert_eq!(
            pairs(json!([{ "k2": [] }, { "t": [] }]), Value::Null).len(),
            1
        );
    }
}
