//! Operations that would get another name in the client.

use std::collections::BTreeMap;

use client_codegen::diagnostic::{Diagnostic, Diagnostics};
use client_codegen::manifest::Api;
use heck::ToSnakeCase;
use openapi_lower::Lowered;

use crate::operations::unnamed;

/// A warning for each operation that keeps its place and loses its name: a vendor who moves from Mintlify's resolved to its
/// embedded form brings operationIds that there were none of before.
pub(crate) fn renames(api: &Api, old: &Lowered, new: &Lowered) -> Diagnostics {
    let names: BTreeMap<(&str, String), &String> = old
        .operations
        .iter()
        .map(|(name, operation)| ((operation.method.as_str(), unnamed(&operation.path)), name))
        .collect();
    let mut found = Diagnostics::new();
    for (name, operation) in &new.operations {
        let place = (operation.method.as_str(), unnamed(&operation.path));
        let Some(before) = names.get(&place) else {
            continue;
        };
        let (was, is) = (before.to_snake_case(), name.to_snake_case());
        if was == is {
            continue;
        }
        let (method, path) = (operation.method.as_str(), &operation.path);
        let overlay = match api.overlay_path() {
            Some(path) => path,
            None => format!("an overlay (`overlay` of [api.{}])", api.name),
        };
        found.push(Diagnostic::warning(
            "fetch::renamed",
            format!(
                "{}: the method of {} {path} is `{was}` and becomes `{is}`, so programs that call it no longer compile",
                api.name,
                method.to_uppercase(),
            ),
            format!(
                "to keep the name, add to {overlay} an action with the target $.paths['{}'].{} and `update: {{ operationId: {was} }}`",
                path.replace('\\', "\\\\").replace('\'', "\\'"),
                method.to_lowercase()
            ),
        ));
    }
    found
}
