//! `left-out`: the operations that a client may lack.

use super::LeftOut;
use super::table::Reader;
use super::values;
use crate::diagnostic::Place;

/// Reads the key of the table of an API.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> Vec<LeftOut> {
    let entries = reader.strings("left-out", values::operation);
    let entries = entries.into_iter().map(|(operation, range)| LeftOut {
        operation: operation.to_owned(),
        place: Place {
            file: reader.file(),
            range,
        },
    });
    entries.collect()
}
