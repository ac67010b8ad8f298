//! Parameters that are cookies.

use httpmock::When;
use reqwest::header::COOKIE;
use serde::Serialize;

use super::pattern::literal;
use super::written::written;
use crate::parameter::Parameter;

/// Expects a cookie with this value, or that there is none of its name for `None` and for an empty list.
///
/// The cookies of a request are one header field, in which others may stand before and behind it. As in a query, an object
/// that is written as one cookie for each of its properties has no name of its own.
///
/// # Panics
///
/// If the value has no text of the parameter's style.
#[must_use]
#[track_caller]
pub fn cookie<T: Serialize>(when: When, parameter: Parameter<'_>, value: Option<T>) -> When {
    let request = written(|request| parameter.to_cookie(request, &value));
    let field = request.headers().get(COOKIE);
    let text = field.map(|field| String::from_utf8_lossy(field.as_bytes()).into_owned());
    let (when, name, count) = match &text {
        None => (when, parameter.name(), 0),
        Some(text) => {
            let there = format!("(?:^|; ){}(?:$|; )", literal(text));
            let pairs: Vec<&str> = text.split("; ").collect();
            let name = pairs[0].split('=').next().unwrap_or_default();
            let same = |pair: &&&str| pair.split('=').next() == Some(name);
            let count = pairs.iter().filter(same).count();
            (when.header_matches(FIELD, there.as_str()), name, count)
        }
    };
    // One more of the name would be another list.
    let more = format!("(?:(?:^|; ){}=.*?){{{}}}", literal(name), count + 1);
    when.header_count(FIELD, more.as_str(), 0_usize)
}

/// The name of the field, in any case.
const FIELD: &str = "^cookie$";
