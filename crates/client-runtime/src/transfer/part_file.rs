//! A file that is there once all of it is.

use std::io;
use std::path::{Path, PathBuf};

use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

/// A file with a name of its own, until it is kept; else it is removed.
pub(super) struct PartFile {
    file: File,
    /// `None` once it is kept.
    path: Option<PathBuf>,
    target: PathBuf,
}

impl PartFile {
    /// A new file in the folder of `target`, so that it can be renamed.
    pub(super) async fn beside(target: &Path) -> io::Result<Self> {
        if target.file_name().is_none() {
            let problem = "the path does not name a file";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        }
        // Not longer where the file's own name is long.
        let path = target.with_file_name(format!(".{}.part", Uuid::new_v4().simple()));
        let mut options = File::options();
        let file = options.write(true).create_new(true).open(&path).await?;
        Ok(Self {
            file,
            path: Some(path),
            target: target.to_owned(),
        })
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    /// Gives the file its name, in place of one that has it.
    pub(super) async fn keep(mut self) -> io::Result<()> {
        self.file.flush().await?;
        // Else a name without its bytes could be what a crash leaves.
        self.file.sync_all().await?;
        if let Some(path) = &self.path {
            fs::rename(path, &self.target).await?;
        }
        self.path = None;
        Ok(())
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // Nobody is left who could be told.
            drop(std::fs::remove_file(path));
        }
    }
}
