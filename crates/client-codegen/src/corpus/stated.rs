//! The entry of a manifest that stands for a document, as somebody who adds the API would write it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Diagnostics, Severity};
use crate::finish::suggested_names;
use crate::generate::Isolation;
use crate::input::{self, Vendored};
use crate::manifest::Api;
use crate::pipeline::{self, Compiled, Options};

/// An entry with what no manifest can leave out.
fn api(title: &str, crate_name: &str) -> Api {
    Api {
        name: crate_name.to_owned(),
        title: title.to_owned(),
        crate_name: crate_name.to_owned(),
        environment_prefix: "API".to_owned(),
        overlay: None,
        base_url: None,
        credentials: BTreeMap::new(),
        credential_origins: Vec::new(),
        numbers_as_strings: false,
        idempotency_key: None,
        left_out: Vec::new(),
        index: None,
        documents: Vec::new(),
        span: 0..0,
        overlay_span: None,
    }
}

/// Runs all stages on a document, with the entry that this takes.
pub(super) fn compile(
    title: &str,
    crate_name: &str,
    documents: &[Vendored],
) -> (Api, Result<Compiled, Diagnostics>) {
    let api = api(title, crate_name);
    let options = Options {
        isolation: Isolation::own_program(),
        may_lack_operations: true,
    };
    let result = pipeline::compile(Path::new(""), &api, documents, &options);
    let problems = result.as_ref().err();
    match problems.and_then(|problems| with_credentials(&api, documents, problems)) {
        Some(named) => {
            let result = pipeline::compile(Path::new(""), &named, documents, &options);
            (named, result)
        }
        None => (api, result),
    }
}

/// The same entry with the names for credentials that `new` would write, if their names are all that is wrong.
fn with_credentials(api: &Api, documents: &[Vendored], problems: &Diagnostics) -> Option<Api> {
    let errors = || {
        problems
            .iter()
            .filter(|one| one.severity() == Severity::Error)
    };
    if errors().count() == 0 || errors().any(|one| one.code() != "finish::credential_clash") {
        return None;
    }
    let pages = input::pages(documents).ok()?;
    let assembled = pipeline::assembled(&pages, &api.title).ok()?;
    let mut named = api.clone();
    named.credentials = suggested_names(&assembled.document);
    Some(named)
}
