//! The assembled document.

use openapi_pages::escape;
use serde_json::{Map, Value, json};

use super::Origins;
use super::conflict::Conflict;
use super::levels::level;
use super::merge::{Keys, Outcome, is_for_readers, merge};
use super::part::{METHODS, Part, parts};
use crate::diagnostic::Diagnostics;
use crate::input::Page;

/// One document for an API, and where each of its values came from.
#[derive(Debug, Clone)]
pub struct Assembled {
    /// An OpenAPI document; all objects are sorted by key.
    pub document: Value,
    /// Pointers of `document` to places.
    pub origins: Origins,
}

/// The version of a document that does not say one. The wider of the two dialects that are read.
const DEFAULT_OPENAPI: &str = "3.1.0";

/// Joins the fragments of all pages, which are in the manifest's order, under the manifest's title.
pub fn assemble(pages: &[Page], title: &str) -> Result<Assembled, Diagnostics> {
    let mut joined = Joined::default();
    let mut all = Vec::new();
    for (part, spans) in parts(pages)? {
        joined.origins.add_part(&part.file, spans);
        all.push(part);
    }
    // Whatever has no place of its own is somewhere in the first document.
    joined.origins.set("", 0, "");
    level(&mut all);
    for part in &all {
        joined.head(part);
        joined.section(part, "paths");
        joined.section(part, "webhooks");
        joined.section(part, "components");
    }
    joined.finish(title)
}

#[derive(Default)]
struct Joined {
    root: Map<String, Value>,
    origins: Origins,
    problems: Diagnostics,
}

impl Joined {
    /// What is said once per document. These never conflict: the first fragment that says something is believed.
    fn head(&mut self, part: &Part) {
        for (key, value) in &part.document {
            match key.as_str() {
                "paths" | "webhooks" | "components" => {}
                "openapi" => self.version(part, value),
                "info" => self.info(part, value),
                "tags" => self.tags(part, value),
                _ if self.root.contains_key(key) => {}
                _ => {
                    self.root.insert(key.clone(), value.clone());
                    self.came_from(part, &format!("/{}", escape(key)));
                }
            }
        }
    }

    /// The highest version: 3.1 can say all that 3.0 says, which is not so the other way round.
    fn version(&mut self, part: &Part, value: &Value) {
        let number = |value: &Value| -> Vec<u32> {
            let parts = value.as_str().unwrap_or_default().split('.');
            parts.map_while(|part| part.parse().ok()).collect()
        };
        if self
            .root
            .get("openapi")
            .is_none_or(|had| number(value) > number(had))
        {
            self.root.insert("openapi".to_owned(), value.clone());
            self.came_from(part, "/openapi");
        }
    }

    fn info(&mut self, part: &Part, value: &Value) {
        if !self.root.contains_key("info") {
            self.root.insert("info".to_owned(), json!({}));
            self.came_from(part, "/info");
        }
        let info = self.root.get_mut("info").and_then(Value::as_object_mut);
        let (Some(info), Some(value)) = (info, value.as_object()) else {
            return;
        };
        let mut taken = Vec::new();
        for (key, value) in value {
            // Pages that carry no head have empty strings there.
            if value.as_str() != Some("") && !info.contains_key(key) {
                info.insert(key.clone(), value.clone());
                taken.push(format!("/info/{}", escape(key)));
            }
        }
        for pointer in taken {
            self.came_from(part, &pointer);
        }
    }

    /// Tags are described by name (OpenAPI 3.1.1 §4.8.22), so the lists are joined by it.
    fn tags(&mut self, part: &Part, value: &Value) {
        let tags = self.root.entry("tags").or_insert_with(|| json!([]));
        let (Some(tags), Some(value)) = (tags.as_array_mut(), value.as_array()) else {
            return;
        };
        let mut taken = Vec::new();
        for (index, tag) in value.iter().enumerate() {
            if !tags.iter().any(|had| had.get("name") == tag.get("name")) {
                taken.push((format!("/tags/{}", tags.len()), format!("/tags/{index}")));
                tags.push(tag.clone());
            }
        }
        for (pointer, source) in taken {
            self.origins.set(&pointer, part.number, &source);
        }
    }

    /// Joins a section two levels deep: path and method, or kind and name of a component.
    fn section(&mut self, part: &Part, section: &str) {
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
            if !self.has(section, group) {
                self.insert(section, &[group], json!({}));
                self.came_from(part, &pointer);
            }
            for (member, value) in members {
                let pointer = format!("{pointer}/{}", escape(member));
                self.member(part, section, &[group, member], &pointer, value);
            }
        }
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
        let Some(slot) = self.slot(section, names) else {
            self.insert(section, names, value.clone());
            self.came_from(part, pointer);
            return;
        };
        if for_readers(section, names) {
            return;
        }
        let mut outcome = Outcome::default();
        let mut joined = slot.take();
        merge(&mut joined, value, Keys::Keywords, pointer, &mut outcome);
        if let Some(first) = outcome.different.first() {
            let inner = &first[pointer.len()..];
            let conflict = Conflict {
                what: &described(section, names),
                different: &outcome.different,
                first: joined.pointer(inner),
                second: value.pointer(inner),
            };
            self.problems.push(conflict.diagnostic(&self.origins, part));
        }
        if let Some(slot) = self.slot(section, names) {
            *slot = joined;
        }
        for pointer in outcome.filled {
            self.came_from(part, &pointer);
        }
    }

    fn has(&self, section: &str, group: &str) -> bool {
        self.root
            .get(section)
            .is_some_and(|section| section.get(group).is_some())
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
    fn came_from(&mut self, part: &Part, pointer: &str) {
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

    fn finish(mut self, title: &str) -> Result<Assembled, Diagnostics> {
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
        self.problems.or_value(Assembled {
            document,
            origins: self.origins,
        })
    }
}

/// Whether a member is only for readers as a whole: a path item's summary, an example, an extension.
fn for_readers(section: &str, names: &[&String]) -> bool {
    match (section, names) {
        ("components", [kind, _]) => *kind == "examples",
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
