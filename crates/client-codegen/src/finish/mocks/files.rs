//! The files of the module `httpmock`.

use std::collections::BTreeMap;

use openapi_lower::Lowered;
use quote::{ToTokens, quote};
use syn::{File, ImplItem, Item, TraitItem, Visibility, parse_quote};

use super::answered;
use super::skeleton::{Mocked, Skeleton, Wrapper};
use super::{answers, expectations};
use crate::finish::docs;
use crate::finish::module_names::module_name;
use crate::finish::operations::OperationCode;
use crate::finish::path_starts::path_starts;
use crate::finish::probe::ProbedTypes;
use crate::finish::run::unexpected_output;
use crate::problem::Problem;

/// The module, and the feature that it is behind.
pub(crate) const MOCKS: &str = "httpmock";

/// Methods of the mock server itself, which Rust takes before those of a trait.
const OF_THE_SERVER: [&str; 12] = [
    "address",
    "base_url",
    "connect",
    "host",
    "mock",
    "mock_async",
    "port",
    "reset",
    "reset_async",
    "start",
    "start_async",
    "url",
];

/// The files of the module, by their path below `src/generated/`, from the items of progenitor's one.
pub(in crate::finish) fn add(
    items: Vec<Item>,
    operations: &mut [OperationCode],
    lowered: &Lowered,
    types: &ProbedTypes,
) -> Result<BTreeMap<String, File>, Problem> {
    let mut skeleton = Skeleton::take_apart(items)?;
    let mut files = BTreeMap::new();
    let mut index: File = parse_quote! {
        //! What a mock of each operation expects and answers: wrappers of [`When`](super::When) and
        //! [`Then`](super::Then), whose `into_inner` gives what is in them.

        #![allow(missing_debug_implementations, reason = "what they wrap has none")]
    };
    let (mut modules, mut exports): (Vec<Item>, Vec<Item>) = (Vec::new(), Vec::new());
    for operation in operations {
        let name = operation.rust_name();
        let mut mocked = skeleton
            .operations
            .remove(&name)
            .ok_or_else(|| unexpected_output(&format!("no mock expectations of `{name}`")))?;
        expectations::rewrite(&mut mocked.when, operation)?;
        let answered = answered::answers(operation, &lowered.document, types);
        answers::rewrite(&mut mocked.then, &name, &answered);
        describe(&mut mocked, operation);
        let module = module_name(&name, &name);
        let (when, then) = (mocked.when.name().clone(), mocked.then.name().clone());
        modules.push(parse_quote!(mod #module;));
        exports.push(parse_quote!(pub use self::#module::{#then, #when};));
        files.insert(
            format!("{MOCKS}/operations/{module}.rs"),
            file([mocked.when, mocked.then]),
        );
        skeleton
            .extension
            .items
            .push(TraitItem::Fn(mocked.declaration));
        skeleton
            .implementation
            .items
            .push(ImplItem::Fn(mocked.method));
    }
    index.items.extend(modules);
    index.items.extend(exports);
    files.insert(format!("{MOCKS}/operations/mod.rs"), index);
    files.insert(format!("{MOCKS}/mod.rs"), root(skeleton));
    Ok(files)
}

fn root(skeleton: Skeleton) -> File {
    let Skeleton {
        mut extension,
        implementation,
        ..
    } = skeleton;
    docs::set(
        &mut extension.attrs,
        "A method per operation for the mock server: the equivalent of [`MockServer::mock`], where what is expected and \
         answered is of the operation's types.",
    );
    parse_quote! {
        //! Mock expectations, for tests of programs that use this client (feature `httpmock`).
        //!
        //! [`MockServerExt`] gives [`MockServer`] a method per operation of the API, in which `when` says what is
        //! expected and `then` what is answered. A client with `base_url(server.base_url())` calls the mocks. Values are
        //! written by the code that the client sends them with, so they are expected as they are on the wire.
        //!
        //! A call that no mock expects is answered with status 404. What `when` does not say may be anything; the
        //! credentials of a client are not looked at, but by
        //! `when.into_inner().header("authorization", "Bearer …")`. Not compared are the order of the values of a
        //! parameter that repeats its name, and what else is there beside the properties of an object that are
        //! parameters of their own. Bodies of several parts, and bytes that are no UTF-8, are compared by a function,
        //! which a mock server in another process refuses.

        pub mod operations;

        pub use ::client_runtime::httpmock::{Mock, MockServer, Then, When};

        #extension

        #implementation
    }
}

fn describe(mocked: &mut Mocked, operation: &OperationCode) {
    let name = operation.rust_name();
    let call = format!(
        "{} {}",
        operation.operation.method.to_ascii_uppercase(),
        operation.operation.path
    );
    let hidden = if OF_THE_SERVER.contains(&name.as_str()) {
        format!(
            "\n\nThe mock server has a method of that name: call `MockServerExt::{name}(&server, …)`."
        )
    } else {
        String::new()
    };
    docs::set(
        &mut mocked.declaration.attrs,
        &format!("Mocks [`Client::{name}`](crate::Client::{name}), `{call}`.{hidden}"),
    );
    mocked.method.attrs.clear();
}

/// The file of one operation.
fn file(wrappers: [Wrapper; 2]) -> File {
    let items = wrappers.into_iter().flat_map(|wrapper| {
        let Wrapper {
            mut definition,
            implementation,
        } = wrapper;
        definition.vis = Visibility::Public(Default::default());
        [Item::Struct(definition), Item::Impl(implementation)]
    });
    let items: Vec<Item> = items.collect();
    let body = quote!(#(#items)*);
    let starts = path_starts(body.to_token_stream());
    let import = starts.contains("types").then(|| {
        quote!(
            use crate::generated::types;
        )
    });
    parse_quote!(#import #body)
}
