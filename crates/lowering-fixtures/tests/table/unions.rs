//! Unions.

use crate::support::*;

rows! {
    discriminator "T#498: a tag decides, by a mapping to references and names" {
        is::<types::Pet>(r#"{"kind": "cat", "name": "a"}"#, "Cat");
        is::<types::Pet>(r#"{"kind": "dog", "name": "a"}"#, "Dog");
        is::<types::Pet>(r#"{"kind": "bird", "wings": 2}"#, "Unknown");
    }
    discriminator_with_objects "a mapping has references as objects" {
        is::<types::Pet>(r#"{"kind": "a cat"}"#, "Cat");
        is::<types::Pet>(r#"{"kind": "a dog"}"#, "Dog");
    }
    discriminator_of_a_base "P#1252: branches include their union" {
        is::<types::Pet>(r#"{"kind": "cat", "name": "a", "lives": 9}"#, "Cat");
        is::<types::Pet>(r#"{"kind": "dog", "breed": "b"}"#, "Dog");
    }
    constant_tags "constants tell branches apart" {
        is::<types::Event>(r#"{"type": "started", "at": 1}"#, "Started");
        is::<types::Event>(r#"{"type": "stopped", "at": 1}"#, "Stopped");
    }
    branch_of_optional_properties "B3: a branch that requires nothing does not swallow the others" {
        is::<types::Found>(r#"{"id": 1, "note": "a"}"#, "Strict");
        is::<types::Found>(r#"{"note": "a"}"#, "Loose");
    }
    branches_that_only_require "B1: branches that only say what is required" {
        same::<types::Value>(r#"{"id": 1, "name": "a", "note": "b"}"#);
    }
    one_of_and_any_of "A6: `oneOf` and `anyOf` together" {
        same::<types::Value>(r#""a""#);
        same::<types::Value>("1");
    }
    one_of_and_any_of_objects "A6: objects are of a branch of each of two unions" {
        same::<types::Value>(r#"{"kind": "card", "number": "1", "email": "a"}"#);
        same::<types::Value>(r#"{"kind": "bank", "iban": "1", "phone": "2"}"#);
    }
    any_of_objects "`anyOf` of objects that may hold together" {
        same::<types::Value>(r#"{"width": 1, "height": 2}"#);
        same::<types::Value>(r#"{"height": 2}"#);
    }
    null_as_a_nullable_branch "B9: a branch that is only `nullable` is null" {
        same::<types::Value>(r#"{"name": null}"#);
        refused::<types::Value>(r#"{"name": 1}"#);
    }
    branches_of_one_key "A10: closed objects whose keys are one name in Rust" {
        same::<types::Value>(r#"{"a-b": "x"}"#);
        same::<types::Value>(r#"{"a_b": "x"}"#);
    }
    unions_of_scalars "a union of a time, a text, a number and a list" {
        for json in [r#""2026-03-01T09:30:00Z""#, r#""a""#, "1", r#"["a"]"#] {
            same::<types::Value>(json);
        }
    }
    branches_told_apart_by_patterns "what a branch allows says which one it is; elsewhere it is for the docs" {
        same::<types::Found>(r#"{"id": "u-1", "sizes": [1, "xl"]}"#);
        same::<types::Found>(r#"{"id": "t-1", "sizes": []}"#);
        let id: types::Id = serde_json::from_str(r#""t-1""#).unwrap();
        assert!(!matches!(id, types::Id::UserId(_)));
        refused::<types::Id>(r#""x-1""#);
    }
}
