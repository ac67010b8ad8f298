//! Reading of what the document rules out and servers send.

use serde::{Deserialize, Deserializer};

/// Reads a list or a map, and `null` as an empty one.
///
/// Generated code has it on the fields of required lists and maps: servers in languages where an empty list is `null`
/// (Go, PHP) send that, whatever the document says.
///
/// # Errors
/// Those of the list or map.
pub fn null_as_empty<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Page {
        #[serde(deserialize_with = "super::null_as_empty")]
        items: Vec<i64>,
    }

    #[test]
    fn null_is_an_empty_list_and_an_absent_one_is_missing() {
        let items = |text: &str| serde_json::from_str(text).map(|page: Page| page.items);
        assert_eq!(items(r#"{"items": null}"#).unwrap(), Vec::<i64>::new());
        assert_eq!(items(r#"{"items": [1]}"#).unwrap(), [1]);
        assert!(items("{}").is_err());
        assert!(items(r#"{"items": 1}"#).is_err());
    }
}
