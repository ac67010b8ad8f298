//! Lifts a page of Mintlify's resolved form back to an OpenAPI document.
//!
//! The form has one operation with every reference at its top resolved; what the lift does is named after the parts of
//! the form: ENTRY (one alternative of a schema), MEDIAOBJ (one media type of a body), and so on.

mod body;
mod components;
mod entry;
mod lift;
mod operation;
mod parameters;
mod reader;
mod security;

pub(crate) use lift::lift;
