//! What only people read, of parts that are no schemas, and of the document as a whole.

use serde_json::Value;

use crate::change::Class;
use crate::compare::Comparison;
use crate::document::{Placed, join};
use crate::kind::Kind;

impl<'d> Comparison<'d> {
    /// Compares descriptions, examples and whether something is deprecated. `class` is that of a deprecation.
    pub(crate) fn texts(&mut self, old: &Placed<'d>, new: &Placed<'d>, class: Class) {
        for (keyword, kind, said) in [
            (
                "description",
                Kind::DescriptionChanged,
                "has another description",
            ),
            ("summary", Kind::DescriptionChanged, "has another summary"),
            (
                "externalDocs",
                Kind::DescriptionChanged,
                "refers to other documentation",
            ),
            ("example", Kind::ExampleChanged, "has another example"),
            ("examples", Kind::ExampleChanged, "has other examples"),
        ] {
            if old.get(keyword) != new.get(keyword) {
                self.add(Class::Docs, kind, &new.pointer, said);
            }
        }
        self.deprecation(
            old.flag("deprecated"),
            new.flag("deprecated"),
            &new.pointer,
            class,
        );
    }

    pub(crate) fn deprecation(&mut self, old: bool, new: bool, pointer: &str, class: Class) {
        match (old, new) {
            (false, true) => self.add(class, Kind::Deprecated, pointer, "is deprecated"),
            (true, false) => self.add(
                Class::Docs,
                Kind::NoLongerDeprecated,
                pointer,
                "is not deprecated any more",
            ),
            _ => {}
        }
    }

    /// Title, version, contact and the like.
    pub(crate) fn info(&mut self) {
        let (old, new) = (self.old.whole(), self.new.whole());
        for keyword in ["info", "tags", "externalDocs"] {
            let members = |place: &Placed<'d>| place.get(keyword).cloned().unwrap_or_default();
            if !same_members(&members(&old), &members(&new)) {
                let what = match keyword {
                    "info" => "says something else about itself (`info`)",
                    "tags" => "has other tags",
                    _ => "refers to other documentation",
                };
                self.add_as_it_is(
                    Class::Docs,
                    Kind::InfoChanged,
                    &join("", keyword),
                    format!("the document {what}"),
                );
            }
        }
    }
}

/// Whether two values are equal but for extensions.
fn same_members(old: &Value, new: &Value) -> bool {
    let (Some(one), Some(other)) = (old.as_object(), new.as_object()) else {
        return old == new;
    };
    let stated = |key: &&String| !key.starts_with("x-");
    one.keys()
        .chain(other.keys())
        .filter(stated)
        .all(|key| one.get(key) == other.get(key))
}
