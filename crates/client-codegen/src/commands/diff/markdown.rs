//! Reports for the body of a pull request.

use openapi_diff::{Change, Class};

use super::report::Report;
use crate::diagnostic::harmless;

/// What GitHub takes as the body of a pull request or comment, in characters.
pub(super) const LIMIT: usize = 65_536;

/// What is kept free for the words that say what was left out.
const RESERVE: usize = 400;

/// Lists that are longer are folded.
const OPEN: usize = 30;

/// All reports, bounded: what does not fit is counted.
pub(super) fn markdown(reports: &[Report]) -> String {
    let mut text = String::new();
    let mut left = LIMIT - RESERVE;
    for (index, report) in reports.iter().enumerate() {
        let still = reports.len() - index;
        // What one does not need is there for those that follow.
        let one = Part::new(left / still).report(report);
        let count = one.chars().count();
        if count > left {
            text.push_str(&format!(
                "\n{still} more APIs were compared; they are left out here.\n"
            ));
            break;
        }
        left -= count;
        text.push_str(&one);
    }
    text
}

/// A text that may have so many characters.
struct Part {
    text: String,
    left: usize,
}

impl Part {
    fn new(left: usize) -> Self {
        let text = String::new();
        Self { text, left }
    }

    fn push(&mut self, text: &str) {
        self.left = self.left.saturating_sub(text.chars().count());
        self.text.push_str(text);
    }

    fn report(mut self, report: &Report) -> String {
        let versions = report
            .versions("`")
            .map(|said| format!("; {said}"))
            .unwrap_or_default();
        let title = if report.title.is_empty() {
            &report.api
        } else {
            &report.title
        };
        self.push(&format!("### {}\n\n", span(title)));
        self.push(&format!(
            "Against {}: {}{versions}.\n\n",
            span(&report.base),
            report.counted()
        ));
        for class in Class::ALL {
            let changes = report.of_class(class);
            if !changes.is_empty() {
                let lines: Vec<String> = changes.iter().map(|change| bullet(change)).collect();
                let heading = match class {
                    Class::Breaking => "Breaking",
                    Class::Compatible => "Compatible",
                    Class::Docs => "Docs",
                };
                let is_open = class == Class::Breaking && lines.len() <= OPEN;
                self.section(heading, &lines, is_open, None, "changes");
            }
        }
        match &report.surface {
            Some(items) if items.is_empty() => {}
            Some(items) => {
                let lines: Vec<String> = items
                    .iter()
                    .flat_map(|item| std::iter::once(format!("@@ {} @@", item.path)).chain(item.lines.iter().cloned()))
                    .map(|line| harmless(&line).replace(['\n', '\r'], " ") + "\n")
                    .collect();
                let fence = "`".repeat(longest_run(&lines).max(2) + 1);
                self.section("Public items of the crate", &lines, false, Some(&fence), "lines");
            }
            None => self.push("The public items could not be compared, because one of the clients cannot be generated.\n\n"),
        }
        self.text
    }

    /// A heading with lines, as many as there is room for.
    fn section(
        &mut self,
        heading: &str,
        lines: &[String],
        is_open: bool,
        fence: Option<&str>,
        noun: &str,
    ) {
        let count = lines.len();
        let (start, end) = if is_open {
            (format!("#### {heading}\n\n"), "\n".to_owned())
        } else {
            (
                format!("<details><summary>{heading} ({count})</summary>\n\n"),
                "\n</details>\n\n".to_owned(),
            )
        };
        let (fence_start, fence_end) = match fence {
            Some(fence) => (format!("{fence}diff\n"), format!("{fence}\n")),
            None => (String::new(), String::new()),
        };
        let frame = start.chars().count()
            + end.chars().count()
            + fence_start.chars().count()
            + fence_end.chars().count();
        let mut room = self.left.saturating_sub(frame + RESERVE);
        let fitting = lines.iter().take_while(|line| {
            let length = line.chars().count();
            let fits = length <= room;
            room = room.saturating_sub(length);
            fits
        });
        let shown: Vec<&str> = fitting.map(String::as_str).collect();
        let rest = match count - shown.len() {
            0 => String::new(),
            all if all == count => format!("{all} {noun} are left out here, for want of room.\n"),
            more => format!("\n{more} more {noun} are left out here, for want of room.\n"),
        };
        let body = if shown.is_empty() {
            String::new()
        } else {
            format!("{fence_start}{}{fence_end}", shown.concat())
        };
        self.push(&format!("{start}{body}{rest}{end}"));
    }
}

fn bullet(change: &Change) -> String {
    let operation = change
        .operation
        .as_ref()
        .map(|operation| format!("{}: ", span(operation)));
    let place = match change.pointer.as_str() {
        "" => String::new(),
        pointer => format!(", {}", span(pointer)),
    };
    format!(
        "- {}{} ({}{place})\n",
        operation.unwrap_or_default(),
        change.summary,
        span(change.kind.as_str())
    )
}

/// A text as a code span, which may hold backticks (CommonMark 0.31 §6.1).
fn span(text: &str) -> String {
    let text = harmless(text).replace(['\n', '\r'], " ");
    let text = text.trim();
    let fence = "`".repeat(longest_run(&[text.to_owned()]) + 1);
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// The longest run of backticks.
fn longest_run(lines: &[String]) -> usize {
    let runs = lines
        .iter()
        .flat_map(|line| line.split(|character| character != '`'));
    runs.map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use openapi_diff::Kind;

    use super::*;
    use crate::surface::ItemDifference;

    fn report(changes: usize, items: usize) -> Report {
        let change = |number: usize| Change {
            class: Class::ALL[number % 3],
            kind: Kind::FieldRemoved,
            operation: None,
            pointer: format!("/components/schemas/S{number}"),
            summary: format!("`S{number}` is gone; used in answers of `GET /a`"),
        };
        let item = |number: usize| ItemDifference {
            path: format!("types::S{number}"),
            lines: vec!["-    a: `x` ```".to_owned()],
            loses: true,
        };
        Report {
            api: "a".to_owned(),
            title: "A".to_owned(),
            base: "HEAD".to_owned(),
            changes: (0..changes).map(change).collect(),
            current: None,
            proposed: None,
            surface: Some((0..items).map(item).collect()),
        }
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        for (reports, changes, items) in [
            (1, 20_000, 20_000),
            (7, 3_000, 10),
            (1, 3, 40_000),
            (400, 5, 5),
            (2_000, 0, 0),
        ] {
            let all: Vec<Report> = (0..reports).map(|_| report(changes, items)).collect();
            let text = markdown(&all);
            assert!(
                text.chars().count() <= LIMIT,
                "{reports} {changes} {items}: {}",
                text.chars().count()
            );
            assert!(
                text.contains("left out here"),
                "{reports} {changes} {items}"
            );
            assert_eq!(
                text.matches("<details>").count(),
                text.matches("</details>").count()
            );
            assert_eq!(
                text.matches("````diff").count() * 2,
                text.matches("````").count()
            );
        }
        let text = markdown(&[report(9, 9)]);
        assert!(!text.contains("left out"), "{text}");
    }

    #[test]
    fn spans_hold_backticks() {
        assert_eq!(span("a"), "`a`");
        assert_eq!(span("a`b"), "``a`b``");
        assert_eq!(span("`a\n"), "`` `a ``");
    }
}
