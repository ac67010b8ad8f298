//! A bounded unified diff.

use similar::{ChangeTag, TextDiff};

use crate::diagnostic::harmless;

/// Lines of context around a change.
const CONTEXT: usize = 2;
/// Lines of each side that are compared, from the first difference on. What is cut off is more than anybody reads, and
/// comparing it all could take minutes.
const COMPARED: usize = 2_000;
/// Characters of a line that are shown.
const LINE: usize = 160;

/// The lines of a unified diff of two texts.
pub(super) fn unified(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (lines(old), lines(new));
    let same = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let skipped = same.saturating_sub(CONTEXT);
    let window = |lines: &[&str]| -> Vec<String> {
        lines
            .iter()
            .skip(skipped)
            .take(COMPARED)
            .map(|line| (*line).to_owned())
            .collect()
    };
    let (old, new) = (window(&old), window(&new));
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    let new: Vec<&str> = new.iter().map(String::as_str).collect();
    let diff = TextDiff::from_slices(&old, &new);
    let mut out = Vec::new();
    for group in diff.grouped_ops(CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let old = first.old_range().start..last.old_range().end;
        let new = first.new_range().start..last.new_range().end;
        out.push(format!(
            "@@ -{},{} +{},{} @@",
            old.start + skipped + 1,
            old.len(),
            new.start + skipped + 1,
            new.len()
        ));
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let line: String = harmless(change.value()).chars().take(LINE).collect();
            out.push(format!("{sign}{}", visible_end(&line)));
        }
    }
    out
}

/// Lines with what ends them, so that a missing last newline and a carriage return are differences.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// A line without its newline; what else ends it is spelled out.
fn visible_end(line: &str) -> String {
    match line.strip_suffix('\n') {
        None => format!("{line} (no newline at the end)"),
        Some(line) => match line.strip_suffix('\r') {
            None => line.to_owned(),
            Some(line) => format!("{line} (carriage return)"),
        },
    }
}
