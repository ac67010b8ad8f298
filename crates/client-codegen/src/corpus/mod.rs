//! `corpus`: the whole pipeline over every document of a folder, to see what is kept of real documents.
//!
//! Each document has a process of its own with bounded memory and time, so that an abort, an overflow of the stack and a
//! hang are results. `find` lists the documents, `child` starts this program again for each of them, `measure` is what
//! runs there, `counts` and `untyped` say what is counted, and `report` draws the table. `stock` is progenitor without this
//! project beside it, `check` compiles what was generated, `trips` sends samples through it, and `mutation` makes documents that nobody wrote.

mod cause;
mod check;
pub mod child;
mod counts;
mod find;
mod limits;
mod measure;
pub mod mutation;
mod outcome;
mod panics;
mod pool;
mod progress;
mod report;
mod stated;
mod stock;
mod survived;
mod trips;
mod untyped;
mod written;

pub use check::Workspace;
pub use counts::{operations, schemas};
pub use find::{Found, find};
pub use limits::Limits;
pub use measure::{Task, measure};
pub use outcome::{NoteCounts, Outcome, Totals};
pub use pool::in_order;
pub use progress::Progress;
pub use report::table;
pub use trips::judged;
pub use untyped::untyped;
pub use written::{crate_name, replace};
