//! Reads values of the form; one that has another type than its place calls for is recorded as a problem and passed
//! over, so that one run finds all of them.

use crate::node::{Member, Node, Object};
use crate::problem::{Problem, code};

/// The problems so far.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn problem(&mut self, code: &'static str, node: &Node, message: String, help: &str) {
        self.problems
            .push(Problem::new(code, node.place.clone(), message, help));
    }

    /// The members of the object `node`, none if it is not one. `what` names it in the problem.
    pub(super) fn members<'a>(&mut self, node: &'a Node, what: &str) -> &'a [Member] {
        let members = node.as_object();
        if members.is_none() {
            self.wrong_type(node, what, "an object");
        }
        members.unwrap_or_default()
    }

    /// The members of what `node` has under `name`; none if it has nothing there.
    pub(super) fn members_of<'a>(&mut self, node: &'a Node, name: &str) -> &'a [Member] {
        node.get(name)
            .map_or(&[], |inner| self.members(inner, name))
    }

    /// The items of the list `node`, none if it is not one.
    pub(super) fn items<'a>(&mut self, node: &'a Node, what: &str) -> &'a [Node] {
        let items = node.as_array();
        if items.is_none() {
            self.wrong_type(node, what, "a list");
        }
        items.unwrap_or_default()
    }

    /// The text that `node` has under `name`, with its node. A missing one is a problem too.
    pub(super) fn required_text<'a>(
        &mut self,
        node: &'a Node,
        name: &str,
    ) -> Option<(&'a str, &'a Node)> {
        let Some(value) = node.get(name) else {
            self.problem(
                code::SHAPE,
                node,
                format!("`{name}` is missing here"),
                "fetch the page again; if it is complete, its form is newer than this crate",
            );
            return None;
        };
        let text = value.as_str();
        if text.is_none() {
            self.wrong_type(value, name, "a text");
        }
        text.map(|text| (text, value))
    }

    /// The boolean that `node` has under `name`, `None` if it has nothing there.
    pub(super) fn boolean(&mut self, node: &Node, name: &str) -> Option<bool> {
        let value = node.get(name)?;
        let boolean = value.as_bool();
        if boolean.is_none() {
            self.wrong_type(value, name, "a boolean");
        }
        boolean
    }

    pub(super) fn wrong_type(&mut self, node: &Node, what: &str, wanted: &str) {
        let message = format!("`{what}` must be {wanted}, this is {}", node.describe());
        self.problem(
            code::SHAPE,
            node,
            message,
            "fetch the page again, or correct this value in its YAML block",
        );
    }
}

/// Puts the members of `from` that the grammar does not know into `into`, so that nothing is lost silently:
/// extensions (`x-…`) under their own name, others as `x-mintlify-NAME`.
pub(super) fn keep_unknown(from: &[Member], known: &[&str], into: &mut Object) {
    for member in from
        .iter()
        .filter(|member| !known.contains(&member.name.as_str()))
    {
        let name = if member.name.starts_with("x-") {
            member.name.clone()
        } else {
            format!("x-mintlify-{}", member.name)
        };
        into.set(name, member.value.clone());
    }
}
