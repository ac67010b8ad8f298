//! The side of the parent: progenitor in a process that may end in any way.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::child::{self, CHILD_COMMAND};
use super::failure::Failure;

/// Of what a child says on standard error, the end is kept.
const KEPT_BYTES: usize = 8 << 10;

/// The code for a document from a child process, which is killed after `limit`.
pub(super) fn tokens(program: &Path, document: &Value, limit: Duration) -> Result<String, Failure> {
    let mut command = Command::new(program);
    command
        .arg(CHILD_COMMAND)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // What it says is shown to people, and a backtrace has addresses.
        .env("RUST_BACKTRACE", "0");
    let mut child = command
        .spawn()
        .map_err(|error| Failure::NotStarted(error.to_string()))?;
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(input), Some(output), Some(errors)) = pipes else {
        end(&mut child);
        return Err(Failure::NotStarted("it has no pipes".to_owned()));
    };
    let text = document.to_string();
    // All three at once: a child that waits for one pipe must not make us wait for another.
    thread::scope(|scope| {
        let (answered, answer) = mpsc::channel();
        let errors = scope.spawn(|| read_end(errors));
        scope.spawn(move || {
            let _ = answered.send(read_all(output));
        });
        let input = scope.spawn(|| send(input, &text));
        let answer = answer.recv_timeout(limit);
        let status = match answer {
            Ok(_) => child.wait().ok(),
            Err(_) => end(&mut child),
        };
        // Open until here: the child ends when it is closed.
        drop(input.join());
        let errors = errors.join().unwrap_or_default();
        match answer {
            Err(_) => Err(Failure::TimedOut(limit)),
            Ok(answer) if status.is_some_and(|status| status.success()) => child::read(&answer)
                .unwrap_or_else(|| Err(Failure::Aborted("its answer is cut short".to_owned()))),
            Ok(_) => Err(Failure::Aborted(last_words(&errors, status))),
        }
    })
}

/// Sends the document and gives the pipe back. An error is the end of the child, which its status tells better.
fn send(mut input: ChildStdin, text: &str) -> ChildStdin {
    let _ = writeln!(input, "{}", text.len());
    let _ = input.write_all(text.as_bytes());
    let _ = input.flush();
    input
}

fn read_all(mut output: ChildStdout) -> String {
    let mut bytes = Vec::new();
    let _ = output.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads to the end, so that the child never waits, and keeps what came last.
fn read_end(mut errors: ChildStderr) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = errors.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..count]);
        if kept.len() > 2 * KEPT_BYTES {
            kept.drain(..kept.len() - KEPT_BYTES);
        }
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// Kills a child and waits, so that nothing of it is left.
fn end(child: &mut Child) -> Option<ExitStatus> {
    let _ = child.kill();
    child.wait().ok()
}

/// The last line that says why, else how the process ended.
fn last_words(errors: &str, status: Option<ExitStatus>) -> String {
    let said = errors
        .lines()
        .map(str::trim)
        .rfind(|line| !line.is_empty() && !line.starts_with("note:"));
    match (said, status) {
        (Some(said), _) => said
            .trim_start_matches("fatal runtime error: ")
            .trim_end_matches(", aborting")
            .to_owned(),
        (None, Some(status)) => format!("the process ended with {status}"),
        (None, None) => "the process ended".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::last_words;

    #[test]
    fn the_last_line_that_says_why() {
        let overflow = "\nthread 'generate' (7) has overflowed its stack\nfatal runtime error: stack overflow, aborting\n";
        assert_eq!(last_words(overflow, None), "stack overflow");
        let memory = "memory allocation of 16 bytes failed\nnote: run with `RUST_BACKTRACE=1`\n\n";
        assert_eq!(
            last_words(memory, None),
            "memory allocation of 16 bytes failed"
        );
        assert_eq!(last_words("", None), "the process ended");
    }
}
