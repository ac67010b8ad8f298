//! Waits that grow.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

/// So many waits (`None` for no end), each up to twice as long as the one before and never above `longest`: a random time between the
/// half and all of that, so that programs that began together do not stay together.
pub(crate) fn growing(
    first: Duration,
    longest: Duration,
    times: Option<usize>,
) -> impl Iterator<Item = Duration> + Send + Sync + use<> {
    let waits = ExponentialBuilder::default()
        .with_min_delay(first.min(longest))
        .with_max_delay(longest)
        .with_factor(2.0)
        .with_jitter();
    let waits = match times {
        Some(times) => waits.with_max_times(times),
        None => waits.without_max_times(),
    };
    waits.build().map(|wait| wait / 2)
}
