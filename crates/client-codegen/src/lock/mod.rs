//! `specs/apis.lock`: which bytes of each vendored document were reviewed.
//!
//! The file is the tool's. Only `pin`, `new` and `fetch` write it, one at a time; every other command compares.
//!
//! `program` is how people start the tool: the file and the diagnostics name commands of it.

mod check;
mod folder;
mod model;
mod pin;
mod text;

pub use check::{check, check_bytes};
pub use folder::{FETCH_FOLDER, HELD, Held, Workspace};
pub use model::{Entry, FETCH_JOURNAL, LOCK_FILE, Lock, NOT_VERIFIED, Pinnable, sha256};
pub use pin::pin;
