//! `left-out`: the operations that a client may lack.

use super::LeftOut;
use super::read::invalid;
use super::table::Reader;
use super::values;
use crate::diagnostic::Place;

/// Reads the key of the table of an API.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> Vec<LeftOut> {
    let Some(item) = reader.get("left-out") else {
        return Vec::new();
    };
    let Some(values) = item.as_array() else {
        reader.wrong_type("left-out", item, "an array of strings");
        return Vec::new();
    };
    let mut entries: Vec<LeftOut> = Vec::new();
    for value in values {
        let range = value.span().unwrap_or_default();
        let Some(operation) = value.as_str() else {
            reader.wrong_type("left-out", item, "an array of strings");
            continue;
        };
        let twice = entries.iter().any(|known| known.operation == operation);
        let checked = match values::operation(operation) {
            Ok(()) if twice => Err("stands there twice"),
            checked => checked,
        };
        match checked {
            Ok(()) => entries.push(LeftOut {
                operation: operation.to_owned(),
                place: Place {
                    file: reader.file(),
                    range,
                },
            }),
            Err(reason) => invalid(reader, "an entry of `left-out`", operation, range, reason),
        }
    }
    entries
}
