//! Parameters, which the form keeps by location and name.

use super::components::Components;
use super::entry::{self, Role};
use super::reader::{Reader, keep_unknown};
use crate::node::{Member, Node, Object};
use crate::problem::code;

const LOCATIONS: [&str; 4] = ["path", "query", "header", "cookie"];

/// Fields of OpenAPI's Parameter Object that are taken as they are where a page has them.
const COPIED: [&str; 9] = [
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
    "example",
    "examples",
    "content",
    "description",
    "deprecated",
];

/// The parameter list, in the order of the page; `None` if there are none (Mintlify resolved form, `parameters.LOC`).
pub(super) fn lift(
    locations: &Node,
    components: &mut Components,
    reader: &mut Reader,
) -> Option<Node> {
    let mut list = Vec::new();
    for location in reader.members(locations, "parameters") {
        if LOCATIONS.contains(&location.name.as_str()) {
            for parameter in reader.members(&location.value, &location.name) {
                list.push(self::parameter(location, parameter, components, reader));
            }
        } else {
            reader.problem(
                code::SHAPE,
                &location.value,
                format!("a parameter cannot be in `{}`", location.name),
                "correct the page's YAML block, or fetch it again; the places are path, query, header and cookie",
            );
        }
    }
    (!list.is_empty()).then(|| Node::array(list, locations.place.clone()))
}

fn parameter(
    location: &Member,
    given: &Member,
    components: &mut Components,
    reader: &mut Reader,
) -> Node {
    let members = reader.members(&given.value, &given.name);
    let mut parameter = Object::new();
    parameter.set(
        "name",
        Node::scalar(given.name.as_str(), given.name_place.clone()),
    );
    parameter.set(
        "in",
        Node::scalar(location.name.as_str(), location.name_place.clone()),
    );
    let mut required = given.value.get("required").cloned();
    if let Some(entries) = given.value.get("schema") {
        let lifted = entry::lift(entries, Role::Parameter, components, reader);
        required = lifted.required.or(required);
        if let Some(description) = lifted.description {
            parameter.set("description", description);
        }
        if let Some(deprecated) = lifted.deprecated {
            parameter.set("deprecated", deprecated);
        }
        if let Some(schema) = lifted.schema {
            parameter.set("schema", schema);
        }
    }
    if location.name == "path" {
        // A path parameter is always required (OpenAPI 3.1, Parameter Object).
        let place = required.and_then(|node| node.place);
        parameter.set("required", Node::scalar(true, place));
    } else if let Some(required) = required {
        parameter.set("required", required);
    }
    for name in COPIED {
        parameter.copy(&given.value, name);
    }
    let known: Vec<&str> = COPIED.into_iter().chain(["schema", "required"]).collect();
    keep_unknown(members, &known, &mut parameter);
    parameter.build(given.value.place.clone())
}
