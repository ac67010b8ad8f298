//! Parameters of the query.

use std::collections::BTreeMap;

use httpmock::When;
use serde::Serialize;

use super::pattern::{ANY, exactly, literal};
use super::written::written;
use crate::parameter::Parameter;

/// Expects a parameter with this value in the query, or that it is not there for `None` and for what is not written: an
/// empty list, an object without properties.
///
/// The order of several values is not compared. An object that is written as one parameter for each of its properties has
/// no name of its own, so that nothing says which other parameters would belong to it.
///
/// # Panics
///
/// If the value has no text of the parameter's style.
#[must_use]
#[track_caller]
pub fn query<T: Serialize>(when: When, parameter: Parameter<'_>, value: Option<T>) -> When {
    let request = written(|request| parameter.to_query(request, &value));
    let pairs: Vec<(String, String)> = request.url().query_pairs().into_owned().collect();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (name, value) in &pairs {
        *names.entry(name).or_default() += 1;
        *counts.entry((name, value)).or_default() += 1;
    }
    let mut when = when;
    for ((name, value), count) in counts {
        // What is there once is compared as a text, because then a mismatch is told in words.
        when = match count {
            1 => when.query_param(name, value),
            count => when.query_param_count(exactly(name).as_str(), exactly(value).as_str(), count),
        };
    }
    if parameter.is_deep() {
        let below = format!(r"^{}\[", literal(parameter.name()));
        return when.query_param_count(below.as_str(), ANY, pairs.len());
    }
    if pairs.is_empty() {
        return when.query_param_missing(parameter.name());
    }
    names.into_iter().fold(when, |when, (name, count)| {
        when.query_param_count(exactly(name).as_str(), ANY, count)
    })
}
