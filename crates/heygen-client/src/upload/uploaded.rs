//! A file that HeyGen has.

use std::fmt;

use crate::types::{AssetId, AssetInput, AssetRef, CompletedAsset, UploadedAsset};

/// A file that was uploaded. It turns into what other calls take as an asset with `into`: an [`AssetRef`] or an [`AssetInput`].
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uploaded {
    /// What other calls know the file by.
    pub asset_id: String,
    /// What HeyGen found the file to be, as `video/mp4`.
    pub mime_type: String,
    /// How long it is, in bytes.
    pub size_bytes: i64,
    /// Where anybody can read it.
    pub url: String,
    /// The state of a file that went directly to the storage, as `processing`; `None` of one that went in one call, of which HeyGen says none.
    pub status: Option<String>,
}

impl From<UploadedAsset> for Uploaded {
    #[inline]
    fn from(asset: UploadedAsset) -> Self {
        Self {
            asset_id: asset.asset_id,
            mime_type: asset.mime_type,
            size_bytes: asset.size_bytes,
            url: asset.url,
            status: None,
        }
    }
}

impl From<CompletedAsset> for Uploaded {
    #[inline]
    fn from(asset: CompletedAsset) -> Self {
        Self {
            asset_id: asset.asset_id,
            mime_type: asset.mime_type,
            size_bytes: asset.size_bytes,
            url: asset.url,
            status: Some(asset.status),
        }
    }
}

impl From<Uploaded> for AssetRef {
    #[inline]
    fn from(uploaded: Uploaded) -> Self {
        AssetId::new(uploaded.asset_id).into()
    }
}

impl From<Uploaded> for AssetInput {
    #[inline]
    fn from(uploaded: Uploaded) -> Self {
        AssetId::new(uploaded.asset_id).into()
    }
}

/// Without the URL, by which anybody can read the file.
impl fmt::Debug for Uploaded {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uploaded")
            .field("asset_id", &self.asset_id)
            .field("mime_type", &self.mime_type)
            .field("size_bytes", &self.size_bytes)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
