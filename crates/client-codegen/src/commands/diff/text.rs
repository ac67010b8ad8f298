//! Reports for a terminal.

use std::fmt::Write;

use openapi_diff::{Change, Class};

use super::report::Report;
use crate::diagnostic::harmless;

/// All reports, one below the other.
pub(super) fn text(reports: &[Report]) -> String {
    let reports: Vec<String> = reports.iter().map(one).collect();
    reports.join("\n")
}

fn one(report: &Report) -> String {
    let mut text = String::new();
    let versions = report
        .versions("")
        .map(|said| format!("; {said}"))
        .unwrap_or_default();
    let _ = writeln!(
        text,
        "{}, against {}: {}{versions}",
        report.api,
        report.base,
        report.counted()
    );
    for class in Class::ALL {
        let changes = report.of_class(class);
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{class}");
        for change in changes {
            let _ = writeln!(text, "  {}", sentence(change));
            let at = if change.pointer.is_empty() {
                String::new()
            } else {
                format!(" at {}", change.pointer)
            };
            let _ = writeln!(text, "      {}{at}", change.kind);
        }
    }
    match &report.surface {
        Some(items) if items.is_empty() => {}
        Some(items) => {
            let _ = writeln!(text, "\npublic items");
            for item in items {
                let _ = writeln!(text, "  @@ {} @@", item.path);
                for line in &item.lines {
                    let _ = writeln!(text, "  {line}");
                }
            }
        }
        None => {
            let _ = writeln!(
                text,
                "\npublic items: not compared, because one of the clients cannot be generated"
            );
        }
    }
    harmless(&text)
}

/// The summary behind the operation that it is about.
fn sentence(change: &Change) -> String {
    match &change.operation {
        Some(operation) => format!("{operation}: {}", change.summary),
        None => change.summary.clone(),
    }
}
