//! From bytes to text. Only UTF-8 is read; another encoding is named where the bytes show which one it is.

use crate::bounds::MAX_INPUT;
use crate::parse;
use crate::problem::{Problem, code};

/// The input as text without byte order mark, and how many bytes that mark had.
pub(crate) fn text(input: &[u8]) -> Result<(&str, usize), Problem> {
    if input.len() > MAX_INPUT {
        return Err(parse::too_large(input.len()));
    }
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| input.starts_with(magic)) {
        return Err(binary(input, &format!("binary data ({name})")));
    }
    if let Some(name) = wide(input) {
        return Err(wide_problem(input, name));
    }
    let text = std::str::from_utf8(input).map_err(|error| not_utf8(input, &error))?;
    let (text, base) = match text.strip_prefix('\u{feff}') {
        Some(rest) => (rest, input.len() - rest.len()),
        None => (text, 0),
    };
    if text.trim().is_empty() {
        return Err(Problem::new(
            code::EMPTY,
            None,
            "the input is empty",
            "check that the file was fetched completely",
        ));
    }
    Ok((text, base))
}

/// How files begin that people take for a page: a saved print, a picture of it, a download that is still packed.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
];

fn binary(input: &[u8], what: &str) -> Problem {
    Problem::new(
        code::NOT_UTF8,
        0..input.len().min(2),
        format!("the input is {what}, not text"),
        "give the page's Markdown source or the OpenAPI document itself, unpacked",
    )
}

/// Whether bytes that are no UTF-8 are no text of another encoding either: more than one in twenty of the first ones is
/// a control character.
fn is_binary(input: &[u8]) -> bool {
    let first = &input[..input.len().min(8192)];
    let is_control = |byte: &&u8| **byte < 0x20 && !byte.is_ascii_whitespace();
    first.iter().filter(is_control).count() > first.len() / 20
}

/// The encoding of two or four bytes per character that the first bytes show, by a byte order mark or by where the
/// zeros of a first ASCII character stand (YAML 1.2.2, section 5.2). Without a mark such bytes may well be UTF-8.
fn wide(input: &[u8]) -> Option<&'static str> {
    match *input {
        [0xff, 0xfe, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, 1..=0x7f, ..] => Some("UTF-32BE"),
        [1..=0x7f, 0, 0, 0, ..] => Some("UTF-32LE"),
        [0xff, 0xfe, ..] | [1..=0x7f, 0, ..] => Some("UTF-16LE"),
        [0xfe, 0xff, ..] | [0, 1..=0x7f, ..] => Some("UTF-16BE"),
        _ => None,
    }
}

fn wide_problem(input: &[u8], name: &str) -> Problem {
    // A mark of two bytes, or the zero that shows the encoding; whole characters, should the bytes be UTF-8.
    let end = input.len().min(2);
    Problem::new(
        code::NOT_UTF8,
        0..end,
        format!("the input is {name}, not UTF-8"),
        format!("save the file as UTF-8, as by `iconv -f {name} -t UTF-8`"),
    )
}

fn not_utf8(input: &[u8], error: &std::str::Utf8Error) -> Problem {
    if is_binary(input) {
        return binary(input, "binary data");
    }
    let start = error.valid_up_to();
    let end = error
        .error_len()
        .map_or(input.len(), |length| start + length);
    // Nobody can quote the place, so the message has to say where it is.
    let line = input
        .iter()
        .take(start)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1;
    let help = match narrow(input) {
        Some((name, known_as)) => format!(
            "the bytes look like {name}: save them as UTF-8, as by `iconv -f {known_as} -t UTF-8`"
        ),
        None => "save the file as UTF-8, or fetch it again if it should be".to_owned(),
    };
    Problem::new(
        code::NOT_UTF8,
        start..end,
        format!("the input is not UTF-8 text in line {line}, from byte {start} on"),
        help,
    )
}

/// The encoding of one byte per character that the bytes look like, as people and as `iconv` call it.
///
/// Letters of other languages stand alone between ASCII ones there; damaged UTF-8 still has sound sequences or ends in
/// the middle of one.
fn narrow(input: &[u8]) -> Option<(&'static str, &'static str)> {
    let has_sequences = input.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let is_cut = input.utf8_chunks().last().is_some_and(|chunk| {
        std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none())
    });
    let is_text = input
        .iter()
        .all(|&byte| byte >= 0x20 || byte.is_ascii_whitespace());
    if has_sequences || is_cut || !is_text {
        return None;
    }
    // Between 0x80 and 0x9f Latin-1 has control characters, Windows-1252 punctuation.
    if input.iter().any(|byte| (0x80..0xa0).contains(byte)) {
        Some(("Windows-1252", "WINDOWS-1252"))
    } else {
        Some(("Latin-1", "ISO-8859-1"))
    }
}
