//! The one problem type that a user sees, its collection, and how both are rendered.
//!
//! A stage never prints and never stops at its first problem: it collects [`Diagnostics`], each with a stable code, the
//! place in the vendored file where one is known, the cause, and the next step.

mod codes;
mod collection;
mod convert;
mod excerpt;
mod render;
mod report;
mod source;
mod urls;

pub use codes::{CODES, Code};
pub use collection::Diagnostics;
pub use convert::{from_lower, from_pages};
pub(crate) use excerpt::harmless;
pub use render::Style;
pub use report::{Diagnostic, Label, Severity};
pub use source::{Place, SourceFile};
