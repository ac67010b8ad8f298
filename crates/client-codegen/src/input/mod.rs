//! The stage *pages* over the file system: reads the vendored documents of an API and extracts their fragments.

mod pages;
mod read;

pub use pages::{Page, pages};
pub use read::{Vendored, read_file, read_optional, vendored};
