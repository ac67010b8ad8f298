//! Documents that nobody wrote: small changes of real ones, the same for the same seed.
//!
//! `slice` takes a few operations with what they refer to, so that a change of a large document costs no more than one of a
//! small one; `change` changes that in a few places. `odd` has the values that people do not write. `run` puts the
//! results through the pipeline and `worker` is the process that does it.

mod change;
mod mutate;
mod odd;
mod random;
mod run;
mod slice;
mod summary;
mod worker;

pub use mutate::mutate;
pub use random::Random;
pub use run::{Mutants, run};
pub use summary::{Finding, Kind, Summary};
pub(super) use worker::serve;
pub use worker::{Batch, Said};
