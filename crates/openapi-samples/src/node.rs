//! What a schema says when its references are followed and its `allOf` is put together.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::sampler::follow;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Type {
    Object,
    String,
    Integer,
    Number,
    Boolean,
    Array,
}

/// `oneOf` or `anyOf`, with the discriminator that stands beside it.
#[derive(Debug, Clone)]
pub(crate) struct Union {
    pub(crate) branches: Vec<Value>,
    pub(crate) discriminator: Option<Value>,
}

/// A schema as one list of statements.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub(crate) types: Option<BTreeSet<Type>>,
    pub(crate) null: bool,
    pub(crate) values: Option<Vec<Value>>,
    pub(crate) properties: BTreeMap<String, Vec<Value>>,
    pub(crate) patterns: Vec<(String, Value)>,
    pub(crate) required: BTreeSet<String>,
    pub(crate) additional: Option<Value>,
    pub(crate) items: Vec<Value>,
    pub(crate) prefix: Vec<Value>,
    pub(crate) min_items: usize,
    pub(crate) max_items: Option<usize>,
    pub(crate) unique: bool,
    pub(crate) min_properties: usize,
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) low: Option<(f64, bool)>,
    pub(crate) high: Option<(f64, bool)>,
    pub(crate) multiple_of: Option<f64>,
    pub(crate) format: Option<String>,
    pub(crate) pattern: Option<String>,
    pub(crate) unions: Vec<Union>,
    /// The references that were followed.
    pub(crate) references: Vec<String>,
    /// The outermost component, by whose name a discriminator of its base knows it.
    owner: Option<String>,
}

impl Node {
    /// `owner` is the reference under which the schema is known, if it has one. None if nothing fits.
    pub(crate) fn of(document: &Value, schema: &Value, owner: Option<&str>) -> Option<Self> {
        let owner = owner.map(str::to_owned);
        let references: Vec<String> = owner.iter().cloned().collect();
        let mut node = Self {
            owner,
            references: references.clone(),
            ..Self::default()
        };
        let mut seen = references;
        node.add(document, schema, &mut seen)?;
        Some(node)
    }

    /// Adds what `schema` says. None if nothing fits any more.
    pub(crate) fn add(
        &mut self,
        document: &Value,
        schema: &Value,
        seen: &mut Vec<String>,
    ) -> Option<()> {
        let schema = match schema {
            Value::Object(schema) => schema,
            Value::Bool(false) => return None,
            _ => return Some(()),
        };
        if let Some(Value::String(reference)) = schema.get("$ref") {
            // A schema that includes itself adds nothing to itself.
            if !seen.contains(reference) {
                seen.push(reference.clone());
                self.references.push(reference.clone());
                self.owner.get_or_insert_with(|| reference.clone());
                self.add(document, follow(document, reference)?, seen)?;
                seen.pop();
            }
        }
        for part in list(schema, "allOf") {
            self.add(document, part, seen)?;
        }
        self.types(schema)?;
        self.object(schema, seen);
        self.array(schema);
        self.scalar(schema);
        for keyword in ["oneOf", "anyOf"] {
            let branches = list(schema, keyword).to_vec();
            let discriminator = schema.get("discriminator").cloned();
            if branches.is_empty() || self.is_branch(&branches, discriminator.as_ref(), seen) {
                continue;
            }
            self.unions.push(Union {
                branches,
                discriminator,
            });
        }
        Some(())
    }

    fn types(&mut self, schema: &Map<String, Value>) -> Option<()> {
        let mut null = schema.contains_key("nullable");
        if let Some(given) = schema.get("type") {
            let names: Vec<&str> = match given {
                Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
                given => given.as_str().into_iter().collect(),
            };
            null |= names.contains(&"null");
            let types: BTreeSet<Type> = names.iter().filter_map(|name| type_of(name)).collect();
            self.types = Some(match self.types.take() {
                None => types,
                Some(before) => both(&before, &types),
            });
        }
        self.null |= null;
        let values = match (schema.get("const"), schema.get("enum")) {
            (Some(value), _) => Some(vec![value.clone()]),
            (None, Some(Value::Array(values))) => Some(values.clone()),
            _ => None,
        };
        if let Some(values) = values {
            self.values = Some(match self.values.take() {
                None => values,
                Some(before) => before
                    .into_iter()
                    .filter(|value| values.contains(value))
                    .collect(),
            });
        }
        self.values
            .as_ref()
            .is_none_or(|values| !values.is_empty())
            .then_some(())
    }

    fn object(&mut self, schema: &Map<String, Value>, seen: &[String]) {
        for (name, property) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let said = self.properties.entry(name.clone()).or_default();
            if !said.contains(property) {
                said.push(property.clone());
            }
        }
        for (pattern, property) in schema
            .get("patternProperties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            self.patterns.push((pattern.clone(), property.clone()));
        }
        let names = list(schema, "required").iter().filter_map(Value::as_str);
        self.required.extend(names.map(str::to_owned));
        match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => self.additional = Some(Value::Bool(false)),
            Some(given) if self.additional != Some(Value::Bool(false)) => {
                self.additional = Some(given.clone())
            }
            _ => {}
        }
        self.min_properties = self
            .min_properties
            .max(count(schema, "minProperties").unwrap_or(0));
        if !schema.contains_key("oneOf") && !schema.contains_key("anyOf") {
            self.tag_of_base(schema, seen);
        }
    }

    /// A base schema with a discriminator says how those that include it are told apart.
    fn tag_of_base(&mut self, schema: &Map<String, Value>, seen: &[String]) {
        let (Some(discriminator), Some(owner)) = (schema.get("discriminator"), self.owner.clone())
        else {
            return;
        };
        let Some(property) = discriminator["propertyName"].as_str() else {
            return;
        };
        let tag = mapped(discriminator, &owner);
        if tag.is_none() && seen.last().is_none_or(|base| *base == owner) {
            return;
        }
        if let Some(tag) = tag.or_else(|| name_of(&owner)) {
            self.demand(property, &tag);
        }
    }

    /// Whether the schema is itself a branch of a union that it includes; then it has the tag of that branch.
    fn is_branch(
        &mut self,
        branches: &[Value],
        discriminator: Option<&Value>,
        seen: &[String],
    ) -> bool {
        let Some(owner) = self.owner.clone() else {
            return false;
        };
        let is_owner = |branch: &Value| branch.get("$ref").and_then(Value::as_str) == Some(&owner);
        if seen.last() == Some(&owner) || !branches.iter().any(is_owner) {
            return false;
        }
        let property =
            discriminator.and_then(|discriminator| discriminator["propertyName"].as_str());
        let tag = discriminator.and_then(|discriminator| mapped(discriminator, &owner));
        if let Some((property, tag)) = property.zip(tag.or_else(|| name_of(&owner))) {
            self.demand(property, &tag);
        }
        true
    }

    /// Demands a value of a property, unless its schema says that it is another one.
    pub(crate) fn demand(&mut self, property: &str, tag: &str) {
        let said = self.properties.entry(property.to_owned()).or_default();
        let value = json!(tag);
        let other = said.iter().any(|schema| {
            let listed = schema
                .get("enum")
                .and_then(Value::as_array)
                .is_some_and(|values| !values.contains(&value));
            let fixed = schema.get("const").is_some_and(|fixed| *fixed != value);
            let typed = schema.get("type").is_some_and(|kind| kind != "string");
            listed || fixed || typed
        });
        if !other {
            said.push(json!({ "const": tag }));
            self.required.insert(property.to_owned());
        }
    }

    fn array(&mut self, schema: &Map<String, Value>) {
        self.items.extend(schema.get("items").cloned());
        if self.prefix.is_empty() {
            self.prefix = list(schema, "prefixItems").to_vec();
        }
        self.min_items = self.min_items.max(count(schema, "minItems").unwrap_or(0));
        self.max_items = least(self.max_items, count(schema, "maxItems"));
        self.unique |= schema.get("uniqueItems") == Some(&Value::Bool(true));
    }

    fn scalar(&mut self, schema: &Map<String, Value>) {
        self.min_length = count(schema, "minLength")
            .into_iter()
            .chain(self.min_length)
            .max();
        self.max_length = least(self.max_length, count(schema, "maxLength"));
        for (keyword, exclusive) in [("minimum", false), ("exclusiveMinimum", true)] {
            let bound = schema.get(keyword).and_then(Value::as_f64);
            if let Some(bound) = bound.filter(|bound| self.low.is_none_or(|(low, _)| *bound > low))
            {
                self.low = Some((bound, exclusive));
            }
        }
        for (keyword, exclusive) in [("maximum", false), ("exclusiveMaximum", true)] {
            let bound = schema.get(keyword).and_then(Value::as_f64);
            if let Some(bound) =
                bound.filter(|bound| self.high.is_none_or(|(high, _)| *bound < high))
            {
                self.high = Some((bound, exclusive));
            }
        }
        let text = |keyword: &str| {
            schema
                .get(keyword)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        self.multiple_of = self
            .multiple_of
            .or_else(|| schema.get("multipleOf").and_then(Value::as_f64));
        self.format = self.format.take().or_else(|| text("format"));
        self.pattern = self.pattern.take().or_else(|| text("pattern"));
    }

    /// The types to make values of: those that are stated, else those that the keywords are about.
    pub(crate) fn kinds(&self) -> Vec<Type> {
        if let Some(types) = &self.types {
            return types.iter().copied().collect();
        }
        let object =
            !self.properties.is_empty() || !self.required.is_empty() || self.additional.is_some();
        let object = object || !self.patterns.is_empty() || self.min_properties > 0;
        let array = !self.items.is_empty()
            || !self.prefix.is_empty()
            || self.max_items.is_some()
            || self.min_items > 0;
        let length = self.min_length.is_some() || self.max_length.is_some();
        let format = self.format.as_deref();
        let is_integer = |format: &str| format.starts_with("int") || format.starts_with("uint");
        let integer = format.is_some_and(is_integer);
        let decimal = matches!(format, Some("float" | "double" | "decimal"));
        let string = self.pattern.is_some() || format.is_some() && !integer && !decimal || length;
        let bounds = self.low.is_some() || self.high.is_some() || self.multiple_of.is_some();
        let number = decimal || bounds && !integer;
        let found = [
            (object, Type::Object),
            (array, Type::Array),
            (string, Type::String),
            (integer, Type::Integer),
            (number, Type::Number),
        ];
        found
            .into_iter()
            .filter(|(says, _)| *says)
            .map(|(_, kind)| kind)
            .collect()
    }

    pub(crate) fn fits_length(&self, text: &str) -> bool {
        let length = text.chars().count();
        self.min_length.is_none_or(|least| length >= least)
            && self.max_length.is_none_or(|most| length <= most)
    }
}

/// The tag by which a discriminator's mapping knows a reference.
pub(crate) fn mapped(discriminator: &Value, reference: &str) -> Option<String> {
    let mapping = discriminator.get("mapping")?.as_object()?;
    let target = |value: &Value| {
        let value = value
            .as_str()
            .or_else(|| value.get("$ref").and_then(Value::as_str));
        value.is_some_and(|value| {
            value == reference || format!("#/components/schemas/{value}") == reference
        })
    };
    mapping
        .iter()
        .find(|(_, value)| target(value))
        .map(|(tag, _)| tag.clone())
}

/// The name of the component that a reference leads to.
pub(crate) fn name_of(reference: &str) -> Option<String> {
    reference
        .strip_prefix("#/components/schemas/")
        .filter(|name| !name.contains('/'))
        .map(str::to_owned)
}

fn type_of(name: &str) -> Option<Type> {
    Some(match name {
        "object" => Type::Object,
        "string" => Type::String,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "boolean" => Type::Boolean,
        "array" => Type::Array,
        _ => return None,
    })
}

fn both(one: &BTreeSet<Type>, other: &BTreeSet<Type>) -> BTreeSet<Type> {
    let mut types: BTreeSet<Type> = one.intersection(other).copied().collect();
    let number = |types: &BTreeSet<Type>| types.contains(&Type::Number);
    let integer = |types: &BTreeSet<Type>| types.contains(&Type::Integer);
    if (number(one) && integer(other)) || (integer(one) && number(other)) {
        types.insert(Type::Integer);
    }
    types
}

fn list<'a>(schema: &'a Map<String, Value>, keyword: &str) -> &'a [Value] {
    schema
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn count(schema: &Map<String, Value>, keyword: &str) -> Option<usize> {
    schema
        .get(keyword)
        .and_then(Value::as_u64)
        .and_then(|count| usize::try_from(count).ok())
}

fn least(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    one.into_iter().chain(other).min()
}
