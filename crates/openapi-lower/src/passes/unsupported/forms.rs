//! Which parameters are plain values.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Components, MAX_HOPS};
use crate::refs;

/// What Rust makes of a parameter's schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::passes) enum Form {
    Plain,
    Object,
    Other,
}

pub(in crate::passes) fn form(schema: &Value, components: &Components) -> Form {
    let mut forms = Forms {
        components,
        known: BTreeMap::new(),
    };
    forms.of(schema, 0)
}

/// The forms of a schema and of what it refers to.
struct Forms<'c> {
    components: &'c Components,
    /// Components that were looked at: many unions can refer to one. While one is looked at, it counts as other.
    known: BTreeMap<String, Form>,
}

impl Forms<'_> {
    fn of(&mut self, schema: &Value, hops: usize) -> Form {
        if hops > MAX_HOPS {
            return Form::Other;
        }
        if let Some(name) = refs::target_of(schema) {
            return self.of_component(name, hops);
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            if let Some(Value::Array(branches)) = schema.get(keyword) {
                return self.of_all(keyword, branches, hops);
            }
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("object") => Form::Object,
            Some("array") | None => Form::Other,
            Some(_) => Form::Plain,
        }
    }

    fn of_component(&mut self, name: String, hops: usize) -> Form {
        if let Some(form) = self.known.get(&name) {
            return *form;
        }
        let Some(schema) = self.components.get(&name) else {
            return Form::Other;
        };
        self.known.insert(name.clone(), Form::Other);
        let form = self.of(schema, hops + 1);
        self.known.insert(name, form);
        form
    }

    /// Unions of plain values have a `Display`, others only serialize, as do those with a branch that may be null.
    fn of_all(&mut self, keyword: &str, branches: &[Value], hops: usize) -> Form {
        let mut whole = Form::Plain;
        for branch in branches {
            let form = match self.of(branch, hops + 1) {
                Form::Plain if keyword != "allOf" && is_nullable(branch) => Form::Other,
                form => form,
            };
            whole = match (whole, form) {
                (Form::Object, _) | (_, Form::Object) => Form::Object,
                (Form::Plain, Form::Plain) => Form::Plain,
                _ => Form::Other,
            };
        }
        whole
    }
}

fn is_nullable(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::{Form, form};
    use serde_json::{Map, json};

    #[test]
    fn a_union_with_a_branch_that_may_be_null_is_not_plain() {
        let components = Map::new();
        let plain = json!({"oneOf": [{"type": "string"}, {"type": "integer"}]});
        assert_eq!(form(&plain, &components), Form::Plain);
        let nullable =
            json!({"oneOf": [{"type": "string", "nullable": true}, {"type": "integer"}]});
        assert_eq!(form(&nullable, &components), Form::Other);
    }

    /// Without a memory this takes 20 to the power of 7 steps.
    #[test]
    fn components_that_many_unions_refer_to_are_looked_at_once() {
        let union = |level: usize| {
            let branches: Vec<_> = (0..20)
                .map(|branch| json!({"$ref": format!("#/components/schemas/L{level}B{branch}")}))
                .collect();
            json!({"oneOf": branches})
        };
        let mut components = Map::new();
        for level in 0..7 {
            for branch in 0..20 {
                let schema = if level == 6 {
                    json!({"type": "string"})
                } else {
                    union(level + 1)
                };
                components.insert(format!("L{level}B{branch}"), schema);
            }
        }
        assert_eq!(form(&union(0), &components), Form::Plain);
    }
}
