//! The document while fragments are added to it, those first that are believed first.

use std::collections::BTreeMap;

use openapi_lower::Note;
use openapi_pages::{Format, escape};
use serde_json::{Map, Value, json};

use super::conflict::{Conflict, Conflicts};
use super::document::Assembled;
use super::merge::{Outcome, Pair, Side, is_for_readers, merge};
use super::part::{METHODS, Part};
use super::{Origins, templates};
use crate::diagnostic::Diagnostics;

/// The version of a document that does not say one. The wider of the two dialects that are read.
const DEFAULT_OPENAPI: &str = "3.1.0";

#[derive(Default)]
pub(super) struct Joined {
    pub(super) root: Map<String, Value>,
    pub(super) origins: Origins,
    conflicts: Conflicts,
    notes: Vec<Note>,
    /// The fragment that each member is from, by the member's pointer.
    sources: BTreeMap<String, Source>,
    /// Operations by method and shape of path.
    operations: BTreeMap<(String, String), Vec<Operation>>,
}

/// Where a member is from.
#[derive(Clone, Copy)]
struct Source {
    rank: i64,
    format: Format,
    /// The rank and form of the fragment that has said what the first one's form loses.
    completed: Option<(i64, Format)>,
}

impl Source {
    /// The form whose losses are not made up for yet.
    fn lacks(self) -> Format {
        self.completed.map_or(self.format, |(_, format)| format)
    }

    /// The rank of the fragment that has decided on the value at `pointer`.
    fn rank_at(self, pointer: &str) -> i64 {
        let lost = |end: usize| self.format.may_lack(&pointer[..end]);
        let ends = pointer.match_indices('/').map(|(at, _)| at);
        match self.completed {
            Some((rank, _)) if ends.chain([pointer.len()]).any(lost) => rank,
            _ => self.rank,
        }
    }
}

struct Operation {
    part: usize,
    path: String,
    pointer: String,
}

impl Joined {
    /// Joins a section two levels deep: path and method, or kind and name of a component.
    pub(super) fn section(&mut self, part: &Part, section: &str) {
        let Some(groups) = part.document.get(section).and_then(Value::as_object) else {
            return;
        };
        if !self.root.contains_key(section) {
            self.root.insert(section.to_owned(), json!({}));
            self.came_from(part, &format!("/{section}"));
        }
        for (group, members) in groups {
            let pointer = format!("/{section}/{}", escape(group));
            let Some(members) = members.as_object() else {
                self.member(part, section, &[group], &pointer, members);
                continue;
            };
            for (member, value) in members {
                let pointer = format!("{pointer}/{}", escape(member));
                if section == "paths" && self.is_under_another_path(part, group, member, value) {
                    continue;
                }
                self.group(part, section, group);
                self.member(part, section, &[group, member], &pointer, value);
            }
            if members.is_empty() {
                self.group(part, section, group);
            }
        }
    }

    fn group(&mut self, part: &Part, section: &str, group: &str) {
        let groups = self.root.get_mut(section).and_then(Value::as_object_mut);
        let Some(groups) = groups.filter(|groups| !groups.contains_key(group)) else {
            return;
        };
        groups.insert(group.to_owned(), json!({}));
        self.came_from(part, &format!("/{section}/{}", escape(group)));
    }

    /// Whether another fragment has the operation under a path that differs only in the names of parameters, which
    /// OpenAPI takes for the same path (3.1.1 §4.8.8).
    fn is_under_another_path(
        &mut self,
        part: &Part,
        path: &str,
        method: &str,
        value: &Value,
    ) -> bool {
        if !METHODS.contains(&method) {
            return false;
        }
        let pointer = format!("/paths/{}/{method}", escape(path));
        let shape = (method.to_owned(), templates::shape(path));
        let known = self.operations.entry(shape).or_default();
        if known.iter().any(|operation| operation.path == path) {
            return false;
        }
        let Some(other) = known.iter().find(|other| other.part != part.number) else {
            known.push(Operation {
                part: part.number,
                path: path.to_owned(),
                pointer,
            });
            return false;
        };
        let what = format!(
            "`{} {}`, which is also written `{path}`",
            method.to_uppercase(),
            other.path
        );
        let first = self
            .root
            .get("paths")
            .and_then(|paths| paths.get(&other.path)?.get(method));
        let conflict = Conflict {
            what: &what,
            pointer: &other.pointer,
            different: &[Pair {
                first: other.pointer.clone(),
                second: pointer.clone(),
            }],
            first,
            part,
            second: value,
            second_pointer: &pointer,
        };
        let rank = self.sources.get(&other.pointer).map(|source| source.rank);
        if rank > Some(part.rank) {
            self.notes.extend(conflict.notes(&self.origins));
        } else {
            self.conflicts.add(&conflict, &self.origins);
        }
        true
    }

    /// Adds one operation, component or other member, or merges it into the one that is there.
    fn member(
        &mut self,
        part: &Part,
        section: &str,
        names: &[&String],
        pointer: &str,
        value: &Value,
    ) {
        let known = self.sources.get(pointer).copied();
        let (Some(known), Some(slot)) = (known, self.slot(section, names)) else {
            self.insert(section, names, value.clone());
            self.came_from(part, pointer);
            let source = Source {
                rank: part.rank,
                format: part.format,
                completed: None,
            };
            self.sources.insert(pointer.to_owned(), source);
            return;
        };
        if for_readers(section, names) {
            return;
        }
        // A component that is taken out could not be referred to while it is compared.
        let mut joined = slot.clone();
        let sides = (
            Side {
                format: known.format,
                lacks: known.lacks(),
                components: self.root.get("components"),
            },
            Side {
                format: part.format,
                lacks: part.format,
                components: part.components(),
            },
        );
        let Outcome { filled, different } = merge(&mut joined, value, sides, pointer);
        let (yields, disagrees): (Vec<Pair>, Vec<Pair>) = different
            .into_iter()
            .partition(|at| known.rank_at(&at.first) > part.rank);
        let what = described(section, names);
        let conflict = |different| Conflict {
            what: &what,
            pointer,
            different,
            first: Some(&joined),
            part,
            second: value,
            second_pointer: pointer,
        };
        self.notes.extend(conflict(&yields).notes(&self.origins));
        self.conflicts.add(&conflict(&disagrees), &self.origins);
        if known.lacks().is_lossy() && !part.format.is_lossy() {
            let completed = Some((part.rank, part.format));
            let source = Source { completed, ..known };
            self.sources.insert(pointer.to_owned(), source);
        }
        if let Some(slot) = self.slot(section, names) {
            *slot = joined;
        }
        for Pair { first, second } in filled {
            self.origins.set(&first, part.number, &part.source(&second));
        }
    }

    fn slot(&mut self, section: &str, names: &[&String]) -> Option<&mut Value> {
        let mut slot = self.root.get_mut(section)?;
        for name in names {
            slot = slot.get_mut(name.as_str())?;
        }
        Some(slot)
    }

    fn insert(&mut self, section: &str, names: &[&String], value: Value) {
        let Some((last, groups)) = names.split_last() else {
            return;
        };
        let mut map = self.root.get_mut(section);
        for group in groups {
            map = map.and_then(|map| map.get_mut(group.as_str()));
        }
        if let Some(map) = map.and_then(Value::as_object_mut) {
            map.insert((*last).clone(), value);
        }
    }

    /// Records that a value is a part's, with what was pushed down into it.
    pub(super) fn came_from(&mut self, part: &Part, pointer: &str) {
        self.origins
            .set(pointer, part.number, &part.source(pointer));
        let below = format!("{pointer}/");
        for (moved, source) in part
            .moved
            .range(below.clone()..)
            .take_while(|(moved, _)| moved.starts_with(&below))
        {
            self.origins.set(moved, part.number, source);
        }
    }

    pub(super) fn finish(mut self, title: &str) -> Result<Assembled, Diagnostics> {
        self.root
            .entry("openapi")
            .or_insert_with(|| json!(DEFAULT_OPENAPI));
        self.root.entry("paths").or_insert_with(|| json!({}));
        let info = self.root.entry("info").or_insert_with(|| json!({}));
        if let Some(info) = info.as_object_mut() {
            info.insert("title".to_owned(), json!(title));
            self.origins.forget("/info/title");
            info.entry("version").or_insert_with(|| json!("0"));
        }
        let mut document = Value::Object(self.root);
        // Whether serde_json keeps the order of keys is decided by whoever else is in the build.
        document.sort_all_objects();
        self.notes.sort();
        self.conflicts.into_diagnostics().or_value(Assembled {
            document,
            origins: self.origins,
            notes: self.notes,
        })
    }
}

/// Whether a member is only for readers as a whole: a path item's summary, an example, an extension.
fn for_readers(section: &str, names: &[&String]) -> bool {
    match (section, names) {
        ("components", [kind, ..]) => *kind == "examples" || is_for_readers(kind),
        // A webhook may have any name, a path starts with a slash.
        ("paths", [path, ..]) if path.starts_with("x-") => true,
        (_, [.., name]) => is_for_readers(name),
        (_, []) => false,
    }
}

/// What a member is called in a sentence.
fn described(section: &str, names: &[&String]) -> String {
    match (section, names) {
        ("paths", [path, method]) if METHODS.contains(&method.as_str()) => {
            format!("`{} {path}`", method.to_uppercase())
        }
        ("paths" | "webhooks", [name, ..]) => format!("`{name}`"),
        ("components", [kind, name]) => format!("the component `{name}` of `{kind}`"),
        _ => format!("`{section}`"),
    }
}
