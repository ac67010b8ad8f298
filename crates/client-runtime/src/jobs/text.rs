//! What an answer says of its job.

use serde::Serialize;

use crate::error;

/// What a part of an answer says: a text, the member of an object that says it (the names are those of
/// [`Error::message`](crate::Error::message)), or else its JSON; at most 1,024 characters. `None` for `null` and for what is empty.
#[must_use]
#[doc(hidden)] // for generated code
pub fn job_text<T: Serialize>(part: &T) -> Option<String> {
    error::message_of_part(&serde_json::to_value(part).ok()?)
}
