//! Request body and responses: maps of media types.

use super::components::Components;
use super::entry::{self, Role};
use super::reader::{Reader, keep_unknown};
use crate::node::{Member, Node, Object};

/// Stands in the form for a response without content.
const PLACEHOLDER: &str = "_mintlify/placeholder";

/// The keys of MEDIAOBJ.
const KNOWN: [&str; 4] = ["schemaArray", "examples", "example", "description"];

/// The request body, `None` if the page has none (`{}`) or one without content. It is required if one of its alternatives says so.
pub(super) fn request(
    body: &Node,
    components: &mut Components,
    reader: &mut Reader,
) -> Option<Node> {
    let media = reader.members(body, "body");
    if media.iter().all(|member| member.name == PLACEHOLDER) {
        return None;
    }
    let mut lifted = Object::new();
    if let Some(description) = media
        .iter()
        .find_map(|member| member.value.get("description"))
    {
        lifted.set("description", description.clone());
    }
    let mut required = None;
    let mut content = Object::new();
    for member in media.iter().filter(|member| member.name != PLACEHOLDER) {
        let (object, says) = media_object(member, components, reader);
        required = stronger(required, says);
        content.set(member.name.as_str(), object);
    }
    if let Some(required) = required {
        lifted.set("required", required);
    }
    lifted.set("content", content.build(body.place.clone()));
    Some(lifted.build(body.place.clone()))
}

/// The responses by status code. The description of a response stands in each of its media objects; where there is
/// none it is lost, and empty because OpenAPI requires one.
pub(super) fn responses(response: &Node, components: &mut Components, reader: &mut Reader) -> Node {
    let mut lifted = Object::new();
    for status in reader.members(response, "response") {
        let media = reader.members(&status.value, &status.name);
        let mut object = Object::new();
        let description = media
            .iter()
            .find_map(|member| member.value.get("description"));
        object.set(
            "description",
            description
                .cloned()
                .unwrap_or_else(|| Node::scalar("", None)),
        );
        let mut content = Object::new();
        for member in media.iter().filter(|member| member.name != PLACEHOLDER) {
            let (media_object, _) = media_object(member, components, reader);
            content.set(member.name.as_str(), media_object);
        }
        if !content.is_empty() {
            object.set("content", content.build(status.value.place.clone()));
        }
        lifted.set(
            status.name.as_str(),
            object.build(status.value.place.clone()),
        );
    }
    lifted.build(response.place.clone())
}

/// The Media Type Object, and what its entries say about being required.
fn media_object(
    media: &Member,
    components: &mut Components,
    reader: &mut Reader,
) -> (Node, Option<Node>) {
    let members = reader.members(&media.value, &media.name);
    let mut object = Object::new();
    let mut required = None;
    if let Some(entries) = media.value.get("schemaArray") {
        let lifted = entry::lift(entries, Role::Body, components, reader);
        required = lifted.required;
        if let Some(schema) = lifted.schema {
            object.set("schema", schema);
        }
    }
    if media.value.get("examples").is_some()
        && !reader.members_of(&media.value, "examples").is_empty()
    {
        object.copy(&media.value, "examples");
    }
    object.copy(&media.value, "example");
    keep_unknown(members, &KNOWN, &mut object);
    (object.build(media.value.place.clone()), required)
}

/// Of two statements about being required the one that says `true`, else the first.
pub(super) fn stronger(first: Option<Node>, second: Option<Node>) -> Option<Node> {
    match (&first, &second) {
        (Some(one), Some(other))
            if one.as_bool() != Some(true) && other.as_bool() == Some(true) =>
        {
            second
        }
        (None, _) => second,
        _ => first,
    }
}
