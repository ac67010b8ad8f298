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
    /// The file was to go in one call, which failed. There is no asset.
    Send(Error<UploadAssetError>),
    /// The file was to go directly to the storage, and HeyGen did not say where. There is no asset.
    Create(Error<CreateAssetUploadError>),
    /// There is an asset, and its file did not come to the storage. It stays without one: delete it by `delete_asset`, or leave it.
    Put {
        /// The id of the asset.
        asset_id: String,
        /// What the upload failed with.
        source: Error,
    },
    /// The file is in the storage, and HeyGen was not told or does not take it. `complete_asset_upload` may be called again.
    Complete {
        /// The id of the asset.
        asset_id: String,
        /// What the call failed with.
        source: Error<CompleteAssetUploadError>,
    },
}

impl UploadError {
    /// The id of the asset, if one was made: HeyGen has it from then on, whatever failed later.
    #[must_use]
    #[inline]
    pub fn asset_id(&self) -> Option<&str> {
        match self {
            Self::Put { asset_id, .. } | Self::Complete { asset_id, .. } => Some(asset_id),
            Self::Invalid(_) | Self::Send(_) | Self::Create(_) => None,
        }
    }

    /// What HeyGen or its storage says; see [`Error::message`].
    #[must_use]
    #[inline]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Invalid(_) => None,
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
            Self::Send(error) => write!(f, "the file was not uploaded: {error}"),
            Self::Create(error) => {
                write!(f, "there is no place to upload the file to: {error}")
            }
            Self::Put { asset_id, source } => write!(
                f,
                "the asset {asset_id:?} was made, but its file was not uploaded: {source}"
            ),
            Self::Complete { asset_id, source } => write!(
                f,
                "the file of the asset {asset_id:?} was uploaded, but the upload was not completed: {source}"
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
            Self::Invalid(_) => None,
            Self::Send(error) => error.source(),
            Self::Create(error) => error.source(),
            Self::Put { source, .. } => source.source(),
            Self::Complete { source, .. } => source.source(),
        }
    }
}
