//! Where a command's text goes.

use std::io::Write;

use crate::diagnostic::{Diagnostics, Style};

/// The two streams of a command, as parameters so that tests see what users see.
pub struct Console<'a> {
    /// What was asked for.
    pub out: &'a mut dyn Write,
    /// Progress, diagnostics and advice.
    pub err: &'a mut dyn Write,
    /// How diagnostics are drawn.
    pub style: Style,
}

impl Console<'_> {
    /// Writes to standard output. A reader that went away is not an error of the command.
    pub(super) fn print(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes());
    }

    /// Writes a line to standard error.
    pub(super) fn say(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }

    /// Writes text to standard error as it is.
    pub(super) fn say_text(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }

    /// Draws diagnostics on standard error.
    pub(super) fn report(&mut self, diagnostics: &Diagnostics) {
        let text = diagnostics.render(self.style);
        let _ = self.err.write_all(text.as_bytes());
    }
}
