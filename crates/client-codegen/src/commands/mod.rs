//! The commands as functions: options in, text to a [`Console`], an exit code out.

pub mod codegen;
mod console;
#[cfg(feature = "cli")]
pub mod corpus;
#[cfg(feature = "cli")]
pub mod diff;
mod exclusive;
mod inputs;
mod left_out;
pub mod load;
pub mod new;
pub mod pin;
mod placement;
mod root;
pub mod show;
mod unlisted;

pub use console::Console;
pub use exclusive::exclusively;
pub use inputs::{read_lock, read_manifest};
pub use root::find_root;
