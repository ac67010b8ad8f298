//! Ties each operation's code to the operation of the lowered document that it came from.

use std::collections::BTreeMap;

use openapi_lower::{Lowered, Operation};
use serde_json::Value;
use syn::{Attribute, Expr, Ident, ImplItemFn, Item, ItemImpl, ItemStruct, Lit, Meta, ReturnType};

use super::builder_code::{initializer, method};
use super::parts::{Parts, last_ident, self_ident};
use super::run::unexpected_output;
use super::setters::parameters;
use crate::problem::Problem;

/// The code of one operation.
#[derive(Clone, Debug)]
pub(super) struct OperationCode {
    /// Its operationId.
    pub(super) id: String,
    /// The operation in the lowered document.
    pub(super) operation: Operation,
    /// The method of `Client`.
    pub(super) method: ImplItemFn,
    /// The builder struct, `GetUser<'a>`.
    pub(super) definition: ItemStruct,
    /// The builder's implementation: `new`, the setters, `send`.
    pub(super) implementation: ItemImpl,
    /// The builder's `Debug`, if it is not derived.
    pub(super) debug: Option<ItemImpl>,
    /// What the operation has if its answers are pages: the implementation of `Paged`.
    pub(super) paging: Option<ItemImpl>,
    /// What it has if it reads the state of a job: the implementation of `Polled`.
    pub(super) job: Option<ItemImpl>,
}

/// An operation as callers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationName {
    /// The method's name on `Client`, such as `get_user`.
    pub name: String,
    /// Whether it cannot be called without setting something.
    pub requires: bool,
}

impl OperationName {
    pub(super) fn of(operation: &mut OperationCode) -> Self {
        let names: Vec<Ident> = parameters(&operation.definition);
        let name = operation.rust_name();
        let send = method(operation, "send");
        let requires = send.is_ok_and(|send| {
            names
                .iter()
                .any(|name| initializer(&mut send.block, name).is_some())
        });
        Self { name, requires }
    }
}

impl OperationCode {
    /// The method's name on `Client`, such as `get_user`.
    pub(super) fn rust_name(&self) -> String {
        self.method.sig.ident.to_string()
    }

    /// What the lowered document says of it.
    pub(super) fn stated<'d>(&self, document: &'d Value) -> &'d Value {
        let method = self.operation.method.to_ascii_lowercase();
        &document["paths"][&self.operation.path][method]
    }

    /// Where in the lowered document an extension of it stands.
    pub(super) fn pointer(&self, extension: &str) -> String {
        format!("{}/{extension}", self.operation.pointer())
    }

    /// The builder struct's name, such as `GetUser`.
    pub(super) fn type_name(&self) -> &Ident {
        &self.definition.ident
    }
}

/// Takes the operations out of `parts`.
pub(super) fn identify(
    parts: &mut Parts,
    lowered: &Lowered,
) -> Result<Vec<OperationCode>, Problem> {
    let by_call: BTreeMap<String, (&String, &Operation)> = lowered
        .operations
        .iter()
        .map(|(id, operation)| {
            let call = call_sentence(&operation.method, &operation.path);
            (call, (id, operation))
        })
        .collect();
    let mut definitions = BTreeMap::new();
    let mut implementations = BTreeMap::new();
    for item in std::mem::take(&mut parts.operations) {
        match item {
            Item::Struct(item) => {
                definitions.insert(item.ident.to_string(), item);
            }
            Item::Impl(item) => {
                if let Some(name) = self_ident(&item).map(Ident::to_string) {
                    implementations.insert(name, item);
                }
            }
            _ => {
                return Err(unexpected_output(
                    "an item in `builder` that is no struct and no impl",
                ));
            }
        }
    }
    std::mem::take(&mut parts.methods)
        .into_iter()
        .map(|method| {
            let name = method.sig.ident.to_string();
            let missing = |what: &str| unexpected_output(&format!("method `{name}` {what}"));
            let builder = returned_type(&method).ok_or_else(|| missing("returns no builder"))?;
            // progenitor names the call in the method's docs; names could be ambiguous, this is not.
            let documented = doc_text(&method.attrs);
            let (id, operation) = documented
                .lines()
                .find_map(|line| by_call.get(line.trim()))
                .ok_or_else(|| missing("does not say which request it sends"))?;
            Ok(OperationCode {
                id: (*id).clone(),
                operation: (*operation).clone(),
                definition: definitions
                    .remove(&builder)
                    .ok_or_else(|| missing("has no builder struct"))?,
                implementation: implementations
                    .remove(&builder)
                    .ok_or_else(|| missing("has no builder implementation"))?,
                method,
                debug: None,
                paging: None,
                job: None,
            })
        })
        .collect()
}

fn call_sentence(method: &str, path: &str) -> String {
    format!(
        "Sends a `{}` request to `{path}`",
        method.to_ascii_uppercase()
    )
}

/// The name of the type that a method returns, without what is in its brackets.
pub(super) fn returned_type(method: &ImplItemFn) -> Option<String> {
    match &method.sig.output {
        ReturnType::Type(_, ty) => last_ident(ty).map(Ident::to_string),
        ReturnType::Default => None,
    }
}

/// The text of the `#[doc = …]` attributes, joined by newlines.
pub(super) fn doc_text(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    lines.join("\n")
}

/// The text of one `#[doc = "…"]`; `None` for every other attribute.
pub(super) fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(literal) = &meta.value else {
        return None;
    };
    match &literal.lit {
        Lit::Str(text) if meta.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}
