//! Why something failed, in one line, and which lines say the same.

use std::process::ExitStatus;

use crate::diagnostic::{Diagnostics, Severity};

/// How much of a line is shown.
const WIDTH: usize = 300;

/// The first error of a run, and how many there are besides.
pub(super) fn of_diagnostics(diagnostics: &Diagnostics) -> String {
    let is_error = |severity| severity == Severity::Error;
    let mut errors = diagnostics.iter().filter(|one| is_error(one.severity()));
    let Some(first) = errors.next() else {
        return "it failed without saying why".to_owned();
    };
    let pointer = first
        .pointer()
        .map(|at| format!(" at {at}"))
        .unwrap_or_default();
    let more = match errors.count() {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    let message = one_line(first.message());
    format!("{}: {message}{pointer}{more}", first.code())
}

/// What ended a process that did not say so itself.
pub(super) fn of_end(status: ExitStatus, stderr: &str) -> String {
    let said = [
        "overflowed its stack",
        "memory allocation of",
        "panicked at",
    ]
    .iter()
    .find_map(|sign| stderr.lines().find(|line| line.contains(sign)));
    let said = said.or_else(|| stderr.lines().rfind(|line| !line.trim().is_empty()));
    let said = said
        .map(|line| format!(": {}", without_ids(&one_line(line))))
        .unwrap_or_default();
    format!("aborted ({}){said}", ending(status))
}

/// Rust names the thread with its number, which tells nobody anything.
fn without_ids(line: &str) -> String {
    match (line.find(" ("), line.find(") ")) {
        (Some(from), Some(to)) if from < to && line[from + 2..to].parse::<u64>().is_ok() => {
            format!("{}{}", &line[..from], &line[to + 1..])
        }
        _ => line.to_owned(),
    }
}

#[cfg(unix)]
fn ending(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    let signal = status.signal().map(nix::sys::signal::Signal::try_from);
    match signal {
        Some(Ok(signal)) => signal.to_string(),
        _ => status.to_string(),
    }
}

#[cfg(not(unix))]
fn ending(status: ExitStatus) -> String {
    status.to_string()
}

/// The first line of a text, not too long.
pub(super) fn one_line(text: &str) -> String {
    let line = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .trim();
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// A cause without what is only of one document: what stands in quotes, numbers, and where it is. Causes that are equal
/// then are one kind.
pub(super) fn kind(cause: &str) -> String {
    let cause = cause.split(" (and ").next().unwrap_or_default();
    let cause = cause.split(" at /").next().unwrap_or_default();
    let cause = without_paths(without_end_of_panic(cause));
    let mut kind = String::new();
    let mut quote = None;
    let mut in_number = false;
    for character in cause.chars() {
        if let Some(end) = quote {
            if character == end {
                quote = None;
                kind.push('…');
                kind.push(character);
            }
            continue;
        }
        if matches!(character, '`' | '"') {
            quote = Some(character);
        }
        if character.is_ascii_digit() {
            if !in_number {
                kind.push('N');
            }
            in_number = true;
            continue;
        }
        in_number = false;
        kind.push(character);
    }
    kind
}

/// What a panic says after its first words is of one document; where it was is the same for all of a kind.
fn without_end_of_panic(cause: &str) -> &str {
    let Some((before, said)) = cause.split_once("panicked at ") else {
        return cause;
    };
    // File, line, column, and the first words.
    let end = said
        .match_indices(": ")
        .nth(1)
        .map_or(said.len(), |(at, _)| at);
    let words = before.len() + "panicked at ".len();
    &cause[..words + end]
}

/// Words that are paths of an API.
fn without_paths(cause: &str) -> String {
    let word = |word| {
        if str::starts_with(word, '/') {
            "/…"
        } else {
            word
        }
    };
    cause.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

    #[test]
    fn the_first_error_counts_and_the_others_are_counted() {
        let mut all = Diagnostics::new();
        all.push(Diagnostic::warning("a::b", "not this", "help"));
        all.push(Diagnostic::error("c::d", "this\nand more", "help").with_pointer("/x"));
        all.push(Diagnostic::error("e::f", "another", "help"));
        assert_eq!(of_diagnostics(&all), "c::d: this at /x (and 1 more)");
    }

    #[test]
    fn causes_of_one_kind_are_equal() {
        let one = kind("a::b: `Foo` is 12 levels deep at /x/y (and 3 more)");
        assert_eq!(one, "a::b: `…` is N levels deep");
        assert_eq!(one, kind("a::b: `Bar` is 7 levels deep at /z"));
        let panicked = |what| kind(&format!("panicked at a-0.1.0/src/b.rs:1:2: bad: {what}"));
        assert_eq!(panicked("x: 2"), panicked("other"));
        assert_eq!(kind("path /a is bad"), kind("path /b/{c} is bad"));
        assert_ne!(one, kind("a::c: `Bar` is 7 levels deep"));
    }

    #[test]
    fn the_number_of_a_thread_is_left_out() {
        let line = "thread 'main' (12) has overflowed its stack";
        assert_eq!(without_ids(line), "thread 'main' has overflowed its stack");
        assert_eq!(without_ids("plain (text) here"), "plain (text) here");
    }
}
