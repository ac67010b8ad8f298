//! Ties what an extension says to the types of the operation.

use syn::Type;

use super::declared::Declared;
use crate::finish::operations::OperationCode;
use crate::finish::parts::standard;
use crate::finish::pointers::{Answer, Failure, Types, Walk, is_one, is_whole_number};

/// Everything that the code of a job is made of, but for the states.
#[derive(Debug)]
pub(super) struct Job {
    /// The body of an answer.
    pub(super) answer: Type,
    /// The operation's error type.
    pub(super) error: Type,
    pub(super) state: Walk,
    pub(super) messages: Vec<Walk>,
}

/// Finds all that an extension names, and says what of it is not there.
pub(super) fn resolve(
    declared: &Declared,
    operation: &mut OperationCode,
    types: &Types<'_>,
) -> Result<Job, Failure> {
    let mut answer = Answer::of(operation, types, "the state of a job")?;
    let is_state = |ty: &Type| is_plain(ty) || types.is_displayed(ty);
    let what = "text, whole number or boolean";
    let state = answer.leading("state", &declared.state, what, is_state);
    let messages = declared.message.iter();
    let messages: Vec<_> = messages
        .map(|pointer| answer.walk("message", pointer))
        .collect();
    let Answer {
        body,
        error,
        faults,
        ..
    } = answer;
    match (state, messages.into_iter().collect()) {
        (Some(state), Some(messages)) if faults.is_empty() => Ok(Job {
            answer: body,
            error,
            state,
            messages,
        }),
        _ => Err(Failure::Faults(faults)),
    }
}

fn is_plain(ty: &Type) -> bool {
    standard(ty, &["String", "Formatted"]) || is_whole_number(ty) || is_one(ty, &["bool"])
}
