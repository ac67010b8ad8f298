//! What people read at the end: a row per document, the sums, and the distinct causes of failure.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::cause;
use super::outcome::{Outcome, Totals};
use crate::roundtrip::Judged;

/// The whole text.
#[must_use]
pub fn table(outcomes: &[Outcome], totals: &Totals) -> String {
    let has_compiled = totals.compiled.is_some();
    let stock = totals.stock.as_deref();
    let mut columns = vec![
        "document",
        "version",
        "operations",
        "schemas",
        "untyped",
        "generated",
    ];
    columns.extend(has_compiled.then_some("compiled"));
    let has_trips = totals.roundtrip.is_some();
    columns.extend(has_trips.then_some("survived"));
    columns.extend(["exact", "widened", "dropped", "seconds", "MB", "lines"]);
    columns.extend(stock.map(|_| "stock"));
    columns.extend(
        stock
            .and_then(|stock| stock.compiled)
            .map(|_| "stock compiled"),
    );
    let mut rows = vec![columns.into_iter().map(str::to_owned).collect::<Vec<_>>()];
    rows.extend(
        outcomes
            .iter()
            .map(|outcome| row(outcome, has_compiled, has_trips)),
    );
    let mut text = drawn(&rows);
    text.push('\n');
    text.push_str(&sums("", totals));
    if let Some(stock) = stock {
        text.push_str(&sums("progenitor alone: ", stock));
    }
    text.push_str(&causes("causes of failure", outcomes));
    text.push_str(&lossy(totals));
    if let Some(judged) = &totals.roundtrip {
        text.push_str(&round_trips(judged, outcomes));
    }
    let stock: Vec<Outcome> = outcomes
        .iter()
        .filter_map(|one| one.stock.as_deref().cloned())
        .collect();
    text.push_str(&causes("causes of failure of progenitor alone", &stock));
    text
}

fn row(outcome: &Outcome, has_compiled: bool, has_trips: bool) -> Vec<String> {
    let mut cells = vec![
        outcome.name.clone(),
        outcome.version.clone().unwrap_or_else(|| "?".to_owned()),
        format!("{}/{}", outcome.operations_out, outcome.operations_in),
        outcome.schemas.to_string(),
        outcome.untyped.to_string(),
        generated(outcome).to_owned(),
    ];
    cells.extend(has_compiled.then(|| compiled(outcome).to_owned()));
    cells.extend(has_trips.then(|| match &outcome.roundtrip {
        Some(judged) => format!("{}/{}", judged.survived, judged.samples),
        None => String::new(),
    }));
    cells.extend([
        outcome.notes.exact.to_string(),
        outcome.notes.widened.to_string(),
        outcome.notes.dropped.to_string(),
        format!("{:.2}", outcome.seconds),
        outcome
            .peak_mb
            .map_or_else(|| "?".to_owned(), |peak| format!("{peak:.0}")),
        outcome.lines.to_string(),
    ]);
    if let Some(stock) = &outcome.stock {
        cells.push(generated(stock).to_owned());
        cells.extend(stock.compiled.map(|_| compiled(stock).to_owned()));
    }
    cells
}

fn generated(outcome: &Outcome) -> &'static str {
    match (outcome.generated, outcome.panicked) {
        (true, false) => "yes",
        (true, true) => "yes, panicked",
        (false, false) => "no",
        (false, true) => "panicked",
    }
}

fn compiled(outcome: &Outcome) -> &'static str {
    match outcome.compiled {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    }
}

/// Columns as wide as their widest cell; the first is text, the others end together.
fn drawn(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate();
        let cells: Vec<String> = cells
            .map(|(column, (cell, width))| match column {
                0 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            })
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn sums(whose: &str, totals: &Totals) -> String {
    let compiled = totals
        .compiled
        .map(|compiled| format!(", {compiled} compiled"));
    format!(
        "{whose}{documents} documents: {generated} generated{compiled}, {panicked} panicked; \
         operations kept {kept_out}/{kept_in} ({kept}); schemas untyped {untyped}/{schemas} ({share}); \
         notes: {exact} exact, {widened} widened, {dropped} dropped; {lines} lines\n",
        documents = totals.documents,
        generated = totals.generated,
        compiled = compiled.unwrap_or_default(),
        panicked = totals.panicked,
        kept_out = totals.operations_out,
        kept_in = totals.operations_in,
        kept = percent(totals.operations_out, totals.operations_in),
        untyped = totals.untyped,
        schemas = totals.schemas,
        share = percent(totals.untyped, totals.schemas),
        exact = totals.notes.exact,
        widened = totals.notes.widened,
        dropped = totals.notes.dropped,
        lines = totals.lines,
    )
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "none".to_owned();
    }
    // Counts are far below what a float holds exactly.
    format!("{:.2} %", part as f64 * 100.0 / whole as f64)
}

/// What was lost, by rule. Rules that lost nothing are not in it.
fn lossy(totals: &Totals) -> String {
    let rules = totals.rules.iter();
    let rules: Vec<_> = rules
        .filter(|(_, counts)| counts.widened + counts.dropped > 0)
        .collect();
    let mut text = String::new();
    if !rules.is_empty() {
        text.push_str("\nlossy notes by rule:\n");
    }
    for (rule, counts) in rules {
        let _ = writeln!(
            text,
            "{:>5} widened {:>5} dropped  {rule}",
            counts.widened, counts.dropped
        );
    }
    text
}

/// What became of samples, by cause, the most frequent first, each with its first sample as an example.
fn round_trips(judged: &Judged, outcomes: &[Outcome]) -> String {
    let mut text = format!(
        "\nround trips: {survived}/{samples} samples survived ({share}); {own}/{branches} told-apart branches are their own ({own_share})\n",
        survived = judged.survived,
        samples = judged.samples,
        share = percent(judged.survived, judged.samples),
        own = judged.own_branch,
        branches = judged.branches,
        own_share = percent(judged.own_branch, judged.branches),
    );
    let mut causes: Vec<(&String, &usize)> = judged.causes.iter().collect();
    causes.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for (cause, count) in causes {
        let mut examples = outcomes.iter().filter_map(|outcome| {
            let failures = &outcome.roundtrip.as_ref()?.failures;
            let failure = failures.iter().find(|failure| failure.cause == *cause)?;
            Some(format!(
                "{}: {}: {}",
                outcome.name, failure.schema, failure.detail
            ))
        });
        let example = examples.next().unwrap_or_default();
        let _ = writeln!(text, "{count:>5}  {cause}: {example}");
    }
    text
}

/// Causes of one kind together, the most frequent first, each with its first document as an example.
fn causes(title: &str, outcomes: &[Outcome]) -> String {
    let mut kinds: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for outcome in outcomes {
        if let Some(said) = &outcome.cause {
            let examples = kinds.entry(cause::kind(said)).or_default();
            examples.push((&outcome.name, said));
        }
    }
    let mut kinds: Vec<_> = kinds.into_values().collect();
    kinds.sort_by_key(|examples| (std::cmp::Reverse(examples.len()), examples.first().copied()));
    let mut text = String::new();
    if !kinds.is_empty() {
        let _ = writeln!(text, "\n{title}:");
    }
    for examples in kinds {
        if let Some((name, said)) = examples.first() {
            let _ = writeln!(text, "{:>5}  {name}: {said}", examples.len());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::outcome::NoteCounts;

    #[test]
    fn the_table_has_a_row_per_document_sums_and_kinds_of_causes() {
        let failed = |name: &str, cause: &str| Outcome {
            name: name.to_owned(),
            operations_in: 2,
            cause: Some(cause.to_owned()),
            ..Outcome::default()
        };
        let mut lossy = NoteCounts::default();
        (lossy.widened, lossy.dropped) = (1, 2);
        let rules = [("shape", NoteCounts::default()), ("keywords", lossy)];
        let outcomes = [
            Outcome {
                rules: rules.map(|(rule, counts)| (rule.to_owned(), counts)).into(),
                name: "good".to_owned(),
                version: Some("3.1.0".to_owned()),
                operations_in: 3,
                operations_out: 2,
                schemas: 200,
                untyped: 1,
                generated: true,
                compiled: Some(true),
                ..Outcome::default()
            },
            failed("one", "a::b: `X` is bad at /x"),
            failed("two", "a::b: `Y` is bad"),
        ];
        let text = table(&outcomes, &Totals::of(&outcomes));
        assert!(text.contains("good        3.1.0         2/3"), "{text}");
        assert!(
            text.contains(
                "3 documents: 1 generated, 1 compiled, 0 panicked; operations kept 2/7 (28.57 %)"
            ),
            "{text}"
        );
        assert!(text.contains("schemas untyped 1/200 (0.50 %)"), "{text}");
        let lost = "\nlossy notes by rule:\n    1 widened     2 dropped  keywords\n";
        assert!(text.contains(lost), "{text}");
        assert!(!text.contains("dropped  shape"), "{text}");
        assert!(
            text.contains("\n    2  one: a::b: `X` is bad at /x\n"),
            "{text}"
        );
    }
}
