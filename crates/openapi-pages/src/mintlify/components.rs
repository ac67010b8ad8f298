//! The components of the lifted document: what the page has, and what its entries were resolved from.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::node::{Member, Node, Object, Place};
use crate::problem::code;

/// Keys at the top of a schema that say nothing about which values are valid.
const ANNOTATIONS: [&str; 6] = [
    "description",
    "title",
    "example",
    "examples",
    "deprecated",
    "default",
];

/// Which part of an entry's schema is the component's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// All of it.
    All,
    /// Not the annotations: they may be the parameter's.
    Structure,
}

/// Where a component's schema comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// From the page's `components`, complete.
    Page,
    /// From the operation, without what the form loses.
    Entry,
}

/// The components so far.
#[derive(Debug, Default)]
pub(super) struct Components {
    schemas: BTreeMap<String, (Node, Origin)>,
    schemas_place: Place,
    schemes: BTreeMap<String, (Node, Origin)>,
    schemes_place: Place,
    others: Vec<Member>,
}

impl Components {
    /// Starts with what the page has under `components`: standard schemas, which need no change.
    pub(super) fn read(given: Option<&Node>, reader: &mut Reader) -> Self {
        let mut components = Self::default();
        let Some(given) = given else {
            return components;
        };
        for member in reader.members(given, "components") {
            let (named, place) = match member.name.as_str() {
                "schemas" => (&mut components.schemas, &mut components.schemas_place),
                "securitySchemes" => (&mut components.schemes, &mut components.schemes_place),
                _ => {
                    components.others.push(member.clone());
                    continue;
                }
            };
            place.clone_from(&member.value.place);
            let members = reader.members(&member.value, &member.name).iter();
            *named = members
                .map(|member| (member.name.clone(), (member.value.clone(), Origin::Page)))
                .collect();
        }
        components
    }

    /// The Components Object, `None` if it would be empty.
    pub(super) fn build(self, place: Place) -> Option<Node> {
        let map = |entries: BTreeMap<String, (Node, Origin)>, place: Place| {
            let members = entries
                .into_iter()
                .map(|(name, (value, _))| Member {
                    name,
                    name_place: None,
                    value,
                })
                .collect();
            Node::object(members, place)
        };
        let mut built = Object::new();
        for member in self.others {
            built.put(member);
        }
        if !self.schemas.is_empty() {
            built.set("schemas", map(self.schemas, self.schemas_place));
        }
        if !self.schemes.is_empty() {
            built.set("securitySchemes", map(self.schemes, self.schemes_place));
        }
        (!built.is_empty()).then(|| built.build(place))
    }

    /// Adds a security scheme; another one of the same name is a problem. One of the page itself says more.
    pub(super) fn add_scheme(&mut self, name: &str, scheme: Node, reader: &mut Reader) {
        let agree = match self.schemes.get(name) {
            Some((known, Origin::Page)) => contains(known, &scheme),
            Some((known, Origin::Entry)) => known.to_value() == scheme.to_value(),
            None => {
                self.schemes
                    .insert(name.to_owned(), (scheme, Origin::Entry));
                return;
            }
        };
        if !agree {
            conflict("security scheme", name, &scheme, reader);
        }
    }

    /// Registers the schema of an entry under the name in its `refIdentifier`, and returns the `$ref` that takes its
    /// place. A reference to anything but a schema component leaves the schema where it is.
    ///
    /// A component of the page wins over an entry, the first entry over later ones; what they say must agree.
    pub(super) fn refer(
        &mut self,
        reference: &Node,
        schema: Node,
        kept: Kept,
        reader: &mut Reader,
    ) -> Node {
        let Some(text) = reference.as_str() else {
            reader.wrong_type(reference, "refIdentifier", "a text");
            return schema;
        };
        let Some(name) = schema_name(text) else {
            return schema;
        };
        let mut referring = Object::new();
        referring.set("$ref", reference.clone());
        let annotations: Vec<Member> = schema
            .as_object()
            .unwrap_or_default()
            .iter()
            .filter(annotates)
            .cloned()
            .collect();
        match self.schemas.get(&name) {
            Some((known, origin)) => {
                let agree = match origin {
                    Origin::Page => contains(known, &schema),
                    Origin::Entry => structure(known).to_value() == structure(&schema).to_value(),
                };
                if !agree {
                    conflict("schema", &name, &schema, reader);
                }
                // Keys beside `$ref` (OpenAPI 3.1) keep what only this place says.
                for member in annotations {
                    let same = known
                        .get(&member.name)
                        .is_some_and(|value| value.to_value() == member.value.to_value());
                    if !same {
                        referring.put(member);
                    }
                }
            }
            None => {
                let component = if kept == Kept::All {
                    schema.clone()
                } else {
                    structure(&schema)
                };
                if kept == Kept::Structure {
                    annotations
                        .into_iter()
                        .for_each(|member| referring.put(member));
                }
                self.schemas.insert(name, (component, Origin::Entry));
            }
        }
        referring.build(schema.place.clone())
    }
}

fn annotates(member: &&Member) -> bool {
    ANNOTATIONS.contains(&member.name.as_str())
}

/// The schema without its annotations.
fn structure(schema: &Node) -> Node {
    let members = schema.as_object().unwrap_or_default().iter();
    Node::object(
        members
            .filter(|member| !annotates(member))
            .cloned()
            .collect(),
        schema.place.clone(),
    )
}

/// Whether `schema`, as resolved in an entry, agrees with `known` in every key that both have. A composed schema was
/// flattened when it was resolved, so it is not compared; keys that the form loses are not missed.
fn contains(known: &Node, schema: &Node) -> bool {
    let composed = ["allOf", "anyOf", "oneOf", "$ref"]
        .iter()
        .any(|key| known.get(key).is_some());
    composed
        || schema
            .as_object()
            .unwrap_or_default()
            .iter()
            .filter(|member| !annotates(member))
            .all(|member| {
                known
                    .get(&member.name)
                    .is_none_or(|value| value.to_value() == member.value.to_value())
            })
}

/// The NAME of `#/components/schemas/NAME`, decoded (RFC 6901, section 6: percent escapes, then `~1` and `~0`).
fn schema_name(reference: &str) -> Option<String> {
    let token = reference.strip_prefix("#/components/schemas/")?;
    let name = percent_decoded(token)?;
    (!token.is_empty() && !token.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
        let value = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(bytes).ok()
}

fn conflict(kind: &str, name: &str, second: &Node, reader: &mut Reader) {
    reader.problem(
        code::CONFLICT,
        second,
        format!("the {kind} `{name}` has another meaning here than elsewhere in the page"),
        "fetch the page again; if it stays so, use the API's OpenAPI document instead",
    );
}
