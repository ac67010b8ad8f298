//! One query parameter on a URL.

use reqwest::Url;
use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};

use super::{Nested, pairs};

/// A query parameter, as generated code hands it to `RequestBuilder::query`.
///
/// It is written as OpenAPI 3.1 §4.8.12 has it for `style: form`, `explode: true`, the default: a scalar as
/// `name=value`, an array with the name repeated for each item, an object with each property as a parameter of its own.
/// `None`, an empty array and an absent property write nothing. An array of arrays or of objects, or an object in an
/// object, has no encoding there: building the request fails.
#[derive(Debug)]
pub struct QueryParam<'a, T: ?Sized> {
    name: &'a str,
    value: &'a T,
}

impl<'a, T: ?Sized> QueryParam<'a, T> {
    /// A parameter of this name, as it is in the document.
    pub fn new(name: &'a str, value: &'a T) -> Self {
        Self { name, value }
    }
}

impl<T: Serialize + ?Sized> Serialize for QueryParam<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pairs = pairs(Some(self.name), self.value, Nested::Refused).map_err(|error| {
            S::Error::custom(format_args!("query parameter `{}`: {error}", self.name))
        })?;
        let mut sequence = serializer.serialize_seq(Some(pairs.len()))?;
        for pair in &pairs {
            sequence.serialize_element(pair)?;
        }
        sequence.end()
    }
}

/// reqwest writes a query as a form does, with `+` for a space; a server that decodes it as RFC 3986 says, where `+` is
/// itself, would read a plus. `%20` is a space for both, and a plus of a value is `%2B` already.
pub(crate) fn spaces_as_percent(url: &mut Url) {
    if let Some(query) = url.query().filter(|query| query.contains('+')) {
        let query = query.replace('+', "%20");
        url.set_query(Some(&query));
    }
}
