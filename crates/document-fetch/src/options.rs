//! What a run is asked for, and the bounds that it keeps.

use std::time::Duration;

/// What to fetch, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Names of APIs in the manifest; empty means all.
    pub apis: Vec<String>,
    /// Whether documents that differ are written.
    pub mode: Mode,
    /// What is done with the lists of pages that the manifest names.
    pub index: Index,
    /// How people see that it goes on.
    pub progress: Progress,
    /// The bounds.
    pub limits: Limits,
    /// The day that the lock notes, as `2026-11-22`.
    pub today: String,
}

/// What happens to documents that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They are written.
    Write,
    /// They are named; that there are some is the exit code.
    Check,
}

/// What is done with the lists of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// They are not asked for; the documents are.
    Ignore,
    /// What they would add and remove is printed; documents are only asked for with [`Mode::Check`].
    Propose,
    /// What they add and remove is done, together with the fetch of the documents.
    Accept,
}

/// How people see that it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Only results.
    Quiet,
    /// A line now and then.
    Lines,
    /// A bar on standard error, which is a terminal.
    Bar,
}

/// The bounds of a run. The default is what the command has.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How long a connection may take to come about.
    pub connect: Duration,
    /// How long one attempt may take, from the connection to the last byte.
    pub total: Duration,
    /// How long one document may take, all attempts, redirects and waits between them together; the time in which it waits for its turn
    /// behind other documents does not count.
    pub per_document: Duration,
    /// The most bytes of one document, packed and unpacked.
    pub document: usize,
    /// The most bytes of all documents of an API that are new, together.
    pub together: usize,
    /// How many redirects one document may take.
    pub redirects: usize,
    /// How often one document is asked for, if it fails in a way that may pass.
    pub attempts: usize,
    /// The wait before the second attempt; it doubles with each further one.
    pub first_wait: Duration,
    /// The longest wait. A server that asks for a longer one (`Retry-After`) is not asked again in this run, for no document.
    pub longest_wait: Duration,
    /// How many requests there are at a time.
    pub at_once: usize,
    /// How many of them go to one host.
    pub per_host: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(60),
            per_document: Duration::from_secs(180),
            document: openapi_pages::bounds::MAX_INPUT,
            together: 512 << 20,
            redirects: 5,
            attempts: 4,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(60),
            at_once: 4,
            per_host: 2,
        }
    }
}
