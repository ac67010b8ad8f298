//! Operations that a client lacks, against those that the manifest lets it lack.

use std::collections::{BTreeMap, BTreeSet};

use openapi_lower::Lowered;

use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::manifest::{Api, MANIFEST_FILE};
use crate::problem::Problem;

/// With so many names one line that has all of them is still read.
const SHOWN: usize = 8;

/// An error for each operation that is left out and not listed, and for each entry of the list that names none.
pub fn left_out(
    api: &Api,
    assembled: &Assembled,
    lowered: &Lowered,
    generator: &[Problem],
) -> Diagnostics {
    let lacking: BTreeMap<String, (&str, &str)> = lowered
        .notes
        .iter()
        .filter_map(|note| {
            let said = (note.pointer.as_str(), note.message.as_str());
            Some((note.left_out()?, said))
        })
        .collect();
    let listed: BTreeSet<&str> = api
        .left_out
        .iter()
        .map(|entry| entry.operation.as_str())
        .collect();
    let mut found = Diagnostics::new();
    for (operation, (pointer, reason)) in &lacking {
        if listed.contains(operation.as_str()) {
            continue;
        }
        let own = generator
            .iter()
            .find(|problem| lowered.origins.resolve(&problem.pointer) == **pointer);
        let code = own.map_or("manifest::left_out", |problem| problem.code);
        let report = match own {
            Some(_) => {
                "; this is a gap in openapi-lower, please report it with the output of `show --stage lower`"
            }
            None => "",
        };
        let problem = Diagnostic::error(
            code,
            format!("the client would lack `{operation}`: {reason}"),
            format!(
                "change the operation with an overlay, or let the client lack it: {}{report}",
                what_to_write(api, operation, &lacking)
            ),
        );
        let place = assembled.origins.place(pointer);
        found.push(problem.with_place(place, "left out").with_pointer(*pointer));
    }
    for entry in &api.left_out {
        if lacking.contains_key(&entry.operation) {
            continue;
        }
        let problem = Diagnostic::error(
            "manifest::nothing_left_out",
            format!("`{}` is not left out of the client", entry.operation),
            "remove the entry, or correct it: it is compared with the method in capitals, a space and the path as it \
             stands in the document",
        );
        let place = &entry.place;
        found.push(problem.with_label(&place.file, place.range.clone(), "this entry"));
    }
    found
}

/// The line of the manifest with everything that is missing in it, or how to extend it.
fn what_to_write(api: &Api, operation: &str, lacking: &BTreeMap<String, (&str, &str)>) -> String {
    let table = format!("[api.{}] in {MANIFEST_FILE}", api.name);
    if lacking.len() > SHOWN {
        return format!("add {operation:?} to the list `left-out` of {table}");
    }
    let all: Vec<String> = lacking.keys().map(|one| format!("{one:?}")).collect();
    format!("write `left-out = [{}]` below {table}", all.join(", "))
}
