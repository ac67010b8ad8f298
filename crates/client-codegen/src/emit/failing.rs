//! A file system that fails on purpose, for tests of everything that writes.

use std::cell::Cell;
use std::ffi::OsString;
use std::io;
use std::path::Path;

use super::{FileSystem, Kind};

/// Passes operations on until the given one, which fails, as all after it do: as if the run were killed there.
///
/// Operation 0 is the first. A `create` that fails has written half of its bytes before, as a full disk does.
#[derive(Debug)]
pub struct FailAt<F> {
    inner: F,
    at: usize,
    done: Cell<usize>,
}

impl<F: FileSystem> FailAt<F> {
    /// Fails from operation `at` on.
    pub fn new(inner: F, at: usize) -> Self {
        Self {
            inner,
            at,
            done: Cell::new(0),
        }
    }

    /// How many operations were asked for, failed ones included.
    pub fn operations(&self) -> usize {
        self.done.get()
    }

    fn step(&self) -> io::Result<()> {
        let now = self.done.get();
        self.done.set(now + 1);
        if now < self.at {
            Ok(())
        } else {
            Err(io::Error::other("injected failure"))
        }
    }
}

impl<F: FileSystem> FileSystem for FailAt<F> {
    fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        self.step().and_then(|()| self.inner.kind(path))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step().and_then(|()| self.inner.read(path))
    }

    fn list(&self, directory: &Path) -> io::Result<Vec<OsString>> {
        self.step().and_then(|()| self.inner.list(directory))
    }

    fn create_directories(&self, directory: &Path) -> io::Result<()> {
        self.step()
            .and_then(|()| self.inner.create_directories(directory))
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let first = self.done.get() == self.at;
        match self.step() {
            Ok(()) => self.inner.create(path, bytes),
            Err(error) => {
                if first {
                    self.inner.create(path, &bytes[..bytes.len() / 2])?;
                }
                Err(error)
            }
        }
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| self.inner.sync(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| self.inner.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| self.inner.remove_file(path))
    }

    fn remove_directory(&self, directory: &Path) -> io::Result<()> {
        self.step()
            .and_then(|()| self.inner.remove_directory(directory))
    }
}
