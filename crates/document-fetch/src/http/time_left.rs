//! How long one document may take.

use std::cell::Cell;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::failure::{Failure, Kind};

/// What is left of the time of one document: its requests and the waits between them use it, the time in which it waits for its turn
/// does not, because that is the other documents' time.
#[derive(Debug)]
pub(super) struct TimeLeft {
    whole: Duration,
    left: Cell<Duration>,
}

impl TimeLeft {
    pub(super) fn new(whole: Duration) -> Self {
        Self {
            whole,
            left: Cell::new(whole),
        }
    }

    /// Does something, as long as there is time.
    pub(super) async fn within<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let begun = Instant::now();
        let done = timeout(self.left.get(), work).await;
        self.left
            .set(self.left.get().saturating_sub(begun.elapsed()));
        done.unwrap_or_else(|_| {
            let message = format!(
                "took longer than {:?}, all attempts and redirects together",
                self.whole
            );
            Err(Failure::new(Kind::Timeout, message))
        })
    }

    /// Takes so much of it, if there is as much.
    pub(super) fn take(&self, wait: Duration) -> bool {
        let rest = self.left.get().checked_sub(wait);
        if let Some(rest) = rest {
            self.left.set(rest);
        }
        rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run<T>(test: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build();
        runtime.unwrap().block_on(test)
    }

    #[test]
    fn it_is_used_up_by_work_and_by_waits() {
        run(async {
            let left = TimeLeft::new(Duration::from_secs(10));
            let work = |seconds| async move {
                tokio::time::sleep(Duration::from_secs(seconds)).await;
                Ok(seconds)
            };
            assert_eq!(left.within(work(4)).await, Ok(4));
            assert!(!left.take(Duration::from_secs(7)));
            assert!(left.take(Duration::from_secs(5)));
            let failure = left.within(work(2)).await.unwrap_err();
            assert_eq!(failure.kind, Kind::Timeout);
            assert_eq!(
                failure.message,
                "took longer than 10s, all attempts and redirects together"
            );
            assert!(!failure.may_pass);
            assert!(!left.take(Duration::from_millis(1)));
        });
    }
}
