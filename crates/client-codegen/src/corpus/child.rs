//! Starts this program again for a piece of work, and sees how it ends.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::limits::{self, Limits, rounded};
use super::measure::{self, Task};
use super::mutation::{self, Batch};
use super::outcome::Outcome;
use super::{cause, stock};

/// The hidden command that a child is started with; its work comes on standard input.
pub const COMMAND: &str = "corpus-child";

/// How often the memory of a child is looked at.
const GLANCE: Duration = Duration::from_millis(25);

/// How much of standard error is kept: its end says what happened.
const STDERR_BYTES: usize = 64 << 10;

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// The pipeline over one document; answers with one [`Outcome`].
    Document(Task),
    /// progenitor alone over one document; answers with one [`Outcome`].
    Stock(Task),
    /// Mutants; answers with [`Said`](super::mutation::Said).
    Mutants(Batch),
}

#[derive(Serialize, Deserialize)]
struct Order {
    memory_mb: u64,
    work: Work,
}

/// What the hidden command does: reads the work, does it, answers in lines of JSON.
///
/// # Errors
/// Input that is no work, and output that nobody reads.
pub fn serve(input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    let order: Order = serde_json::from_reader(input)?;
    limits::bound_memory(order.memory_mb);
    match order.work {
        Work::Document(task) => answer(output, &measure::measure(&task)),
        Work::Stock(task) => answer(output, &stock::measure(&task)),
        Work::Mutants(batch) => mutation::serve(&batch, output),
    }
}

fn answer(output: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    output.write_all(&line)?;
    output.flush()
}

/// What became of a piece of work.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended<T> {
    /// It answered.
    Answered(T),
    /// It ended without an answer: an abort, an overflow of the stack, no memory.
    Aborted(String),
    /// It was stopped.
    TimedOut(String),
}

/// A child at work. Dropping it ends it.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
    stderr: Option<JoinHandle<String>>,
    limits: Limits,
    peak_mb: Option<f64>,
}

impl Running {
    /// Starts this program again.
    ///
    /// # Errors
    /// The system's refusal.
    pub fn start(work: Work, limits: Limits) -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg(COMMAND)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        in_group_of_its_own(&mut command);
        let mut child = command.spawn()?;
        let order = Order {
            memory_mb: limits.memory_mb,
            work,
        };
        let order = serde_json::to_vec(&order)?;
        if let Some(mut stdin) = child.stdin.take() {
            // A child that died has closed it, which its end will say better.
            let _ = stdin.write_all(&order);
        }
        let (sender, lines) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        let stderr = child
            .stderr
            .take()
            .map(|pipe| thread::spawn(move || end_of(pipe)));
        Ok(Self {
            child,
            lines,
            stderr,
            limits,
            peak_mb: None,
        })
    }

    /// The next line that the child answers with. The time counts from the start, or from the call before.
    pub fn answer<T: DeserializeOwned>(&mut self) -> Ended<T> {
        let line = self.line();
        match line {
            Ended::Answered(line) => match serde_json::from_str(&line) {
                Ok(value) => Ended::Answered(value),
                Err(error) => Ended::Aborted(format!("its answer cannot be read: {error}")),
            },
            Ended::Aborted(cause) => Ended::Aborted(cause),
            Ended::TimedOut(cause) => Ended::TimedOut(cause),
        }
    }

    fn line(&mut self) -> Ended<String> {
        let deadline = Instant::now() + self.limits.time;
        loop {
            match self.lines.recv_timeout(GLANCE) {
                Ok(line) => return Ended::Answered(line),
                Err(RecvTimeoutError::Disconnected) => {
                    return match self.end() {
                        Ok((status, stderr)) => Ended::Aborted(cause::of_end(status, &stderr)),
                        Err(error) => Ended::Aborted(format!("aborted: {error}")),
                    };
                }
                Err(RecvTimeoutError::Timeout) if Instant::now() >= deadline => {
                    self.kill();
                    let seconds = self.limits.time.as_secs();
                    return Ended::TimedOut(format!("still running after {seconds} s"));
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.peak_mb = limits::peak_mb(Some(self.child.id())).or(self.peak_mb);
                }
            }
        }
    }

    fn end(&mut self) -> io::Result<(ExitStatus, String)> {
        let status = self.child.wait()?;
        let stderr = self.stderr.take().and_then(|thread| thread.join().ok());
        Ok((status, stderr.unwrap_or_default()))
    }

    /// Ends the child and whatever it has started.
    fn kill(&mut self) {
        kill_group(&self.child);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            self.kill();
        }
    }
}

/// Runs one document in a process of its own. Whatever happens there is an outcome.
#[must_use]
pub fn document(task: Task, limits: Limits) -> Outcome {
    one(&task.name.clone(), Work::Document(task), limits)
}

/// Runs progenitor alone on one document, in a process of its own.
#[must_use]
pub fn stock(task: Task, limits: Limits) -> Outcome {
    one(&task.name.clone(), Work::Stock(task), limits)
}

/// Does a piece of work that answers with one outcome.
fn one(name: &str, work: Work, limits: Limits) -> Outcome {
    let failed = |cause: String, panicked| Outcome {
        name: name.to_owned(),
        cause: Some(cause),
        panicked,
        ..Outcome::default()
    };
    let start = Instant::now();
    let mut running = match Running::start(work, limits) {
        Ok(running) => running,
        Err(error) => return failed(format!("no process could be started: {error}"), false),
    };
    let mut outcome = match running.answer::<Outcome>() {
        Ended::Answered(outcome) => outcome,
        Ended::Aborted(cause) => failed(cause, true),
        Ended::TimedOut(cause) => failed(cause, false),
    };
    outcome.peak_mb = outcome.peak_mb.or(running.peak_mb);
    outcome.seconds = rounded(start.elapsed().as_secs_f64() * 100.0) / 100.0;
    outcome
}

fn end_of(mut pipe: impl Read) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; 8192];
    while let Ok(read @ 1..) = pipe.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..read]);
        if kept.len() > 2 * STDERR_BYTES {
            kept.drain(..kept.len() - STDERR_BYTES);
        }
    }
    String::from_utf8_lossy(&kept).into_owned()
}

#[cfg(unix)]
fn in_group_of_its_own(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn in_group_of_its_own(_command: &mut Command) {}

#[cfg(unix)]
fn kill_group(child: &Child) {
    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::Pid;
    if let Ok(id) = i32::try_from(child.id()) {
        let _ = killpg(Pid::from_raw(id), Signal::SIGKILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_child: &Child) {}
