//! Two schemas.

use super::core::{Core, Target};
use super::shape::Shape;
use crate::change::Class;
use crate::compare::Comparison;
use crate::document::Placed;
use crate::kind::Kind;
use crate::subject::code;

impl<'d> Comparison<'d> {
    /// Compares all schemas that were met, and those that are met with it.
    pub(crate) fn schemas(&mut self) {
        while let Some((old, new)) = self.next() {
            self.pair(old, new);
        }
    }

    fn pair(&mut self, old: Placed<'d>, new: Placed<'d>) {
        let (old, new) = (Core::of(self.old, old), Core::of(self.new, new));
        self.null(&old, &new);
        match (&old.target, &new.target) {
            // Components are compared by themselves.
            (Target::Named(one, _), Target::Named(other, _)) => {
                self.annotations(&old, &new);
                if self.name_now(one) != other {
                    let said = format!("is {} and was {}", code(other), code(one));
                    self.add(Class::Breaking, Kind::TypeChanged, new.pointer(), &said);
                }
            }
            (Target::Inline(one), Target::Inline(other)) => {
                self.annotations(&old, &new);
                self.shapes(one, other, new.pointer());
            }
            (Target::Inline(one), Target::Named(name, other)) => {
                let said = format!(
                    "is the component {} and was written in its place",
                    code(name)
                );
                self.moved_schema((one, other), Kind::SchemaExtracted, new.pointer(), &said);
            }
            (Target::Named(name, one), Target::Inline(other)) => {
                let said = format!(
                    "is written in its place and was the component {}",
                    code(name)
                );
                self.moved_schema((one, other), Kind::SchemaInlined, new.pointer(), &said);
            }
        }
    }

    /// What is a component on one side and written in its place on the other has two types. What they say is compared if
    /// they are of one kind; later, because that may go on for as long as either refers to others.
    fn moved_schema(
        &mut self,
        (old, new): (&Placed<'d>, &Placed<'d>),
        kind: Kind,
        at: &str,
        said: &str,
    ) {
        let (was, is) = (
            Shape::of(self.old, old).name(),
            Shape::of(self.new, new).name(),
        );
        if was == is {
            self.add(Class::Breaking, kind, at, said);
            self.later(old.clone(), new.clone());
        } else {
            let said = format!("is {is} and was {was}");
            self.add(Class::Breaking, Kind::TypeChanged, at, &said);
        }
    }

    fn null(&mut self, old: &Core<'d>, new: &Core<'d>) {
        if old.nullable == new.nullable || is_any(old) || is_any(new) {
            return;
        }
        // A setter of a parameter takes a value that is not `null`, whatever the schema says.
        let class = if is_parameter(new.pointer()) {
            Class::Compatible
        } else {
            Class::Breaking
        };
        if new.nullable {
            self.add(class, Kind::NullAllowed, new.pointer(), "may be `null` now");
        } else {
            self.add(
                class,
                Kind::NullForbidden,
                new.pointer(),
                "is never `null` now",
            );
        }
    }

    fn shapes(&mut self, old: &Placed<'d>, new: &Placed<'d>, at: &str) {
        let (one, other) = (Shape::of(self.old, old), Shape::of(self.new, new));
        self.formats(&one, &other, at);
        let (was, is) = (one.name(), other.name());
        if was != is {
            if one.types == other.types
                && one.format != other.format
                && !one.has_name()
                && !other.has_name()
            {
                let said = format!("is {is} and was {was}");
                self.add(Class::Breaking, Kind::FormatChanged, at, &said);
            } else {
                self.add(
                    Class::Breaking,
                    Kind::TypeChanged,
                    at,
                    &format!("is {is} and was {was}"),
                );
            }
            return;
        }
        if one.is_enum() {
            self.enums(&one, &other, old, new, at);
        }
        self.fields(&one, &other);
        self.extra(&one, &other, at);
        if let (Some(one), Some(other)) = (&one.union, &other.union) {
            self.unions(one, other);
        }
        if let (Some(one), Some(other)) = (&one.items, &other.items) {
            self.later(one.clone(), other.clone());
        } else if one.items.is_some() != other.items.is_some()
            && one.places.is_empty()
            && other.places.is_empty()
        {
            self.add(
                Class::Breaking,
                Kind::TypeChanged,
                at,
                "has items of another type",
            );
        }
        if one.places.len() != other.places.len() {
            self.add(
                Class::Breaking,
                Kind::TypeChanged,
                at,
                "has another number of places",
            );
        }
        for (one, other) in one.places.into_iter().zip(other.places) {
            self.later(one, other);
        }
        self.keywords(old, new, at);
    }

    /// Formats that are one type in Rust.
    fn formats(&mut self, old: &Shape<'d>, new: &Shape<'d>, at: &str) {
        if old.format == new.format || old.types != new.types || old.name() != new.name() {
            return;
        }
        let said = match (old.format, new.format) {
            (Some(one), Some(other)) => {
                format!("has the format {} and had {}", code(other), code(one))
            }
            (None, Some(other)) => format!("has the format {}", code(other)),
            (Some(one), None) => format!("has no format any more, and had {}", code(one)),
            (None, None) => return,
        };
        self.add(Class::Docs, Kind::FormatChanged, at, &said);
    }
}

/// A schema that allows everything allows `null`, too.
fn is_any(core: &Core<'_>) -> bool {
    match &core.target {
        Target::Named(..) => false,
        Target::Inline(place) => place.object().is_none_or(|members| {
            members
                .keys()
                .all(|keyword| super::core::is_annotation(keyword) || keyword == "nullable")
        }),
    }
}

/// Whether a schema is that of a parameter as a whole.
fn is_parameter(pointer: &str) -> bool {
    let tokens = crate::document::tokens(pointer);
    let parts: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let owner = match parts.as_slice() {
        [owner @ .., "content", _, "schema"] | [owner @ .., "schema"] => owner,
        _ => return false,
    };
    matches!(owner, [.., "parameters", _])
}
