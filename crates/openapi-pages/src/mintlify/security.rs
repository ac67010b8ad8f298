//! Security alternatives to security schemes and requirements.

use serde_json::Value;

use super::components::Components;
use super::reader::{Reader, keep_unknown};
use crate::node::{Node, Object, Place};
use crate::problem::code;

const LOCATIONS: [&str; 3] = ["query", "header", "cookie"];

/// What the page gives of one scheme: where its credential goes, and its fields.
#[derive(Clone, Copy)]
struct Given<'a> {
    location: &'a str,
    location_place: &'a Place,
    name: &'a str,
    name_place: &'a Place,
    scheme: &'a Node,
}

/// The requirement objects for a list of alternatives (Mintlify resolved form, `security[]`); each scheme goes to the
/// components. An empty list, which says that the operation is public, stays.
pub(super) fn lift(alternatives: &Node, components: &mut Components, reader: &mut Reader) -> Node {
    let items = reader.items(alternatives, "security");
    let single: Vec<(&str, Value)> = items.iter().filter_map(single).collect();
    let requirements = items
        .iter()
        .map(|alternative| requirement(alternative, &single, components, reader))
        .collect();
    Node::array(requirements, alternatives.place.clone())
}

/// One alternative: the names in its title, joined by ` & `, belong in order to the schemes in its parameters. The
/// anonymous alternative has neither.
fn requirement(
    alternative: &Node,
    single: &[(&str, Value)],
    components: &mut Components,
    reader: &mut Reader,
) -> Node {
    let mut requirement = Object::new();
    let Some((title, title_node)) = reader.required_text(alternative, "title") else {
        return requirement.build(None);
    };
    let given = given(alternative, reader);
    let names: Vec<&str> = match given.len() {
        // A single scheme has the whole title as its name, whatever characters that has.
        1 if !title.is_empty() => vec![title],
        _ => title.split(" & ").filter(|name| !name.is_empty()).collect(),
    };
    let joined_but_single = given.len() == 1 && title.contains(" & ");
    if names.len() != given.len() || joined_but_single {
        let named = title.split(" & ").filter(|name| !name.is_empty()).count();
        reader.problem(
            code::SECURITY,
            title_node,
            format!("the title `{title}` names {named} security schemes, the parameters give {}", given.len()),
            "use the API's OpenAPI document or a newer version of the page: this one has lost which scheme is which",
        );
    } else if let Some(given) = in_order_of(&names, given, single) {
        for (name, given) in names.into_iter().zip(given) {
            if let Some(scheme) = scheme(&given, reader) {
                components.add_scheme(name, scheme, reader);
                requirement.set(name, Node::array(Vec::new(), title_node.place.clone()));
            }
        }
    } else {
        reader.problem(
            code::SECURITY,
            title_node,
            format!("the schemes of `{title}` are in several places, which says no more which of them is which"),
            "use the API's OpenAPI document or a newer version of the page",
        );
    }
    requirement.build(alternative.place.clone())
}

/// The name and the scheme of an alternative that has one scheme only. Its problems are found where it is lifted.
fn single(alternative: &Node) -> Option<(&str, Value)> {
    let mut unheard = Reader::default();
    let title = alternative.get("title").and_then(Node::as_str)?;
    let [given] = given(alternative, &mut unheard)[..] else {
        return None;
    };
    let scheme = scheme(&given, &mut unheard)?;
    Some((title, scheme.to_value()))
}

/// The schemes in the order of their names. The form keeps that order only among the schemes of one place: of those in
/// several, all but one place's must be known from alternatives of their own.
fn in_order_of<'a>(
    names: &[&str],
    mut given: Vec<Given<'a>>,
    single: &[(&str, Value)],
) -> Option<Vec<Given<'a>>> {
    let is_one_place = |given: &[Given<'_>]| {
        given
            .windows(2)
            .all(|pair| pair[0].location == pair[1].location)
    };
    if is_one_place(&given) {
        return Some(given);
    }
    let mut ordered: Vec<Option<Given<'a>>> = Vec::new();
    for name in names {
        let known = single.iter().find(|(known, _)| known == name);
        ordered.push(match known {
            Some((_, known)) => {
                let value = |given: &Given<'_>| {
                    scheme(given, &mut Reader::default()).map(|scheme| scheme.to_value())
                };
                let at = given
                    .iter()
                    .position(|given| value(given).as_ref() == Some(known))?;
                Some(given.remove(at))
            }
            None => None,
        });
    }
    let is_known = is_one_place(&given);
    let mut rest = given.into_iter();
    let ordered = ordered
        .into_iter()
        .map(|known| known.or_else(|| rest.next()));
    is_known.then(|| ordered.collect()).flatten()
}

fn given<'a>(alternative: &'a Node, reader: &mut Reader) -> Vec<Given<'a>> {
    let mut found = Vec::new();
    for location in reader.members_of(alternative, "parameters") {
        if !LOCATIONS.contains(&location.name.as_str()) {
            reader.problem(
                code::SHAPE,
                &location.value,
                format!("a credential cannot be in `{}`", location.name),
                "correct the page's YAML block, or fetch the page again; the places are query, header and cookie",
            );
            continue;
        }
        found.extend(
            reader
                .members(&location.value, &location.name)
                .iter()
                .map(|member| Given {
                    location: &location.name,
                    location_place: &location.name_place,
                    name: &member.name,
                    name_place: &member.name_place,
                    scheme: &member.value,
                }),
        );
    }
    found
}

/// The Security Scheme Object. The flows of oauth2 are lost, so there are none.
fn scheme(given: &Given<'_>, reader: &mut Reader) -> Option<Node> {
    let (kind, kind_node) = reader.required_text(given.scheme, "type")?;
    let mut scheme = Object::new();
    scheme.set("type", kind_node.clone());
    match kind {
        "http" => {
            let (_, node) = reader.required_text(given.scheme, "scheme")?;
            scheme.set("scheme", node.clone());
        }
        "apiKey" => {
            scheme.set(
                "in",
                Node::scalar(given.location, given.location_place.clone()),
            );
            let name = Node::scalar(given.name, given.name_place.clone());
            scheme.set("name", name);
        }
        "oauth2" => scheme.set("flows", Node::object(Vec::new(), None)),
        other => {
            reader.problem(
                code::SECURITY,
                kind_node,
                format!("a security scheme of type `{other}` cannot be restored from this form"),
                "use the API's OpenAPI document or a newer version of the page",
            );
            return None;
        }
    }
    for name in ["description", "bearerFormat"] {
        scheme.copy(given.scheme, name);
    }
    let known = ["type", "scheme", "description", "bearerFormat"];
    keep_unknown(
        given.scheme.as_object().unwrap_or_default(),
        &known,
        &mut scheme,
    );
    Some(scheme.build(given.scheme.place.clone()))
}
