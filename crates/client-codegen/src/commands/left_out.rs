//! What a successful run still left out, in a line or two: the notes have it all, but nobody reads notes unasked.

use openapi_lower::Note;

use crate::assemble::RANK_RULE;

/// How many operations are named.
const SHOWN: usize = 3;

/// Lines for what an API's notes say is missing from its client; none if nothing is.
pub(super) fn lines(api: &str, notes: &[Note], program: &str) -> Vec<String> {
    let see = format!("see `{program} show {api} --stage notes`");
    let operations: Vec<String> = notes
        .iter()
        .filter_map(|note| Some(format!("`{}` ({})", note.left_out()?, note.message)))
        .collect();
    let mut lines = Vec::new();
    if !operations.is_empty() {
        let shown = operations[..operations.len().min(SHOWN)].join(", ");
        let more = match operations.len() - operations.len().min(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let count = counted(operations.len(), "operation is", "operations are");
        lines.push(format!("{api}: {count} left out: {shown}{more}; {see}"));
    }
    let overruled = notes.iter().filter(|note| note.rule == RANK_RULE).count();
    if overruled > 0 {
        let count = counted(overruled, "thing", "things");
        lines.push(format!(
            "{api}: documents of a lower rank say something else about {count}; {see}"
        ));
    }
    lines
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
