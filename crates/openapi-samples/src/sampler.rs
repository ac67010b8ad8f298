//! Samples of the schemas of one document.

use std::collections::BTreeMap;
use std::fmt;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::branches::Branches;
use crate::compare::{self, Difference};
use crate::make::{Maker, Trail};
use crate::node::{Node, Type};
use crate::sample::{Branch, Kind, MAX_SAMPLES, Sample, Sampled};
use crate::valid::Valid;
use crate::{clean, documented};

/// How many levels of an example have their optional properties, tried in this order: a schema that is too large for the
/// one may be small enough for the next.
const LEVELS: [u8; 3] = [6, 3, 1];

/// At most so many documented examples of one schema.
const MAX_EXAMPLES: usize = 12;

/// Makes samples of the schemas of one document.
pub struct Sampler {
    document: Value,
    examples: BTreeMap<String, Vec<Value>>,
    valid: Valid,
}

impl fmt::Debug for Sampler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sampler").finish_non_exhaustive()
    }
}

impl Sampler {
    /// Takes an OpenAPI document, as it was written.
    #[must_use]
    pub fn new(document: &Value) -> Self {
        let document = clean::document(document);
        Self {
            examples: documented::of_media_types(&document),
            valid: Valid::new(&document),
            document,
        }
    }

    /// Samples of the schema at a pointer; none if there is no schema.
    #[must_use]
    pub fn samples(&self, pointer: &str) -> Sampled {
        let Some(schema) = self.document.pointer(pointer) else {
            return Sampled::default();
        };
        let maker = Maker::new(&self.document);
        let owner = format!("#{pointer}");
        let mut candidates: Vec<(Value, Kind, Option<usize>)> = Vec::new();
        if let Some(node) = maker.node(schema, Some(&owner)) {
            candidates = Self::candidates(
                &maker,
                &node,
                self.examples_of(&maker, &node, schema, pointer),
            );
            if maker.may_be_null(schema) {
                candidates.insert(0, (Value::Null, Kind::Null, None));
            }
        }
        let branches = Branches::of(&self.document, pointer);
        let mut sampled = Sampled::default();
        for (value, kind, index) in candidates {
            if sampled.samples.len() == MAX_SAMPLES {
                break;
            }
            if sampled.samples.iter().any(|sample| sample.value == value) {
                continue;
            }
            if !self.valid.allows(pointer, schema, &value) {
                sampled.refused += 1;
                continue;
            }
            let branch = branches
                .as_ref()
                .and_then(|branches| self.own_branch(branches, &value, index));
            sampled.samples.push(Sample {
                value,
                kind,
                branch,
            });
        }
        sampled
    }

    /// One value to show for the schema at a pointer; `None` if there is no schema, or none can be made that it allows.
    ///
    /// It is the documented example of the schema itself as it stands, allowed or not, because it is what the document
    /// shows. Otherwise a value that the schema allows, with optional properties where that is possible, and in it the
    /// documented examples of the parts that have one. Always the same.
    #[must_use]
    pub fn example(&self, pointer: &str) -> Option<Value> {
        let schema = self.document.pointer(pointer)?;
        let stated = documented::of_referred(&self.document, schema);
        if let Some(first) = stated.into_iter().next() {
            return Some(first);
        }
        let owner = format!("#{pointer}");
        let full = LEVELS.into_iter().find_map(|rich| {
            let maker = Maker::with_examples(&self.document, &self.valid);
            let node = maker.node(schema, Some(&owner))?;
            let value = maker.of_node(&node, rich, &Trail::default())?;
            self.valid.allows(pointer, schema, &value).then_some(value)
        });
        full.or_else(|| {
            let mut samples = self.samples(pointer).samples;
            samples.sort_by_key(|sample| match sample.kind {
                Kind::All => 0,
                Kind::Null => 2,
                _ => 1,
            });
            samples.into_iter().map(|sample| sample.value).next()
        })
    }

    /// Whether the schema at a pointer allows a value; `false` if there is no schema.
    #[must_use]
    pub fn allows(&self, pointer: &str, value: &Value) -> bool {
        let schema = self.document.pointer(pointer);
        schema.is_some_and(|schema| self.valid.allows(pointer, schema, value))
    }

    fn candidates(
        maker: &Maker<'_>,
        node: &Node,
        examples: Vec<Value>,
    ) -> Vec<(Value, Kind, Option<usize>)> {
        let trail = Trail::default();
        let examples = examples
            .into_iter()
            .map(|value| (value, Kind::Example, None));
        let made: Vec<(Value, Kind, Option<usize>)> =
            if node.values.is_none() && !node.unions.is_empty() {
                let branches = maker.branches(node, &trail).into_iter();
                branches
                    .map(|((value, kind), branch)| (value, kind, Some(branch)))
                    .collect()
            } else {
                maker
                    .of_any(node, &trail)
                    .into_iter()
                    .map(|(value, kind)| (value, kind, None))
                    .collect()
            };
        let mut made = made.into_iter();
        // The two plainest come first, so that many examples do not take their place.
        let first: Vec<_> = made.by_ref().take(2).collect();
        first.into_iter().chain(examples).chain(made).collect()
    }

    /// Documented examples of a schema, and an object of the examples of its properties.
    fn examples_of(
        &self,
        maker: &Maker<'_>,
        node: &Node,
        schema: &Value,
        pointer: &str,
    ) -> Vec<Value> {
        let mut examples = documented::of_schema(schema);
        examples.extend(self.examples.get(pointer).into_iter().flatten().cloned());
        examples.truncate(MAX_EXAMPLES);
        let with_example = |name: &String| {
            let property = Maker::property(node, name);
            let example = documented::of_schema(&property).into_iter().next();
            example
                .filter(|value| self.valid.allows(&property.to_string(), &property, value))
                .map(|value| (name.clone(), value))
        };
        let members: Map<String, Value> = node.properties.keys().filter_map(with_example).collect();
        if !members.is_empty() && node.unions.is_empty() {
            let least = maker.of_type(node, Type::Object, 0, &Trail::default());
            if let Some(Value::Object(mut object)) = least {
                object.extend(members);
                examples.push(Value::Object(object));
            }
        }
        examples
    }

    /// The branch that a value of a union is meant to be, if no other may be meant.
    fn own_branch(
        &self,
        branches: &Branches<'_>,
        value: &Value,
        index: Option<usize>,
    ) -> Option<Branch> {
        if let Some(index) = index.filter(|index| branches.is_tagged(value, *index)) {
            return Some(branches.branch(index));
        }
        let fits = |index: &usize| {
            let pointer = branches.branch(*index).pointer;
            self.valid
                .allows(&pointer, &branches.schemas()[*index], value)
        };
        let mut fitting = (0..branches.schemas().len()).filter(fits);
        let only = fitting.next().filter(|_| fitting.next().is_none())?;
        Some(branches.branch(only))
    }

    /// What a decoder and an encoder changed of a sample of the schema at a pointer.
    #[must_use]
    pub fn differences(&self, pointer: &str, sample: &Value, result: &Value) -> Vec<Difference> {
        compare::differences(&self.document, pointer, sample, result)
    }
}

/// What a reference of a document leads to.
pub(crate) fn follow<'a>(document: &'a Value, reference: &str) -> Option<&'a Value> {
    let pointer = reference.strip_prefix('#')?;
    document.pointer(&percent_decode_str(pointer).decode_utf8().ok()?)
}
