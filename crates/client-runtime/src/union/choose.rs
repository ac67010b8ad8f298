//! Which branch a value is.

use serde::de::Deserializer;
use serde_json::{Map, Value};

use super::branch::{Branch, Union};
use super::failure::BranchValue;
use super::visitor::Branches;

/// Reads a union: by its tag, else by the keys of the object, else the first branch that fits.
///
/// # Errors
/// That of the branch which the tag or the keys name, else that no branch fits.
pub fn deserialize_union<'de, U: Union, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<U, D::Error> {
    deserializer.deserialize_any(Branches::new())
}

/// The value as the branch that it is.
pub(super) fn choose<U: Union>(value: Value) -> Result<U, String> {
    let text = value.to_string();
    let text = BranchValue(&text);
    let Value::Object(object) = &value else {
        let branches = U::BRANCHES.iter();
        return first(branches.filter(|branch| !branch.is_object()), text)
            .map_err(|_| no_branch::<U>());
    };
    let mut objects: Vec<&Branch<U>> = U::BRANCHES
        .iter()
        .filter(|branch| branch.is_object())
        .collect();
    if let Some(name) = U::TAG {
        match object.get(name) {
            Some(tag) => {
                let has = |branch: &&Branch<U>| branch.tags.iter().any(|known| known.is(tag));
                let tagged: Vec<&Branch<U>> = objects.iter().copied().filter(has).collect();
                match tagged.as_slice() {
                    [one] => return read(one, text),
                    [] => {
                        if let Some(unknown) = U::unknown(value.clone()) {
                            return Ok(unknown);
                        }
                        objects.retain(|branch| branch.tags.is_empty());
                    }
                    _ => objects = tagged,
                }
            }
            None if objects.iter().all(|branch| branch.keys.is_none()) => {
                return Err(format!("missing field `{name}`"));
            }
            None => {}
        }
    }
    let best = best_first(&mut objects, object);
    if let Some(keys) = best.and_then(|best| best.keys) {
        // A branch that requires nothing takes anything, and loses what the best one knows.
        let least = keys.lost(object);
        objects.retain(|branch| {
            let own = branch.keys;
            own.is_none_or(|own| own.claims(object) || own.lost(object) <= least)
        });
    }
    // The best branch is the first one that is tried.
    let told = match first(objects.iter().copied(), text) {
        Ok(found) => return Ok(found),
        Err(told) => told.filter(|_| best.is_some()),
    };
    let others = U::BRANCHES.iter().filter(|branch| !branch.is_object());
    first(others, text).map_err(|_| told.unwrap_or_else(no_branch::<U>))
}

/// Puts the branches in the order in which to try them, and says which one the object claims to be.
fn best_first<'b, U>(
    branches: &mut [&'b Branch<U>],
    object: &Map<String, Value>,
) -> Option<&'b Branch<U>> {
    branches.sort_by_key(|branch| branch.keys.map(|keys| keys.misfit(object)));
    let first = branches.first()?;
    let claims = first.keys.is_some_and(|keys| keys.claims(object));
    (claims || branches.len() == 1).then_some(*first)
}

/// The first branch that can be read, else why the one that is tried first cannot.
///
/// No branch is read twice: within a branch there may be unions again, and so on.
fn first<'b, U: Union>(
    branches: impl Iterator<Item = &'b Branch<U>>,
    value: BranchValue<'_>,
) -> Result<U, Option<String>> {
    let mut told = None;
    for branch in branches {
        match read(branch, value) {
            Ok(found) => return Ok(found),
            Err(failure) => told = told.or(Some(failure)),
        }
    }
    Err(told)
}

fn read<U: Union>(branch: &Branch<U>, value: BranchValue<'_>) -> Result<U, String> {
    (branch.read)(value).map_err(|failure| failure.told(U::NAME, branch.name))
}

/// In serde's words for an enum whose branches are tried.
fn no_branch<U: Union>() -> String {
    format!(
        "data did not match any variant of untagged enum {}",
        U::NAME
    )
}

#[cfg(test)]
mod tests;
