//! Base classes: schemas with a union of their children, each of which includes the base.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::context::Context;
use crate::names::type_name;
use crate::pointer::join;
use crate::refs;
use crate::report::Effect;
use crate::schema::{Schema, is_annotation};

/// The components that a component includes.
#[derive(Default)]
struct Included {
    /// All of them.
    all_of: Vec<String>,
    /// One of each list; `None` is a branch that is no component.
    unions: Vec<Vec<Option<String>>>,
}

impl Included {
    fn of(schema: &Value) -> Self {
        let mut found = Self::default();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            if let Some(name) = refs::target_of(schema) {
                found.all_of.push(name);
                continue;
            }
            for keyword in ["anyOf", "oneOf"] {
                if let Some(Value::Array(branches)) = schema.get(keyword) {
                    found
                        .unions
                        .push(branches.iter().map(refs::target_of).collect());
                }
            }
            let parts = schema.get("allOf").and_then(Value::as_array);
            open.extend(parts.into_iter().flatten());
        }
        found
    }

    fn targets(&self) -> impl DoubleEndedIterator<Item = &String> {
        self.all_of
            .iter()
            .chain(self.unions.iter().flatten().flatten())
    }
}

type Graph = BTreeMap<String, Included>;

/// What a base says beside its union becomes a component of its own, which all that leads back to the base includes
/// instead.
pub(super) fn split_bases(context: &mut Context<'_>) {
    let Some(schemas) = context.schemas() else {
        return;
    };
    let mut graph: Graph = schemas
        .iter()
        .map(|(name, schema)| (name.clone(), Included::of(schema)))
        .collect();
    let mut taken: BTreeSet<String> = schemas.keys().map(|name| type_name(name)).collect();
    // Only these can be bases. Most documents have few, so that what is below each can be looked at.
    let bases: BTreeSet<String> = graph
        .values()
        .flat_map(|included| included.all_of.iter().cloned())
        .collect();
    for base in bases {
        let Some(Value::Object(schema)) = context.schemas().and_then(|all| all.get(&base)) else {
            continue;
        };
        let Some(keyword) = ["oneOf", "anyOf"]
            .into_iter()
            .find(|keyword| schema.contains_key(*keyword))
        else {
            continue;
        };
        let branches = schema[keyword].as_array().into_iter().flatten();
        let branches: Vec<Option<String>> = branches.map(refs::target_of).collect();
        let (heirs, inheriting) = heirs(&base, &branches, &graph);
        if heirs.is_empty() {
            continue;
        }
        let mut own = schema.clone();
        own.remove(keyword);
        let is_of_objects = own.remove("discriminator").is_some();
        let at = join("/components/schemas", &base);
        let part = if says_something(&own) {
            let Some(fields) = std::iter::once(format!("{base}Fields"))
                .chain((2_u32..).map(|number| format!("{base}Fields{number}")))
                .find(|name| taken.insert(type_name(name)))
            else {
                continue;
            };
            let message = format!("the properties that the branches include are named `{fields}`");
            context.note(&at, "cycles", Effect::Exact, message);
            let own = Value::Object(own);
            graph.insert(fields.clone(), Included::of(&own));
            context
                .origins
                .copied(&at, &join("/components/schemas", &fields));
            let schemas = context.schemas_mut();
            schemas.insert(fields.clone(), own);
            let all_inherit = branches
                .iter()
                .all(|branch| branch.as_ref().is_some_and(|one| inheriting.contains(one)));
            if all_inherit && let Some(Value::Object(schema)) = schemas.get_mut(&base) {
                schema.retain(|key, _| is_of_union(key, keyword));
            }
            json!({"$ref": refs::to_component(&fields)})
        } else {
            let message = "a branch includes nothing of it but the union that the branch is in";
            context.note(&at, "cycles", Effect::Exact, message);
            own.retain(|key, _| key == "type");
            if is_of_objects {
                own.insert("type".to_owned(), json!("object"));
            }
            Value::Object(own)
        };
        let schemas = context.schemas_mut();
        for heir in heirs.into_iter().chain([base.clone()]) {
            if let Some(schema) = schemas.get_mut(&heir) {
                if heir != base {
                    replace(schema, &base, &part);
                }
                graph.insert(heir, Included::of(schema));
            }
        }
    }
}

/// Whether more is said than what type the values have.
fn says_something(own: &Schema) -> bool {
    own.keys()
        .any(|key| !is_annotation(key) && !matches!(key.as_str(), "type" | "nullable"))
}

fn is_of_union(key: &str, keyword: &str) -> bool {
    key == keyword || matches!(key, "discriminator" | "nullable") || is_annotation(key)
}

/// The components below the branches of `base` that include it by `allOf`, and all of which each value is one of `base`.
fn heirs(
    base: &str,
    branches: &[Option<String>],
    graph: &Graph,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut heirs = BTreeSet::new();
    let mut inheriting = BTreeSet::new();
    let mut seen = BTreeSet::from([base]);
    let mut open: Vec<(&str, bool)> = branches
        .iter()
        .flatten()
        .map(|name| (name.as_str(), false))
        .collect();
    // What is below a component is looked at before it.
    while let Some((name, is_done)) = open.pop() {
        let Some(included) = graph.get(name) else {
            continue;
        };
        if !is_done {
            if seen.insert(name) {
                open.push((name, true));
                let targets = included.targets().rev();
                open.extend(targets.map(|target| (target.as_str(), false)));
            }
            continue;
        }
        if included.all_of.iter().any(|target| target == base) {
            heirs.insert(name.to_owned());
            inheriting.insert(name.to_owned());
            continue;
        }
        let inherits = |target: &String| inheriting.contains(target);
        let by_union = included.unions.iter().any(|branches| {
            branches
                .iter()
                .all(|one| one.as_ref().is_some_and(inherits))
        });
        if by_union || included.all_of.iter().any(inherits) {
            inheriting.insert(name.to_owned());
        }
    }
    (heirs, inheriting)
}

/// Puts `part` in the place of `base` in all that the schema includes.
fn replace(schema: &mut Value, base: &str, part: &Value) {
    let parts = schema.get_mut("allOf").and_then(Value::as_array_mut);
    for one in parts.into_iter().flatten() {
        if refs::target_of(one).as_deref() == Some(base) {
            *one = part.clone();
        } else {
            replace(one, base, part);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Effect;
    use crate::passes::cycles::PASS;
    use crate::passes::testing::document_after;
    use crate::report::Note;
    use serde_json::{Value, json};

    fn after(schemas: Value) -> (Value, Vec<Note>) {
        let document = json!({"openapi": "3.0.0", "components": {"schemas": schemas}});
        let (mut document, notes) = document_after(PASS, document);
        (document["components"]["schemas"].take(), notes)
    }

    fn reference(name: &str) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    fn fields(name: &str) -> Value {
        json!({"type": "object", "properties": {name: {"type": "string"}}})
    }

    fn with_union(mut schema: Value, branches: &[&str]) -> Value {
        let branches: Vec<Value> = branches.iter().map(|name| reference(name)).collect();
        schema["oneOf"] = json!(branches);
        schema["discriminator"] = json!({"propertyName": "kind"});
        schema
    }

    #[test]
    fn a_base_keeps_its_union_and_the_children_their_fields() {
        let (schemas, _) = after(json!({
            "Pet": {"type": "object", "properties": {"kind": {"type": "string"}}, "discriminator": {"propertyName": "kind"},
                    "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]},
            "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"lives": {"type": "integer"}}}]},
            "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}]},
        }));
        assert_eq!(
            schemas["PetFields"],
            json!({"type": "object", "properties": {"kind": {"type": "string"}}})
        );
        assert_eq!(
            schemas["Cat"]["allOf"][0],
            json!({"$ref": "#/components/schemas/PetFields"})
        );
        assert_eq!(schemas["Pet"]["oneOf"].as_array().map(Vec::len), Some(2));
        assert!(schemas["Pet"].get("properties").is_none());
    }

    #[test]
    fn children_of_children_keep_their_branches() {
        let (schemas, notes) = after(json!({
            "Pet": with_union(fields("kind"), &["Cat", "Dog"]),
            "Feline": {"allOf": [reference("Pet"), fields("m")]},
            "Cat": {"allOf": [{"allOf": [reference("Feline")]}, fields("c")]},
            "Dog": {"allOf": [reference("Pet"), fields("d")]},
        }));
        assert_eq!(schemas["Pet"], with_union(json!({}), &["Cat", "Dog"]));
        assert_eq!(schemas["PetFields"], fields("kind"));
        let part = |own: &str| json!({"allOf": [reference("PetFields"), fields(own)]});
        assert_eq!(schemas["Feline"], part("m"));
        assert_eq!(schemas["Dog"], part("d"));
        assert_eq!(
            schemas["Cat"],
            json!({"allOf": [{"allOf": [reference("Feline")]}, fields("c")]})
        );
        assert!(notes.iter().all(|note| note.effect == Effect::Exact));
    }

    #[test]
    fn a_child_may_be_a_base_itself() {
        let mut feline = with_union(fields("m"), &["Cat"]);
        feline["allOf"] = json!([reference("Pet")]);
        let (schemas, notes) = after(json!({
            "Pet": with_union(fields("kind"), &["Dog", "Feline"]),
            "Feline": feline,
            "Cat": {"allOf": [reference("Feline"), fields("c")]},
            "Dog": {"allOf": [reference("Pet"), fields("d")]},
        }));
        assert_eq!(schemas["Pet"], with_union(json!({}), &["Dog", "Feline"]));
        assert_eq!(schemas["Feline"], with_union(json!({}), &["Cat"]));
        assert_eq!(
            schemas["FelineFields"]["allOf"],
            json!([reference("PetFields")])
        );
        assert_eq!(schemas["Cat"]["allOf"][0], reference("FelineFields"));
        assert!(notes.iter().all(|note| note.effect == Effect::Exact));
    }

    #[test]
    fn a_base_that_is_only_a_union_gives_its_children_nothing() {
        let pet = with_union(json!({"description": "d"}), &["Cat", "Dog"]);
        let (schemas, notes) = after(json!({
            "Pet": pet,
            "Cat": {"allOf": [reference("Pet"), fields("c")]},
            "Dog": fields("d"),
        }));
        assert_eq!(schemas["Pet"], pet);
        assert_eq!(
            schemas["Cat"],
            json!({"allOf": [{"type": "object"}, fields("c")]})
        );
        assert!(notes.iter().all(|note| note.effect == Effect::Exact));
    }
}
