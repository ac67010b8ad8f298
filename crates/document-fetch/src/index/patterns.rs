//! Which pages an index is asked for.

use client_codegen::diagnostic::{Diagnostic, Diagnostics};
use client_codegen::manifest::{Index, Pattern};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use reqwest::Url;

/// The patterns of an index.
#[derive(Debug)]
pub(super) struct Patterns {
    include: GlobSet,
    exclude: GlobSet,
}

impl Patterns {
    pub(super) fn read(index: &Index) -> Result<Self, Diagnostics> {
        let (include, exclude) =
            Diagnostics::both(set(index, &index.include), set(index, &index.exclude))?;
        Ok(Self { include, exclude })
    }

    /// Whether a page is one of the API's documents. Patterns are compared with the path as it stands in the URL.
    pub(super) fn take(&self, url: &Url) -> bool {
        let path = url.path().trim_start_matches('/');
        self.include.is_match(path) && !self.exclude.is_match(path)
    }
}

fn set(index: &Index, patterns: &[Pattern]) -> Result<GlobSet, Diagnostics> {
    let mut set = GlobSetBuilder::new();
    let mut problems = Diagnostics::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(&pattern.text)
            .literal_separator(true)
            .backslash_escape(false)
            .build();
        match glob {
            Ok(glob) => drop(set.add(glob)),
            Err(error) => problems.push(unreadable(index, pattern, &error)),
        }
    }
    let all = set.build();
    match (problems.is_empty(), all) {
        (true, Ok(set)) => Ok(set),
        (true, Err(error)) => Err(patterns
            .iter()
            .take(1)
            .map(|pattern| unreadable(index, pattern, &error))
            .collect()),
        (false, _) => Err(problems),
    }
}

fn unreadable(index: &Index, pattern: &Pattern, error: &globset::Error) -> Diagnostic {
    let problem = Diagnostic::error(
        "fetch::pattern",
        format!("`{}` is no pattern: {}", pattern.text, error.kind()),
        "write a path with `*` for anything within a folder, `**` for any folders, `?`, `[ab]` or `{a,b}`",
    );
    let Pattern { place, .. } = pattern;
    match index.url.contains('?') {
        // It may stand in the line that would be quoted, and a query may hold a key.
        true => problem,
        false => problem.with_label(&place.file, place.range.clone(), "this pattern"),
    }
}
