//! Operations that read the state of a job, where the document (or an overlay of it) says so by `x-job`: the builder gets a method that
//! waits for the job.

mod code;
mod declared;
mod resolved;

pub(super) use code::add;

const EXTENSION: &str = "x-job";
