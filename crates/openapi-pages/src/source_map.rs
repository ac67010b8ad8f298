//! Where in the input each value of a document was read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Bound, Range};

/// JSON pointers (RFC 6901; `""` is the whole document) and the byte range of the input that holds each one's value.
///
/// A range covers the value, not its key. A value that stands in for several places of the input, or for none, has no
/// range of its own; [`SourceMap::nearest`] then gives the one of what encloses it. Where YAML repeats a value by an
/// alias, the alias itself has the range of the alias, and what lies inside has the range at its anchor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    ranges: BTreeMap<String, Range<usize>>,
}

impl SourceMap {
    /// A map without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records `range` for `pointer`; a range recorded before is replaced.
    pub fn insert(&mut self, pointer: impl Into<String>, range: Range<usize>) {
        self.ranges.insert(pointer.into(), range);
    }

    /// The range recorded for exactly `pointer`.
    pub fn get(&self, pointer: &str) -> Option<Range<usize>> {
        self.ranges.get(pointer).cloned()
    }

    /// The range of `pointer`, or of its closest ancestor that has one; `None` if not even the root has one.
    pub fn nearest(&self, pointer: &str) -> Option<Range<usize>> {
        let mut rest = pointer;
        loop {
            if let Some(range) = self.ranges.get(rest) {
                return Some(range.clone());
            }
            rest = &rest[..rest.rfind('/')?];
        }
    }

    /// All entries, sorted by pointer text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.ranges
            .iter()
            .map(|(pointer, range)| (pointer.as_str(), range.clone()))
    }

    /// How many pointers have a range.
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Whether no pointer has a range.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Moves every range `by` bytes towards the end, for a text that was cut out of a larger one at that offset.
    pub fn shift(&mut self, by: usize) {
        for range in self.ranges.values_mut() {
            *range = range.start.saturating_add(by)..range.end.saturating_add(by);
        }
    }

    /// The entries at and below `pointer`, with pointers relative to it: what was `pointer` becomes `""`.
    pub fn subtree(&self, pointer: &str) -> Self {
        let below = format!("{pointer}/");
        let own = self
            .ranges
            .get(pointer)
            .map(|range| (String::new(), range.clone()));
        let inner = self
            .ranges
            .range::<str, _>((Bound::Included(below.as_str()), Bound::Unbounded))
            .take_while(|(key, _)| key.starts_with(&below))
            .map(|(key, range)| (key[pointer.len()..].to_owned(), range.clone()));
        Self {
            ranges: own.into_iter().chain(inner).collect(),
        }
    }

    /// Adds the entries of `other` with `pointer` before each of their pointers; the inverse of [`SourceMap::subtree`].
    pub fn graft(&mut self, pointer: &str, other: &Self) {
        for (key, range) in &other.ranges {
            self.ranges.insert(format!("{pointer}{key}"), range.clone());
        }
    }
}

impl<P: Into<String>> Extend<(P, Range<usize>)> for SourceMap {
    fn extend<I: IntoIterator<Item = (P, Range<usize>)>>(&mut self, entries: I) {
        for (pointer, range) in entries {
            self.insert(pointer, range);
        }
    }
}

impl<P: Into<String>> FromIterator<(P, Range<usize>)> for SourceMap {
    fn from_iter<I: IntoIterator<Item = (P, Range<usize>)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

/// One key as a part of a JSON pointer: `~` becomes `~0` and `/` becomes `~1` (RFC 6901, section 3).
///
/// ```
/// assert_eq!(openapi_pages::escape("/users/{id}"), "~1users~1{id}");
/// ```
pub fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> SourceMap {
        [
            ("", 0..90),
            ("/a", 5..40),
            ("/a/b", 10..20),
            ("/a/b/0", 11..12),
            ("/ab", 50..60),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn nearest_climbs_to_the_closest_recorded_ancestor() {
        let map = sample();
        assert_eq!(map.get("/a/b/7"), None);
        assert_eq!(map.nearest("/a/b/7"), Some(10..20));
        assert_eq!(map.nearest("/a/c/d/e"), Some(5..40));
        assert_eq!(map.nearest("/z"), Some(0..90));
        assert_eq!(map.nearest(""), Some(0..90));
        assert_eq!(SourceMap::new().nearest("/a/b"), None);
    }

    #[test]
    fn nearest_takes_any_text() {
        assert_eq!(sample().nearest("no pointer"), None);
        assert_eq!(sample().nearest("é/ü"), None);
    }

    #[test]
    fn subtree_and_graft_are_inverse_and_respect_key_borders() {
        let cut = sample().subtree("/a");
        let keys: Vec<&str> = cut.iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["", "/b", "/b/0"]);
        let mut back = SourceMap::new();
        back.graft("/x/y", &cut);
        assert_eq!(back.get("/x/y/b"), Some(10..20));
        assert_eq!(back.subtree("/x/y"), cut);
        assert_eq!(sample().subtree(""), sample());
        assert!(sample().subtree("/nowhere").is_empty());
    }

    #[test]
    fn shift_moves_every_range() {
        let mut map = sample();
        map.shift(100);
        assert_eq!(map.get("/a/b"), Some(110..120));
        assert_eq!(map.len(), 5);
    }

    #[test]
    fn escape_follows_rfc_6901() {
        assert_eq!(escape("a/b~c"), "a~1b~0c");
        assert_eq!(escape("~1"), "~01");
    }
}
