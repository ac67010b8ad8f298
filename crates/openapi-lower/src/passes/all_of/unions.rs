//! A union that has to be something else as well: each of its branches has to be.

use serde_json::{Value, json};

use super::annotations;
use super::flat::Flat;
use super::keywords::is_silent;
use super::merge::{Contradiction, Merger, Part};
use crate::fingerprint::Fingerprint;
use crate::passes::hoist::{below_union, branch_name};
use crate::pointer::{index, join};
use crate::refs;
use crate::schema::Schema;

/// More branches than these are not made of several unions.
const MAX_BRANCHES: usize = 256;

fn keyword_of(flat: &Flat) -> Option<&'static str> {
    ["oneOf", "anyOf"]
        .into_iter()
        .find(|keyword| flat.schema.contains_key(*keyword))
}

pub(super) fn is_union(flat: &Flat) -> bool {
    keyword_of(flat).is_some()
}

/// How many branches a part has; one if it is no union.
fn branches_of(flat: &Flat) -> usize {
    let branches = keyword_of(flat).and_then(|keyword| flat.schema[keyword].as_array());
    branches.map_or(1, Vec::len)
}

/// The first union with everything else merged into its branches.
pub(super) fn distributed(
    merger: &mut Merger<'_, '_>,
    name: &str,
    flats: &[Flat],
    at: &str,
) -> Result<Schema, Contradiction> {
    let Some((position, keyword)) = flats
        .iter()
        .enumerate()
        .find_map(|(position, flat)| Some((position, keyword_of(flat)?)))
    else {
        return Err(Contradiction);
    };
    let mut union = flats[position].schema.clone();
    let branches = match union.remove(keyword) {
        Some(Value::Array(branches)) => branches,
        _ => Vec::new(),
    };
    let discriminator = union.remove("discriminator");
    let mut others: Vec<Flat> = flats.to_vec();
    others[position].schema = union;
    others.retain(|flat| !flat.schema.is_empty());
    let mut merged = Schema::new();
    if is_silent(&others, "object") {
        merged.insert(keyword.to_owned(), Value::Array(branches));
        merged.extend(discriminator.map(|found| ("discriminator".to_owned(), found)));
        return Ok(merged);
    }
    if merger.is_spent() {
        merger.widened(
            at,
            "merged no further: the union counts, what stands beside it does not",
        );
        merged.insert(keyword.to_owned(), Value::Array(branches));
        merged.extend(discriminator.map(|found| ("discriminator".to_owned(), found)));
        return Ok(merged);
    }
    let mut product = branches.len();
    let mut left_out = Vec::new();
    others.retain(|flat| {
        let more = product.saturating_mul(branches_of(flat));
        let fits = more <= MAX_BRANCHES || !is_union(flat);
        if fits {
            product = more;
        } else {
            left_out.push(flat.at.clone());
        }
        fits
    });
    for at in left_out {
        let message = "left out of `allOf`: the branches of its unions are too many to multiply";
        merger.widened(&at, message);
    }
    let from = join(&flats[position].at, keyword);
    let place = join(at, keyword);
    let (mut kept, mut renamed) = (Vec::new(), Vec::new());
    for (position, branch) in branches.iter().enumerate() {
        let from = index(&from, position);
        let part = Part::new(branch.clone(), from.clone());
        let own = merger.flats(std::slice::from_ref(&part));
        let all: Vec<Flat> = others.iter().chain(&own).cloned().collect();
        let notes = merger.context.notes.len();
        let wanted = below_union(name, &branch_name(branch));
        let Ok(mut schema) = merger.strictly(&wanted, &all, &from) else {
            merger.context.notes.truncate(notes);
            continue;
        };
        let to = index(&place, kept.len());
        merger.context.origins.copied(&from, &to);
        let same = matches!(own.as_slice(), [one] if Fingerprint::of(&json!(one.schema)) == Fingerprint::of(&json!(schema)));
        let new = if same {
            branch.clone()
        } else {
            let said = Part::new(merger.component(branch).clone(), from.clone());
            annotations::complete(merger, &mut schema, &[said], &to);
            merger.named(&wanted, schema, &from)
        };
        renamed.extend(refs::sole_target(branch).zip(refs::sole_target(&new)));
        kept.push(new);
    }
    if kept.len() < branches.len() {
        merger.widened(
            at,
            "branches of the union that are nothing that stands beside it are left out",
        );
    }
    match kept.len() {
        0 => Err(Contradiction),
        1 => match kept.pop() {
            Some(Value::Object(one)) if !one.contains_key("$ref") => Ok(one),
            one => {
                merged.insert("allOf".to_owned(), json!([one]));
                Ok(merged)
            }
        },
        _ => {
            merged.insert(keyword.to_owned(), Value::Array(kept));
            merged.extend(discriminator.map(|found| ("discriminator".to_owned(), found)));
            crate::passes::hoist::remap(&mut merged, &renamed);
            Ok(merged)
        }
    }
}
