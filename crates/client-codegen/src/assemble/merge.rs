//! Merges a value into one that another fragment has for the same thing.

use std::collections::BTreeSet;

use openapi_pages::{Format, escape};
use serde_json::{Map, Value};

use super::parameter::identity;
use super::reference::local_pointer;
use super::spelling;

/// What the keys of an object or the items of an array are, which decides what may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Keywords of OpenAPI and JSON Schema; some of them are only for readers.
    Keywords,
    /// Names that the vendor chose: a property called `description` is no description.
    Names,
    /// Neither: a value that is taken as it is, such as a default.
    Data,
    /// Names, each with a text for readers.
    Texts,
    /// An array whose order has no meaning.
    Set,
    /// An array of parameters, which are told apart by name and place.
    Parameters,
}

/// The fragment that one of two values is from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side<'a> {
    /// How the fragment was read, which says which keyword its unions have.
    pub(super) format: Format,
    /// Which form's losses are not made up for yet.
    pub(super) lacks: Format,
    /// What references to its components mean.
    pub(super) components: Option<&'a Value>,
}

/// The pointers of one thing in the two values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) first: String,
    pub(super) second: String,
}

/// References that are followed one inside of the other. What is further in counts as different.
const MAX_HOPS: usize = 64;

/// What merging found.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// What only the second value had, and is in the first now.
    pub(super) filled: Vec<Pair>,
    /// Where the two differ.
    pub(super) different: Vec<Pair>,
}

/// Whether two values of one fragment say the same but for what only readers see.
pub(super) fn agree(first: &Value, second: &Value) -> bool {
    let side = Side {
        format: Format::OpenApiYaml,
        lacks: Format::OpenApiYaml,
        components: None,
    };
    let found = merge(&mut first.clone(), second, (side, side), "");
    found.different.is_empty()
}

/// Adds to `first` what only `second` has, if it is only for readers or cannot be said in the form of the first, and notes
/// where the two differ. Both are at `pointer`.
pub(super) fn merge(
    first: &mut Value,
    second: &Value,
    sides: (Side<'_>, Side<'_>),
    pointer: &str,
) -> Outcome {
    let mut merging = Merging {
        first: sides.0,
        second: sides.1,
        outcome: Outcome::default(),
        followed: BTreeSet::new(),
        hops: 0,
    };
    merging.values(first, second, Meaning::Keywords, &Pair::both(pointer));
    merging.outcome
}

impl Pair {
    pub(super) fn both(pointer: &str) -> Self {
        Self {
            first: pointer.to_owned(),
            second: pointer.to_owned(),
        }
    }

    fn below(&self, token: &str) -> Self {
        let token = escape(token);
        Self {
            first: format!("{}/{token}", self.first),
            second: format!("{}/{token}", self.second),
        }
    }
}

struct Merging<'a> {
    first: Side<'a>,
    second: Side<'a>,
    outcome: Outcome,
    /// Where each side was when a reference was followed. Schemas may contain themselves, so a pair that is met again is
    /// the same question: it is answered where it was asked first.
    followed: BTreeSet<(String, String)>,
    /// How many references lead to what is compared.
    hops: usize,
}

impl Merging<'_> {
    fn values(&mut self, first: &mut Value, second: &Value, meaning: Meaning, at: &Pair) {
        match (first, second) {
            (Value::Object(first), Value::Object(second)) if meaning == Meaning::Keywords => {
                if !self.through_reference(first, second, at) {
                    self.objects(first, &self.respelled(first, second, at), meaning, at);
                }
            }
            (Value::Object(first), Value::Object(second))
                if matches!(meaning, Meaning::Names | Meaning::Texts) =>
            {
                self.objects(first, second, meaning, at);
            }
            (Value::Array(first), Value::Array(second)) if meaning == Meaning::Set => {
                let holds =
                    |one: &[Value], other: &[Value]| other.iter().all(|value| one.contains(value));
                if !holds(first, second) || !holds(second, first) {
                    self.differ(at.clone());
                }
            }
            (Value::Array(first), Value::Array(second)) if meaning == Meaning::Parameters => {
                self.parameters(first, second, at);
            }
            (Value::Array(first), Value::Array(second))
                if meaning == Meaning::Keywords && first.len() == second.len() =>
            {
                for (index, (first, second)) in first.iter_mut().zip(second).enumerate() {
                    self.values(first, second, meaning, &at.below(&index.to_string()));
                }
            }
            (first, second) if first == second => {}
            _ => self.differ(at.clone()),
        }
    }

    fn objects(
        &mut self,
        first: &mut Map<String, Value>,
        second: &Map<String, Value>,
        meaning: Meaning,
        at: &Pair,
    ) {
        let names: BTreeSet<String> = first.keys().chain(second.keys()).cloned().collect();
        for name in names {
            let at = at.below(&name);
            let keyword = meaning == Meaning::Keywords;
            let for_readers = keyword && is_for_readers(&name);
            match (first.get_mut(&name), second.get(&name)) {
                (Some(_), Some(_)) if for_readers || meaning == Meaning::Texts => {}
                (Some(first), Some(second)) => {
                    self.values(first, second, below(meaning, &name, second), &at);
                }
                (Some(value), None) => {
                    let silent = for_readers
                        || (keyword && is_default(&name, value))
                        || self.second.lacks.may_lack(&at.second);
                    if !silent {
                        self.differ(at);
                    }
                }
                (None, Some(_)) if for_readers || self.first.lacks.may_lack(&at.first) => {
                    first.extend(second.get(&name).map(|value| (name, value.clone())));
                    self.outcome.filled.push(at);
                }
                (None, Some(value)) if keyword && is_default(&name, value) => {}
                _ => self.differ(at),
            }
        }
    }

    /// Compares a reference with what another fragment has written out. Says whether there was one to follow.
    fn through_reference(
        &mut self,
        first: &Map<String, Value>,
        second: &Map<String, Value>,
        at: &Pair,
    ) -> bool {
        let (mut written_out, referred, inside) =
            match (target(first, self.first), target(second, self.second)) {
                (Some((target, place)), None) if !second.contains_key("$ref") => {
                    let inside = Pair {
                        first: place,
                        second: at.second.clone(),
                    };
                    (target.clone(), Value::from(second.clone()), inside)
                }
                (None, Some((target, place))) if !first.contains_key("$ref") => {
                    let inside = Pair {
                        first: at.first.clone(),
                        second: place,
                    };
                    (Value::from(first.clone()), target.clone(), inside)
                }
                _ => return false,
            };
        if self.hops == MAX_HOPS {
            self.differ(at.clone());
        } else if self
            .followed
            .insert((inside.first.clone(), inside.second.clone()))
        {
            let outer = std::mem::take(&mut self.outcome);
            self.hops += 1;
            self.values(&mut written_out, &referred, Meaning::Keywords, &inside);
            self.hops -= 1;
            let inner = std::mem::replace(&mut self.outcome, outer);
            // What is inside of a component is not at this place.
            if !inner.different.is_empty() {
                self.differ(at.clone());
            }
        }
        true
    }

    /// The second object in the words of the first, where they say one thing in two ways.
    fn respelled(
        &self,
        first: &Map<String, Value>,
        second: &Map<String, Value>,
        at: &Pair,
    ) -> Map<String, Value> {
        let mut respelled = second.clone();
        let confused = self.first.format.may_confuse_unions(&at.first)
            || self.second.format.may_confuse_unions(&at.second);
        if confused {
            spelling::union_keyword(first, &mut respelled);
        }
        spelling::dialect(first, &mut respelled);
        spelling::parameter_style(first, &mut respelled);
        respelled
    }

    fn parameters(&mut self, first: &mut [Value], second: &[Value], at: &Pair) {
        let known = |parameters: &[Value], side: Side<'_>| -> Vec<Option<(String, String)>> {
            let known = parameters.iter();
            known
                .map(|parameter| identity(parameter, side.components))
                .collect()
        };
        let (in_first, in_second) = (known(first, self.first), known(second, self.second));
        let at_both = |(one, other): (usize, usize)| Pair {
            first: format!("{}/{one}", at.first),
            second: format!("{}/{other}", at.second),
        };
        for (position, parameter) in first.iter_mut().enumerate() {
            let same =
                |known: &Option<(String, String)>| known.is_some() && *known == in_first[position];
            match in_second.iter().position(same) {
                Some(other) => {
                    self.values(
                        parameter,
                        &second[other],
                        Meaning::Keywords,
                        &at_both((position, other)),
                    );
                }
                None if second.contains(parameter) => {}
                None => self.differ(Pair {
                    second: at.second.clone(),
                    ..at_both((position, 0))
                }),
            }
        }
        for (position, parameter) in second.iter().enumerate() {
            if !in_first.contains(&in_second[position]) && !first.contains(parameter) {
                self.differ(Pair {
                    first: at.first.clone(),
                    ..at_both((0, position))
                });
            }
        }
    }

    fn differ(&mut self, at: Pair) {
        self.outcome.different.push(at);
    }
}

/// The component that an object refers to, and its pointer.
fn target<'a>(object: &Map<String, Value>, side: Side<'a>) -> Option<(&'a Value, String)> {
    let pointer = local_pointer(object.get("$ref")?)?;
    let target = side
        .components?
        .pointer(pointer.strip_prefix("/components")?)?;
    Some((target, pointer))
}

/// Keywords whose values are only for readers, and extensions, which no fragment can rely on.
pub(super) fn is_for_readers(keyword: &str) -> bool {
    matches!(
        keyword,
        "$comment" | "description" | "example" | "examples" | "externalDocs" | "summary" | "title"
    ) || keyword.starts_with("x-")
}

/// Values that mean the same as leaving the keyword out (OpenAPI 3.0.3 §4.7, JSON Schema 2020-12 validation §6).
///
/// So does an empty `security`: what a document asks of all its operations has been moved down to them.
fn is_default(keyword: &str, value: &Value) -> bool {
    match value {
        Value::Bool(true) => keyword == "additionalProperties",
        Value::Bool(false) => matches!(
            keyword,
            "allowEmptyValue"
                | "allowReserved"
                | "deprecated"
                | "exclusiveMaximum"
                | "exclusiveMinimum"
                | "nullable"
                | "readOnly"
                | "required"
                | "uniqueItems"
                | "writeOnly"
        ),
        Value::Array(values) => {
            values.is_empty()
                && matches!(
                    keyword,
                    "parameters" | "required" | "security" | "servers" | "tags"
                )
        }
        _ => false,
    }
}

/// What the parts of the value of a key mean.
fn below(meaning: Meaning, name: &str, value: &Value) -> Meaning {
    if meaning != Meaning::Keywords {
        // Below a name is what it names; below data is data.
        return if meaning == Meaning::Names {
            Meaning::Keywords
        } else {
            Meaning::Data
        };
    }
    match name {
        "$defs" | "callbacks" | "content" | "definitions" | "dependentSchemas" | "encoding"
        | "headers" | "links" | "patternProperties" | "properties" | "responses" | "variables" => {
            Meaning::Names
        }
        "parameters" if value.is_array() => Meaning::Parameters,
        // Those of a link are a map to values (OpenAPI 3.1.1 §4.8.20).
        "parameters" => Meaning::Data,
        "enum" | "required" | "security" | "tags" | "type" if value.is_array() => Meaning::Set,
        "scopes" => Meaning::Texts,
        "const" | "default" | "dependentRequired" | "mapping" | "security" => Meaning::Data,
        _ => Meaning::Keywords,
    }
}
