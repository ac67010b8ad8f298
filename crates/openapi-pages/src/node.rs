//! A value that knows where it was read: what the parsers build and the lift rearranges.
//!
//! Copies are cheap (shared), so an alias costs nothing until the tree becomes a `serde_json::Value`, and its size is
//! bounded before that. Depth is bounded by whoever builds the tree, so recursion over it is safe.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use serde_json::Value;

use crate::source_map::{SourceMap, escape};

/// A byte range of the input, or `None` for what has no place in it.
pub(crate) type Place = Option<Range<usize>>;

/// A value and its place. Objects keep the order of the page, which lifting a map to a list needs.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) place: Place,
    kind: Rc<Kind>,
}

#[derive(Debug)]
pub(crate) enum Kind {
    /// Null, a boolean, a number or a string; never an array or object.
    Scalar(Value),
    Array(Vec<Node>),
    Object(Vec<Member>),
}

/// One key of an object with its value.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Where the key stands.
    pub(crate) name_place: Place,
    pub(crate) value: Node,
}

impl Node {
    pub(crate) fn scalar(value: impl Into<Value>, place: Place) -> Self {
        Self {
            place,
            kind: Rc::new(Kind::Scalar(value.into())),
        }
    }

    pub(crate) fn array(items: Vec<Self>, place: Place) -> Self {
        Self {
            place,
            kind: Rc::new(Kind::Array(items)),
        }
    }

    pub(crate) fn object(members: Vec<Member>, place: Place) -> Self {
        Self {
            place,
            kind: Rc::new(Kind::Object(members)),
        }
    }

    /// The same value at another place.
    pub(crate) fn at(&self, place: Place) -> Self {
        Self {
            place,
            kind: Rc::clone(&self.kind),
        }
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self.kind() {
            Kind::Scalar(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.kind() {
            Kind::Scalar(value) => value.as_bool(),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Self]> {
        match self.kind() {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_object(&self) -> Option<&[Member]> {
        match self.kind() {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The value of key `name`, if this is an object that has it.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?
            .iter()
            .find(|member| member.name == name)
            .map(|member| &member.value)
    }

    /// What kind of value it is, in words for a message.
    pub(crate) fn describe(&self) -> &'static str {
        match self.kind() {
            Kind::Scalar(Value::Null) => "null",
            Kind::Scalar(Value::Bool(_)) => "a boolean",
            Kind::Scalar(Value::Number(_)) => "a number",
            Kind::Scalar(_) => "a text",
            Kind::Array(_) => "a list",
            Kind::Object(_) => "an object",
        }
    }

    /// The plain value, without places.
    pub(crate) fn to_value(&self) -> Value {
        match self.kind() {
            Kind::Scalar(value) => value.clone(),
            Kind::Array(items) => items.iter().map(Self::to_value).collect(),
            Kind::Object(members) => members
                .iter()
                .map(|member| (member.name.clone(), member.value.to_value()))
                .collect(),
        }
    }

    /// The plain value and the places of all its parts.
    pub(crate) fn into_value_and_spans(self) -> (Value, SourceMap) {
        let mut spans = SourceMap::new();
        self.record(&mut String::new(), &mut spans);
        (self.to_value(), spans)
    }

    fn record(&self, pointer: &mut String, spans: &mut SourceMap) {
        if let Some(range) = &self.place {
            spans.insert(pointer.as_str(), range.clone());
        }
        let length = pointer.len();
        let mut visit = |token: &str, node: &Self| {
            pointer.push('/');
            pointer.push_str(token);
            node.record(pointer, spans);
            pointer.truncate(length);
        };
        match self.kind() {
            Kind::Scalar(_) => {}
            Kind::Array(items) => items
                .iter()
                .enumerate()
                .for_each(|(index, item)| visit(&index.to_string(), item)),
            Kind::Object(members) => members
                .iter()
                .for_each(|member| visit(&escape(&member.name), &member.value)),
        }
    }
}

/// An object in the making; a key that is set twice keeps its last value.
#[derive(Debug, Default)]
pub(crate) struct Object {
    members: Vec<Member>,
    /// The index of each key, so that an object of many keys is made in linear time.
    indices: HashMap<String, usize>,
}

impl Object {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn set(&mut self, name: impl Into<String>, value: Node) {
        self.put(Member {
            name: name.into(),
            name_place: None,
            value,
        });
    }

    pub(crate) fn put(&mut self, member: Member) {
        match self
            .indices
            .get(&member.name)
            .and_then(|&index| self.members.get_mut(index))
        {
            Some(known) => *known = member,
            None => {
                self.indices.insert(member.name.clone(), self.members.len());
                self.members.push(member);
            }
        }
    }

    /// Sets `name` to the value that `from` has under that key, if it has one.
    pub(crate) fn copy(&mut self, from: &Node, name: &str) {
        if let Some(value) = from.get(name) {
            self.set(name, value.clone());
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub(crate) fn build(self, place: Place) -> Node {
        Node::object(self.members, place)
    }
}
