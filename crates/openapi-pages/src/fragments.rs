//! Collects fragments; equal documents collapse.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use crate::extract::Fragment;

/// The fragments so far, in the order of the input.
#[derive(Debug, Default)]
pub(crate) struct Fragments {
    pub(crate) list: Vec<Fragment>,
    /// Indices into `list` by fingerprint, so that a dump of many pages is compared in linear time.
    known: HashMap<u64, Vec<usize>>,
}

impl Fragments {
    /// Adds `fragment`; one whose document is already there only adds its addresses.
    pub(crate) fn keep(&mut self, fragment: Fragment) {
        let alike = self
            .known
            .entry(fingerprint(&fragment.document))
            .or_default();
        let equal = alike
            .iter()
            .copied()
            .find(|&index| self.list[index].document == fragment.document);
        let Some(index) = equal else {
            alike.push(self.list.len());
            self.list.push(fragment);
            return;
        };
        let urls = &mut self.list[index].source_urls;
        for url in fragment.source_urls {
            if !urls.contains(&url) {
                urls.push(url);
            }
        }
    }
}

/// Equal for equal values, whatever the order of their keys.
fn fingerprint(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| fingerprint(item).hash(&mut hasher)),
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| {
                let mut hasher = DefaultHasher::new();
                (key, fingerprint(value)).hash(&mut hasher);
                hasher.finish()
            };
            members
                .iter()
                .map(member)
                .fold(0_u64, u64::wrapping_add)
                .hash(&mut hasher);
        }
        scalar => scalar.hash(&mut hasher),
    }
    hasher.finish()
}
