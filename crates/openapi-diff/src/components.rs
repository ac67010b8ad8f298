//! Components of schemas: each is a type.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::Class;
use crate::compare::Comparison;
use crate::document::{Placed, join};
use crate::fingerprint::fingerprint;
use crate::kind::Kind;
use crate::subject::code;

impl<'d> Comparison<'d> {
    /// Finds what came, what went and what is called otherwise, and leaves the others to be compared.
    pub(crate) fn components(&mut self) {
        let old: BTreeMap<&str, Placed<'d>> = self.old.components("schemas").into_iter().collect();
        let new: BTreeMap<&str, Placed<'d>> = self.new.components("schemas").into_iter().collect();
        let gone: BTreeSet<&str> = old
            .keys()
            .filter(|name| !new.contains_key(*name))
            .copied()
            .collect();
        let come: BTreeSet<&str> = new
            .keys()
            .filter(|name| !old.contains_key(*name))
            .copied()
            .collect();
        let mut renamed = BTreeMap::new();
        for (old_name, new_name) in renames(&gone, &old, &come, &new) {
            let summary = format!("{} is called {} now", code(old_name), code(new_name));
            let pointer = join("/components/schemas", new_name);
            self.add_as_it_is(Class::Breaking, Kind::SchemaRenamed, &pointer, summary);
            renamed.insert(old_name.to_owned(), new_name.to_owned());
        }
        for name in gone.iter().filter(|name| !renamed.contains_key(**name)) {
            let pointer = join("/components/schemas", name);
            self.add_gone(Class::Breaking, Kind::SchemaRemoved, &pointer, "is gone");
        }
        let taken: BTreeSet<&str> = renamed.values().map(String::as_str).collect();
        for name in come.iter().filter(|name| !taken.contains(**name)) {
            let pointer = join("/components/schemas", name);
            self.add(Class::Compatible, Kind::SchemaAdded, &pointer, "is new");
        }
        for (name, schema) in &old {
            let now = renamed.get(*name).map_or(*name, String::as_str);
            if let Some(other) = new.get(now) {
                self.later(schema.clone(), other.clone());
            }
        }
        self.renamed = renamed;
    }

    /// What a component of the old document is called in the new one.
    pub(crate) fn name_now<'n>(&'n self, name: &'n str) -> &'n str {
        self.renamed.get(name).map_or(name, String::as_str)
    }
}

/// Pairs of one name that went and one that came, whose schemas say the same and no other one's.
fn renames<'n>(
    gone: &BTreeSet<&'n str>,
    old: &BTreeMap<&str, Placed<'_>>,
    come: &BTreeSet<&'n str>,
    new: &BTreeMap<&str, Placed<'_>>,
) -> Vec<(&'n str, &'n str)> {
    fn prints<'n>(
        names: &BTreeSet<&'n str>,
        schemas: &BTreeMap<&str, Placed<'_>>,
    ) -> BTreeMap<String, Vec<&'n str>> {
        let mut found: BTreeMap<String, Vec<&'n str>> = BTreeMap::new();
        for name in names {
            let Some(schema) = schemas.get(name) else {
                continue;
            };
            let own = format!("#{}", schema.pointer);
            found
                .entry(fingerprint(schema.value, &own))
                .or_default()
                .push(name);
        }
        found
    }
    let (gone, come) = (prints(gone, old), prints(come, new));
    let pairs = gone.iter().filter_map(|(print, names)| {
        match (names.as_slice(), come.get(print)?.as_slice()) {
            ([one], [other]) => Some((*one, *other)),
            _ => None,
        }
    });
    pairs.collect()
}
