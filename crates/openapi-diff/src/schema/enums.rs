//! Values of enums: each is a variant.

use serde_json::Value;

use super::shape::Shape;
use crate::change::Class;
use crate::compare::Comparison;
use crate::document::Placed;
use crate::kind::Kind;
use crate::subject::list;

impl<'d> Comparison<'d> {
    pub(super) fn enums(
        &mut self,
        old: &Shape<'d>,
        new: &Shape<'d>,
        from: &Placed<'d>,
        to: &Placed<'d>,
        at: &str,
    ) {
        let empty = Vec::new();
        let (had, has) = (
            old.values.as_ref().unwrap_or(&empty),
            new.values.as_ref().unwrap_or(&empty),
        );
        let come: Vec<String> = has
            .iter()
            .filter(|value| !had.contains(value))
            .map(|value| shown(value))
            .collect();
        let gone: Vec<String> = had
            .iter()
            .filter(|value| !has.contains(value))
            .map(|value| shown(value))
            .collect();
        if !come.is_empty() {
            let texts = |values: &[&Value]| values.iter().all(|value| value.is_string());
            // Such enums hold any text.
            let is_open = had.len() > 1
                && texts(had)
                && texts(has)
                && !self.closed.contains(&from.pointer)
                && !self.closed.contains(&to.pointer);
            let class = if is_open {
                Class::Compatible
            } else {
                Class::Breaking
            };
            let said = format!("can also be {}", list(come.iter().map(String::as_str)));
            self.add(class, Kind::EnumValueAdded, at, &said);
        }
        if !gone.is_empty() {
            let said = format!("can no longer be {}", list(gone.iter().map(String::as_str)));
            self.add(Class::Breaking, Kind::EnumValueRemoved, at, &said);
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
