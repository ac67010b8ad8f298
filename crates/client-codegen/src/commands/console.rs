//! Where a command's text goes.

use std::io::{self, Write};

use crate::diagnostic::{Diagnostics, Style};
use crate::exit;
use crate::generate::Isolation;

/// What a command knows of the process that it runs in, as parameters so that tests see what users see.
pub struct Console<'a> {
    /// What was asked for.
    pub out: &'a mut dyn Write,
    /// Progress, diagnostics and advice.
    pub err: &'a mut dyn Write,
    /// How diagnostics are drawn.
    pub style: Style,
    /// How people start this tool, as `cargo xtask`: stands in advice, in help and in banners of written files.
    pub program: &'a str,
    /// Where progenitor runs: a process of its own, where this one is a program that can start itself.
    pub isolation: Isolation,
}

impl Console<'_> {
    /// Writes what was asked for, to the end. Returns the exit code: a full disk is a failure, a reader that went
    /// away (`| head`) is not.
    pub fn print(&mut self, text: &str) -> u8 {
        let written = self
            .out
            .write_all(text.as_bytes())
            .and_then(|()| self.out.flush());
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.say(&format!("the output cannot be written: {error}"));
                exit::FAILURE
            }
            _ => exit::OK,
        }
    }

    /// Writes a line to standard error.
    pub fn say(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }

    /// Writes text to standard error as it is.
    pub fn say_text(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }

    /// Draws diagnostics on standard error.
    pub fn report(&mut self, diagnostics: &Diagnostics) {
        let text = diagnostics.render(self.style);
        let _ = self.err.write_all(text.as_bytes());
    }
}
