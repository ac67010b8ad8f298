//! Downloading what HeyGen made, from URLs that expire.

mod error;
mod file;
mod steps;

pub use error::DownloadVideoError;
pub use file::VideoFile;
pub use steps::DownloadVideo;
