//! Names of components and properties.

use crate::support::*;

rows! {
    properties_that_clash "A15: properties that are one name in Rust" {
        same::<types::Value>(r#"{"@id": "a", "id": "b", "fooBar": 1, "foo_bar": 2}"#);
    }
    property_names "A15: `self`, `Self`, the empty name, and what is no name" {
        same::<types::Value>(r#"{"self": "a", "Self": "b", "": "c", "$": "d", "type": "e", "1st": "f"}"#);
    }
    components_that_clash "A16: components that are one name in Rust" {
        same::<types::Country>(r#"{"code": "de"}"#);
        same::<types::FooBar>(r#"{"b": 1}"#);
    }
    components_of_the_prelude "A11: components are called like what Rust imports" {
        same::<types::Option>(r#"{"b": {"c": ["Ok", "Err", "Some", "None"]}}"#);
        same::<types::Box>(r#"{"ok": "a"}"#);
        same::<types::Box>(r#"{"err": "a"}"#);
    }
}
