//! The names that progenitor and typify make of a document's names.
//!
//! Both use heck with the same clean-up around it, so this is not a guess: two names that are equal here are one name
//! in the generated code.

use heck::{ToPascalCase, ToSnakeCase};

/// Characters that may stand in a Rust identifier. Close enough to XID_Continue to tell separators from letters.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn cleaned(input: &str) -> String {
    match input {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => input
            .replace('\'', "")
            .replace(|character| !is_word(character), "-"),
    }
}

/// The type name that typify makes of a component name.
pub(crate) fn type_name(input: &str) -> String {
    let name = cleaned(input).to_pascal_case();
    match name.chars().next() {
        None => "X".to_owned(),
        Some(first) if first.is_alphabetic() => {
            if name == "Self" {
                "Self_".to_owned()
            } else {
                name
            }
        }
        Some(_) => format!("X{name}"),
    }
}

/// The method name that progenitor makes of an operationId, without the underscore that it appends to keywords.
pub(crate) fn method_name(input: &str) -> String {
    let name = cleaned(input).to_snake_case();
    match name.chars().next() {
        None => "x".to_owned(),
        Some(first) if first.is_alphabetic() => name,
        Some(_) => format!("_{name}"),
    }
}

/// Words of a name in Pascal case, for building a name out of several parts; may be empty.
pub(crate) fn pascal(input: &str) -> String {
    cleaned(input).to_pascal_case()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_generator() {
        assert_eq!(type_name("foo_bar"), "FooBar");
        assert_eq!(type_name("foo.bar-baz"), "FooBarBaz");
        assert_eq!(type_name("3d"), "X3d");
        assert_eq!(type_name(""), "X");
        assert_eq!(type_name("self"), "Self_");
        assert_eq!(method_name("getFoo"), "get_foo");
        assert_eq!(method_name("get /users/{id}"), "get_users_id");
    }
}
