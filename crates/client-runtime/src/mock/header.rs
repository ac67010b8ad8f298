//! Parameters that are header fields.

use std::fmt::Display;

use httpmock::When;
use serde::Serialize;

use super::written::written;
use crate::parameter::Parameter;

/// Expects a header field with this value, or that there is none of its name for `None` and for an empty list.
///
/// # Panics
///
/// If the value has no text of the parameter's style, or one that a field cannot have.
#[must_use]
#[track_caller]
pub fn header<T: Serialize>(when: When, parameter: Parameter<'_>, value: Option<T>) -> When {
    let request = written(|request| parameter.to_header(request, &value));
    let field = request.headers().get(parameter.name());
    let text = field.map(|field| String::from_utf8_lossy(field.as_bytes()).into_owned());
    plain_header(when, parameter.name(), text)
}

/// The same of a value that is written as it is printed.
#[must_use]
pub fn plain_header<T: Display>(when: When, name: &str, value: Option<T>) -> When {
    match value {
        Some(value) => when.header(name, value.to_string()),
        None => when.header_missing(name),
    }
}
