//! The crates that generated code may name, as a Cargo.toml states them where nothing can be inherited.
//!
//! They are those of this repository's `[workspace.dependencies]`, with which every client here is tested; a test
//! compares the two.

use toml_edit::{Array, InlineTable, Item, TableLike, Value};

/// A version and the features that generated code needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Requirement<S = &'static str> {
    /// None where a Cargo.toml names none: a path or a repository.
    pub(super) version: Option<S>,
    pub(super) default_features: bool,
    pub(super) features: Vec<S>,
}

const fn plain(version: &'static str) -> Requirement {
    Requirement {
        version: Some(version),
        default_features: true,
        features: Vec::new(),
    }
}

fn with(version: &'static str, default_features: bool, features: &[&'static str]) -> Requirement {
    Requirement {
        version: Some(version),
        default_features,
        features: features.to_vec(),
    }
}

/// What every client is built on. Its version is this crate's, because the two are released together.
pub(super) const RUNTIME: &str = "client-runtime";

/// The requirement for a package; None for one that no generated code names.
pub(super) fn requirement(package: &str) -> Option<Requirement> {
    Some(match package {
        "base64" => plain("0.23"),
        "bytes" => plain("1"),
        "chrono" => with("0.4", false, &["alloc", "serde", "std"]),
        RUNTIME => runtime(),
        "futures" => plain("0.3"),
        "futures-core" => plain("0.3"),
        "rand" => plain("0.10"),
        "regress" => plain("0.12"),
        "reqwest" => with("0.13.4", false, &["json", "query", "stream"]),
        "serde" => with("1", true, &["derive"]),
        "serde_json" => plain("1"),
        "uuid" => with("1", true, &["serde"]),
        _ => return None,
    })
}

/// Without defaults, so that a client decides on TLS by its own features.
pub(super) fn runtime() -> Requirement {
    with(env!("CARGO_PKG_VERSION"), false, &[])
}

impl Requirement {
    /// The value of a line below `[dependencies]`.
    pub(super) fn stated(&self, path: Option<&str>) -> Value {
        if let (true, [], None, Some(version)) = (
            self.default_features,
            self.features.as_slice(),
            path,
            self.version,
        ) {
            return version.into();
        }
        let mut table = InlineTable::new();
        if let Some(version) = self.version {
            table.insert("version", version.into());
        }
        if let Some(path) = path {
            table.insert("path", path.into());
        }
        if !self.default_features {
            table.insert("default-features", false.into());
        }
        if !self.features.is_empty() {
            let features: Array = self.features.iter().copied().collect();
            table.insert("features", features.into());
        }
        Value::InlineTable(table)
    }

    /// The value that inherits `offered`, with the features that it lacks; None if it is another version, whose items
    /// generated code may not know.
    pub(super) fn inherited(&self, offered: &Requirement<String>) -> Option<Value> {
        let version = |text: Option<&str>| text.and_then(compatible);
        let (own, other) = (version(self.version), version(offered.version.as_deref()));
        if own.is_some() && other.is_some() && own != other {
            return None;
        }
        let default = (self.default_features && !offered.default_features).then_some("default");
        let lacking: Array = self
            .features
            .iter()
            .copied()
            .filter(|feature| !offered.features.iter().any(|other| other == feature))
            .chain(default)
            .collect();
        let mut table = InlineTable::new();
        table.insert("workspace", true.into());
        if lacking.is_empty() {
            table.set_dotted(true);
        } else {
            table.insert("features", lacking.into());
        }
        Some(Value::InlineTable(table))
    }
}

impl Requirement<String> {
    /// What a line below `[workspace.dependencies]` says. What it does not say is as cargo takes it.
    pub(super) fn read(item: &Item) -> Self {
        let table = item.as_table_like();
        let text = |item: Option<&Item>| item.and_then(Item::as_str).map(str::to_owned);
        let get = |key: &str| table.and_then(|table: &dyn TableLike| table.get(key));
        let features = get("features").and_then(Item::as_array);
        Self {
            version: text(Some(item)).or_else(|| text(get("version"))),
            default_features: get("default-features")
                .and_then(Item::as_bool)
                .unwrap_or(true),
            features: features
                .into_iter()
                .flatten()
                .filter_map(|feature| feature.as_str().map(str::to_owned))
                .collect(),
        }
    }
}

/// What versions that cargo takes for each other have in common: the first number that is not zero and those before it.
/// None where a requirement does not tell, as `>=0.9, <2`.
fn compatible(requirement: &str) -> Option<Vec<u64>> {
    let numbers = requirement.trim().trim_start_matches(['^', '~', '=']);
    let mut found = Vec::new();
    for number in numbers.trim().split('.') {
        found.push(number.parse().ok()?);
        if found.last() != Some(&0) {
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_cargo_does() {
        for (requirement, expected) in [
            ("1", Some(vec![1])),
            ("1.2.3", Some(vec![1])),
            ("^0.13.4", Some(vec![0, 13])),
            ("=0.0.7", Some(vec![0, 0, 7])),
            ("0", None),
            ("*", None),
            (">=1, <3", None),
        ] {
            assert_eq!(compatible(requirement), expected, "{requirement}");
        }
    }
}
