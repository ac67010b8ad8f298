//! The order of the passes.

use std::collections::{BTreeMap, BTreeSet};

use openapi_lower::Lowered;
use syn::Item;

use super::arguments::Conversions;
use super::client::{self, BaseUrl};
use super::client_builder::Builder;
use super::credentials::CredentialSetter;
use super::mocks::MOCKS;
use super::operations::{self, OperationCode, OperationName};
use super::parts::Parts;
use super::servers::Servers;
use super::settings::Settings;
use super::{
    accept, api_version, bodies, closed, constructors, credentials, dependencies, displays, docs,
    error_enums, fields, flattened, formats, full_paths, inlined, jobs, methods, mocks, modules,
    open_enums, operation_info, paging, performed, probe, reading, runtime_paths, secrets,
    security, setters, stand_ins, style, success, table, unions, variants, wire_enums,
};
use crate::generate::{Generated, catch_here};
use crate::problem::Problem;

/// A finished client: one `syn::File` per file of `src/generated/`.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Files by their path below `src/generated/`, with `/`.
    pub files: BTreeMap<String, syn::File>,
    /// Crates that the files name, as in a manifest (`serde_json`, `client-runtime`).
    pub dependencies: BTreeSet<String>,
    /// The setters of the client's builder that take credentials, by name.
    pub credentials: Vec<CredentialSetter>,
    /// The operations, by name.
    pub operations: Vec<OperationName>,
}

impl Finished {
    /// The client for a crate that has no feature `httpmock`: without the module that is behind it, which would be files
    /// that nothing compiles, and a warning for a feature that the crate does not have.
    #[must_use]
    pub fn without_mocks(mut self) -> Self {
        let folder = format!("{MOCKS}/");
        self.files.retain(|path, _| !path.starts_with(&folder));
        if let Some(root) = self.files.get_mut("mod.rs") {
            root.items
                .retain(|item| !matches!(item, Item::Mod(module) if module.ident == MOCKS));
        }
        self
    }
}

/// progenitor wrote something that this stage does not know: the sign of another version.
pub(super) fn unexpected_output(what: &str) -> Problem {
    Problem {
        code: "finish::unexpected_output",
        pointer: String::new(),
        message: format!("progenitor's output has a shape that is not known here: {what}"),
        help: "the finish stage is written for progenitor 0.15.1; after an upgrade its passes must follow"
            .to_owned(),
    }
}

/// Turns progenitor's output into the modules of a client.
///
/// # Errors
/// All problems that were found: security schemes that cannot be served, output of an unknown shape.
pub fn finish(
    generated: Generated,
    lowered: &Lowered,
    settings: &Settings,
) -> Result<Finished, Vec<Problem>> {
    // `parse_quote` panics on tokens that are no syntax, so a gap in a pass would be a panic.
    catch_here(|| run_passes(generated, lowered, settings)).unwrap_or_else(|panic| {
        Err(vec![Problem {
            code: "finish::panicked",
            pointer: String::new(),
            message: format!("finishing {panic}"),
            help: "this is a bug of this tool: please report it with the output of `show --stage lower`".to_owned(),
        }])
    })
}

fn run_passes(
    generated: Generated,
    lowered: &Lowered,
    settings: &Settings,
) -> Result<Finished, Vec<Problem>> {
    let one = |problem| vec![problem];
    let setters = credentials::setters(&lowered.document, settings)?;
    let base_url = BaseUrl::choose(&lowered.document, settings);
    let servers = Servers::of(lowered, &base_url, settings)?;
    let mut parts = Parts::take_apart(generated.file).map_err(one)?;
    let probed = probe::take(&mut parts, &generated.probe).map_err(one)?;
    full_paths::write(&mut parts);
    displays::add(&mut parts);
    variants::rename(&mut parts);
    flattened::rename(&mut parts);
    fields::write(&mut parts, &lowered.marks.fields, &probed).map_err(one)?;
    wire_enums::write(&mut parts, &lowered.marks.enums, &probed).map_err(one)?;
    unions::write(&mut parts, &lowered.marks.unions, &probed).map_err(one)?;
    let closed = closed::closed(&parts, &lowered.marks.unions, &probed);
    reading::tolerate(&mut parts, settings.numbers_as_strings, &closed);
    open_enums::open(&mut parts, &closed);
    formats::keep_texts(&mut parts, &closed);
    let conversions = Conversions::of(&parts);
    constructors::add(&mut parts, &conversions);
    let mut operations = operations::identify(&mut parts, lowered).map_err(one)?;
    for operation in &mut operations {
        runtime_paths::rewrite(operation).map_err(one)?;
        operation_info::complete(operation, &lowered.document).map_err(one)?;
        api_version::remove(&mut operation.implementation);
        style::tidy(&mut operation.implementation);
        methods::rewrite(&mut operation.implementation);
        stand_ins::replace(operation, &lowered.marks, &probed).map_err(one)?;
        bodies::replace(operation, &lowered.marks).map_err(one)?;
        setters::rewrite(operation, &conversions).map_err(one)?;
        accept::ask(operation, &lowered.document).map_err(one)?;
        success::demand(operation, &lowered.document).map_err(one)?;
        servers.place(operation, &lowered.document).map_err(one)?;
        reading::tolerate_answer(operation, settings.numbers_as_strings).map_err(one)?;
        formats::keep_texts_of_answer(operation).map_err(one)?;
        performed::once(operation).map_err(one)?;
    }
    parts
        .client_info
        .iter_mut()
        .for_each(runtime_paths::rewrite_client_info);
    let error_file = error_enums::attach(&mut operations, &probed);
    parts.type_items_mut().for_each(style::explain_unwraps);
    secrets::hide(&mut parts, &mut operations, lowered, &probed).map_err(one)?;
    docs::rewrite_types(&mut parts);
    for operation in &mut operations {
        docs::rewrite_operation(operation, lowered, &servers);
    }
    operations.sort_by_key(OperationCode::rust_name);
    let mocks = std::mem::take(&mut parts.mocks);
    let mocks = mocks::add(mocks, &mut operations, lowered, &probed).map_err(one)?;
    paging::add(&mut operations, &parts, &lowered.document)?;
    jobs::add(&mut operations, &parts, &lowered.document)?;
    let stated = operations
        .iter()
        .map(|operation| operation.stated(&lowered.document));
    let builder = Builder {
        setters: &setters,
        alternatives: &security::alternatives(&lowered.document, stated, &setters),
        base_url: &base_url,
        servers: &servers,
        settings,
    };
    let mut client_file = client::compose(&parts, &operations, &builder, settings);
    parts
        .type_items_mut()
        .chain(&mut client_file.items)
        .filter_map(|item| match item {
            Item::Impl(implementation) => Some(implementation),
            _ => None,
        })
        .chain(
            operations
                .iter_mut()
                .map(|operation| &mut operation.implementation),
        )
        .for_each(inlined::mark);
    let names = operations.iter_mut().map(OperationName::of).collect();
    let table = table::of(&operations, lowered);
    let mut files = modules::split(parts, operations, client_file, error_file, &table);
    files.extend(mocks);
    let dependencies = dependencies::named_in(files.values());
    Ok(Finished {
        files,
        dependencies,
        credentials: setters,
        operations: names,
    })
}
