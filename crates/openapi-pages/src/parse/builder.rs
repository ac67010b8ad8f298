//! Builds a tree from the events of a parser, without recursion and within the bounds.

use std::collections::HashMap;
use std::ops::Range;

use serde_json::Value;

use crate::bounds::MAX_DEPTH;
use crate::node::{Member, Node};
use crate::problem::{Problem, code};

/// A finished value, and how large it is when its aliases are followed.
#[derive(Clone, Debug)]
pub(super) struct Built {
    pub(super) node: Node,
    pub(super) weight: Weight,
    /// Levels of arrays and objects in it: 0 for a scalar.
    pub(super) height: usize,
}

/// How much memory a value takes once aliases are followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// Values, the value itself included.
    pub(super) nodes: u64,
    /// Bytes of keys and scalar texts.
    pub(super) bytes: u64,
}

impl Weight {
    pub(super) fn add(&mut self, other: Self) {
        self.nodes = self.nodes.saturating_add(other.nodes);
        self.bytes = self.bytes.saturating_add(other.bytes);
    }
}

/// The key that the next value belongs to.
#[derive(Debug)]
struct Key {
    name: String,
    range: Range<usize>,
    role: Role,
}

#[derive(Debug, PartialEq, Eq)]
enum Role {
    Named,
    /// The value is read and then dropped; the problem is recorded.
    Duplicate,
    /// YAML's `<<`.
    Merge,
}

#[derive(Debug)]
enum Open {
    Array(Vec<Node>),
    Object {
        members: Vec<Member>,
        names: HashMap<String, Range<usize>>,
        key: Option<Key>,
        /// Where YAML's merge key stands.
        merge: Option<Range<usize>>,
        /// Its value.
        merged: Option<Node>,
    },
}

#[derive(Debug)]
struct Frame {
    start: usize,
    open: Open,
    weight: Weight,
    height: usize,
}

/// The tree so far, and the problems that do not stop the reading.
#[derive(Debug, Default)]
pub(super) struct Builder {
    stack: Vec<Frame>,
    root: Option<Built>,
    pub(super) problems: Vec<Problem>,
}

impl Builder {
    /// Whether the next scalar is a key.
    pub(super) fn expects_key(&self) -> bool {
        matches!(
            self.stack.last(),
            Some(Frame {
                open: Open::Object { key: None, .. },
                ..
            })
        )
    }

    /// Whether the next value is that of a key.
    pub(super) fn expects_value(&self) -> bool {
        matches!(
            self.stack.last(),
            Some(Frame {
                open: Open::Object { key: Some(_), .. },
                ..
            })
        )
    }

    /// How many arrays and objects are open.
    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }

    pub(super) fn open_array(&mut self, start: usize) -> Result<(), Problem> {
        self.open(start, Open::Array(Vec::new()))
    }

    pub(super) fn open_object(&mut self, start: usize) -> Result<(), Problem> {
        let object = Open::Object {
            members: Vec::new(),
            names: HashMap::new(),
            key: None,
            merge: None,
            merged: None,
        };
        self.open(start, object)
    }

    fn open(&mut self, start: usize, open: Open) -> Result<(), Problem> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(too_deep(start..start));
        }
        self.stack.push(Frame {
            start,
            open,
            weight: Weight { nodes: 1, bytes: 0 },
            height: 0,
        });
        Ok(())
    }

    /// Takes a key; a second one of the same name is a problem, and its value will be dropped.
    pub(super) fn key(&mut self, name: String, range: Range<usize>) {
        let Some(Frame {
            open: Open::Object { names, key, .. },
            weight,
            ..
        }) = self.stack.last_mut()
        else {
            return;
        };
        weight.bytes = weight.bytes.saturating_add(name.len() as u64);
        let role = match names.get(&name) {
            Some(first) => {
                self.problems
                    .push(duplicate(&name, range.clone(), first.clone()));
                Role::Duplicate
            }
            None => {
                names.insert(name.clone(), range.clone());
                Role::Named
            }
        };
        *key = Some(Key { name, range, role });
    }

    /// Takes YAML's merge key. It may stand once, as every key; several sources go into one list.
    pub(super) fn merge_key(&mut self, range: Range<usize>) {
        if let Some(Frame {
            open: Open::Object { key, merge, .. },
            ..
        }) = self.stack.last_mut()
        {
            let role = match merge {
                Some(first) => {
                    self.problems
                        .push(duplicate("<<", range.clone(), first.clone()));
                    Role::Duplicate
                }
                None => {
                    *merge = Some(range.clone());
                    Role::Merge
                }
            };
            *key = Some(Key {
                name: "<<".to_owned(),
                range,
                role,
            });
        }
    }

    pub(super) fn scalar(value: Value, range: Range<usize>) -> Built {
        let bytes = value.as_str().map_or(0, str::len) as u64;
        Built {
            node: Node::scalar(value, Some(range)),
            weight: Weight { nodes: 1, bytes },
            height: 0,
        }
    }

    /// Finishes the innermost array or object, which ends at `end`. It is not yet attached to what encloses it.
    pub(super) fn close(&mut self, end: usize) -> Option<Built> {
        let frame = self.stack.pop()?;
        let place = Some(frame.start..end.max(frame.start));
        let node = match frame.open {
            Open::Array(items) => Node::array(items, place),
            Open::Object {
                mut members,
                mut names,
                merged,
                ..
            } => {
                if let Some(source) = &merged {
                    self.merge(&mut members, &mut names, source);
                }
                Node::object(members, place)
            }
        };
        Some(Built {
            node,
            weight: frame.weight,
            height: frame.height + 1,
        })
    }

    /// Puts a finished value where it belongs: into what is open, or as the root.
    pub(super) fn attach(&mut self, built: Built) {
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(built);
            return;
        };
        frame.weight.add(built.weight);
        frame.height = frame.height.max(built.height);
        match &mut frame.open {
            Open::Array(items) => items.push(built.node),
            Open::Object {
                members,
                key,
                merged,
                ..
            } => match key.take() {
                Some(Key {
                    role: Role::Merge, ..
                }) => *merged = Some(built.node),
                Some(Key {
                    role: Role::Named,
                    name,
                    range,
                }) => {
                    members.push(Member {
                        name,
                        name_place: Some(range),
                        value: built.node,
                    });
                }
                Some(Key {
                    role: Role::Duplicate,
                    ..
                })
                | None => {}
            },
        }
    }

    /// Adds to `members` what the merge source has and they lack (the merge key language-independent type, YAML 1.1
    /// type repository: the first of several sources wins, own keys win over all).
    fn merge(
        &mut self,
        members: &mut Vec<Member>,
        names: &mut HashMap<String, Range<usize>>,
        source: &Node,
    ) {
        let sources = match source.as_array() {
            Some(list) => list,
            None => std::slice::from_ref(source),
        };
        for source in sources {
            let Some(members_of_source) = source.as_object() else {
                self.problems.push(Problem::new(
                    code::MERGE_KEY,
                    source.place.clone(),
                    format!("a merge key `<<` takes a mapping or a list of mappings, this is {}", source.describe()),
                    "name an anchored mapping, as in `<<: *name`, or write \"<<\" in quotes if it is an ordinary key",
                ));
                continue;
            };
            for member in members_of_source {
                if !names.contains_key(&member.name) {
                    names.insert(
                        member.name.clone(),
                        member.name_place.clone().unwrap_or(0..0),
                    );
                    members.push(member.clone());
                }
            }
        }
    }

    /// The whole value, or all problems.
    pub(super) fn finish(self) -> Result<Option<Node>, Vec<Problem>> {
        if self.problems.is_empty() {
            Ok(self.root.map(|built| built.node))
        } else {
            Err(self.problems)
        }
    }

    /// All problems, with the one that stopped the reading as the last.
    pub(super) fn stop(mut self, last: Problem) -> Vec<Problem> {
        self.problems.push(last);
        self.problems
    }
}

/// The problem of nesting that reaches [`MAX_DEPTH`] at `range`.
pub(super) fn too_deep(range: Range<usize>) -> Problem {
    Problem::new(
        code::TOO_DEEP,
        range,
        format!("values are nested deeper than {MAX_DEPTH} levels here"),
        "move the inner schemas to components and refer to them with `$ref`, or check that the file is not damaged",
    )
}

fn duplicate(name: &str, second: Range<usize>, first: Range<usize>) -> Problem {
    Problem::new(
        code::DUPLICATE_KEY,
        second,
        format!(
            "the key `{name}` is given a second time (the first is at byte {})",
            first.start
        ),
        "keep one of the two; which one a reader would take is undefined",
    )
}
