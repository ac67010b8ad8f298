//! Names of new components, put together of the names of their parents.

use crate::names::pascal;

/// What a new component is called, and what if another one has that name.
pub(super) struct Name {
    pub(super) wanted: String,
    pub(super) otherwise: String,
}

impl Name {
    pub(super) fn new(wanted: &str, otherwise: String) -> Self {
        Self {
            wanted: wanted.to_owned(),
            otherwise,
        }
    }

    /// `UserHome`, otherwise `UserHomeOfUser`, so that it is none with `UserHomeOfU`.
    pub(super) fn below(parent: &str, own: &str) -> Self {
        Self::new(
            &format!("{parent}{own}"),
            format!("{parent}{own}Of{parent}"),
        )
    }
}

/// `PetCat` for a branch `Cat` of `Pet`, and for a branch that is called `PetCat` itself.
pub(in crate::passes) fn below_union(union: &str, branch: &str) -> String {
    match branch.strip_prefix(union) {
        Some(rest) if rest.starts_with(char::is_uppercase) => branch.to_owned(),
        _ => format!("{union}{branch}"),
    }
}

/// The words of a property's name in Pascal case.
pub(super) fn pascal_or(text: &str, otherwise: &str) -> String {
    let name = pascal(text);
    if name.is_empty() {
        otherwise.to_owned()
    } else {
        name
    }
}
