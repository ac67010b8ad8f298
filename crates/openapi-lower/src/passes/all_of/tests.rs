use serde_json::{Value, json};

use crate::passes::testing::{brief, document_after, marked_after};
use crate::report::{Effect, Note};

fn part(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn after(schemas: Value) -> (Value, Vec<Note>) {
    let document = json!({"openapi": "3.0.0", "components": {"schemas": schemas}});
    let (mut document, notes) = document_after(super::PASS, document);
    (document["components"]["schemas"].take(), notes)
}

fn object(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

fn effects(notes: &[Note]) -> Vec<Effect> {
    notes.iter().map(|note| note.effect).collect()
}

#[test]
fn parts_are_one_schema() {
    let (schemas, notes) = after(json!({
        "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "n": {"type": "number", "minimum": 1}}},
        "Child": {"description": "d", "allOf": [
            part("Base"),
            {"required": ["n"], "properties": {"n": {"type": "integer", "minimum": 0, "description": "own"}, "b": {"type": "boolean"}}}
        ]},
        "Same": {"allOf": [part("Base")], "description": "stays a reference"}
    }));
    assert_eq!(
        schemas["Child"],
        json!({"description": "d", "type": "object", "required": ["id", "n"], "properties": {
            "id": {"type": "string"}, "n": {"type": "integer", "minimum": 1, "description": "own"}, "b": {"type": "boolean"}
        }})
    );
    assert_eq!(schemas["Same"]["allOf"], json!([part("Base")]));
    assert_eq!(
        brief(&notes),
        [("/components/schemas/Child/allOf", Effect::Exact)]
    );
}

#[test]
fn the_flag_of_a_bound_is_that_of_the_bound_that_counts() {
    let above = json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true});
    let below = json!({"type": "integer", "maximum": 256, "exclusiveMaximum": true});
    let (schemas, _) = after(json!({
        "Other": {"allOf": [above, {"minimum": 10}]},
        "Same": {"allOf": [above, {"minimum": 0.0}]},
        "Flagged": {"allOf": [{"type": "integer", "minimum": -1}, above]},
        "Below": {"allOf": [below, {"maximum": 255}]},
    }));
    assert_eq!(schemas["Other"], json!({"type": "integer", "minimum": 10}));
    assert_eq!(schemas["Same"], above);
    assert_eq!(schemas["Flagged"], above);
    assert_eq!(schemas["Below"], json!({"type": "integer", "maximum": 255}));
}

#[test]
fn what_contradicts_is_what_the_last_one_says() {
    let (schemas, notes) = after(json!({
        "Base": object(json!({"v": {"type": "string"}, "k": {"type": "string", "enum": ["a", "b"]}})),
        "Child": {"allOf": [part("Base"), object(json!({"v": {"type": "integer"}, "k": {"type": "string", "enum": ["c"]}}))]},
        "Text": {"allOf": [{"type": "string", "enum": ["x"]}, {"type": "object"}]},
    }));
    assert_eq!(
        schemas["Child"]["properties"]["v"],
        json!({"type": "integer"})
    );
    assert_eq!(
        schemas["Child"]["properties"]["k"],
        json!({"type": "string", "enum": ["c"]})
    );
    assert_eq!(schemas["Text"], json!({"type": "string", "enum": ["x"]}));
    let widened = effects(&notes)
        .into_iter()
        .filter(|effect| *effect == Effect::Widened);
    assert_eq!(widened.count(), 3);
}

#[test]
fn values_that_have_stand_ins_are_compared_as_they_are_on_the_wire() {
    let flags = |values: Value| {
        let names: Vec<&String> = values.as_object().unwrap().keys().collect();
        json!({"type": "string", "enum": names, "x-openapi-lower": {"values": values}})
    };
    let (schemas, notes) = after(json!({
        "Base": object(json!({"stream": {"type": "boolean"}, "level": flags(json!({"Value1": 1, "Value2": 2}))})),
        "Child": {"allOf": [part("Base"), object(json!({
            "stream": flags(json!({"True": true})), "level": flags(json!({"Low": 1.0, "High": 3}))
        }))]},
    }));
    assert_eq!(schemas["ChildStream"], flags(json!({"True": true})));
    assert_eq!(schemas["ChildLevel"]["enum"], json!(["Low"]));
    assert_eq!(effects(&notes), [Effect::Exact]);
}

#[test]
fn closed_parts_are_closed_together() {
    let closed = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}, "additionalProperties": false});
    let (schemas, notes) = after(json!({
        "Both": {"allOf": [closed("a"), closed("b")]},
        "One": {"allOf": [closed("a"), object(json!({"b": {}}))]},
        "Knows": {"allOf": [closed("a"), object(json!({"a": {"maxLength": 3}}))]},
    }));
    assert_eq!(schemas["Both"]["additionalProperties"], json!(false));
    assert_eq!(schemas["One"].get("additionalProperties"), None);
    assert_eq!(schemas["Knows"]["additionalProperties"], json!(false));
    assert_eq!(schemas["KnowsA"], json!({"type": "string", "maxLength": 3}));
    let widened = effects(&notes)
        .into_iter()
        .filter(|effect| *effect == Effect::Widened);
    assert_eq!(widened.count(), 2);
}

#[test]
fn a_property_of_two_types_is_a_type_of_its_own_or_the_one_that_is_both() {
    let (schemas, _) = after(json!({
        "Kind": {"type": "string", "enum": ["a", "b", "c"]},
        "Some": {"type": "string", "enum": ["b", "c", "d"]},
        "Narrow": {"type": "string", "enum": ["a"]},
        "A": object(json!({"k": part("Kind"), "n": part("Kind"), "s": {"type": "string"}})),
        "B": {"allOf": [part("A"), object(json!({"k": part("Some"), "n": part("Narrow"), "s": part("Kind")}))]},
    }));
    assert_eq!(
        schemas["B"]["properties"],
        json!({"k": part("BK"), "n": part("Narrow"), "s": part("Kind")})
    );
    assert_eq!(schemas["BK"], json!({"type": "string", "enum": ["b", "c"]}));
}

#[test]
fn objects_that_contain_themselves_are_merged_once() {
    let (schemas, _) = after(json!({
        "A": object(json!({"next": part("A"), "a": {"type": "string"}})),
        "B": object(json!({"next": part("B"), "b": {"type": "string"}})),
        "C": {"allOf": [part("A"), part("B")]},
    }));
    assert_eq!(schemas["C"]["properties"]["next"], part("CNext"));
    assert_eq!(schemas["CNext"]["properties"]["next"], part("CNext"));
    assert_eq!(schemas.as_object().unwrap().len(), 4);
}

#[test]
fn null_is_fine_only_if_it_is_with_all_parts() {
    let nullable = json!({"type": "string", "nullable": true});
    let (schemas, _) = after(json!({
        "A": object(json!({"a": nullable, "b": nullable, "c": nullable})),
        "B": {"allOf": [part("A"), object(json!({
            "a": {"type": "string", "maxLength": 1}, "b": {"type": "string", "maxLength": 1, "nullable": true},
            "c": {"description": "says nothing about values"}
        }))]},
    }));
    let is_nullable = |name: &str| {
        let property = &schemas["B"]["properties"][name];
        property.get("nullable").cloned()
    };
    assert_eq!(is_nullable("a"), None);
    assert_eq!(is_nullable("b"), Some(json!(true)));
    assert_eq!(is_nullable("c"), Some(json!(true)));
}

#[test]
fn null_alone_is_no_object() {
    let (schemas, notes) = after(json!({
        "Nothing": {"enum": [null]},
        "A": {"allOf": [part("Nothing"), object(json!({"a": {"type": "string"}}))]},
    }));
    assert_eq!(schemas["A"].get("enum"), None);
    assert!(effects(&notes).contains(&Effect::Widened));
}

#[test]
fn each_branch_of_a_union_is_merged_with_what_stands_beside_it() {
    let tagged = |tag: &str| json!({"type": "object", "required": ["t"], "properties": {"t": {"type": "string", "enum": [tag]}}});
    let (schemas, notes) = after(json!({
        "Cat": tagged("cat"), "Dog": tagged("dog"), "Cow": tagged("cow"), "Word": {"type": "string"},
        "Pet": {"oneOf": [part("Cat"), part("Dog"), part("Cow"), part("Word")],
                "discriminator": {"propertyName": "t", "mapping": {"cat": part("Cat")["$ref"]}}},
        "Named": {"allOf": [part("Pet"), {"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string"}, "t": {"type": "string", "enum": ["cat", "dog"]}
        }}]},
        "Again": {"allOf": [part("Pet"), {"type": "object"}]},
    }));
    assert_eq!(
        schemas["Named"]["oneOf"],
        json!([part("NamedCat"), part("NamedDog")])
    );
    assert_eq!(
        schemas["Named"]["discriminator"]["mapping"]["cat"],
        part("NamedCat")["$ref"]
    );
    assert_eq!(
        schemas["NamedDog"]["properties"],
        json!({"name": {"type": "string"}, "t": part("NamedDogT")})
    );
    assert_eq!(schemas["Again"]["oneOf"].as_array().map(Vec::len), Some(4));
    assert!(effects(&notes).contains(&Effect::Widened));
}

#[test]
fn what_parts_say_to_readers_is_said_of_the_whole() {
    let (schemas, notes) = after(json!({
        "A": {"type": "object", "description": "the A", "properties": {"a": {}}},
        "B": {"title": "whole", "allOf": [
            part("A"),
            {"type": "object", "description": "first", "example": {"b": 1}, "properties": {"b": {}}},
            {"type": "object", "description": "last", "title": "part", "deprecated": true, "properties": {"c": {}}},
        ]},
    }));
    assert_eq!(
        schemas["B"],
        json!({"title": "whole", "description": "last", "deprecated": true, "example": {"b": 1},
            "type": "object", "properties": {"a": {}, "b": {}, "c": {}}})
    );
    let at = "/components/schemas/B/allOf";
    assert_eq!(
        brief(&notes),
        [
            (at, Effect::Exact),
            (format!("{at}/2/title").as_str(), Effect::Dropped),
            (format!("{at}/1/description").as_str(), Effect::Dropped),
        ]
    );
}

#[test]
fn a_default_of_a_part_is_one_of_the_whole_where_it_is_only_said() {
    let schema =
        json!({"allOf": [{"type": "string", "maxLength": 4}, {"type": "string", "default": "a"}]});
    let document = json!({"openapi": "3.0.0", "components": {"schemas": {"S": schema}}});
    let (with, ..) = marked_after(&[super::PASS], document.clone());
    assert_eq!(with["components"]["schemas"]["S"]["default"], "a");
    let (without, notes) = document_after(super::PASS, document);
    let schema = &without["components"]["schemas"]["S"];
    assert_eq!(schema, &json!({"type": "string", "maxLength": 4}));
    assert_eq!(effects(&notes), [Effect::Exact, Effect::Dropped]);
}

#[test]
fn a_branch_that_is_merged_keeps_what_it_says_to_readers() {
    let mut first = object(json!({"a": {}}));
    first["description"] = json!("first");
    let mut second = object(json!({"b": {}}));
    second["description"] = json!("second");
    let (schemas, _) = after(json!({
        "First": first, "Union": {"oneOf": [part("First"), second]},
        "Both": {"allOf": [part("Union"), {"type": "object", "properties": {"id": {}}}]},
    }));
    let described: Vec<&str> = schemas["Both"]["oneOf"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|branch| {
            let name = crate::refs::target_of(branch)?;
            schemas[name]["description"].as_str()
        })
        .collect();
    assert_eq!(described, ["first", "second"]);
}

#[test]
fn parts_that_include_each_other_end() {
    let (schemas, _) = after(json!({
        "A": {"allOf": [part("B"), object(json!({"a": {}}))]},
        "B": {"allOf": [part("A"), object(json!({"b": {}}))]},
    }));
    assert_eq!(schemas["A"]["properties"], json!({"a": {}, "b": {}}));
}

/// As many unions of objects as `counts`, with so many branches.
fn unions(counts: &[usize]) -> Vec<Value> {
    let union = |(number, count): (usize, &usize)| {
        let branch = |branch| {
            let name = format!("u{number}b{branch}");
            json!({"type": "object", "required": [&name], "properties": {&name: {"type": "string"}}})
        };
        json!({"oneOf": (0..*count).map(branch).collect::<Vec<_>>()})
    };
    counts.iter().enumerate().map(union).collect()
}

#[test]
fn unions_that_are_too_many_to_multiply_are_left_out() {
    let (schemas, notes) = after(json!({"A": {"allOf": unions(&[4, 4, 4, 4, 4, 4, 4, 4])}}));
    let branches = schemas["A"]["oneOf"].as_array().unwrap();
    assert_eq!(branches.len(), 4);
    let products = schemas.as_object().unwrap().len();
    assert!((256..1000).contains(&products), "{products}");
    let widened: Vec<&str> = notes
        .iter()
        .filter(|note| note.effect == Effect::Widened)
        .map(|note| note.pointer.as_str())
        .collect();
    assert_eq!(
        widened,
        [4, 5, 6, 7].map(|part| format!("/components/schemas/A/allOf/{part}"))
    );
}

/// So many components, each with what `parts` says about its number.
fn ring(count: usize, parts: impl Fn(usize) -> Vec<usize>) -> Value {
    let schema = |number: usize| {
        let own = object(json!({
            format!("own{number}"): {"type": "string"},
            "next": part(&format!("S{}", (number * 7 + 3) % count))
        }));
        let parts = parts(number).into_iter();
        let mut all: Vec<Value> = parts
            .map(|other| part(&format!("S{}", other % count)))
            .collect();
        all.push(own);
        (format!("S{number}"), json!({"allOf": all}))
    };
    (0..count).map(schema).collect()
}

#[test]
fn components_that_include_each_other_come_to_an_end() {
    for parts in [
        |number: usize| vec![number + 1],
        |number: usize| vec![number + 1, number + 2],
    ] {
        let (schemas, _) = after(ring(60, parts));
        let all = schemas["S0"]["properties"].as_object().unwrap();
        assert_eq!(all.len(), 61);
    }
}
