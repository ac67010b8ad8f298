//! The code of an operation whose answers are pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Ident, ImplItem, ItemImpl, parse_quote};

use super::declared;
use super::resolved::{Paging, Way, resolve};
use crate::finish::derives::derives;
use crate::finish::docs;
use crate::finish::operations::OperationCode;
use crate::finish::parts::Parts;
use crate::finish::pointers::{
    Failure, Fault, Read, Step, Types, Walk, by_reference, by_value, free_name, wrapped,
};
use crate::finish::stand_ins::in_types;
use crate::problem::Problem;

/// Adds what the extension asks for to each operation that has it. For code that all passes but this are done with.
pub(in crate::finish) fn add(
    operations: &mut [OperationCode],
    parts: &Parts,
    document: &Value,
) -> Result<(), Vec<Problem>> {
    let types = Types::of(parts);
    let mut problems = Vec::new();
    let said = |fault: Fault, operation: &OperationCode| {
        fault.problem("finish::pagination", super::EXTENSION, operation)
    };
    for operation in operations {
        let Some(stated) = operation.stated(document).get(super::EXTENSION) else {
            continue;
        };
        let resolved = declared::read(stated)
            .map_err(Failure::Faults)
            .and_then(|declared| resolve(&declared, operation, &types));
        match resolved {
            Ok(paging) if derives(&operation.definition.attrs, "Clone") => {
                operation.paging = Some(implementation(operation, &paging));
                let method = method(operation, &paging);
                operation.implementation.items.push(method);
            }
            Ok(_) => problems.push(said(Fault::sent_once(), operation)),
            Err(Failure::Unexpected(problem)) => problems.push(problem),
            Err(Failure::Faults(faults)) => {
                problems.extend(faults.into_iter().map(|fault| said(fault, operation)));
            }
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

fn implementation(operation: &OperationCode, paging: &Paging) -> ItemImpl {
    let name = operation.type_name();
    let rust_name = operation.rust_name();
    let Paging {
        page,
        error,
        items,
        parameter,
        ..
    } = paging;
    let item = in_types(paging.item.clone());
    let count = match by_reference(quote!(page), true, &items.steps) {
        Read::Always(list) => quote!(#list.len()),
        Read::Maybe(list) => quote!(#list.map_or(0, ::std::vec::Vec::len)),
    };
    let list = match by_value(quote!(page), &items.steps) {
        Read::Always(list) => list,
        Read::Maybe(list) => quote!(#list.unwrap_or_default()),
    };
    let read = |walk: &Walk| by_reference(quote!(page), true, &walk.steps).option(true);
    let pages = paging.pages.as_ref().map(&read);
    let pages = pages.map(|pages| quote!(.pages(#pages)));
    let total = paging.total.as_ref().map(&read);
    let total = total.map(|total| quote!(.total(#total)));
    let more = paging.more.as_ref().map(|(walk, place)| {
        let more = read(walk);
        quote!(.more(#more, #place))
    });
    // The field is an option of the parameter's value.
    let steps: Vec<Step> = [Step::Option]
        .into_iter()
        .chain(paging.wraps.clone())
        .collect();
    let own = by_reference(quote!(self.#parameter), false, &steps).option(true);
    let step = match &paging.way {
        Way::Page { first } => quote!(.number(#own, #first)),
        Way::Offset => quote!(.offset(#own)),
        Way::Token { next, place } => {
            let next = read(next);
            quote!(.token(#next, #own, #place, seen))
        }
    };
    let seen: Ident = match &paging.way {
        Way::Token { .. } => format_ident!("seen"),
        _ => format_ident!("_seen"),
    };
    let value: TokenStream = wrapped(quote!(next), &steps);
    // Inlined is what a program compiles that uses it, and nobody else: `call` is the whole call.
    parse_quote! {
        impl<'a> ::client_runtime::Paged for #name<'a> {
            const OPERATION: &'static str = #rust_name;
            type Page = #page;
            type Item = #item;
            type Error = #error;
            type Call = ::client_runtime::PageCall<'a, Self::Page, Self::Error>;

            #[inline]
            fn call(self) -> Self::Call {
                ::std::boxed::Box::pin(self.send())
            }

            #[inline]
            fn following(
                &self,
                page: &Self::Page,
                #seen: &mut ::client_runtime::SeenTokens,
            ) -> ::std::result::Result<::std::option::Option<Self>, ::client_runtime::PageFailure> {
                let next = ::client_runtime::Following::after(#count) #pages #total #more #step?;
                Ok(next.map(|next| Self { #parameter: #value, ..::std::clone::Clone::clone(self) }))
            }

            #[inline]
            fn items(page: Self::Page) -> ::std::vec::Vec<Self::Item> {
                #list
            }
        }
    }
}

/// `pages`, or `all_pages` beside a parameter of that name, and so on.
fn method(operation: &OperationCode, paging: &Paging) -> ImplItem {
    let name = format_ident!("{}", free_name(operation, "pages", "all_"));
    let first = &paging.parameter;
    let mut text = format!(
        "Asks for one page after the other, from the one that [`{first}`](Self::{first}) says, else from the first one; see [`Pages`](::client_runtime::Pages)."
    );
    if let Some(size) = &paging.size {
        text += &format!(" How long a page may be is set by [`{size}`](Self::{size}).");
    }
    let docs = docs::lines(&text);
    parse_quote! {
        #(#docs)*
        pub fn #name(self) -> ::client_runtime::Pages<Self> {
            ::client_runtime::Pages::new(self)
        }
    }
}
