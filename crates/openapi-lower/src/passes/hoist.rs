//! Everything that gets a Rust type of its own becomes a component.
//!
//! The names are the ones that typify would make up (`<Parent><Property>`, `<Array>Item`), but here two different
//! schemas never share one, and a name depends on what is named and on its parents, never on its position or on its
//! siblings; ARCHITECTURE.md lists where that cannot be. Branches of unions are named by what they say of themselves
//! ([`branch_names`]).
//! Branches of `allOf` are merged into the schema that has them, so they stay where they are, and what is inside of them
//! is named.
//!
//! Where two names are equal the one nearer to a component of the document keeps it, components before operations, each
//! in the order of their names; the other one is named by its place as well. So which of two it is does not depend on a
//! third.

mod branch_names;
mod merged_unions;
mod name;
mod needs_name;
mod payloads;

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use self::merged_unions::Types;
pub(super) use self::name::below_union;
use self::name::{Name, pascal_or};
pub(super) use self::needs_name::needs_name;
use super::all_of::Uses;
use super::responses::SUCCESSES;
use super::table::{Pass, Run};
use crate::components::{Components, Properties};
use crate::context::Context;
use crate::names::pascal;
use crate::pointer::{index, join};
use crate::refs;
use crate::report::Effect;
use crate::schema::Schema;
use crate::stand_in;

pub(crate) const PASS: Pass = Pass {
    name: "hoist",
    summary: "Names every inline object, enum and union, so that no two of them become one Rust type.",
    source: "typify 0.8 returns the first type of a name without comparing; progenitor 0.15.1 names all bodies of an operation alike",
    run: Run::Whole(run),
};

fn run(context: &mut Context<'_>) {
    let known = context.with(|_, known: &mut Option<Components>| known.take());
    let mut hoist = Hoist {
        components: known.unwrap_or_else(|| Components::new(context.schemas())),
        properties: Properties::new(context.schemas()),
        types: Types::new(context.schemas()),
        uses: Uses::default(),
        queue: VecDeque::new(),
    };
    let calls = payloads::take(context);
    let mut document = std::mem::take(&mut context.document);
    let mut schemas = match document.pointer_mut("/components/schemas") {
        Some(Value::Object(schemas)) => std::mem::take(schemas),
        _ => Map::new(),
    };
    let mut names: Vec<String> = schemas.keys().cloned().collect();
    names.sort();
    for name in names {
        let Some(schema) = schemas.get_mut(&name) else {
            continue;
        };
        hoist.below(
            context,
            schema,
            &pascal(&name),
            &join("/components/schemas", &name),
        );
        hoist.uses.learn(&name, schema);
    }
    context.document = document;
    context.each_operation(|context, _, _, operation, at| {
        hoist.operation(context, operation, at);
        hoist.uses.learn_operation(operation);
    });
    hoist.payloads(context, calls);
    // What was named is looked into as well, until nothing new turns up.
    while let Some((name, mut schema)) = hoist.queue.pop_front() {
        hoist.below(
            context,
            &mut schema,
            &pascal(&name),
            &join("/components/schemas", &name),
        );
        hoist.uses.learn(&name, &schema);
        schemas.insert(name, schema);
    }
    *context.schemas_mut() = schemas;
    context.with(|_, known: &mut Option<Uses>| *known = Some(hoist.uses));
    payloads::check(context);
}

struct Hoist {
    components: Components,
    properties: Properties,
    types: Types,
    uses: Uses,
    /// Named, but not yet looked into.
    queue: VecDeque<(String, Value)>,
}

impl Hoist {
    fn operation(&mut self, context: &mut Context<'_>, operation: &mut Schema, at: &str) {
        let id = pascal(
            operation
                .get("operationId")
                .and_then(Value::as_str)
                .unwrap_or_default(),
        );
        if let Some(body) = operation.get_mut("requestBody") {
            let name = format!("{id}RequestBody");
            let name = Name::new(&name, format!("{name}Content"));
            self.body(context, body, &name, &join(at, "requestBody"));
        }
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            let name = format!("{id}Response");
            let name = Name::new(&name, format!("{name}Body"));
            for (status, response) in responses.iter_mut() {
                let place = join(&join(at, "responses"), status);
                let union = Name::new(&format!("{id}Success"), format!("{id}SuccessBody"));
                let is_union = self.successes(context, response, &name, &place).is_some();
                let name = if is_union { &union } else { &name };
                self.body(context, response, name, &place);
            }
        }
        if let Some(Value::Array(parameters)) = operation.get_mut("parameters") {
            // The same name may stand in the query and in a header. Which one keeps it is not a matter of their order.
            let rank = |parameter: &Value| match parameter.get("in").and_then(Value::as_str) {
                Some("query") => 0,
                Some("path") => 1,
                _ => 2,
            };
            let mut ranked: Vec<(usize, &mut Value)> = parameters.iter_mut().enumerate().collect();
            ranked.sort_by_key(|(position, parameter)| (rank(parameter), *position));
            for (position, parameter) in ranked {
                let text = |key| parameter.get(key).and_then(Value::as_str).map(pascal);
                let name = format!("{id}{}", text("name").unwrap_or_default());
                let otherwise = format!("{name}In{}", text("in").unwrap_or_default());
                let place = join(&index(&join(at, "parameters"), position), "schema");
                if let Some(schema) = parameter.get_mut("schema") {
                    self.child(context, schema, &Name::new(&name, otherwise), &place);
                }
            }
        }
    }

    /// The branches of a union of success bodies, which are named as if each was alone, so that a success that is added
    /// renames nothing. `None` where there is no such union.
    fn successes(
        &mut self,
        context: &mut Context<'_>,
        response: &mut Value,
        name: &Name,
        at: &str,
    ) -> Option<()> {
        let schema = response.pointer_mut("/content/application~1json/schema")?;
        let mut mark = stand_in::take(schema.as_object_mut()?)?;
        let statuses = mark.remove(SUCCESSES)?;
        let place = format!("{at}/content/application~1json/schema/oneOf");
        let branches = schema.get_mut("oneOf")?.as_array_mut()?;
        for (position, (branch, status)) in
            branches.iter_mut().zip(statuses.as_array()?).enumerate()
        {
            let place = index(&place, position);
            let own = format!("{}{}", name.wanted, status.as_str().unwrap_or_default());
            let later = Name::new(&own, format!("{own}Body"));
            let name = if position == 0 { name } else { &later };
            self.child(context, branch, name, &place);
        }
        Some(())
    }

    fn body(&mut self, context: &mut Context<'_>, body: &mut Value, name: &Name, at: &str) {
        let Some(Value::Object(content)) = body.get_mut("content") else {
            return;
        };
        for (media_type, media) in content.iter_mut() {
            let typed = matches!(
                media_type.as_str(),
                "application/json" | "application/x-www-form-urlencoded"
            );
            let place = join(&join(&join(at, "content"), media_type), "schema");
            if let (true, Some(schema)) = (typed, media.get_mut("schema")) {
                self.child(context, schema, name, &place);
            }
        }
    }

    /// A schema that is not a component: becomes a reference to one if it needs a name.
    fn child(&mut self, context: &mut Context<'_>, schema: &mut Value, name: &Name, at: &str) {
        if !needs_name(schema) {
            title(context, schema, &name.wanted, at);
            self.below(context, schema, &name.wanted, at);
            return;
        }
        let Value::Object(members) = schema else {
            return;
        };
        let mut own = std::mem::take(members);
        let mut outer = Map::new();
        for keyword in ["nullable", "default", "deprecated", "readOnly", "writeOnly"] {
            if let Some(value) = own.remove(keyword) {
                outer.insert(keyword.to_owned(), value);
            }
        }
        if let Some(description) = own.get("description") {
            outer.insert("description".to_owned(), description.clone());
        }
        let own = Value::Object(own);
        let (name, is_new) = self.components.place(&name.wanted, &name.otherwise, &own);
        let reference = json!({"$ref": refs::to_component(&name)});
        if is_new {
            context
                .origins
                .copied(at, &join("/components/schemas", &name));
            self.queue.push_back((name, own));
        }
        if outer.is_empty() {
            *schema = reference;
        } else {
            outer.insert("allOf".to_owned(), json!([reference]));
            *schema = Value::Object(outer);
        }
    }

    /// What is inside of a schema that stays where it is.
    fn below(&mut self, context: &mut Context<'_>, schema: &mut Value, name: &str, at: &str) {
        merged_unions::lift(context, schema, at);
        self.part(context, schema, name, at, &BTreeSet::new());
        if let Value::Object(members) = schema {
            self.unions(context, members, name, at, true);
        }
    }

    /// The same for a schema that typify merges with others. What it merges it gives the name of parent and property, so
    /// a property that several of them have is named as the schema's own.
    fn part(
        &mut self,
        context: &mut Context<'_>,
        schema: &mut Value,
        name: &str,
        at: &str,
        merged: &BTreeSet<String>,
    ) {
        let mut merged = merged.clone();
        merged.extend(self.properties.merged(schema));
        let described = branch_names::plain(schema, None);
        let Value::Object(members) = schema else {
            return;
        };
        if let Some(Value::Object(properties)) = members.get_mut("properties") {
            let place = join(at, "properties");
            for (property, schema) in properties.iter_mut() {
                let at = join(&place, property);
                let property_name = pascal_or(property, "Field");
                let child = if merged.contains(property) {
                    let otherwise = format!("{name}{described}{property_name}");
                    Name::new(&format!("{name}Own{property_name}"), otherwise)
                } else {
                    Name::below(name, &property_name)
                };
                self.child(context, schema, &child, &at);
            }
        }
        for (keyword, suffix) in [("items", "Item"), ("additionalProperties", "Value")] {
            if let Some(schema @ Value::Object(_)) = members.get_mut(keyword) {
                self.child(
                    context,
                    schema,
                    &Name::below(name, suffix),
                    &join(at, keyword),
                );
            }
        }
        if let Some(Value::Array(branches)) = members.get_mut("allOf") {
            let place = join(at, "allOf");
            for (position, branch) in branches.iter_mut().enumerate() {
                if let Value::Object(branch) = branch {
                    branch.remove("title");
                }
                let place = index(&place, position);
                self.part(context, branch, name, &place, &merged);
                if let Value::Object(branch) = branch {
                    self.unions(context, branch, name, &place, false);
                }
            }
        }
    }

    /// The branches of a schema's unions. What stands beside them is merged into them if the schema is whole; what is a
    /// part of another schema is merged by typify.
    fn unions(
        &mut self,
        context: &mut Context<'_>,
        members: &mut Schema,
        union: &str,
        at: &str,
        is_whole: bool,
    ) {
        let tag = tag_of(members);
        for keyword in ["oneOf", "anyOf"] {
            let base = is_whole
                .then(|| merged_unions::take_base(members, keyword))
                .flatten();
            let Some(Value::Array(branches)) = members.get_mut(keyword) else {
                continue;
            };
            let place = join(at, keyword);
            let mut renamed = Vec::new();
            for (position, branch) in branches.iter_mut().enumerate() {
                let place = index(&place, position);
                let given = refs::sole_target(branch);
                let own = branch_names::plain(branch, tag.as_deref());
                let full = branch_names::full(branch);
                if let Some(base) = &base {
                    merged_unions::merge(context, base, at, branch, &place, &self.types);
                }
                let name = Name::new(&below_union(union, &own), below_union(union, &full));
                if needs_name(branch) {
                    self.child(context, branch, &name, &place);
                } else {
                    self.unnamed(context, branch, (union, tag.as_deref()), &name, &place);
                }
                renamed.extend(given.zip(refs::sole_target(branch)));
            }
            remap(members, &renamed);
        }
    }

    /// A branch that is no type of its own. A list is named by its items, so `[Cat]` beside `Cat` is a list of that type.
    fn unnamed(
        &mut self,
        context: &mut Context<'_>,
        branch: &mut Value,
        (union, tag): (&str, Option<&str>),
        name: &Name,
        at: &str,
    ) {
        if branch.get("title").is_none()
            && let Some(items) = branch.get_mut("items").filter(|items| needs_name(items))
        {
            let own = below_union(union, &branch_names::plain(items, tag));
            let full = format!("{}Item", below_union(union, &branch_names::full(items)));
            self.child(context, items, &Name::new(&own, full), &join(at, "items"));
        }
        self.below(context, branch, &name.wanted, at);
    }
}

/// A branch into which was merged what stands beside the union is another component than the one that was mapped.
pub(super) fn remap(members: &mut Schema, renamed: &[(String, String)]) {
    let mapping = members
        .get_mut("discriminator")
        .and_then(|discriminator| discriminator.get_mut("mapping"))
        .and_then(Value::as_object_mut);
    for target in mapping.into_iter().flat_map(Map::values_mut) {
        let given = target.as_str().and_then(refs::component_name);
        let found = renamed.iter().find(|(old, _)| Some(old) == given.as_ref());
        if let Some((_, new)) = found {
            *target = json!(refs::to_component(new));
        }
    }
}

/// What a branch is called in the name of its union.
pub(super) fn branch_name(branch: &Value) -> String {
    branch_names::plain(branch, None)
}

/// The property that tells the branches apart, if the document states one.
fn tag_of(union: &Map<String, Value>) -> Option<String> {
    let tag = union.get("discriminator")?.get("propertyName")?.as_str()?;
    Some(tag.to_owned())
}

/// typify prefers a title to the name that the place suggests, so two schemas with one title would be one type. What
/// the title says beyond the name of the place is kept as the description.
fn title(context: &mut Context<'_>, schema: &mut Value, name: &str, at: &str) {
    let Value::Object(schema) = schema else {
        return;
    };
    let Some(Value::String(title)) = schema.remove("title") else {
        return;
    };
    let repeats = name
        .to_lowercase()
        .ends_with(&pascal(&title).to_lowercase());
    if !repeats && !schema.contains_key("description") && !schema.contains_key("$ref") {
        context.note(
            &join(at, "title"),
            "hoist",
            Effect::Exact,
            "the title is kept as the description",
        );
        context
            .origins
            .moved(&join(at, "title"), &join(at, "description"));
        schema.insert("description".to_owned(), Value::String(title));
    }
}

#[cfg(test)]
mod tests;
