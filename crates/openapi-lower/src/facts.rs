//! What a step of a pass learns for a later one.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;

/// Values of different types, one of each.
#[derive(Default)]
pub(crate) struct Facts(BTreeMap<TypeId, Box<dyn Any>>);

impl Facts {
    /// Takes the value of a type out; the default if there is none.
    pub(crate) fn take<F: Any + Default>(&mut self) -> Box<F> {
        let fact = self.0.remove(&TypeId::of::<F>());
        let fact = fact.and_then(|fact| fact.downcast().ok());
        fact.unwrap_or_default()
    }

    /// Puts it in the place of the one of its type.
    pub(crate) fn put<F: Any>(&mut self, fact: Box<F>) {
        self.0.insert(TypeId::of::<F>(), fact);
    }
}
