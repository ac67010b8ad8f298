//! The hand-written shell of a client crate: written once for a crate that does not exist, its people's from then on.
//!
//! Only the list of dependencies is kept up afterwards, because generated code decides what it needs. A crate inherits
//! what its workspace offers and states the rest, so that it builds in any folder.

mod dependencies;
mod features;
mod readme;
mod requirements;
mod shell;
mod templates;
mod workspace;

pub use dependencies::add_dependencies;
pub use features::has_feature;
pub use shell::{Shown, files, missing};
pub use templates::runtime_advice;
pub use workspace::Workspace;
