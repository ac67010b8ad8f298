//! Properties: each is a field.

use super::shape::{Extra, Field, Shape};
use crate::change::Class;
use crate::compare::Comparison;
use crate::document::{Document, join};
use crate::kind::Kind;

impl<'d> Comparison<'d> {
    pub(super) fn fields(&mut self, old: &Shape<'d>, new: &Shape<'d>) {
        for (name, field) in &old.fields {
            match new.fields.get(name) {
                Some(other) => {
                    let required = (old.required.contains(name), new.required.contains(name));
                    self.field(name, (field, other), required);
                }
                None if self.went_with_its_component(name, field) => {}
                None => {
                    let at = &field.schema.pointer;
                    self.add_gone(Class::Breaking, Kind::FieldRemoved, at, "is gone");
                }
            }
        }
        for (name, field) in &new.fields {
            if old.fields.contains_key(name) || self.came_with_its_component(name, field) {
                continue;
            }
            let at = &field.schema.pointer;
            if new.required.contains(name) {
                let said = "is new and always there";
                self.add(Class::Breaking, Kind::RequiredFieldAdded, at, said);
            } else {
                self.add(Class::Compatible, Kind::FieldAdded, at, "is new");
            }
        }
    }

    fn field(&mut self, name: &str, (old, new): (&Field<'d>, &Field<'d>), (was, is): (bool, bool)) {
        let owners = (old.from.as_deref(), new.from.as_deref());
        let shared = owners.0.zip(owners.1);
        let shared = shared.filter(|(one, other)| self.name_now(one) == *other);
        // The component that both are from is compared by itself; what is said of it elsewhere is not.
        let is_said_there = shared.is_some_and(|(one, other)| {
            let requires = |document: Document<'d>, owner: &str| {
                component(document, owner).is_some_and(|shape| shape.required.contains(name))
            };
            requires(self.old, one) != requires(self.new, other)
        });
        let at = &new.schema.pointer;
        match (was, is) {
            (false, true) if !is_said_there => {
                let said = "is always there now";
                self.add(Class::Breaking, Kind::FieldRequired, at, said);
            }
            (true, false) if !is_said_there => {
                self.add(
                    Class::Breaking,
                    Kind::FieldOptional,
                    at,
                    "may be absent now",
                );
            }
            _ => {}
        }
        if shared.is_none() {
            self.later(old.schema.clone(), new.schema.clone());
        }
    }

    /// Whether a property is from a component by `allOf` that is still there and has lost it, where that is said.
    fn went_with_its_component(&self, name: &str, field: &Field<'d>) -> bool {
        let owner = field.from.as_deref().map(|owner| self.name_now(owner));
        let shape = owner.and_then(|owner| component(self.new, owner));
        shape.is_some_and(|shape| !shape.fields.contains_key(name))
    }

    /// Whether a property is from a component by `allOf` that was there without it.
    fn came_with_its_component(&self, name: &str, field: &Field<'d>) -> bool {
        let owner = field.from.as_deref().map(|owner| {
            let mut renamed = self.renamed.iter();
            let before = renamed.find(|(_, now)| *now == owner);
            before.map_or(owner, |(before, _)| before.as_str())
        });
        let shape = owner.and_then(|owner| component(self.old, owner));
        shape.is_some_and(|shape| !shape.fields.contains_key(name))
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
                    "has no field for the properties beside the listed ones any more",
                );
            }
            (_, Some(Extra::Typed(_))) => {
                self.add(
                    Class::Compatible,
                    kind,
                    at,
                    "has a field for the properties beside the listed ones",
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

fn component<'d>(document: Document<'d>, name: &str) -> Option<Shape<'d>> {
    let component = document.at(&join("/components/schemas", name))?;
    Some(Shape::of(document, &component))
}
