//! When a job is looked at.

use std::time::Duration;

use crate::retry;

/// The waits between the looks at a job, and when they end.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    pub(super) first_delay: Duration,
    pub(super) max_delay: Duration,
    /// `None` for no end.
    pub(super) timeout: Option<Duration>,
    pub(super) max_failures: u32,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            first_delay: Duration::from_secs(2),
            max_delay: Duration::from_secs(30),
            timeout: Some(Duration::from_secs(20 * 60)),
            max_failures: 5,
        }
    }
}

/// Enough time for most answers.
const USUAL: Duration = Duration::from_secs(1);

/// When the next look is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// After this wait.
    After(Duration),
    /// After this wait, and it is the last one.
    Last(Duration),
    /// There is no time for one.
    Never,
}

impl Schedule {
    /// The waits, without an end.
    pub(super) fn delays(&self) -> impl Iterator<Item = Duration> + Send + use<> {
        retry::growing(self.first_delay, self.max_delay, None)
    }
}

/// The next look after a wait, in what is left of the time (`None` for a time without an end). One that would be too late is
/// made before the end, so early that there is time for its answer if that takes no longer than twice the last one.
pub(super) fn next(wait: Duration, left: Option<Duration>, took: Duration) -> Next {
    let Some(left) = left else {
        return Next::After(wait);
    };
    let reserve = took.saturating_mul(2).max(USUAL.min(left / 10));
    match left.checked_sub(reserve) {
        Some(latest) if wait < latest => Next::After(wait),
        Some(latest) if !latest.is_zero() => Next::Last(latest),
        _ => Next::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_without_an_end() {
        let waits = Schedule::default().delays().take(40);
        let waits: Vec<f64> = waits.map(|wait| wait.as_secs_f64()).collect();
        let most = [2.0, 4.0, 8.0, 16.0].into_iter();
        for (wait, most) in waits.iter().zip(most.chain(std::iter::repeat(30.0))) {
            assert!((most / 2.0..=most).contains(wait), "{waits:?}");
        }
        assert_eq!(waits.len(), 40);
    }

    #[test]
    fn any_delays_can_be_counted_with() {
        let schedule = |first_delay, max_delay| Schedule {
            first_delay,
            max_delay,
            ..Schedule::default()
        };
        let (least, most) = (Duration::ZERO, Duration::MAX);
        assert_eq!(schedule(most, most).delays().take(9).count(), 9);
        assert_eq!(schedule(least, least).delays().nth(9), Some(least));
        // The longest one holds.
        let mut delays = schedule(most, Duration::from_millis(10)).delays();
        assert!(delays.next() <= Some(Duration::from_millis(10)));
    }

    #[test]
    fn the_last_look_is_before_the_end() {
        let seconds = Duration::from_secs;
        let millis = Duration::from_millis;
        for (wait, left, took, expected) in [
            (seconds(30), None, seconds(9), Next::After(seconds(30))),
            (
                seconds(30),
                Some(seconds(40)),
                millis(5),
                Next::After(seconds(30)),
            ),
            (
                seconds(30),
                Some(seconds(30)),
                millis(5),
                Next::Last(seconds(29)),
            ),
            (
                seconds(30),
                Some(seconds(30)),
                seconds(5),
                Next::Last(seconds(20)),
            ),
            (
                millis(10),
                Some(millis(10)),
                millis(1),
                Next::Last(millis(8)),
            ),
            (seconds(2), Some(seconds(3)), seconds(2), Next::Never),
            (
                seconds(2),
                Some(Duration::ZERO),
                Duration::ZERO,
                Next::Never,
            ),
            (
                Duration::ZERO,
                Some(seconds(1)),
                millis(1),
                Next::After(Duration::ZERO),
            ),
            (
                Duration::MAX,
                Some(Duration::MAX),
                Duration::MAX,
                Next::Never,
            ),
        ] {
            assert_eq!(
                next(wait, left, took),
                expected,
                "{wait:?} {left:?} {took:?}"
            );
        }
    }
}
