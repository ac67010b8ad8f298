//! Why the value of a branch did not decode.

use serde::de::DeserializeOwned;

use crate::decode::{path_of, without_position};
use crate::numbers::{Body, Numbers};

/// Why a value is not what a branch is.
#[derive(Debug)]
pub struct BranchFailure {
    /// A JSONPath into the value.
    path: String,
    reason: String,
}

impl BranchFailure {
    /// `Pet::Cat at $.lives: invalid type: …`, which [`place_and_reason`] reads.
    pub(super) fn told(&self, union: &str, branch: &str) -> String {
        format!("{union}::{branch} at {}: {}", self.path, self.reason)
    }
}

/// A value that may be one of a branch, as JSON text: so a type is read in the same way as in a body, and that is compiled once.
#[derive(Clone, Copy, Debug)]
pub struct BranchValue<'v>(pub(super) &'v str);

impl BranchValue<'_> {
    /// Reads the value and makes the branch of it.
    ///
    /// # Errors
    /// Where in the value something else was expected.
    pub fn read<T: DeserializeOwned, U>(
        self,
        make: impl FnOnce(T) -> U,
    ) -> Result<U, BranchFailure> {
        serde_json::from_str(self.0).map(make).map_err(|error| {
            let message = error.to_string();
            BranchFailure {
                path: path_of(&error, self.0.as_bytes()),
                reason: without_position(&error, &message).to_owned(),
            }
        })
    }

    /// Reads [`integers`](crate::integers) and makes the branch of them.
    ///
    /// # Errors
    /// That something else was expected.
    pub fn read_integers<T: Numbers, U>(
        self,
        make: impl FnOnce(T) -> U,
    ) -> Result<U, BranchFailure> {
        self.read(|body: Body<T, false>| make(body.0))
    }
}

/// The place within the union and serde's own message, of a message of [`BranchFailure`] or of one of serde.
pub(crate) fn place_and_reason(message: &str) -> (String, &str) {
    let (mut place, mut rest) = (String::new(), message);
    while let Some((path, reason)) = path_and_rest(rest) {
        place.push_str(path);
        rest = reason;
    }
    (place, rest)
}

/// What is behind the `$` of the path, and what is behind the path.
fn path_and_rest(message: &str) -> Option<(&str, &str)> {
    let is_word = |c: char| c == '_' || c.is_alphanumeric();
    let union = message.trim_start_matches(is_word);
    let branch = union.strip_prefix("::")?.trim_start_matches(is_word);
    let path = branch.strip_prefix(" at $")?;
    if union.len() == message.len() {
        return None;
    }
    let mut rest = path;
    while let Some(behind) = behind_segment(rest) {
        rest = behind;
    }
    let reason = rest.strip_prefix(": ")?;
    Some((&path[..path.len() - rest.len()], reason))
}

/// What follows one segment of a path, as [`path_of`] writes it.
fn behind_segment(path: &str) -> Option<&str> {
    if let Some(name) = path.strip_prefix('.') {
        return Some(name.trim_start_matches(|c: char| c == '_' || c.is_ascii_alphanumeric()));
    }
    let inside = path.strip_prefix('[')?;
    let Some(text) = inside.strip_prefix('"') else {
        return inside.split_once(']').map(|(_, behind)| behind);
    };
    let mut escaped = false;
    let end = text.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    text[end..].strip_prefix("\"]")
}

#[cfg(test)]
mod tests {
    use super::place_and_reason;

    #[test]
    fn places_of_unions_in_unions_are_one_path() {
        for (message, place, reason) in [
            ("missing field `a`", "", "missing field `a`"),
            ("A::B at $: missing field `a`", "", "missing field `a`"),
            (
                r#"A::B at $.x[3]["a\"]: b"]: C::D at $[?].y: invalid type: null, expected u8"#,
                r#".x[3]["a\"]: b"][?].y"#,
                "invalid type: null, expected u8",
            ),
            ("A::B at $.x", "", "A::B at $.x"),
            ("::B at $.x: y", "", "::B at $.x: y"),
        ] {
            assert_eq!(
                place_and_reason(message),
                (place.to_owned(), reason),
                "{message}"
            );
        }
    }
}
