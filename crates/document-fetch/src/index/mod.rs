//! A site's list of pages: which of them are documents of the API and are not yet in the manifest, and which are no longer there.

mod edit;
mod file_name;
mod links;
mod patterns;
mod propose;

pub(crate) use edit::edited;
pub(crate) use propose::propose;
