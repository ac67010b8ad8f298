//! Generates a document, without what cannot be generated.

use heck::ToPascalCase;
use openapi_lower::Lowered;
use openapi_pages::escape;
use serde_json::Value;

use super::culprits::{GivenUp, culprits};
use super::failure::Failure;
use super::isolation::Isolation;
use super::left_out;
use super::parts::{self, Parts};
use super::probe::{PROBE_COMPONENT, Probe};
use crate::problem::Problem;

/// progenitor's output for one API, with what `finish` needs to read it.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The whole client as progenitor wrote it.
    pub file: syn::File,
    /// Which schemas the probe's fields stand for.
    pub probe: Probe,
    /// What progenitor or typify cannot take, and why. It is left out of the client.
    pub left_out: Vec<Problem>,
}

/// Turns a lowered document into Rust.
///
/// Operations and components that progenitor or typify cannot take are taken out of `lowered`, which gets a note for each.
///
/// # Errors
/// One problem per operation that cannot be generated where none is left, or one for the whole document where it is no
/// part's fault. A panic of theirs is such a problem, never a panic of ours; an abort and a call that does not return are
/// such problems, too, where `isolation` is a process.
pub fn generate(lowered: &mut Lowered, isolation: &Isolation) -> Result<Generated, Vec<Problem>> {
    if let Some(name) = reserved_component(&lowered.document) {
        return Err(vec![Problem {
            code: "generate::reserved_component",
            pointer: format!("/components/schemas/{}", escape(name)),
            message: format!("a component is named {name}, which the generator uses itself"),
            help: "rename the component with an overlay".to_owned(),
        }]);
    }
    let failure = match attempt(lowered, isolation, 1.0) {
        Ok(generated) => return Ok(generated),
        Err(failure) => failure,
    };
    let parts = Parts::new(lowered);
    let count = parts.components().count() + parts.operations().count();
    let found = culprits(&parts, |chosen| {
        let share = chosen.len() as f64 / count.max(1) as f64;
        attempt(&parts.only(chosen), isolation, share).map(drop)
    });
    // Nothing may be found: a time limit that is missed once may be kept the next time.
    let found = found.map_err(|GivenUp| vec![left_out::whole(&failure)])?;
    let (rest, problems) = left_out::without(lowered, &parts, &found);
    if rest.operations.is_empty() && !lowered.operations.is_empty() {
        return Err(problems);
    }
    let generated =
        attempt(&rest, isolation, 1.0).map_err(|failure| vec![left_out::whole(&failure)])?;
    *lowered = rest;
    Ok(Generated {
        left_out: problems,
        ..generated
    })
}

/// A component that would become the Rust type of the probe.
fn reserved_component(document: &Value) -> Option<&str> {
    let schemas = document.pointer("/components/schemas")?.as_object()?;
    schemas
        .keys()
        .map(String::as_str)
        .find(|name| name.to_pascal_case() == PROBE_COMPONENT)
}

fn attempt(lowered: &Lowered, isolation: &Isolation, share: f64) -> Result<Generated, Failure> {
    let (document, probe) = parts::document(lowered);
    let text = isolation.tokens(&document, share)?;
    let file = syn::parse_str(&text).map_err(|error| Failure::NotRust(error.to_string()))?;
    Ok(Generated {
        file,
        probe,
        left_out: Vec::new(),
    })
}
