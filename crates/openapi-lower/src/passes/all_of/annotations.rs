//! What parts say to readers, about the schema that they become.

use super::merge::{Merger, Part};
use crate::pointer::{join, keys};
use crate::refs;
use crate::report::Effect;
use crate::schema::{ANNOTATIONS, Schema};

/// Adds what a part says and the schema does not; of several parts the last one counts. A reference is about a schema of
/// its own and says nothing.
pub(super) fn complete(merger: &mut Merger<'_, '_>, schema: &mut Schema, parts: &[Part], at: &str) {
    let own = parts.iter().rev().filter_map(|part| {
        let is_reference = refs::target_of(&part.schema).is_some();
        (!is_reference).then_some((part.schema.as_object()?, &part.at))
    });
    for (part, from) in own {
        for (keyword, value) in part {
            if !ANNOTATIONS.contains(&keyword.as_str()) || schema.get(keyword) == Some(value) {
                continue;
            }
            let from = join(from, keyword);
            if let Some(reason) = left_out(merger, schema, keyword, at) {
                merger
                    .context
                    .note(&from, "all_of", Effect::Dropped, reason);
                continue;
            }
            merger.context.origins.copied(&from, &join(at, keyword));
            schema.insert(keyword.clone(), value.clone());
        }
    }
}

/// Why it is not said about the whole.
fn left_out(
    merger: &Merger<'_, '_>,
    schema: &Schema,
    keyword: &str,
    at: &str,
) -> Option<&'static str> {
    if schema.contains_key(keyword) {
        return Some("the whole, or a later part of `allOf`, says something else");
    }
    match keyword {
        // typify writes the value, which has to be one of the whole.
        "default" if !merger.context.options.marks => {
            Some("the default of a part may be no value of the whole")
        }
        // typify takes the title of an inline schema for its name.
        "title" if keys(at).len() != 3 => Some("the whole has no name of its own to be titled"),
        _ => None,
    }
}
