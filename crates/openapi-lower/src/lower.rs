//! The entry point.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::context::Context;
use crate::depth;
use crate::marks::Marks;
use crate::operation::Operation;
use crate::options::Options;
use crate::origins::Origins;
use crate::passes::{PASSES, apply_all};
use crate::report::{Note, Problem, Report, TOO_DEEP};

/// A document that progenitor takes, and what was left out of it.
///
/// The default has no document (`null`); it is what a part of a lowered document is put into.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Lowered {
    /// An OpenAPI 3.0.3 document that parses as `openapiv3::OpenAPI`, with the keys of all objects in order.
    pub document: Value,
    /// Every change, ordered by pointer.
    pub notes: Vec<Note>,
    /// The operations by operationId, with their documented errors.
    pub operations: BTreeMap<String, Operation>,
    /// What stands in the document for something that stock progenitor cannot write; empty unless asked for.
    pub marks: Marks,
    /// Where the parts of `document` come from.
    pub origins: Origins,
}

/// Lowers an OpenAPI 3.0, 3.1 or 3.2 document.
///
/// The result depends neither on the order of keys in the input nor on how `serde_json` was built.
///
/// # Errors
///
/// A document that cannot be lowered gives a [`Report`] with all problems of the pass that found the first one.
///
/// # Examples
///
/// ```
/// let document = serde_json::json!({
///     "openapi": "3.1.0",
///     "info": {"title": "Shop", "version": "1"},
///     "paths": {"/items/{id}": {"get": {"responses": {
///         "200": {"description": "", "content": {"application/json": {"schema": {"type": ["string", "null"]}}}},
///         "404": {"description": "No such item"}
///     }}}}
/// });
/// let lowered = openapi_lower::lower(document, &openapi_lower::Options::default())?;
/// assert_eq!(lowered.document["openapi"], "3.0.3");
/// assert_eq!(lowered.operations["get_items_id"].path, "/items/{id}");
/// # Ok::<(), openapi_lower::Report>(())
/// ```
pub fn lower(document: Value, options: &Options) -> Result<Lowered, Report> {
    if depth::exceeds(&document, depth::MAX_DEPTH) {
        depth::dismantle(document);
        let problem = Problem {
            code: TOO_DEEP,
            pointer: String::new(),
            message: format!(
                "the document is nested deeper than {} levels",
                depth::MAX_DEPTH
            ),
            help: "name the inner schemas as components and refer to them".to_owned(),
        };
        return Err(Report {
            problems: vec![problem],
            notes: Vec::new(),
        });
    }
    let mut context = Context::new(depth::sorted(document), options);
    apply_all(PASSES, &mut context);
    if !context.problems.is_empty() {
        return Err(report(context));
    }
    Ok(Lowered {
        document: depth::sorted(context.document),
        notes: ordered(context.notes),
        operations: context.operations,
        marks: context.marks,
        origins: context.origins,
    })
}

fn report(context: Context<'_>) -> Report {
    Report {
        problems: ordered(context.problems),
        notes: ordered(context.notes),
    }
}

/// Sorted, and each entry once: what stands in one place may be looked at from several operations.
fn ordered<T: Ord>(mut entries: Vec<T>) -> Vec<T> {
    entries.sort();
    entries.dedup();
    entries
}
