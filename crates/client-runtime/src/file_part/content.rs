//! Where the bytes of a file are.

use std::sync::Arc;

use bytes::Bytes;

use super::disk::DiskFile;
use super::once::Once;
use crate::sending::{Exact, SendError};

/// A clone refers to the same bytes. Two contents are equal if their bytes are known to be: the same bytes in memory, one
/// place on the disk with one length, or the very same stream.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Memory(Bytes),
    Disk(Arc<DiskFile>),
    Stream(Once),
}

/// What can be read of a content, to be sent.
pub(crate) enum Reading {
    Memory(Bytes),
    Pieces(Exact),
}

impl Content {
    /// In bytes.
    pub(crate) fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Disk(file) => file.length(),
            Self::Stream(stream) => stream.length(),
        }
    }

    /// What `Debug` and errors call it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Memory(_) => "bytes",
            Self::Disk(_) => "a file on disk",
            Self::Stream(_) => "a stream",
        }
    }

    /// Takes the content to send it.
    ///
    /// # Errors
    ///
    /// If it is a stream that was taken before.
    pub(crate) fn read(&self) -> Result<Reading, SendError> {
        let length = self.length();
        Ok(match self {
            Self::Memory(bytes) => Reading::Memory(bytes.clone()),
            Self::Disk(file) => {
                Reading::Pieces(Exact::new(DiskFile::read(file), length, Some(file.path())))
            }
            Self::Stream(stream) => Reading::Pieces(Exact::new(stream.lend()?, length, None)),
        })
    }
}
