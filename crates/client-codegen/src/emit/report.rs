//! What `--check` says.

use std::fmt::Write;

use super::diff::unified;
use super::plan::shown;
use super::{Change, ChangeKind};

/// Lines of diff per file.
const PER_FILE: usize = 20;
/// Lines of diff in all.
const IN_ALL: usize = 200;

/// Names every change with a bounded diff, and ends with the command that mends them. Empty if there is no change.
#[must_use]
pub fn report(changes: &[Change], command: &str) -> String {
    let mut text = String::new();
    let mut left = IN_ALL;
    for change in changes {
        let (verb, detail, lines) = described(change);
        line(
            &mut text,
            &format!("{verb:>8} {}{detail}", shown(&change.path)),
        );
        let shown = lines.len().min(PER_FILE).min(left);
        left -= shown;
        for diff in &lines[..shown] {
            line(&mut text, &format!("         {diff}"));
        }
        if shown < lines.len() {
            line(
                &mut text,
                &format!("         … {} more lines of diff", lines.len() - shown),
            );
        }
    }
    if !changes.is_empty() {
        let files = if changes.len() == 1 {
            "1 file differs"
        } else {
            &format!("{} files differ", changes.len())
        };
        line(
            &mut text,
            &format!("{files} from what would be generated; run `{command}` to mend it"),
        );
    }
    text
}

/// The word for a change, what there is to say on its line, and the lines of its diff.
fn described(change: &Change) -> (&'static str, String, Vec<String>) {
    let bytes = |bytes: &Option<Vec<u8>>| bytes.clone().unwrap_or_default();
    let (old, new) = (bytes(&change.old), bytes(&change.new));
    match change.kind {
        ChangeKind::Missing => ("missing", format!(" ({})", count(&new)), Vec::new()),
        ChangeKind::Orphaned => ("orphaned", format!(" ({})", count(&old)), Vec::new()),
        ChangeKind::Stale => match (std::str::from_utf8(&old), std::str::from_utf8(&new)) {
            (Ok(old), Ok(new)) => ("stale", String::new(), unified(old, new)),
            _ => (
                "stale",
                format!(" ({} bytes on the disk, which are not text)", old.len()),
                Vec::new(),
            ),
        },
    }
}

fn count(bytes: &[u8]) -> String {
    match bytes.split_inclusive(|byte| *byte == b'\n').count() {
        1 => "1 line".to_owned(),
        lines => format!("{lines} lines"),
    }
}

fn line(text: &mut String, line: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{}", line.trim_end());
}
