//! Bodies of `application/x-www-form-urlencoded`.

use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use crate::error::{CallError, Report};
use crate::query::{self, Nested};

/// What generated code needs of a request beyond what reqwest has.
pub trait RequestBuilderExt: Sized {
    /// Sets a form as the body. Each property is a field; an array repeats its field and an absent value has none
    /// (OpenAPI 3.1 §4.8.15, `style: form`, `explode: true`). An object inside is written as JSON, the default media
    /// type that the Encoding Object has for objects.
    ///
    /// # Errors
    ///
    /// If the body is not an object, or a number in it is not finite.
    fn form_urlencoded<T: Serialize + ?Sized>(self, body: &T) -> Result<Self, CallError>;
}

impl RequestBuilderExt for RequestBuilder {
    fn form_urlencoded<T: Serialize + ?Sized>(self, body: &T) -> Result<Self, CallError> {
        let pairs = query::pairs(None, body, Nested::AsJson).map_err(|error| {
            CallError::new(Report::invalid_request(format!(
                "the body has no form encoding: {error}"
            )))
        })?;
        let encoded = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        let media_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        Ok(self.header(CONTENT_TYPE, media_type).body(encoded))
    }
}
