//! Reports for scripts.

use serde_json::Value;

use super::report::Report;

/// One report as an object, or all of them as a list of such. Which of the two follows from what was asked for and not from
/// what was found.
pub(super) fn json(reports: &[Report], is_one: bool) -> String {
    let value = match reports {
        [report] if is_one => serde_json::to_value(report.json()),
        all => serde_json::to_value(all.iter().map(Report::json).collect::<Vec<_>>()),
    };
    // Plain data, which can always be written.
    let text = serde_json::to_string_pretty(&value.unwrap_or(Value::Null));
    text.unwrap_or_default() + "\n"
}
