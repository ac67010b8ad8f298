//! How many requests go to a host at a time, and when the next one may.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// The requests of a run.
#[derive(Debug)]
pub(super) struct Queue {
    all: Semaphore,
    per_host: usize,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

/// The requests to one host.
#[derive(Debug)]
pub(super) struct Host {
    permits: Semaphore,
    /// Not before then, because the host has asked for a pause.
    next: Mutex<Option<Instant>>,
    /// Not in this run, because the host has asked for a pause of this length.
    closed: Mutex<Option<Duration>>,
}

/// The right to one request, until it is dropped.
pub(super) struct Turn<'q> {
    _host: SemaphorePermit<'q>,
    _all: SemaphorePermit<'q>,
}

impl Queue {
    pub(super) fn new(at_once: usize, per_host: usize) -> Self {
        Self {
            all: Semaphore::new(at_once.max(1)),
            per_host: per_host.max(1),
            hosts: Mutex::default(),
        }
    }

    pub(super) fn host(&self, name: &str) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let host = hosts.entry(name.to_owned()).or_insert_with(|| {
            Arc::new(Host {
                permits: Semaphore::new(self.per_host),
                next: Mutex::default(),
                closed: Mutex::default(),
            })
        });
        Arc::clone(host)
    }

    /// Waits until a request to the host may be made. The host's own turn comes first, so that what waits for a slow host
    /// does not keep others waiting.
    pub(super) async fn turn<'q>(&'q self, host: &'q Host) -> Option<Turn<'q>> {
        // Neither is ever closed, so there is always a permit.
        let of_host = host.permits.acquire().await.ok()?;
        while let Some(next) = host.next().filter(|next| *next > Instant::now()) {
            sleep_until(next).await;
        }
        let of_all = self.all.acquire().await.ok()?;
        Some(Turn {
            _host: of_host,
            _all: of_all,
        })
    }
}

impl Host {
    fn next(&self) -> Option<Instant> {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For how long the host has asked not to be asked, if that is longer than a run waits.
    pub(super) fn closed_for(&self) -> Option<Duration> {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// No further request in this run.
    pub(super) fn close(&self, wait: Duration) {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.get_or_insert(wait);
    }

    /// No request for so long.
    pub(super) fn pause(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next = Some(next.map_or(until, |next| next.max(until)));
    }
}
