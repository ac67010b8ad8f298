//! Bytes that go to or come from URLs outside of the API, as those that a storage signs: without the client's credentials.

mod address;
mod counted;
mod download;
mod job;
mod part_file;
mod progress;
mod public;
mod quiet;
mod renewal;
mod upload;

pub use download::Download;
pub use progress::Progress;
pub use public::{Transfer, TransferExt};
pub use upload::Upload;
