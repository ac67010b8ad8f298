//! How far a transfer is.

use std::fmt;
use std::sync::Arc;

/// How far a transfer is, as its callback is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes have gone to the connection, or have come from it. A transfer that is begun again after a failure that may pass
    /// begins at 0 again.
    pub bytes: u64,
    /// How many there will be in all: of an upload always known, of a download only if the server says so.
    pub total: Option<u64>,
}

impl Progress {
    /// Made up: for tests of a callback, and for what is sent in one piece.
    #[must_use]
    pub const fn new(bytes: u64, total: Option<u64>) -> Self {
        Self { bytes, total }
    }
}

/// Whoever wants to know how far a transfer is.
#[derive(Clone, Default)]
pub(super) struct Listener(Option<Arc<Callback>>);

type Callback = dyn Fn(Progress) + Send + Sync;

impl Listener {
    pub(super) fn new(callback: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(callback)))
    }

    pub(super) fn tell(&self, bytes: u64, total: Option<u64>) {
        if let Some(callback) = &self.0 {
            callback(Progress::new(bytes, total));
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Some" } else { "None" })
    }
}
