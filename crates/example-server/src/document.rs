//! Values of the document with their places, references followed.

use openapi_pages::escape;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A reference that leads to a reference is followed so often; a circle ends here.
const REFERENCES: usize = 16;

/// A value of a document, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct At<'a> {
    document: &'a Value,
    /// The value; never a reference if it was reached by [`At::get`], [`At::members`] or [`At::items`].
    pub(crate) value: &'a Value,
    /// Its JSON pointer in the document (RFC 6901).
    pub(crate) pointer: String,
}

impl<'a> At<'a> {
    /// The value at a pointer, references on the way to it and at its end followed.
    pub(crate) fn pointer(document: &'a Value, pointer: &str) -> Option<Self> {
        let root = Self {
            document,
            value: document,
            pointer: String::new(),
        };
        let mut keys = pointer.split('/');
        // What is before the first slash of a pointer is nothing.
        keys.next().filter(|before| before.is_empty())?;
        keys.try_fold(root.resolved()?, |at, key| {
            let key = key.replace("~1", "/").replace("~0", "~");
            let value = match at.value {
                Value::Array(items) => items.get(key.parse::<usize>().ok()?),
                value => value.get(&key),
            };
            at.below(&key, value?).resolved()
        })
    }

    /// A member of an object, or what it refers to.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        self.below(key, self.value.get(key)?).resolved()
    }

    /// The same without following a reference: a schema is named by the pointer of where it is used.
    pub(crate) fn member(&self, key: &str) -> Option<Self> {
        Some(self.below(key, self.value.get(key)?))
    }

    /// The members of an object, or what they refer to. What refers to nothing is left out, as the lowering does.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'a str, Self)> + '_ {
        let members = self.value.as_object().into_iter().flatten();
        members.filter_map(|(key, value)| Some((key.as_str(), self.below(key, value).resolved()?)))
    }

    /// The items of a list, or what they refer to.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> + '_ {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.filter_map(|(index, value)| self.below(&index.to_string(), value).resolved())
    }

    /// The value that this one is in; `None` for the document itself.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (parent, _) = self.pointer.rsplit_once('/')?;
        Self::pointer(self.document, parent)
    }

    /// A member that is a text.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// Whether a member is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    fn below(&self, key: &str, value: &'a Value) -> Self {
        let key = escape(key);
        Self {
            document: self.document,
            value,
            pointer: format!("{}/{key}", self.pointer),
        }
    }

    fn resolved(mut self) -> Option<Self> {
        for _ in 0..REFERENCES {
            let Some(reference) = self.text("$ref") else {
                return Some(self);
            };
            let pointer = reference.strip_prefix('#')?;
            let pointer = percent_decode_str(pointer).decode_utf8().ok()?;
            self.value = self.document.pointer(&pointer)?;
            self.pointer = pointer.into_owned();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn references_are_followed_and_pointers_say_where_the_value_stands() {
        let document = json!({
            "a/b": {"$ref": "#/list/0"},
            "list": [{"$ref": "#/c%20d"}, {"$ref": "#/nowhere"}, 3],
            "c d": {"text": "t", "flag": true},
            "circle": {"$ref": "#/circle"}
        });
        let root = At::pointer(&document, "").unwrap();
        let found = root.get("a/b").unwrap();
        assert_eq!(
            (found.pointer.as_str(), found.text("text")),
            ("/c d", Some("t"))
        );
        assert!(found.flag("flag"));
        assert_eq!(found.get("text").unwrap().pointer, "/c d/text");
        assert_eq!(root.member("a/b").unwrap().pointer, "/a~1b");
        let items: Vec<String> = root
            .get("list")
            .unwrap()
            .items()
            .map(|item| item.pointer)
            .collect();
        assert_eq!(items, ["/c d", "/list/2"]);
        assert!(root.get("circle").is_none());
        let names: Vec<&str> = root.members().map(|(name, _)| name).collect();
        assert_eq!(names, ["a/b", "c d", "list"]);
        assert_eq!(found.get("text").unwrap().parent().unwrap().pointer, "/c d");
        assert!(root.parent().is_none());
        let found = At::pointer(&document, "/a~1b/text").unwrap();
        assert_eq!(
            (found.pointer.as_str(), found.value),
            ("/c d/text", &json!("t"))
        );
        assert_eq!(At::pointer(&document, "/list/2").unwrap().value, &json!(3));
        assert!(At::pointer(&document, "/list/9").is_none());
        assert!(At::pointer(&document, "list").is_none());
    }
}
