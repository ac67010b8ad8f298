//! How long a transfer may stand still.

use std::future::Future;
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::deadline::TimedOut;

/// The time since something moved. A long file needs long, so it is not the whole that has a limit.
#[derive(Debug)]
pub(super) struct Quiet {
    longest: Option<Duration>,
    moved: Mutex<Instant>,
}

impl Quiet {
    /// From now on; `None` is no limit.
    pub(super) fn of(longest: Option<Duration>) -> Self {
        Self {
            longest,
            moved: Mutex::new(Instant::now()),
        }
    }

    /// Something moved.
    pub(super) fn end(&self) {
        *self.moved.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn moved(&self) -> Instant {
        *self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When it has been quiet for too long, if nothing moves; `None` if never.
    fn limit(&self) -> Option<Instant> {
        self.moved().checked_add(self.longest?)
    }

    /// Whether there is time left after `wait` from now on.
    pub(super) fn leaves(&self, wait: Duration) -> bool {
        let Some(limit) = self.limit() else {
            return true;
        };
        let then = Instant::now().checked_add(wait);
        then.is_some_and(|then| then < limit)
    }

    /// What comes of `work`, unless it is quiet for too long.
    pub(super) async fn keep<T>(&self, work: impl Future<Output = T>) -> Result<T, TimedOut> {
        let mut work = pin!(work);
        loop {
            let Some(limit) = self.limit() else {
                return Ok(work.await);
            };
            match timeout_at(limit, work.as_mut()).await {
                Ok(done) => return Ok(done),
                Err(_) if self.limit() == Some(limit) => return Err(TimedOut),
                Err(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::time::sleep;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn it_ends_what_does_not_move_and_nothing_else() {
        let quiet = Quiet::of(Some(10 * SECOND));
        let moving = async {
            for _ in 0..5 {
                sleep(9 * SECOND).await;
                quiet.end();
            }
            pending::<()>().await;
        };
        let began = Instant::now();
        assert_eq!(quiet.keep(moving).await, Err(TimedOut));
        assert_eq!(began.elapsed().as_secs(), 55);
        assert!(!quiet.leaves(Duration::ZERO));
        quiet.end();
        assert!(quiet.leaves(9 * SECOND) && !quiet.leaves(10 * SECOND));
        let unlimited = Quiet::of(None);
        assert_eq!(unlimited.keep(sleep(1_000 * SECOND)).await, Ok(()));
        assert!(unlimited.leaves(Duration::MAX));
    }
}
