//! Takes what cannot be generated out of a lowered document, and says so.

use std::collections::BTreeMap;

use openapi_lower::{Lowered, Note};

use super::culprits::Blame;
use super::failure::Failure;
use super::parts::{Part, Parts};
use crate::problem::Problem;

const HELP: &str = "this is a gap in openapi-lower, which should have rewritten the shape: please report it with the \
    output of `show --stage lower`; until then change or remove it with an overlay";

/// The lowered document without the culprits, with a note for each, and a problem for each that is not blamed on another.
pub(super) fn without(
    lowered: &Lowered,
    parts: &Parts<'_>,
    culprits: &BTreeMap<Part<'_>, Blame<'_>>,
) -> (Lowered, Vec<Problem>) {
    let components = parts.components().map(Part::Component);
    let kept: Vec<Part<'_>> = components
        .chain(parts.operations().map(Part::Operation))
        .filter(|part| !culprits.contains_key(part))
        .collect();
    let mut rest = parts.only(&kept);
    rest.origins = lowered.origins.clone();
    rest.notes.clone_from(&lowered.notes);
    let mut problems = Vec::new();
    for (part, blame) in culprits {
        let pointer = parts.pointer(*part);
        let reason = reason(blame, culprits);
        let original = lowered.origins.resolve(&pointer);
        rest.notes.push(match part {
            Part::Component(_) => Note::component_left_out(original, reason.clone()),
            Part::Operation(_) => Note::operation_left_out(original, reason.clone()),
        });
        if let Blame::Alone(failure) | Blame::Beside(failure) = blame {
            let what = match part {
                Part::Component(name) => format!("component {name}"),
                Part::Operation(id) => format!("operation {id}"),
            };
            problems.push(Problem {
                code: failure.code(),
                pointer,
                message: format!("{what} cannot be generated: {reason}"),
                help: HELP.to_owned(),
            });
        }
    }
    rest.notes.sort();
    (rest, problems)
}

fn reason(blame: &Blame<'_>, culprits: &BTreeMap<Part<'_>, Blame<'_>>) -> String {
    match blame {
        Blame::Alone(failure) => failure.describe(),
        Blame::Beside(failure) => format!("beside the others {}", failure.describe()),
        Blame::Needs(name) => match culprits.get(&Part::Component(name)) {
            Some(blame @ (Blame::Alone(_) | Blame::Beside(_))) => {
                format!("it needs `{name}`: {}", reason(blame, culprits))
            }
            _ => format!("it needs `{name}`, which is left out"),
        },
    }
}

/// The problem of a document of which nothing can be generated.
pub(super) fn whole(failure: &Failure) -> Problem {
    let help = match failure {
        Failure::NotStarted(_) => "let this program start itself: it is its own child process",
        _ => HELP,
    };
    Problem {
        code: failure.code(),
        pointer: String::new(),
        message: format!("the document cannot be generated: {}", failure.describe()),
        help: help.to_owned(),
    }
}
