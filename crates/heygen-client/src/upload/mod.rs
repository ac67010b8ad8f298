//! Uploading a file, by whichever of HeyGen's two ways fits it.

mod error;
mod media_type;
mod steps;
mod uploaded;

pub use error::UploadError;
pub use steps::Upload;
pub use uploaded::Uploaded;
