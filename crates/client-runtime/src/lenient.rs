//! Reading of what the document rules out and servers send.

use std::fmt;
use std::marker::PhantomData;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};

/// Name of the newtype that a list or a map is to serde where `null` is an empty one. By it [`decode`](crate::decode) tells
/// an answer that is `null` from one without a body, which is no list.
pub(crate) const NAME: &str = "client_runtime::null_as_empty";

/// Reads a list or a map, and `null` as an empty one.
///
/// Generated code has it on the fields of required lists and maps, and on components that are one: servers in languages
/// where an empty list is `null` (Go, PHP) send that, whatever the document says.
///
/// # Errors
/// Those of the list or map.
pub fn null_as_empty<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct NullAsEmpty<T>(PhantomData<T>);

    impl<'de, T: Default + Deserialize<'de>> Visitor<'de> for NullAsEmpty<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list or a map")
        }

        fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<T, D::Error> {
            Option::deserialize(inner).map(Option::unwrap_or_default)
        }
    }

    deserializer.deserialize_newtype_struct(NAME, NullAsEmpty(PhantomData))
}

/// A list or a map that is a whole body.
#[derive(Deserialize)]
#[serde(transparent, bound = "T: Default + Deserialize<'de>")]
pub(crate) struct NullAsEmpty<T>(#[serde(deserialize_with = "null_as_empty")] pub(crate) T);

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::NullAsEmpty;
    use crate::decode::decode;

    #[derive(Deserialize)]
    struct Page {
        #[serde(deserialize_with = "super::null_as_empty")]
        items: Vec<i64>,
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Page(Page),
        Number(i64),
    }

    #[test]
    fn null_is_an_empty_list_and_an_absent_one_is_missing() {
        let items = |text: &str| serde_json::from_str(text).map(|page: Page| page.items);
        assert_eq!(items(r#"{"items": null}"#).unwrap(), Vec::<i64>::new());
        assert_eq!(items(r#"{"items": [1]}"#).unwrap(), [1]);
        assert!(items("{}").is_err());
        assert!(items(r#"{"items": 1}"#).is_err());
    }

    #[test]
    fn a_branch_of_a_union_is_read_alike() {
        let either = |text: &str| serde_json::from_str::<Either>(text).unwrap();
        assert!(
            matches!(either(r#"{"items": null}"#), Either::Page(page) if page.items.is_empty())
        );
        assert!(matches!(either("7"), Either::Number(7)));
    }

    #[test]
    fn no_body_is_no_list() {
        let list = |text: &str| decode::<NullAsEmpty<Vec<i64>>>(text.as_bytes()).map(|list| list.0);
        assert_eq!(list("null").unwrap(), Vec::<i64>::new());
        assert_eq!(list("[1]").unwrap(), [1]);
        for text in ["", " \n"] {
            assert!(list(text).unwrap_err().is_empty_body(), "{text:?}");
        }
    }
}
