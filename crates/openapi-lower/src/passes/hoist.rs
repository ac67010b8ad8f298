//! Everything that gets a Rust type of its own becomes a component.
//!
//! The names are the ones that typify would make up (`<Parent><Property>`, `<Array>Item`), but here two different
//! schemas never share one. Branches of `allOf` are merged into the schema that has them and branches of `oneOf` become
//! variants with fields, so both stay where they are, and what is inside of them is named.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::table::Pass;
use crate::components::{Components, Properties};
use crate::context::Context;
use crate::names::pascal;
use crate::pointer::{index, join};
use crate::refs;
use crate::report::Effect;
use crate::schema::{Schema, is_annotation};

pub(crate) const PASS: Pass = Pass {
    name: "hoist",
    summary: "Names every inline object, enum and union, so that no two of them become one Rust type.",
    source: "typify 0.8 returns the first type of a name without comparing; progenitor 0.15.1 names all bodies of an operation alike",
    run,
};

fn run(context: &mut Context<'_>) {
    let mut hoist = Hoist {
        components: Components::new(context.schemas()),
        properties: Properties::new(context.schemas()),
        queue: Vec::new(),
    };
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
    }
    context.document = document;
    context.each_operation(|context, _, _, operation, at| hoist.operation(context, operation, at));
    // What was named is looked into as well, until nothing new turns up.
    while let Some((name, mut schema)) = hoist.queue.pop() {
        hoist.below(
            context,
            &mut schema,
            &pascal(&name),
            &join("/components/schemas", &name),
        );
        schemas.insert(name, schema);
    }
    *context.schemas_mut() = schemas;
}

struct Hoist {
    components: Components,
    properties: Properties,
    /// Named, but not yet looked into.
    queue: Vec<(String, Value)>,
}

impl Hoist {
    fn operation(&mut self, context: &mut Context<'_>, operation: &mut Schema, at: &str) {
        let id = pascal(
            operation
                .get("operationId")
                .and_then(Value::as_str)
                .unwrap_or_default(),
        );
        if let Some(Value::Array(parameters)) = operation.get_mut("parameters") {
            for (position, parameter) in parameters.iter_mut().enumerate() {
                let name = parameter
                    .get("name")
                    .and_then(Value::as_str)
                    .map(pascal)
                    .unwrap_or_default();
                let place = join(&index(&join(at, "parameters"), position), "schema");
                if let Some(schema) = parameter.get_mut("schema") {
                    self.child(context, schema, &format!("{id}{name}"), &place);
                }
            }
        }
        if let Some(body) = operation.get_mut("requestBody") {
            self.body(
                context,
                body,
                &format!("{id}RequestBody"),
                &join(at, "requestBody"),
            );
        }
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            for (status, response) in responses.iter_mut() {
                let place = join(&join(at, "responses"), status);
                self.body(context, response, &format!("{id}Response"), &place);
            }
        }
    }

    fn body(&mut self, context: &mut Context<'_>, body: &mut Value, name: &str, at: &str) {
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
    fn child(&mut self, context: &mut Context<'_>, schema: &mut Value, name: &str, at: &str) {
        if !needs_name(schema) {
            title(context, schema, name, at);
            self.below(context, schema, name, at);
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
        let (name, is_new) = self.components.place(name, &own);
        let reference = json!({"$ref": refs::to_component(&name)});
        if is_new {
            context
                .origins
                .copied(at, &join("/components/schemas", &name));
            self.queue.push((name, own));
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
        self.part(context, schema, (name, "Own"), at, &BTreeSet::new());
    }

    /// The same for a schema that typify merges with others. What it merges it gives the name of parent and property, so
    /// a property that several of them have is named by its part as well.
    fn part(
        &mut self,
        context: &mut Context<'_>,
        schema: &mut Value,
        (name, part): (&str, &str),
        at: &str,
        merged: &BTreeSet<String>,
    ) {
        let mut merged = merged.clone();
        merged.extend(self.properties.merged(schema));
        let Value::Object(members) = schema else {
            return;
        };
        if let Some(Value::Object(properties)) = members.get_mut("properties") {
            let place = join(at, "properties");
            for (property, schema) in properties.iter_mut() {
                let part = if merged.contains(property) { part } else { "" };
                let child = format!("{name}{part}{}", pascal_or(property, "Field"));
                self.child(context, schema, &child, &join(&place, property));
            }
        }
        for (keyword, suffix) in [("items", "Item"), ("additionalProperties", "Value")] {
            if let Some(schema @ Value::Object(_)) = members.get_mut(keyword) {
                let child = format!("{name}{suffix}");
                self.child(context, schema, &child, &join(at, keyword));
            }
        }
        if let Some(Value::Array(branches)) = members.get_mut("allOf") {
            let place = join(at, "allOf");
            for (position, branch) in branches.iter_mut().enumerate() {
                if let Value::Object(branch) = branch {
                    branch.remove("title");
                }
                let part = format!("Part{position}");
                let place = index(&place, position);
                self.part(context, branch, (name, &part), &place, &merged);
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(Value::Array(branches)) = members.get_mut(keyword) {
                self.union(context, branches, (keyword, name), &join(at, keyword));
            }
        }
    }

    fn union(
        &mut self,
        context: &mut Context<'_>,
        branches: &mut [Value],
        (keyword, name): (&str, &str),
        place: &str,
    ) {
        for (position, branch) in branches.iter_mut().enumerate() {
            let place = index(place, position);
            let variant = format!("{name}{}", variant(branch, position));
            // Objects in `oneOf` become variants with fields, tagged ones with a tag.
            let is_variant = keyword == "oneOf" && branch.get("properties").is_some();
            if is_variant || !needs_name(branch) {
                self.below(context, branch, &variant, &place);
            } else {
                self.child(context, branch, &variant, &place);
            }
        }
    }
}

fn pascal_or(text: &str, otherwise: &str) -> String {
    let name = pascal(text);
    if name.is_empty() {
        otherwise.to_owned()
    } else {
        name
    }
}

/// A name for a branch of a union: its title, its tag, or its position.
fn variant(branch: &Value, position: usize) -> String {
    if let Some(title) = branch
        .get("title")
        .and_then(Value::as_str)
        .map(pascal)
        .filter(|title| !title.is_empty())
    {
        return title;
    }
    let tag = branch
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .find_map(|(_, property)| {
            match property
                .get("enum")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
            {
                Some([Value::String(tag)]) => Some(pascal(tag)).filter(|tag| !tag.is_empty()),
                _ => None,
            }
        });
    tag.unwrap_or_else(|| format!("Variant{position}"))
}

/// Whether typify makes a type with a name for the schema.
fn needs_name(schema: &Value) -> bool {
    let Value::Object(schema) = schema else {
        return false;
    };
    if schema.contains_key("$ref") {
        return false;
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        return values.iter().any(|value| !value.is_null());
    }
    let structural = schema.keys().any(|keyword| {
        !is_annotation(keyword)
            && !matches!(keyword.as_str(), "nullable" | "allOf" | "oneOf" | "anyOf")
    });
    for keyword in ["allOf", "oneOf", "anyOf"] {
        match schema
            .get(keyword)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        {
            None => {}
            Some([one]) if !structural => return needs_name(one),
            Some(_) => return true,
        }
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") | None => {
            let has_properties = schema
                .get("properties")
                .and_then(Value::as_object)
                .is_some_and(|properties| !properties.is_empty());
            let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
            let requires = schema
                .get("required")
                .and_then(Value::as_array)
                .is_some_and(|required| !required.is_empty());
            has_properties || is_closed || requires
        }
        Some("string") => ["pattern", "minLength", "maxLength"]
            .iter()
            .any(|keyword| schema.contains_key(*keyword)),
        _ => false,
    }
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
