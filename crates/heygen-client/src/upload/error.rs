//! Which step of an upload failed.

use std::fmt;

use client_runtime::Error;

use crate::error::{CompleteAssetUploadError, CreateAssetUploadError, UploadAssetError};

/// Why a file is not uploaded, by the step that failed.
///
/// Like [`Error`], it shows no credential, no body and no signed address.
#[non_exhaustive]
pub enum UploadError {
    /// Nothing was sent: this is missing or unusable.
    Invalid(&'static str),
    /// The file was to go in one call, which failed. If HeyGen refused it, there is no asset; if its answer did not come or cannot be read,
    /// there may be one whose id nobody was told.
    Send(Error<UploadAssetError>),
    /// The file was to go directly to the storage, and HeyGen did not say where. If its answer did not come or cannot be read, there may be an
    /// asset without a file.
    Create(Error<CreateAssetUploadError>),
    /// There is an asset, and its place takes no file of that length, so nothing of it was sent. The asset stays as in [`Put`](Self::Put).
    TooLong {
        /// The id of the asset.
        asset_id: String,
        /// How long the file is, in bytes.
        length: i64,
        /// How many bytes the place takes.
        max_bytes: i64,
    },
    /// There is an asset, and its file did not come to the storage. It stays without one: delete it by `delete_asset`, or leave it.
    Put {
        /// The id of the asset.
        asset_id: String,
        /// What the upload failed with.
        source: Error,
    },
    /// The file is in the storage. HeyGen was not told or does not take it, or it did and its answer cannot be read.
    /// `complete_asset_upload` may be called again.
    Complete {
        /// The id of the asset.
        asset_id: String,
        /// What the call failed with.
        source: Error<CompleteAssetUploadError>,
    },
}

impl UploadError {
    /// The id of the asset, if one is known to be made: HeyGen has it from then on, whatever failed later.
    #[must_use]
    #[inline]
    pub fn asset_id(&self) -> Option<&str> {
        match self {
            Self::TooLong { asset_id, .. }
            | Self::Put { asset_id, .. }
            | Self::Complete { asset_id, .. } => Some(asset_id),
            Self::Invalid(_) | Self::Send(_) | Self::Create(_) => None,
        }
    }

    /// What HeyGen or its storage says; see [`Error::message`].
    #[must_use]
    #[inline]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Invalid(_) | Self::TooLong { .. } => None,
            Self::Send(error) => error.message(),
            Self::Create(error) => error.message(),
            Self::Put { source, .. } => source.message(),
            Self::Complete { source, .. } => source.message(),
        }
    }
}

impl fmt::Display for UploadError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(problem) => write!(f, "nothing was uploaded: {problem}"),
            Self::Send(error) => write!(f, "uploading the file failed: {error}"),
            Self::Create(error) => {
                write!(f, "no place is known to upload the file to: {error}")
            }
            Self::TooLong {
                asset_id,
                length,
                max_bytes,
            } => write!(
                f,
                "the asset {asset_id:?} was made, but its file has {length} bytes and may have {max_bytes}"
            ),
            Self::Put { asset_id, source } => write!(
                f,
                "the asset {asset_id:?} was made, but its file was not uploaded: {source}"
            ),
            Self::Complete { asset_id, source } => write!(
                f,
                "the file of the asset {asset_id:?} was uploaded, but completing the upload failed: {source}"
            ),
        }
    }
}

/// As `Display`.
impl fmt::Debug for UploadError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UploadError({self})")
    }
}

/// The sources are those of the call's error, which `Display` has already.
impl std::error::Error for UploadError {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Invalid(_) | Self::TooLong { .. } => None,
            Self::Send(error) => error.source(),
            Self::Create(error) => error.source(),
            Self::Put { source, .. } => source.source(),
            Self::Complete { source, .. } => source.source(),
        }
    }
}
