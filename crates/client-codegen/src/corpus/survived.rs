//! What progenitor and typify could not take, and the guard survived in a process of its own.

use crate::diagnostic::Diagnostics;
use crate::pipeline::Compiled;

/// Codes of what ends a process or a thread.
const PANICS: &[&str] = &["generate::aborted", "generate::panicked"];

/// Codes of everything that openapi-lower should have kept from progenitor.
const GAPS: &[&str] = &[
    "generate::aborted",
    "generate::not_rust",
    "generate::panicked",
    "generate::refused",
    "generate::timed_out",
];

/// Whether progenitor panicked or aborted, for all or for a part of the document.
pub(super) fn has_panicked(result: &Result<Compiled, Diagnostics>) -> bool {
    first_of(result, PANICS).is_some()
}

/// Why progenitor could not take all of the document, if so.
pub(super) fn gap(result: &Result<Compiled, Diagnostics>) -> Option<String> {
    first_of(result, GAPS)
}

fn first_of(result: &Result<Compiled, Diagnostics>, codes: &[&str]) -> Option<String> {
    match result {
        Ok(compiled) => {
            let mut problems = compiled.left_out.iter();
            let found = problems.find(|problem| codes.contains(&problem.code));
            found.map(|problem| format!("{}: {}", problem.code, problem.message))
        }
        Err(problems) => {
            let found = problems.iter().find(|one| codes.contains(&one.code()));
            found.map(|one| format!("{}: {}", one.code(), one.message()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

    fn failed(code: &'static str) -> Result<Compiled, Diagnostics> {
        let mut problems = Diagnostics::new();
        problems.push(Diagnostic::error("input::read", "first", "help"));
        problems.push(Diagnostic::error(code, "it ended", "help"));
        Err(problems)
    }

    #[test]
    fn a_failure_of_progenitor_is_told_from_one_of_the_document() {
        let aborted = failed("generate::aborted");
        assert!(has_panicked(&aborted));
        assert_eq!(
            gap(&aborted).as_deref(),
            Some("generate::aborted: it ended")
        );
        let refused = failed("generate::refused");
        assert!(!has_panicked(&refused));
        assert_eq!(
            gap(&refused).as_deref(),
            Some("generate::refused: it ended")
        );
        let wrong = failed("lower::no_operations");
        assert!(!has_panicked(&wrong) && gap(&wrong).is_none());
    }
}
