//! `diff`, from what cargo and git say.

mod command;
#[path = "../../../../openapi-diff/tests/mutations/edit.rs"]
mod edit;
mod truth;
