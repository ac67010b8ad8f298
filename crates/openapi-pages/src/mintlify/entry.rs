//! ENTRY: one alternative of a top-level schema.

use super::body::stronger;
use super::components::{Components, Kept};
use super::reader::Reader;
use crate::node::{Member, Node, Object};

/// Where a list of entries stands, which decides what its keys belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// `description` and `deprecated` are the parameter's.
    Parameter,
    /// They are the schema's.
    Body,
}

/// A lifted list of entries.
#[derive(Debug, Default)]
pub(super) struct Lifted {
    /// The schema; `None` for an empty list.
    pub(super) schema: Option<Node>,
    /// Whether the parameter or body is required, where an entry says so.
    pub(super) required: Option<Node>,
    /// The parameter's description.
    pub(super) description: Option<Node>,
    /// The parameter's `deprecated`, only if true.
    pub(super) deprecated: Option<Node>,
}

/// One alternative: the schema, and the component that it is.
struct Alternative<'a> {
    schema: Node,
    reference: Option<&'a Node>,
}

/// Lifts a list of entries. One entry is the schema itself. Several are its alternatives; the form does not tell oneOf
/// from anyOf, so `anyOf`, which accepts whatever either does (Mintlify resolved form, ENTRY).
pub(super) fn lift(
    entries: &Node,
    role: Role,
    components: &mut Components,
    reader: &mut Reader,
) -> Lifted {
    let items = reader.items(entries, "schema");
    let mut lifted = Lifted::default();
    if role == Role::Parameter {
        lifted.description = common_description(items);
    }
    let of_parameter = lifted.description.is_some();
    let mut alternatives = Vec::new();
    for item in items {
        let members = reader.members(item, "schema");
        if members.is_empty() && item.as_object().is_none() {
            continue;
        }
        // A list under `required` is a schema's own; the form's flag is a boolean.
        if let Some(flag) = item.get("required").filter(|flag| flag.as_bool().is_some()) {
            lifted.required = stronger(lifted.required.take(), Some(flag.clone()));
        }
        check_types(item, reader);
        if role == Role::Parameter
            && let Some(flag) = item
                .get("deprecated")
                .filter(|flag| flag.as_bool() == Some(true))
        {
            lifted.deprecated = Some(flag.clone());
        }
        let dropped = |name: &str| match name {
            "description" => of_parameter,
            "deprecated" => role == Role::Parameter,
            _ => false,
        };
        let schema = entry(item, members, dropped, reader);
        alternatives.push(Alternative {
            schema,
            reference: item.get("refIdentifier"),
        });
    }
    let kept = if role == Role::Parameter {
        Kept::Structure
    } else {
        Kept::All
    };
    let mut schemas = join(alternatives, entries, kept, components, reader);
    lifted.schema = if schemas.len() > 1 {
        Some(any_of(schemas, entries))
    } else {
        schemas.pop()
    };
    lifted
}

/// Reports flags and lists of another type than the form has them, which would be taken for something else.
fn check_types(entry: &Node, reader: &mut Reader) {
    if let Some(required) = entry
        .get("required")
        .filter(|required| required.as_bool().is_none() && required.as_array().is_none())
    {
        reader.wrong_type(required, "required", "a boolean");
    }
    if let Some(required) = entry.get("requiredProperties") {
        reader.items(required, "requiredProperties");
    }
    reader.boolean(entry, "deprecated");
}

/// Replaces what is a component by its `$ref`. Entries of one name are the alternatives of that one component.
fn join(
    alternatives: Vec<Alternative<'_>>,
    entries: &Node,
    kept: Kept,
    components: &mut Components,
    reader: &mut Reader,
) -> Vec<Node> {
    let mut groups: Vec<(Option<&Node>, Vec<Node>)> = Vec::new();
    for Alternative { schema, reference } in alternatives {
        let name = reference.and_then(Node::as_str);
        let known = groups
            .iter_mut()
            .find(|(known, _)| name.is_some() && known.and_then(Node::as_str) == name);
        match known {
            Some((_, schemas)) => schemas.push(schema),
            None => groups.push((reference, vec![schema])),
        }
    }
    let mut joined = Vec::new();
    for (reference, mut schemas) in groups {
        let schema = if schemas.len() > 1 {
            Some(any_of(schemas, entries))
        } else {
            schemas.pop()
        };
        let Some(schema) = schema else { continue };
        joined.push(match reference {
            Some(reference) => components.refer(reference, schema, kept, reader),
            None => schema,
        });
    }
    joined
}

fn any_of(schemas: Vec<Node>, entries: &Node) -> Node {
    let mut union = Object::new();
    union.set("anyOf", Node::array(schemas, entries.place.clone()));
    union.build(entries.place.clone())
}

/// The description that all entries share: it is repeated in every alternative of a parameter.
fn common_description(entries: &[Node]) -> Option<Node> {
    let first = entries.first()?.get("description")?;
    let text = first.as_str()?;
    let shared = entries
        .iter()
        .all(|entry| entry.get("description").and_then(Node::as_str) == Some(text));
    shared.then(|| first.clone())
}

/// The schema of one entry, without what belongs to its parameter or body.
fn entry(
    entry: &Node,
    members: &[Member],
    dropped: impl Fn(&str) -> bool,
    reader: &mut Reader,
) -> Node {
    let mut schema = Object::new();
    let is_file = entry.get("type").and_then(Node::as_str) == Some("file");
    for member in members {
        match member.name.as_str() {
            "refIdentifier" => {}
            name if dropped(name) => {}
            "required" if member.value.as_bool().is_some() => {}
            "requiredProperties" => schema.set("required", member.value.clone()),
            "type" => set_type(&member.value, &mut schema),
            // What `format: binary` already says.
            "contentEncoding" if is_file && member.value.as_str() == Some("binary") => {}
            "properties" => {
                let properties = properties(&member.value, reader);
                schema.set("properties", properties);
            }
            "items" | "additionalProperties" => {
                schema.set(member.name.as_str(), unwrapped(&member.value))
            }
            _ => schema.put(member.clone()),
        }
    }
    schema.build(entry.place.clone())
}

/// `any` is no type at all, `enum<T>` is T beside `enum`, `file` is binary text; every other type stays.
fn set_type(kind: &Node, schema: &mut Object) {
    let place = kind.place.clone();
    match kind.as_str() {
        Some("any") => {}
        Some("file") => {
            schema.set("type", Node::scalar("string", place.clone()));
            schema.set("format", Node::scalar("binary", place));
        }
        Some(name) => match name
            .strip_prefix("enum<")
            .and_then(|rest| rest.strip_suffix('>'))
        {
            Some("any") => {}
            Some(inner) => schema.set("type", Node::scalar(inner, place)),
            None => schema.set("type", kind.clone()),
        },
        None => schema.set("type", kind.clone()),
    }
}

fn properties(properties: &Node, reader: &mut Reader) -> Node {
    let mut lifted = Object::new();
    for member in reader.members(properties, "properties") {
        lifted.put(Member {
            value: unwrapped(&member.value),
            ..member.clone()
        });
    }
    lifted.build(properties.place.clone())
}

/// The schema in the form's wrapper: an object with nothing but an `allOf` of one element. Everything else stays,
/// also an `allOf` of several. Only one level is taken off: what is inside may have an `allOf` of its own.
fn unwrapped(node: &Node) -> Node {
    let only = node.as_object().filter(|members| members.len() == 1);
    let list = only
        .and_then(|members| members.first())
        .filter(|member| member.name == "allOf");
    match list.and_then(|member| member.value.as_array()) {
        Some([schema]) => schema.clone(),
        _ => node.clone(),
    }
}
