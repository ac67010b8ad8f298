//! `diff`: what changed in an API, for the users of its client.

mod api;
mod git;
mod json;
mod markdown;
mod report;
mod run;
mod side;
mod surfaces;
mod text;
mod tree;
mod version;

pub use run::{Format, Options, What, run};
