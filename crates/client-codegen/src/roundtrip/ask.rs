//! Runs a program of decoders.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::answer::Answer;

/// Asks a program the questions of [`Cases::questions`](super::Cases::questions). A question that it does not survive is
/// answered by a failure, and it is started again for the next one.
///
/// # Errors
/// The system's refusal to start it.
pub fn ask(program: &Path, questions: &str, time: Duration) -> io::Result<Vec<Answer>> {
    let lines: Vec<&str> = questions.lines().collect();
    let deadline = Instant::now() + time;
    let mut answers = Vec::new();
    while answers.len() < lines.len() {
        let rest = &lines[answers.len()..];
        let (heard, end) = once(program, rest, deadline)?;
        answers.extend(heard.iter().map(|line| Answer::parse(line)));
        if answers.len() < lines.len() {
            answers.push(Answer::Failed(end.to_owned()));
        }
    }
    Ok(answers)
}

fn once(
    program: &Path,
    questions: &[&str],
    deadline: Instant,
) -> io::Result<(Vec<String>, &'static str)> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let text = questions.join("\n") + "\n";
    let stdin = child.stdin.take();
    // It answers while it is asked, so nobody may wait for the other one.
    let writer = thread::spawn(move || {
        if let Some(mut stdin) = stdin {
            let _ = stdin.write_all(text.as_bytes());
        }
    });
    let (sender, receiver) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
    }
    let mut heard = Vec::new();
    let mut end = "aborted";
    loop {
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => heard.push(line),
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                end = "still running when its time was over";
                let _ = child.kill();
                break;
            }
        }
    }
    child.wait()?;
    let _ = writer.join();
    Ok((heard, end))
}
