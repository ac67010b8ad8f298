//! Changes as data.

use std::collections::BTreeMap;

use serde_json::Value;

pub(crate) struct Row {
    pub(crate) name: String,
    set: BTreeMap<String, Value>,
    remove: Vec<String>,
    moved: BTreeMap<String, String>,
    pub(crate) changes: Vec<String>,
    /// `compiles` or `breaks`, for the rows of which that is tried.
    pub(crate) program: Option<String>,
}

pub(crate) fn base() -> Value {
    serde_yaml::from_str(include_str!("base.yaml")).unwrap()
}

pub(crate) fn rows() -> Vec<Row> {
    let rows: Vec<BTreeMap<String, Value>> =
        serde_yaml::from_str(include_str!("table.yaml")).unwrap();
    rows.into_iter().map(Row::of).collect()
}

impl Row {
    fn of(mut row: BTreeMap<String, Value>) -> Self {
        let mut take = |key: &str| row.remove(key).unwrap_or_default();
        let read = Self {
            name: take("name").as_str().unwrap().to_owned(),
            set: or_empty(take("set")),
            remove: or_empty(take("remove")),
            moved: or_empty(take("move")),
            changes: serde_json::from_value(take("changes")).unwrap(),
            program: or_empty(take("program")),
        };
        let program = read.program.as_deref();
        assert!(matches!(program, None | Some("compiles" | "breaks")));
        assert!(row.is_empty(), "{row:?}");
        read
    }

    /// Values are moved first, then set, then removed.
    pub(crate) fn changed(&self, base: &Value) -> Value {
        let mut document = base.clone();
        for (from, to) in &self.moved {
            let value = take(&mut document, from);
            put(&mut document, to, value);
        }
        for (pointer, value) in &self.set {
            put(&mut document, pointer, value.clone());
        }
        for pointer in &self.remove {
            drop(take(&mut document, pointer));
        }
        document
    }
}

fn or_empty<T: Default + serde::de::DeserializeOwned>(value: Value) -> T {
    match value {
        Value::Null => T::default(),
        value => serde_json::from_value(value).unwrap(),
    }
}

fn split(pointer: &str) -> (&str, String) {
    let (parent, token) = pointer.rsplit_once('/').unwrap();
    (parent, token.replace("~1", "/").replace("~0", "~"))
}

fn take(document: &mut Value, pointer: &str) -> Value {
    let (parent, token) = split(pointer);
    let found = match document.pointer_mut(parent).unwrap() {
        Value::Object(members) => members.remove(&token),
        Value::Array(items) => Some(items.remove(token.parse().unwrap())),
        _ => None,
    };
    found.unwrap_or_else(|| panic!("{pointer} does not exist"))
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, token) = split(pointer);
    match document.pointer_mut(parent) {
        Some(Value::Object(members)) => drop(members.insert(token, value)),
        Some(Value::Array(items)) if token == "-" => items.push(value),
        Some(Value::Array(items)) => items[token.parse::<usize>().unwrap()] = value,
        _ => panic!("{parent} is no object or list"),
    }
}
