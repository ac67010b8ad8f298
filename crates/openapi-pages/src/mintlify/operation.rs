//! The operation and its servers.

use super::components::Components;
use super::reader::{Reader, keep_unknown};
use super::{body, parameters, security};
use crate::node::{Node, Object};

/// The keys of the operation that the grammar knows. `xMint` steers only how Mintlify shows the page.
const KNOWN: [&str; 9] = [
    "path",
    "method",
    "servers",
    "request",
    "response",
    "deprecated",
    "type",
    "xMint",
    "description",
];

/// The keys of its request. `codeSamples` are text for the page.
const KNOWN_REQUEST: [&str; 4] = ["security", "parameters", "body", "codeSamples"];

/// The operation of a page, from the value of `paths` (Mintlify resolved form, section 4).
///
/// operationId, tags and summary are lost in the form and not invented.
pub(super) fn lift(
    page: &Node,
    description: Option<Node>,
    components: &mut Components,
    reader: &mut Reader,
) -> Node {
    let mut operation = Object::new();
    if let Some(description) = page.get("description").cloned().or(description) {
        operation.set("description", description);
    }
    // The key is always written, so that `false` says nothing about the source.
    if reader.boolean(page, "deprecated") == Some(true) {
        operation.copy(page, "deprecated");
    }
    if let Some(request) = page.get("request") {
        let members = reader.members(request, "request");
        if let Some(alternatives) = request.get("security") {
            let requirements = security::lift(alternatives, components, reader);
            operation.set("security", requirements);
        }
        if let Some(body) = request.get("body") {
            // Before the parameters: a component that both name keeps the body's text.
            if let Some(body) = body::request(body, components, reader) {
                operation.set("requestBody", body);
            }
        }
        keep_unknown(members, &KNOWN_REQUEST, &mut operation);
    }
    let responses = match page.get("response") {
        Some(response) => body::responses(response, components, reader),
        None => Node::object(Vec::new(), None),
    };
    operation.set("responses", responses);
    if let Some(locations) = page
        .get("request")
        .and_then(|request| request.get("parameters"))
        && let Some(parameters) = parameters::lift(locations, components, reader)
    {
        operation.set("parameters", parameters);
    }
    keep_unknown(page.as_object().unwrap_or_default(), &KNOWN, &mut operation);
    operation.build(page.place.clone())
}

/// The servers. A variable of the form has a schema's `type`, which OpenAPI's has not (OpenAPI 3.1, Server Variable
/// Object); the rest is taken as it is.
pub(super) fn servers(servers: &Node, reader: &mut Reader) -> Node {
    let mut lifted = Vec::new();
    for server in reader.items(servers, "servers") {
        let mut object = Object::new();
        for member in reader.members(server, "servers") {
            object.put(member.clone());
        }
        if let Some(variables) = server.get("variables") {
            object.set("variables", self::variables(variables, reader));
        }
        lifted.push(object.build(server.place.clone()));
    }
    Node::array(lifted, servers.place.clone())
}

fn variables(variables: &Node, reader: &mut Reader) -> Node {
    let mut lifted = Object::new();
    for variable in reader.members(variables, "variables") {
        let mut fields = Object::new();
        let given = reader.members(&variable.value, &variable.name).iter();
        for field in given.filter(|field| field.name != "type") {
            fields.put(field.clone());
        }
        let fields = fields.build(variable.value.place.clone());
        lifted.set(variable.name.as_str(), fields);
    }
    lifted.build(variables.place.clone())
}
