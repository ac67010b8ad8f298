//! All files of an API, or none of them.
//!
//! What is new is written to a folder of its own in `specs`, then a journal that says where each file belongs. The rename that
//! gives the journal its name is the moment from which the API is new: whatever stops the process before it leaves things as they
//! were, and after it the next run ends what this one began. One run at a time works there, by a lock of the operating
//! system, which a process that is killed does not leave behind and which `pin` and `new` respect (`client_codegen::lock::Held`).

mod changes;
mod commit;
mod journal;
mod recover;

pub(crate) use changes::{Changes, Hashes};
pub(crate) use commit::commit;
pub(crate) use recover::{Recovered, recover};
