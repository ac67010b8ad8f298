//! Security schemes whose name means nothing beyond its page.
//!
//! ReadMe's editor numbers the schemes of each page: `sec0` is a key on one page and a token on the next. They are named by
//! what they are, so one page cannot change what another one's name means, and equal schemes of hundreds of pages are one.

use std::collections::BTreeMap;

use openapi_pages::{Format, escape};
use serde_json::{Map, Value};

use super::part::{METHODS, Part};
use super::spelling::take_over;

/// Gives schemes with a number for a name the one of their content, in all fragments.
pub(super) fn unify(parts: &mut [Part]) {
    let mut unified: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for part in parts.iter_mut() {
        let names = rename_schemes(part, &mut unified);
        if !names.is_empty() {
            rename_requirements(part, &names);
        }
    }
}

fn is_local(part: &Part, name: &str) -> bool {
    let number = name.strip_prefix("sec").unwrap_or_default();
    part.format == Format::ReadMe
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Renames the schemes themselves and gives old and new names.
fn rename_schemes(
    part: &mut Part,
    unified: &mut BTreeMap<String, Map<String, Value>>,
) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for (name, scheme) in part.schemes() {
        if let (true, Some(scheme)) = (is_local(part, name), scheme.as_object()) {
            names.insert(name.clone(), content_name(scheme));
        }
    }
    let Some(schemes) = part.schemes_mut() else {
        return names;
    };
    let mut moved = Vec::new();
    for (old, new) in &names {
        let Some(Value::Object(mut scheme)) = schemes.remove(old) else {
            continue;
        };
        match unified.get(new) {
            Some(first) => settle(&mut scheme, first),
            None => drop(unified.insert(new.clone(), scheme.clone())),
        }
        // Two numbers of one page can be one scheme.
        if !schemes.contains_key(new) {
            schemes.insert(new.clone(), Value::Object(scheme));
            let section = "/components/securitySchemes";
            moved.push((
                format!("{section}/{}", escape(new)),
                format!("{section}/{}", escape(old)),
            ));
        }
    }
    part.moved.extend(moved);
    names
}

/// The name of a scheme by what decides how it is sent: `header-x-api-key`, `http-bearer`, `oauth2`.
fn content_name(scheme: &Map<String, Value>) -> String {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    let name = match text("type") {
        // The name of a header has no case (RFC 9110 §5.1), nor has the scheme of `http`.
        "apiKey" if text("in") == "header" => format!("header-{}", text("name").to_lowercase()),
        "apiKey" => format!("{}-{}", text("in"), text("name")),
        "http" => format!("http-{}", text("scheme").to_lowercase()),
        other => other.to_owned(),
    };
    // Names of components have few characters (OpenAPI 3.0.3 §4.7.7). Others are spelled, so that `key[]` is not `key()`.
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    name.chars()
        .map(|c| match c {
            c if allowed(c) => c.to_string(),
            c => format!("_{:X}", u32::from(c)),
        })
        .collect()
}

/// Takes over from the first page what does not change how the scheme is sent: the case of names, and the flows, which that
/// editor leaves empty or fills with an example.
fn settle(scheme: &mut Map<String, Value>, first: &Map<String, Value>) {
    take_over(first, scheme, ["flows", "name", "scheme"]);
}

/// Renames what documents and operations require.
fn rename_requirements(part: &mut Part, names: &BTreeMap<String, String>) {
    let mut moved = Vec::new();
    if let Some(security) = part.document.get_mut("security") {
        moved.extend(rename(security, "/security", names));
    }
    for section in ["paths", "webhooks"] {
        let items = part
            .document
            .get_mut(section)
            .and_then(Value::as_object_mut);
        for (path, item) in items.into_iter().flatten() {
            for method in METHODS {
                if let Some(security) = item
                    .get_mut(method)
                    .and_then(|operation| operation.get_mut("security"))
                {
                    let pointer = format!("/{section}/{}/{method}/security", escape(path));
                    moved.extend(rename(security, &pointer, names));
                }
            }
        }
    }
    part.moved.extend(moved);
}

/// Renames the schemes in a list of requirements and gives the pointers that changed, new and old.
fn rename(
    security: &mut Value,
    pointer: &str,
    names: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let mut moved = Vec::new();
    let requirements = security.as_array_mut().into_iter().flatten().enumerate();
    for (position, requirement) in requirements {
        let Some(requirement) = requirement.as_object_mut() else {
            continue;
        };
        for (old, new) in names {
            if let Some(scopes) = requirement.remove(old) {
                requirement.insert(new.clone(), scopes);
                let at = format!("{pointer}/{position}");
                moved.push((
                    format!("{at}/{}", escape(new)),
                    format!("{at}/{}", escape(old)),
                ));
            }
        }
    }
    moved
}
