//! Where the parts of a result come from.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::pointer;

/// Maps JSON pointers of the lowered document to pointers of the document that was given.
///
/// Only moves are stored; what was not moved has the same pointer in both. A pointer is looked up by its longest
/// stored prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins {
    moves: BTreeMap<String, String>,
}

/// Where a value and what is below come from.
#[derive(Debug)]
pub(crate) struct Source {
    origin: String,
    below: Vec<(String, String)>,
}

impl Origins {
    /// The pointer in the given document of what stands at `pointer` in the result.
    ///
    /// For a value that a pass made up, this is the place that made it necessary.
    pub fn resolve(&self, pointer: &str) -> String {
        let mut prefix = pointer;
        loop {
            if let Some(origin) = self.moves.get(prefix) {
                return format!("{origin}{}", &pointer[prefix.len()..]);
            }
            match pointer::parent(prefix) {
                Some(parent) => prefix = parent,
                None => return pointer.to_owned(),
            }
        }
    }

    /// The stored moves: pointer in the result, pointer in the given document.
    pub fn moves(&self) -> impl Iterator<Item = (&str, &str)> {
        self.moves
            .iter()
            .map(|(to, from)| (to.as_str(), from.as_str()))
    }

    /// Records that the value at `from` now stands at `to` (both pointers of the document as it is being rewritten).
    pub(crate) fn moved(&mut self, from: &str, to: &str) {
        if from == to {
            return;
        }
        let origin = self.resolve(from);
        let below = self.take_within(from);
        self.take_within(to);
        self.moves.insert(to.to_owned(), origin);
        for (rest, origin) in below {
            if !rest.is_empty() {
                self.moves.insert(format!("{to}{rest}"), origin);
            }
        }
    }

    /// Records that the value at `to` was copied from `from`.
    pub(crate) fn copied(&mut self, from: &str, to: &str) {
        if from == to {
            return;
        }
        let origin = self.resolve(from);
        let below = self.within(from);
        self.take_within(to);
        self.moves.insert(to.to_owned(), origin);
        for (rest, origin) in below {
            if !rest.is_empty() {
                self.moves.insert(format!("{to}{rest}"), origin);
            }
        }
    }

    /// The same, where `from` is a pointer of an earlier state of the document.
    pub(crate) fn copied_from(&mut self, before: &Self, from: &str, to: &str) {
        self.take_within(to);
        self.moves.insert(to.to_owned(), before.resolve(from));
        for (rest, origin) in before.within(from) {
            if !rest.is_empty() {
                self.moves.insert(format!("{to}{rest}"), origin);
            }
        }
    }

    /// Where the value at `from` and what is below come from, to be kept while the document changes.
    pub(crate) fn source(&self, from: &str) -> Source {
        Source {
            origin: self.resolve(from),
            below: self.within(from),
        }
    }

    /// Records that the value at `to` was copied from where it had this source.
    pub(crate) fn copied_as(&mut self, source: &Source, to: &str) {
        self.take_within(to);
        self.moves.insert(to.to_owned(), source.origin.clone());
        for (rest, origin) in source.below.iter().filter(|(rest, _)| !rest.is_empty()) {
            self.moves.insert(format!("{to}{rest}"), origin.clone());
        }
    }

    /// Records that the value at `to` was made because of the one at `from`; what is below has no origin of its own.
    pub(crate) fn made(&mut self, from: &str, to: &str) {
        let origin = self.resolve(from);
        self.take_within(to);
        self.moves.insert(to.to_owned(), origin);
    }

    /// Records that the items of a list were put into another order: the old position of each.
    pub(crate) fn reordered(&mut self, list: &str, order: &[usize]) {
        let items: Vec<Source> = order
            .iter()
            .map(|from| self.source(&pointer::index(list, *from)))
            .collect();
        for (to, source) in items.iter().enumerate() {
            self.copied_as(source, &pointer::index(list, to));
        }
    }

    fn within(&self, prefix: &str) -> Vec<(String, String)> {
        self.moves
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .take_while(|(key, _)| key.starts_with(prefix))
            .filter(|(key, _)| pointer::is_within(key, prefix))
            .map(|(key, origin)| (key[prefix.len()..].to_owned(), origin.clone()))
            .collect()
    }

    fn take_within(&mut self, prefix: &str) -> Vec<(String, String)> {
        let found = self.within(prefix);
        for (rest, _) in &found {
            self.moves.remove(&format!("{prefix}{rest}"));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_wins() {
        let mut origins = Origins::default();
        origins.moved("/a/b", "/c");
        origins.moved("/x/y", "/c/d");
        assert_eq!(origins.resolve("/c/e"), "/a/b/e");
        assert_eq!(origins.resolve("/c/d/e"), "/x/y/e");
        assert_eq!(origins.resolve("/cd"), "/cd");
        assert_eq!(origins.resolve(""), "");
    }

    #[test]
    fn a_second_move_points_to_the_first_origin() {
        let mut origins = Origins::default();
        origins.moved("/a", "/b");
        origins.moved("/z", "/b/inner");
        origins.moved("/b", "/c");
        assert_eq!(origins.resolve("/c/x"), "/a/x");
        assert_eq!(origins.resolve("/c/inner/x"), "/z/x");
        assert_eq!(origins.resolve("/b/x"), "/b/x");
    }

    #[test]
    fn items_that_change_places_keep_their_origins() {
        let mut origins = Origins::default();
        origins.moved("/x", "/l/1/a");
        origins.reordered("/l", &[1, 0]);
        assert_eq!(origins.resolve("/l/0/a"), "/x");
        assert_eq!(origins.resolve("/l/0/b"), "/l/1/b");
        assert_eq!(origins.resolve("/l/1/b"), "/l/0/b");
    }

    #[test]
    fn a_copy_leaves_the_source_alone() {
        let mut origins = Origins::default();
        origins.moved("/a", "/b");
        origins.copied("/b", "/c");
        assert_eq!(origins.resolve("/b/x"), "/a/x");
        assert_eq!(origins.resolve("/c/x"), "/a/x");
    }
}
