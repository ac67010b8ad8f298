//! What generated code says about a union.

use serde_json::{Map, Value};

use super::failure::{BranchFailure, BranchValue};
use crate::wire_enum::WireValue;

/// A union of which several branches are objects.
///
/// Generated; its `Deserialize` is [`deserialize_union`](super::deserialize_union).
pub trait Union: Sized + 'static {
    /// The Rust name of the type, for messages.
    const NAME: &'static str;
    /// The property that says which branch an object is.
    const TAG: Option<&'static str>;
    /// The branches in the order of the document.
    const BRANCHES: &'static [Branch<Self>];

    /// Keeps a value whose tag the document does not have; `None` if the union has no arm for that.
    fn unknown(value: Value) -> Option<Self> {
        let _ = value;
        None
    }
}

/// One branch of a union.
#[derive(Debug)]
pub struct Branch<U> {
    pub(super) name: &'static str,
    pub(super) read: fn(BranchValue<'_>) -> Result<U, BranchFailure>,
    pub(super) tags: &'static [WireValue],
    pub(super) keys: Option<Keys>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    required: &'static [&'static str],
    optional: &'static [&'static str],
    open: bool,
}

impl<U> Branch<U> {
    /// A branch that is no object, until it is said otherwise.
    #[must_use]
    pub const fn new(
        name: &'static str,
        read: fn(BranchValue<'_>) -> Result<U, BranchFailure>,
    ) -> Self {
        Self {
            name,
            read,
            tags: &[],
            keys: None,
        }
    }

    /// The values of the tag that mean this branch.
    #[must_use]
    pub const fn tags(self, tags: &'static [WireValue]) -> Self {
        Self { tags, ..self }
    }

    /// The properties that its objects have, and those that they may have.
    #[must_use]
    pub const fn keys(
        self,
        required: &'static [&'static str],
        optional: &'static [&'static str],
    ) -> Self {
        let keys = Keys {
            required,
            optional,
            open: false,
        };
        Self {
            keys: Some(keys),
            ..self
        }
    }

    /// The same for a branch that keeps all other properties too.
    #[must_use]
    pub const fn open_keys(
        self,
        required: &'static [&'static str],
        optional: &'static [&'static str],
    ) -> Self {
        let keys = Keys {
            required,
            optional,
            open: true,
        };
        Self {
            keys: Some(keys),
            ..self
        }
    }

    pub(super) fn is_object(&self) -> bool {
        self.keys.is_some() || !self.tags.is_empty()
    }
}

impl Keys {
    /// How badly an object fits, least first: what it lacks, what would be lost of it, then how much the branch says.
    pub(super) fn misfit(self, object: &Map<String, Value>) -> (usize, usize, usize, usize) {
        let lacking = self
            .required
            .iter()
            .filter(|key| !object.contains_key(**key));
        let known = self.known(object);
        (
            lacking.count(),
            self.lost(object),
            usize::MAX - self.required.len(),
            usize::MAX - known,
        )
    }

    fn known(self, object: &Map<String, Value>) -> usize {
        let known = self.required.iter().chain(self.optional);
        known.filter(|key| object.contains_key(**key)).count()
    }

    /// How many properties this branch would not keep.
    pub(super) fn lost(self, object: &Map<String, Value>) -> usize {
        if self.open {
            0
        } else {
            object.len() - self.known(object)
        }
    }

    /// Whether an object has what this branch requires, and this branch requires something.
    pub(super) fn claims(self, object: &Map<String, Value>) -> bool {
        !self.required.is_empty() && self.required.iter().all(|key| object.contains_key(*key))
    }
}
