//! A document and places in it.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Placed<'d> {
    pub(crate) value: &'d Value,
    pub(crate) pointer: String,
}

impl<'d> Placed<'d> {
    pub(crate) fn get(&self, key: &str) -> Option<&'d Value> {
        self.value.get(key)
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.get(key)?.as_str()
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.get(key) == Some(&Value::Bool(true))
    }

    pub(crate) fn child(&self, key: &str) -> Option<Self> {
        Some(Self {
            value: self.get(key)?,
            pointer: join(&self.pointer, key),
        })
    }

    /// The members of the object at `key`.
    pub(crate) fn members(&self, key: &str) -> Vec<(&'d str, Self)> {
        self.child(key)
            .map(|child| child.entries())
            .unwrap_or_default()
    }

    /// The members of this object.
    pub(crate) fn entries(&self) -> Vec<(&'d str, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        members
            .map(|(name, value)| {
                let pointer = join(&self.pointer, name);
                (name.as_str(), Self { value, pointer })
            })
            .collect()
    }

    /// The items of the array at `key`.
    pub(crate) fn items(&self, key: &str) -> Vec<Self> {
        let items = self.get(key).and_then(Value::as_array);
        let pointer = join(&self.pointer, key);
        let placed = items.into_iter().flatten().enumerate();
        placed
            .map(|(index, value)| Self {
                value,
                pointer: format!("{pointer}/{index}"),
            })
            .collect()
    }

    pub(crate) fn object(&self) -> Option<&'d Map<String, Value>> {
        self.value.as_object()
    }
}

/// References that are followed one after the other.
const MAX_HOPS: usize = 32;

/// A whole document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document<'d> {
    pub(crate) root: &'d Value,
}

impl<'d> Document<'d> {
    pub(crate) fn whole(self) -> Placed<'d> {
        Placed {
            value: self.root,
            pointer: String::new(),
        }
    }

    pub(crate) fn at(self, pointer: &str) -> Option<Placed<'d>> {
        Some(Placed {
            value: self.root.pointer(pointer)?,
            pointer: pointer.to_owned(),
        })
    }

    /// The members of a kind of components.
    pub(crate) fn components(self, kind: &str) -> Vec<(&'d str, Placed<'d>)> {
        let components = self.whole().child("components");
        components.map(|all| all.members(kind)).unwrap_or_default()
    }

    /// What a reference that is no schema means; itself if it is none or leads nowhere.
    pub(crate) fn resolved(self, placed: Placed<'d>) -> Placed<'d> {
        let mut found = placed;
        for _ in 0..MAX_HOPS {
            let target = found.get("$ref").and_then(local_pointer);
            match target.and_then(|pointer| self.at(&pointer)) {
                Some(next) => found = next,
                None => break,
            }
        }
        found
    }
}

/// A reference token added to a pointer (RFC 6901).
pub(crate) fn join(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// The tokens of a pointer.
pub(crate) fn tokens(pointer: &str) -> Vec<String> {
    let tokens = pointer.split('/').skip(1);
    tokens
        .map(|token| token.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// The pointer of a reference into the own document, which is the fragment of a URI (RFC 6901 §6).
pub(crate) fn local_pointer(reference: &Value) -> Option<String> {
    let fragment = reference.as_str()?.strip_prefix('#')?;
    let pointer = percent_decode_str(fragment).decode_utf8().ok()?;
    Some(pointer.into_owned())
}

/// The name of the component of `kind` at a pointer.
pub(crate) fn component_name(pointer: &str, kind: &str) -> Option<String> {
    match tokens(pointer).as_slice() {
        [components, found, name] if components == "components" && found == kind => {
            Some(name.clone())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn references_are_followed_to_their_end() {
        let root = json!({"a": {"$ref": "#/b~1c"}, "b/c": {"$ref": "#/d%20e"}, "d e": {"x": 1}, "l": {"$ref": "#/l"}});
        let document = Document { root: &root };
        let found = document.resolved(document.at("/a").unwrap());
        assert_eq!(found.pointer, "/d e");
        assert_eq!(found.get("x"), Some(&json!(1)));
        assert_eq!(document.resolved(document.at("/l").unwrap()).pointer, "/l");
    }

    #[test]
    fn tokens_are_those_that_were_joined() {
        let pointer = join(&join("", "a/b"), "c~d");
        assert_eq!(pointer, "/a~1b/c~0d");
        assert_eq!(tokens(&pointer), ["a/b", "c~d"]);
        let schema = join("/components/schemas", "A/B");
        assert_eq!(component_name(&schema, "schemas").as_deref(), Some("A/B"));
        assert_eq!(component_name("/components/schemas/A/x", "schemas"), None);
    }
}
