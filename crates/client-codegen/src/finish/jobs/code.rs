//! The code of an operation that reads the state of a job.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{ImplItem, ItemImpl, parse_quote};

use super::declared::{self, Declared};
use super::resolved::{Job, resolve};
use crate::finish::derives::derives;
use crate::finish::docs;
use crate::finish::operations::OperationCode;
use crate::finish::parts::Parts;
use crate::finish::pointers::{Failure, Fault, Read, Types, by_reference, free_name};
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
        fault.problem("finish::job", super::EXTENSION, operation)
    };
    for operation in operations {
        let Some(stated) = operation.stated(document).get(super::EXTENSION) else {
            continue;
        };
        let resolved = declared::read(stated)
            .map_err(Failure::Faults)
            .and_then(|declared| Ok((resolve(&declared, operation, &types)?, declared)));
        match resolved {
            Ok((job, declared)) if derives(&operation.definition.attrs, "Clone") => {
                operation.job = Some(implementation(operation, &job, &declared));
                let method = method(operation, &declared);
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

fn implementation(operation: &OperationCode, job: &Job, declared: &Declared) -> ItemImpl {
    let name = operation.type_name();
    let rust_name = operation.rust_name();
    let Job { answer, error, .. } = job;
    let done = &declared.done;
    let groups = [
        ("failed", &declared.failed),
        ("needs_person", &declared.needs_person),
        ("running", &declared.running),
    ];
    let groups = groups.iter().filter(|(_, group)| !group.is_empty());
    let groups = groups.map(|(name, group)| {
        let name = format_ident!("{name}");
        quote!(.#name(&[#(#group),*]))
    });
    let state = match by_reference(quote!(answer), true, &job.state.steps) {
        Read::Always(state) => quote!(Some(#state.to_string())),
        Read::Maybe(state) => quote!(#state.map(::std::string::ToString::to_string)),
    };
    let said =
        job.messages.iter().map(
            |walk| match by_reference(quote!(answer), true, &walk.steps) {
                Read::Always(place) => quote!(::client_runtime::job_text(&#place)),
                Read::Maybe(place) => quote!(#place.and_then(::client_runtime::job_text)),
            },
        );
    let message = said.reduce(|first, next| quote!(#first.or_else(|| #next)));
    let (parameter, message): (TokenStream, TokenStream) = match message {
        Some(message) => (quote!(answer), message),
        None => (quote!(_), quote!(None)),
    };
    // Inlined is what a program compiles that uses it, and nobody else: `call` is the whole call.
    parse_quote! {
        impl<'a> ::client_runtime::Polled for #name<'a> {
            const OPERATION: &'static str = #rust_name;
            const STATES: ::client_runtime::JobStates =
                ::client_runtime::JobStates::done(&[#(#done),*]) #(#groups)*;
            type Answer = #answer;
            type Error = #error;
            type Call = ::client_runtime::JobCall<'a, Self::Answer, Self::Error>;

            #[inline]
            fn call(self) -> Self::Call {
                ::std::boxed::Box::pin(self.send())
            }

            #[inline]
            fn state(answer: &Self::Answer) -> ::std::option::Option<::std::string::String> {
                #state
            }

            #[inline]
            fn message(#parameter: &Self::Answer) -> ::std::option::Option<::std::string::String> {
                #message
            }
        }
    }
}

/// `wait`, or `and_wait` beside a parameter of that name, and so on.
fn method(operation: &OperationCode, declared: &Declared) -> ImplItem {
    let name = format_ident!("{}", free_name(operation, "wait", "and_"));
    let docs = docs::lines(&text(declared));
    parse_quote! {
        #(#docs)*
        pub fn #name(self) -> ::client_runtime::Wait<'a, Self> {
            ::client_runtime::Wait::new(self)
        }
    }
}

fn text(declared: &Declared) -> String {
    let done = listed(&declared.done);
    let mut text = format!(
        "Waits for the job: asks for its state until that is {done}, and gives that answer; see [`Wait`](::client_runtime::Wait)."
    );
    let failed = &declared.failed;
    if !failed.is_empty() {
        text += &format!(
            " A job that is {} [has failed](::client_runtime::JobError::is_failed).",
            listed(failed)
        );
    }
    let needs_person = &declared.needs_person;
    if !needs_person.is_empty() {
        text += &format!(
            " One that is {} [needs a person](::client_runtime::JobError::needs_person), which ends the waiting, too.",
            listed(needs_person)
        );
    }
    text + " In every other state it goes on."
}

fn listed(states: &[String]) -> String {
    let states: Vec<String> = states.iter().map(|state| docs::code(state)).collect();
    states.join(" or ")
}
