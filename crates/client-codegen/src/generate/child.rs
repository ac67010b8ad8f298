//! The side of a child process: a document on standard input, code on standard output.
//!
//! What a parent sends is the length of the document, a line break and the document. It keeps the pipe open after that, so
//! that the child sees when the parent is gone. The answer is a line that says of which kind it is, and the text.

use std::io::{self, BufRead, Read, Write};

use serde_json::Value;

use super::failure::Failure;
use super::guard::Panic;
use super::upstream;
use crate::exit;

/// The hidden argument that makes one of our programs such a child.
pub const CHILD_COMMAND: &str = "generate-in-child";

/// Far more than the largest known document needs; what needs more never ends.
#[cfg(unix)]
const MEMORY_LIMIT: u64 = 8 << 30;

const TOKENS: &str = "tokens";
const REFUSED: &str = "refused";
const PANICKED: &str = "panicked";

/// Answers one request, and ends this process when whoever asked is gone. Returns the exit code.
pub fn answer_parent() -> u8 {
    bound_memory();
    match answer() {
        Ok(()) => exit::OK,
        Err(error) => {
            // The parent tells the last line.
            let _ = writeln!(io::stderr(), "{error}");
            exit::FAILURE
        }
    }
}

fn answer() -> io::Result<()> {
    let document = {
        let mut input = io::stdin().lock();
        let mut length = String::new();
        input.read_line(&mut length)?;
        let length: usize = length.trim().parse().map_err(io::Error::other)?;
        let mut bytes = vec![0; length];
        input.read_exact(&mut bytes)?;
        serde_json::from_slice::<Value>(&bytes)?
    };
    std::thread::spawn(|| {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        std::process::exit(i32::from(exit::FAILURE));
    });
    let answer = write(upstream::tokens(&document));
    let mut output = io::stdout().lock();
    output.write_all(answer.as_bytes())?;
    output.flush()
}

/// An address space that grows without end takes the machine with it, not only this process.
#[cfg(unix)]
fn bound_memory() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    // A system that refuses leaves the time limit.
    if let Ok((current, most)) = getrlimit(Resource::RLIMIT_AS) {
        let _ = setrlimit(Resource::RLIMIT_AS, current.min(MEMORY_LIMIT), most);
    }
    // An abort is an answer here; files of its memory would fill the disk.
    let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
}

#[cfg(not(unix))]
fn bound_memory() {}

fn write(result: Result<String, Failure>) -> String {
    match result {
        Ok(text) => format!("{TOKENS}\n{text}"),
        Err(Failure::Panicked(panic)) => {
            let location = panic.location.unwrap_or_default();
            format!("{PANICKED} {location}\n{}", panic.message)
        }
        Err(Failure::Refused(message)) => format!("{REFUSED}\n{message}"),
        Err(other) => format!("{REFUSED}\n{}", other.describe()),
    }
}

/// What a child answered; `None` if it did not.
pub(super) fn read(answer: &str) -> Option<Result<String, Failure>> {
    let (kind, text) = answer.split_once('\n')?;
    let (kind, location) = kind.split_once(' ').unwrap_or((kind, ""));
    match kind {
        TOKENS => Some(Ok(text.to_owned())),
        REFUSED => Some(Err(Failure::Refused(text.to_owned()))),
        PANICKED => Some(Err(Failure::Panicked(Panic {
            message: text.to_owned(),
            location: (!location.is_empty()).then(|| location.to_owned()),
        }))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let panicked = |location: Option<&str>| {
            Err(Failure::Panicked(Panic {
                message: "two\nlines".to_owned(),
                location: location.map(str::to_owned),
            }))
        };
        for result in [
            Ok("fn a() {}\nfn b() {}".to_owned()),
            Ok(String::new()),
            Err(Failure::Refused("no".to_owned())),
            panicked(None),
            panicked(Some("a/src/b.rs:1:2")),
        ] {
            assert_eq!(read(&write(result.clone())), Some(result));
        }
        assert_eq!(read(""), None);
        assert_eq!(read("tok"), None);
        assert_eq!(read("other\n"), None);
    }
}
