//! The names that progenitor and typify make of a document's names.
//!
//! Both use heck with the same clean-up around it, so this is not a guess: two names that are equal here are one name
//! in the generated code.

mod characters;

use heck::{ToPascalCase, ToSnakeCase};
use unicode_ident::{is_xid_continue, is_xid_start};

pub(crate) use self::characters::CHARACTERS;

fn cleaned(input: &str) -> String {
    match input {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => input
            .replace('\'', "")
            .replace(|character| !is_xid_continue(character), "-"),
    }
}

/// The type name that typify makes of a component name.
pub(crate) fn type_name(input: &str) -> String {
    let name = cleaned(input).to_pascal_case();
    match name.chars().next() {
        None => "X".to_owned(),
        Some(first) if is_xid_start(first) => {
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
        Some(first) if is_xid_start(first) => name,
        Some(_) => format!("_{name}"),
    }
}

/// The field that typify makes of a property, without the underscore that it appends to keywords.
pub(crate) fn field_name(input: &str) -> String {
    let name = cleaned(input).to_snake_case();
    match name.chars().next() {
        None => "x".to_owned(),
        Some(first) if is_xid_start(first) => name,
        Some(_) => format!("x{name}"),
    }
}

/// `foo[bar]` as `foo open bar close`, `fooBar` as `foo camel bar`.
pub(crate) fn spelled(name: &str) -> String {
    let mut words = String::new();
    let mut before_lower = false;
    for character in name.chars() {
        let word = match character {
            '[' => "open",
            ']' => "close",
            '*' => "star",
            other => match CHARACTERS.iter().find(|(known, _)| *known == other) {
                Some((_, word)) => word,
                None => {
                    if before_lower && other.is_uppercase() {
                        words.push_str(" camel ");
                    }
                    before_lower = other.is_lowercase();
                    words.push(other);
                    continue;
                }
            },
        };
        before_lower = false;
        words.push(' ');
        words.push_str(word);
        words.push(' ');
    }
    words
}

/// Names to try one after the other, then `base` with a number, of which there is no end.
pub(crate) fn numbered(
    names: impl IntoIterator<Item = String>,
    base: String,
) -> impl Iterator<Item = String> {
    let numbers = (2_u32..).map(move |number| format!("{base}_{number}"));
    names.into_iter().chain(numbers)
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
        assert_eq!(field_name("@id"), "id");
        assert_eq!(field_name("1st"), "x1st");
        assert_eq!(field_name("$"), "x");
        // A superscript is a number, but no part of a Rust name.
        assert_eq!(field_name("m²"), "m");
    }

    #[test]
    fn what_stands_between_words_is_spelled() {
        assert_eq!(method_name(&spelled("a[b]")), "a_open_b_close");
        assert_eq!(method_name(&spelled("aB.c")), "a_camel_b_dot_c");
        assert_eq!(
            method_name(&spelled("a(b)")),
            "a_left_parenthesis_b_right_parenthesis"
        );
    }
}
