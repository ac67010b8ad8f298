//! References that lead back to where they started.

use std::collections::{BTreeMap, BTreeSet};

use crate::grammar::Kind;
use crate::pointer::is_within;
use crate::refs::Reference;

/// One reference of every circle: taking these out leaves none.
pub(super) fn closing<'r>(targets: &BTreeMap<&str, (&'r Reference, String)>) -> Vec<&'r Reference> {
    let mut found = of_schemas(targets);
    found.extend(of_the_rest(targets));
    found
}

/// A schema is what its reference names, so a circle is a chain of nothing but references.
fn of_schemas<'r>(targets: &BTreeMap<&str, (&'r Reference, String)>) -> Vec<&'r Reference> {
    let mut found = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for (start, (reference, _)) in targets {
        if reference.kind != Kind::Schema {
            continue;
        }
        let mut chain: BTreeSet<&str> = BTreeSet::new();
        let mut at: &str = start;
        while let Some((reference, target)) = targets.get(at) {
            if done.contains(at) {
                break;
            }
            if !chain.insert(at) {
                found.push(*reference);
                break;
            }
            at = target;
        }
        done.extend(chain);
    }
    found
}

/// What is not a schema is copied to where it is referred to, so it must not hold itself.
fn of_the_rest<'r>(targets: &BTreeMap<&str, (&'r Reference, String)>) -> Vec<&'r Reference> {
    let copied: Vec<(&str, &'r Reference, &str)> = targets
        .iter()
        .filter(|(_, (reference, _))| reference.kind != Kind::Schema)
        .map(|(pointer, (reference, target))| (*pointer, *reference, target.as_str()))
        .collect();
    let mut found = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for &(_, _, start) in &copied {
        if done.contains(start) {
            continue;
        }
        let mut path = vec![(start, inner(&copied, start))];
        let mut open = BTreeSet::from([start]);
        while let Some((current, rest)) = path.last_mut() {
            let Some((reference, next)) = rest.pop() else {
                open.remove(*current);
                done.insert(*current);
                path.pop();
                continue;
            };
            // A part of what is open holds the reference as much as the whole does.
            if open.iter().any(|open| is_within(open, next)) {
                found.push(reference);
            } else if !done.contains(next) {
                open.insert(next);
                path.push((next, inner(&copied, next)));
            }
        }
    }
    found.sort_by(|left, right| left.pointer.cmp(&right.pointer));
    found.dedup_by(|left, right| left.pointer == right.pointer);
    found
}

/// The references inside of `target` with their targets; `copied` is ordered by pointer.
fn inner<'c, 'r>(
    copied: &[(&str, &'r Reference, &'c str)],
    target: &str,
) -> Vec<(&'r Reference, &'c str)> {
    let start = copied.partition_point(|(pointer, _, _)| *pointer < target);
    copied[start..]
        .iter()
        .take_while(|(pointer, _, _)| pointer.starts_with(target))
        .filter(|(pointer, _, _)| is_within(pointer, target))
        .map(|(_, reference, target)| (*reference, *target))
        .collect()
}
