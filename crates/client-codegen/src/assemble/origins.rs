//! Where each value of an assembled document came from.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use openapi_pages::SourceMap;

use crate::diagnostic::{Place, SourceFile};

/// Maps a JSON pointer of the assembled document to a file and a byte range.
///
/// Whole subtrees come from one fragment, so only their roots are recorded, and a pointer below one is looked up in the
/// fragment's own map.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    parts: Vec<Part>,
    links: BTreeMap<String, Link>,
}

/// Something that values come from: a fragment of a page, or an overlay.
#[derive(Debug, Clone)]
struct Part {
    file: Arc<SourceFile>,
    spans: SourceMap,
}

/// A pointer of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    part: usize,
    pointer: String,
}

impl Origins {
    /// The value of `pointer`, or of its closest ancestor whose place is known.
    #[must_use]
    pub fn place(&self, pointer: &str) -> Option<Place> {
        let link = self.resolve(pointer)?;
        self.place_in(link.part, &link.pointer)
    }

    /// The files that values come from, each once, in the order in which they were added.
    #[must_use]
    pub fn files(&self) -> Vec<&Arc<SourceFile>> {
        let mut files: Vec<&Arc<SourceFile>> = Vec::new();
        for part in &self.parts {
            if !files.iter().any(|file| Arc::ptr_eq(file, &part.file)) {
                files.push(&part.file);
            }
        }
        files
    }

    /// Adds a source of values and gives the number to name it by.
    pub(crate) fn add_part(&mut self, file: &Arc<SourceFile>, spans: SourceMap) -> usize {
        self.parts.push(Part {
            file: Arc::clone(file),
            spans,
        });
        self.parts.len() - 1
    }

    /// The place of a part's own pointer.
    pub(super) fn place_in(&self, part: usize, pointer: &str) -> Option<Place> {
        let part = self.parts.get(part)?;
        let range = part.spans.nearest(pointer)?;
        Some(Place {
            file: Arc::clone(&part.file),
            range,
        })
    }

    /// Records that the value of `pointer`, with all that is in it, is the one of `source` in `part`.
    pub(crate) fn set(&mut self, pointer: &str, part: usize, source: &str) {
        self.forget(pointer);
        let source = source.to_owned();
        self.links.insert(
            pointer.to_owned(),
            Link {
                part,
                pointer: source,
            },
        );
    }

    /// Records that the value of `pointer`, with all that is in it, is a copy of the one that `source` is in `before`.
    ///
    /// `before` is this map at an earlier time: where the copy overlaps what it is a copy of, `source` itself changes.
    pub(crate) fn copy(&mut self, pointer: &str, before: &Self, source: &str) {
        self.forget(pointer);
        let own = before.resolve(source);
        self.links
            .extend(own.map(|link| (pointer.to_owned(), link)));
        for key in before.below(source) {
            let target = format!("{pointer}{}", &key[source.len()..]);
            let link = before.links.get(&key).cloned();
            self.links.extend(link.map(|link| (target, link)));
        }
    }

    /// Drops what is recorded for `pointer` and below.
    pub(crate) fn forget(&mut self, pointer: &str) {
        for key in self.below(pointer) {
            self.links.remove(&key);
        }
        self.links.remove(pointer);
    }

    /// Follows the removal of one element of an array: later ones move down by one.
    ///
    /// `len` is the length before the removal.
    pub(crate) fn remove_element(&mut self, array: &str, index: usize, len: usize) {
        for index in index..len {
            let target = format!("{array}/{index}");
            let source = format!("{array}/{}", index + 1);
            self.forget(&target);
            if index + 1 < len {
                self.move_subtree(&source, &target);
            }
        }
    }

    /// Makes `target` mean what `source` means. `source` keeps nothing of its own.
    fn move_subtree(&mut self, source: &str, target: &str) {
        let own = self.resolve(source);
        let inner: Vec<(String, Link)> = self
            .below(source)
            .into_iter()
            .filter_map(|key| {
                Some((
                    format!("{target}{}", key.get(source.len()..)?),
                    self.links.remove(&key)?,
                ))
            })
            .collect();
        self.links.remove(source);
        self.links.extend(own.map(|link| (target.to_owned(), link)));
        self.links.extend(inner);
    }

    /// The recorded pointers strictly below one.
    fn below(&self, pointer: &str) -> Vec<String> {
        let prefix = format!("{pointer}/");
        let from = self
            .links
            .range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded));
        from.map(|(key, _)| key)
            .take_while(|key| key.starts_with(&prefix))
            .cloned()
            .collect()
    }

    /// What a pointer means in the part that it came from.
    fn resolve(&self, pointer: &str) -> Option<Link> {
        let mut ancestor = pointer;
        loop {
            if let Some(link) = self.links.get(ancestor) {
                let rest = &pointer[ancestor.len()..];
                return Some(Link {
                    part: link.part,
                    pointer: format!("{}{rest}", link.pointer),
                });
            }
            ancestor = &ancestor[..ancestor.rfind('/')?];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One part whose values lie at `n..n + 1` in the order given.
    fn origins(pointers: &[&str]) -> Origins {
        let mut origins = Origins::default();
        let file = SourceFile::new("a", b"0123456789".to_vec());
        let spans = pointers
            .iter()
            .enumerate()
            .map(|(at, pointer)| (*pointer, at..at + 1))
            .collect();
        let part = origins.add_part(&file, spans);
        origins.set("", part, "");
        origins
    }

    fn at(origins: &Origins, pointer: &str) -> Option<usize> {
        origins.place(pointer).map(|place| place.range.start)
    }

    #[test]
    fn a_pointer_without_a_range_has_its_closest_ancestors() {
        let origins = origins(&["", "/a", "/a/b"]);
        assert_eq!(at(&origins, "/a/b"), Some(2));
        assert_eq!(at(&origins, "/a/c/d"), Some(1));
        assert_eq!(at(&origins, "/z"), Some(0));
        assert_eq!(at(&Origins::default(), "/z"), None);
    }

    #[test]
    fn a_value_that_is_set_hides_what_was_recorded_below() {
        let mut origins = origins(&["", "/a", "/a/b"]);
        let file = SourceFile::new("overlay", b"01234".to_vec());
        let part = origins.add_part(&file, [("/u", 4..5)].into_iter().collect());
        origins.set("/a/b", 0, "/a/b");
        origins.set("/a", part, "/u");
        assert_eq!(
            origins
                .place("/a/b")
                .map(|place| place.file.name().to_owned()),
            Some("overlay".to_owned())
        );
        assert_eq!(at(&origins, "/a/b"), Some(4));
        assert_eq!(at(&origins, "/ab"), Some(0));
        assert_eq!(origins.files().len(), 2);
    }

    #[test]
    fn a_copy_has_the_origins_of_what_it_is_a_copy_of() {
        let mut origins = origins(&["", "/a", "/a/x", "/a/y", "/b"]);
        let file = SourceFile::new("overlay", b"01234".to_vec());
        let part = origins.add_part(&file, [("/u", 4..5)].into_iter().collect());
        origins.set("/a/y", part, "/u");
        origins.set("/b/z", part, "/u");
        let before = origins.clone();
        origins.copy("/b", &before, "/a");
        let file = |pointer: &str| {
            let place = origins.place(pointer);
            place.map(|place| (place.file.name().to_owned(), place.range.start))
        };
        assert_eq!(file("/b/x"), Some(("a".to_owned(), 2)));
        assert_eq!(file("/b/y"), Some(("overlay".to_owned(), 4)));
        // What was recorded there before is gone.
        assert_eq!(file("/b/z"), Some(("a".to_owned(), 1)));
        assert_eq!(file("/a/x"), Some(("a".to_owned(), 2)));
    }

    #[test]
    fn a_copy_into_itself_has_the_origins_from_before() {
        let mut origins = origins(&["", "/a", "/a/x"]);
        let before = origins.clone();
        origins.copy("/a/x", &before, "/a");
        origins.copy("/a/x/x", &before, "/a/x");
        assert_eq!(at(&origins, "/a"), Some(1));
        assert_eq!(at(&origins, "/a/x"), Some(1));
        assert_eq!(at(&origins, "/a/x/x"), Some(2));
    }

    #[test]
    fn removing_an_element_moves_the_later_ones_with_all_that_is_in_them() {
        let mut origins = origins(&["", "/l", "/l/0", "/l/1", "/l/2", "/l/2/x", "/l/3"]);
        let file = SourceFile::new("overlay", b"01234".to_vec());
        let part = origins.add_part(&file, [("/u", 4..5)].into_iter().collect());
        origins.set("/l/2/y", part, "/u");
        origins.remove_element("/l", 1, 4);
        assert_eq!(at(&origins, "/l/0"), Some(2));
        assert_eq!(at(&origins, "/l/1"), Some(4));
        assert_eq!(at(&origins, "/l/1/x"), Some(5));
        assert_eq!(
            origins
                .place("/l/1/y")
                .map(|place| place.file.name().to_owned()),
            Some("overlay".to_owned())
        );
        assert_eq!(at(&origins, "/l/2"), Some(6));
    }
}
