//! `diff`, from what cargo and git say.

#[path = "../../../../openapi-diff/tests/mutations/edit.rs"]
mod edit;
mod truth;
