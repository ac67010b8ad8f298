//! Default values.

mod fit;

use serde_json::{Map, Value};

use self::fit::{Fit, Judge};
use super::table::{Pass, Run};
use crate::context::Context;
use crate::grammar::Kind;
use crate::pointer::{join, schema_component};
use crate::report::Effect;
use crate::schema::Schema;
use crate::walk;

pub(crate) const PASS: Pass = Pass {
    name: "defaults",
    summary: "Removes default values that are no value of their schema, or that typify cannot write; with marks only `null`.",
    source: "OpenAPI 3.0.3 §4.7.24.1: the default must conform; typify 0.8 refuses the document or panics if not",
    run: Run::Steps(&[
        Run::Parts(find),
        Run::Schemas(of_components),
        Run::Parts(run),
    ]),
};

/// The components that have a default somewhere, as they were before it was looked at: one default may have another one
/// in it.
#[derive(Default)]
struct Before(Map<String, Value>);

fn find(context: &mut Context<'_>) {
    let (part, kind, place) = context.part();
    let Some(name) = schema_component(place) else {
        return;
    };
    let mut found = false;
    walk::visit(part, kind, &mut String::new(), &mut |node, kind, _| {
        found |= kind == Kind::Schema && node.get("default").is_some();
    });
    if found {
        context.with(|_, Before(before)| before.insert(name, Value::Null));
    }
}

fn of_components(context: &mut Context<'_>) {
    context.with(|context, Before(before)| {
        let mut schemas = std::mem::take(context.schemas_mut());
        for (name, before) in before.iter_mut() {
            *before = schemas.get(name).cloned().unwrap_or_default();
        }
        for name in before.keys() {
            let mut schema = schemas.get_mut(name).map(Value::take).unwrap_or_default();
            let judge = Judge::new(before, &schemas);
            let mut at = join("/components/schemas", name);
            walk::rewrite(&mut schema, Kind::Schema, &mut at, &mut |node, kind, at| {
                if let Value::Object(schema) = node
                    && kind == Kind::Schema
                {
                    default(context, schema, at, &judge);
                }
            });
            schemas.insert(name.clone(), schema);
        }
        *context.schemas_mut() = schemas;
    });
}

fn run(context: &mut Context<'_>) {
    context.with(|context, Before(before)| {
        context.with_schemas(|context, components| {
            let judge = Judge::new(before, components);
            context.each_schema(|context, schema, at| default(context, schema, at, &judge));
        });
    });
}

fn default(context: &mut Context<'_>, schema: &mut Schema, at: &str, judge: &Judge<'_>) {
    let Some(value) = schema.get("default") else {
        return;
    };
    let place = join(at, "default");
    if value.is_null() {
        // The absent value is what `null` stands for in every client.
        schema.remove("default");
        if schema.get("nullable") != Some(&Value::Bool(true)) {
            context.note(
                &place,
                "defaults",
                Effect::Exact,
                "the default `null` is read as absent",
            );
        }
        return;
    }
    if context.options.marks {
        // A sentence of the docs later on, which may say anything.
        return;
    }
    match judge.fit(value, schema) {
        Fit::Written(written) => {
            if written != *value {
                context.note(
                    &place,
                    "defaults",
                    Effect::Exact,
                    format!("the default {value} is written in the words of its schema"),
                );
                schema.insert("default".to_owned(), written);
            }
        }
        Fit::Unwritten => {
            context.note(
                &place,
                "unwritten_defaults",
                Effect::Dropped,
                format!("typify cannot write the default {value} in Rust; absent stays absent"),
            );
            schema.remove("default");
        }
        Fit::Wrong => {
            context.note(
                &place,
                "defaults",
                Effect::Widened,
                format!("the default {value} is no value of the schema"),
            );
            schema.remove("default");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::{Value, json};

    fn keeps(schema: Value) -> bool {
        schema_after(super::PASS, schema).0.get("default").is_some()
    }

    #[test]
    fn values_of_the_schema_stay() {
        assert!(keeps(json!({"type": "boolean", "default": false})));
        assert!(keeps(
            json!({"type": "string", "enum": ["a"], "default": "a"})
        ));
        assert!(keeps(
            json!({"type": "array", "items": {"type": "string"}, "default": ["a"]})
        ));
        assert!(keeps(
            json!({"type": "integer", "minimum": 0, "default": 3})
        ));
        assert!(keeps(json!({"type": "object", "default": {}})));
    }

    #[test]
    fn whole_numbers_fit_their_type() {
        for (format, good, bad) in [
            ("int32", 2_147_483_647_i64, 2_147_483_648_i64),
            ("uint8", 255, -1),
            ("uint64", 1, -1),
        ] {
            let with = |value: i64| json!({"type": "integer", "format": format, "default": value});
            assert!(keeps(with(good)), "{format}");
            assert!(!keeps(with(bad)), "{format}");
        }
        assert!(!keeps(json!({"type": "integer", "default": u64::MAX})));
    }

    #[test]
    fn other_values_go() {
        assert!(!keeps(json!({"type": "boolean", "default": "no"})));
        assert!(!keeps(json!({"type": "string", "default": [1]})));
        assert!(!keeps(
            json!({"type": "string", "enum": ["a"], "default": "b"})
        ));
        assert!(!keeps(
            json!({"type": "integer", "maximum": 2, "default": 3})
        ));
        assert!(!keeps(
            json!({"type": "string", "format": "date", "default": "today"})
        ));
        assert!(!keeps(
            json!({"type": "object", "properties": {"a": {"type": "string"}}, "default": {"a": []}})
        ));
        assert!(!keeps(
            json!({"type": "object", "required": ["a"], "properties": {"a": {}}, "default": {}})
        ));
        assert!(!keeps(
            json!({"type": "string", "nullable": true, "default": null})
        ));
        assert!(!keeps(
            json!({"allOf": [{"$ref": "#/components/schemas/T"}], "default": "a"})
        ));
    }

    fn default_of(schema: Value) -> Value {
        schema_after(super::PASS, schema).0["default"].take()
    }

    #[test]
    fn a_default_in_another_json_type_is_read() {
        assert_eq!(
            default_of(json!({"type": "integer", "default": "10"})),
            json!(10)
        );
        assert_eq!(
            default_of(json!({"type": "string", "default": 1})),
            json!("1")
        );
        assert_eq!(
            default_of(json!({"type": "boolean", "default": "false"})),
            json!(false)
        );
    }

    #[test]
    fn a_default_of_a_stand_in_is_the_name_that_stands_for_it() {
        let level = json!({
            "type": "string", "enum": ["Value1", "Value2"],
            "x-openapi-lower": {"values": {"Value1": 1, "Value2": 2}}
        });
        let default = json!([1.0, 2]);
        assert_eq!(
            default_of(json!({"type": "array", "items": level, "default": default})),
            json!(["Value1", "Value2"])
        );
        let union = json!({"oneOf": [level, {"type": "string"}], "default": 2});
        assert_eq!(default_of(union.clone()), json!("Value2"));
        let mut swallowed = union;
        swallowed["oneOf"].as_array_mut().unwrap().reverse();
        assert_eq!(default_of(swallowed), Value::Null);
    }

    #[test]
    fn a_default_of_a_branch_stays_where_typify_can_write_it() {
        let branches = json!([{"type": "integer"}, {"type": "string"}]);
        assert_eq!(
            default_of(json!({"oneOf": branches, "default": "auto"})),
            json!("auto")
        );
        let nullable = json!({"oneOf": branches, "nullable": true, "default": 0});
        assert_eq!(default_of(nullable), json!(0));
        let (_, notes) = schema_after(super::PASS, json!({"oneOf": branches, "default": 0}));
        assert_eq!(
            (notes[0].rule, notes[0].effect),
            ("unwritten_defaults", crate::Effect::Dropped)
        );
        let (_, notes) = schema_after(super::PASS, json!({"oneOf": branches, "default": []}));
        assert_eq!(
            (notes[0].rule, notes[0].effect),
            ("defaults", crate::Effect::Widened)
        );
    }

    #[test]
    fn a_default_object_has_the_defaults_of_its_properties() {
        let schema = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"type": "string"}, "b": {"type": "integer", "default": 3}, "c": {"type": "boolean"}
        }, "default": {"a": "x"}});
        assert_eq!(default_of(schema), json!({"a": "x", "b": 3}));
    }
}
