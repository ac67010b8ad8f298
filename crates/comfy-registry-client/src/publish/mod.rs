//! Publishing a version: make it, upload its archive, wait for the scan.

mod error;
mod steps;
mod wait;

pub use error::PublishError;
pub use steps::{Publish, Published};
