//! The one writer.
//!
//! All files are rendered in memory first, as a [`Plan`]. [`compare`] says what differs on the disk; [`apply`] writes only
//! that, each file by a temporary one and a rename, so that a reader, a killed run or a full disk never leaves half a file.
//! Whatever stops a run, the next one heals it, because it compares again.

mod apply;
mod compare;
mod diff;
mod failing;
mod filesystem;
mod plan;
mod report;

pub use apply::apply;
pub use compare::{Change, ChangeKind, compare};
pub use failing::FailAt;
pub use filesystem::{Disk, FileSystem, Kind};
pub use plan::{Plan, TEMPORARY_PREFIX};
pub use report::report;
