//! Files on disk, read piece by piece.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::fs::{self, File};
use tokio::io::{AsyncRead, ReadBuf};

use crate::sending::{PIECE, Problem, SendError};

/// A file as it was when it was opened first. It is not kept open, so that there can be many.
#[derive(PartialEq, Eq)]
pub(crate) struct DiskFile {
    path: PathBuf,
    length: u64,
}

impl DiskFile {
    /// # Errors
    ///
    /// If there is no regular file that can be read. The error names the path.
    pub(crate) async fn open(path: PathBuf) -> io::Result<Self> {
        match open(&path).await {
            Ok((_, length)) => Ok(Self { path, length }),
            Err(error) => {
                let kind = error.kind();
                Err(io::Error::new(kind, SendError::failed(Some(path), error)))
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// In bytes.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// The bytes of the file as it is when the first of them is asked for.
    pub(crate) fn read(file: &Arc<Self>) -> Pieces {
        let file = Arc::clone(file);
        Pieces {
            file: Arc::clone(&file),
            state: State::Opening(Box::pin(async move { file.reopen().await })),
            buffer: BytesMut::new(),
        }
    }

    async fn reopen(&self) -> Result<File, SendError> {
        let (file, length) = open(&self.path).await.map_err(|error| self.failed(error))?;
        if length != self.length {
            let problem = Problem::Changed {
                was: self.length,
                is: length,
            };
            return Err(SendError::new(Some(self.path.clone()), problem));
        }
        Ok(file)
    }

    fn failed(&self, error: io::Error) -> SendError {
        SendError::failed(Some(self.path.clone()), error)
    }
}

/// Opens a regular file and says how long it is.
async fn open(path: &Path) -> io::Result<(File, u64)> {
    let only_regular = |is_file: bool| {
        let error = || io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file");
        is_file.then_some(()).ok_or_else(error)
    };
    // Asked before it is opened, because to open a pipe waits for somebody who writes into it.
    only_regular(fs::metadata(path).await?.is_file())?;
    let file = File::open(path).await?;
    let metadata = file.metadata().await?;
    only_regular(metadata.is_file())?;
    Ok((file, metadata.len()))
}

/// The bytes of a file.
pub(crate) struct Pieces {
    file: Arc<DiskFile>,
    state: State,
    /// Room for what is read next.
    buffer: BytesMut,
}

enum State {
    Opening(Pin<Box<dyn Future<Output = Result<File, SendError>> + Send>>),
    Open(File),
}

impl Stream for Pieces {
    type Item = Result<Bytes, SendError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let file = loop {
            match &mut this.state {
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(file) => this.state = State::Open(file),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                State::Open(file) => break file,
            }
        };
        if this.buffer.is_empty() {
            this.buffer = BytesMut::zeroed(PIECE);
        }
        let mut room = ReadBuf::new(&mut this.buffer);
        let read = ready!(Pin::new(file).poll_read(context, &mut room));
        let length = room.filled().len();
        Poll::Ready(match read {
            Ok(()) if length == 0 => None,
            Ok(()) => Some(Ok(this.buffer.split_to(length).freeze())),
            Err(error) => Some(Err(this.file.failed(error))),
        })
    }
}
