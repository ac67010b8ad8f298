//! From a session of the video agent to its video.

mod error;
mod steps;

pub use error::SessionVideoError;
pub use steps::SessionVideo;
