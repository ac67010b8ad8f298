//! A bar on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::options::Progress;

/// How far a fetch is.
#[derive(Debug)]
pub(crate) struct Meter(Option<ProgressBar>);

impl Meter {
    /// Begins at 0 of `documents`.
    pub(crate) fn start(progress: Progress, api: &str, documents: usize) -> Self {
        if progress != Progress::Bar {
            return Self(None);
        }
        let bar = ProgressBar::with_draw_target(
            u64::try_from(documents).ok(),
            ProgressDrawTarget::stderr(),
        );
        // The template is fixed, so it is either always right or always replaced by the default.
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(api.to_owned());
        Self(Some(bar))
    }

    /// One more came, or did not.
    pub(crate) fn tick(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
