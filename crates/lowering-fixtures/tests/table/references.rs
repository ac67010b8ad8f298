//! References: to parts, into places, to themselves, to nowhere.

use crate::support::*;

rows! {
    referenced_parts "parameters, bodies and responses are references" {
        sends!(|c| c.change().page(2).body(types::Value::new(1)), "POST /a?page=2 HTTP/1.1", body r#"{"id":1}"#);
    }
    references_into_places "references lead into a parameter and a property (P#799)" {
        same::<types::Value>(r#"{"size": "small", "other": {"first": "Ada"}}"#);
        refused::<types::Value>(r#"{"size": 1}"#);
    }
    recursive_types "a type contains itself, alone and in a list" {
        same::<types::Tree>(r#"{"name": "a", "parent": {"name": "b"}, "children": [{"name": "c"}]}"#);
    }
    all_of_itself "A8: `allOf` includes the schema itself" {
        same::<types::One>(r#"{"id": 1}"#);
    }
    all_of_in_a_circle "A8: two schemas include each other, so each has the properties of both" {
        same::<types::Two>(r#"{"two": "a", "three": "b"}"#);
        same::<types::Three>(r#"{"two": "a", "three": "b"}"#);
    }
    all_of_inside_a_union "A9: a branch has `allOf` of an object and its union" {
        same::<types::Union>(r#"{"kind": "left", "next": {"kind": "right", "extra": 1}}"#);
        same::<types::Union>(r#"{"kind": "right"}"#);
    }
    union_of_itself "B4: a union is a branch of itself" {
        same::<types::Text>(r#""a""#);
        refused::<types::Text>("1");
    }
    reference_to_itself "A21: a component is a reference to itself" {
        same::<types::Value>(r#"{"id": 1, "loop": {"any": "thing"}}"#);
    }
    reference_to_nowhere "a reference leads nowhere" {
        same::<types::Value>(r#"{"id": 1, "lost": ["any", "thing"]}"#);
    }
    reference_to_another_document "a reference leads out of the document" {
        same::<types::Value>(r#"{"id": 1, "far": "anything"}"#);
    }
}
