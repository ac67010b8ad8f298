//! Properties: each is a field.

use super::shape::{Extra, Field, Shape};
use crate::change::Class;
use crate::compare::Comparison;
use crate::kind::Kind;

impl<'d> Comparison<'d> {
    pub(super) fn fields(&mut self, old: &Shape<'d>, new: &Shape<'d>, at: &str) {
        for (name, field) in &old.fields {
            let Some(other) = new.fields.get(name) else {
                if !self.same_owner(field, None) {
                    self.add_gone(
                        Class::Breaking,
                        Kind::FieldRemoved,
                        &field.schema.pointer,
                        "is gone",
                    );
                }
                continue;
            };
            // The component that both are from is compared by itself.
            let is_shared = self.same_owner(field, Some(other));
            let (was, is) = (old.required.contains(name), new.required.contains(name));
            let pointer = &other.schema.pointer;
            if was != is
                && !(is_shared
                    && self.own_required(field, name) != self.own_required_now(other, name))
            {
                if is {
                    self.add(
                        Class::Breaking,
                        Kind::FieldRequired,
                        pointer,
                        "is always there now",
                    );
                } else {
                    self.add(
                        Class::Breaking,
                        Kind::FieldOptional,
                        pointer,
                        "may be absent now",
                    );
                }
            }
            if !is_shared {
                self.later(field.schema.clone(), other.schema.clone());
            }
        }
        for (name, field) in new
            .fields
            .iter()
            .filter(|(name, _)| !old.fields.contains_key(*name))
        {
            if self.same_owner_now(field, at) {
                continue;
            }
            if new.required.contains(name) {
                self.add(
                    Class::Breaking,
                    Kind::RequiredFieldAdded,
                    &field.schema.pointer,
                    "is new and always there",
                );
            } else {
                self.add(
                    Class::Compatible,
                    Kind::FieldAdded,
                    &field.schema.pointer,
                    "is new",
                );
            }
        }
    }

    /// Whether a property is from a component by `allOf` that is in both documents, where the change is named.
    fn same_owner(&self, old: &Field<'d>, new: Option<&Field<'d>>) -> bool {
        let Some(owner) = old.from.as_deref() else {
            return false;
        };
        let now = self.name_now(owner);
        match new {
            Some(new) => new.from.as_deref() == Some(now),
            // It went with a change of that component, or because that one is no part any more.
            None => self
                .new
                .at(&crate::document::join("/components/schemas", now))
                .is_some_and(|component| {
                    let name = crate::document::tokens(&old.schema.pointer)
                        .pop()
                        .unwrap_or_default();
                    !Shape::of(self.new, &component)
                        .fields
                        .contains_key(name.as_str())
                }),
        }
    }

    fn same_owner_now(&self, new: &Field<'d>, _at: &str) -> bool {
        let Some(owner) = new.from.as_deref() else {
            return false;
        };
        let was = self
            .renamed
            .iter()
            .find(|(_, now)| *now == owner)
            .map_or(owner, |(was, _)| was);
        self.old
            .at(&crate::document::join("/components/schemas", was))
            .is_some_and(|component| {
                let name = crate::document::tokens(&new.schema.pointer)
                    .pop()
                    .unwrap_or_default();
                !Shape::of(self.old, &component)
                    .fields
                    .contains_key(name.as_str())
            })
    }

    fn own_required(&self, field: &Field<'d>, name: &str) -> bool {
        let component = field.from.as_deref().and_then(|owner| {
            self.old
                .at(&crate::document::join("/components/schemas", owner))
        });
        component.is_some_and(|component| Shape::of(self.old, &component).required.contains(name))
    }

    fn own_required_now(&self, field: &Field<'d>, name: &str) -> bool {
        let component = field.from.as_deref().and_then(|owner| {
            self.new
                .at(&crate::document::join("/components/schemas", owner))
        });
        component.is_some_and(|component| Shape::of(self.new, &component).required.contains(name))
    }

    /// What an object may have beside.
    pub(super) fn extra(&mut self, old: &Shape<'d>, new: &Shape<'d>, at: &str) {
        let kind = Kind::ExtraPropertiesChanged;
        match (&old.extra, &new.extra) {
            (Some(Extra::Typed(one)), Some(Extra::Typed(other))) => {
                self.later(one.clone(), other.clone())
            }
            (Some(Extra::Typed(_)), _) => {
                self.add(
                    Class::Breaking,
                    kind,
                    at,
                    "has no typed properties beside the listed ones any more",
                );
            }
            (_, Some(Extra::Typed(_))) => {
                self.add(
                    Class::Compatible,
                    kind,
                    at,
                    "has typed properties beside the listed ones",
                );
            }
            (Some(Extra::None), None | Some(Extra::Any)) => {
                self.add(
                    Class::Docs,
                    kind,
                    at,
                    "may have other properties, which clients ignore",
                );
            }
            (None | Some(Extra::Any), Some(Extra::None)) => {
                self.add(
                    Class::Docs,
                    kind,
                    at,
                    "has no other properties, of which clients were not told anyway",
                );
            }
            _ => {}
        }
    }
}
