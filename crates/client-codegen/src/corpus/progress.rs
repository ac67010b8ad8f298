//! How far a run is, for people who watch it.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error if that is a terminal, else nothing.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar of this length, with a word for what is being done.
    #[must_use]
    pub fn new(length: usize, doing: &'static str) -> Self {
        let bar = if io::stderr().is_terminal() {
            let target = ProgressDrawTarget::stderr();
            ProgressBar::with_draw_target(u64::try_from(length).ok(), target)
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        bar.set_prefix(doing);
        Self { bar }
    }

    /// One more is done.
    pub fn done(&self, name: &str) {
        self.bar.set_message(name.to_owned());
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
