//! Names of the modules that hold one operation or one type each.
//!
//! A name depends on nothing but the thing's own name, so that adding something moves no file.

use heck::ToPascalCase;
use proc_macro2::Ident;
use quote::format_ident;

/// Names that a module must not have: it would shadow something that generated code uses.
const SHADOWING: [&str; 26] = [
    "alloc", "bool", "builder", "char", "core", "defaults", "error", "f32", "f64", "i128", "i16",
    "i32", "i64", "i8", "isize", "mod", "self", "std", "str", "types", "u128", "u16", "u32", "u64",
    "u8", "usize",
];

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 6] = ["aux", "com", "con", "lpt", "nul", "prn"];

/// Longer names are cut: file systems take 255 bytes for a name.
const LONGEST: usize = 100;

/// The module for what Rust calls `identity`; `snake` is its name in snake case.
///
/// Where several identities have one snake case (`Abc` and `ABC`), where the name is too long or not ASCII
/// (rustc finds no file for it), a hash of the identity makes the name distinct.
pub(super) fn module_name(snake: &str, identity: &str) -> Ident {
    let ascii: String = snake.chars().filter(char::is_ascii).take(LONGEST).collect();
    let has_own_snake_case = snake == identity || snake.to_pascal_case() == identity;
    if ascii != snake || !has_own_snake_case {
        let start = match ascii.trim_matches('_') {
            "" => "x",
            start => start,
        };
        return format_ident!("{start}_{:08x}", fnv(identity));
    }
    let is_device = DEVICES.contains(&snake.trim_end_matches(|c: char| c.is_ascii_digit()));
    if SHADOWING.contains(&snake) || is_device || syn::parse_str::<Ident>(snake).is_err() {
        return format_ident!("{snake}_");
    }
    format_ident!("{snake}")
}

/// FNV-1a, 32 bits: short, and the same on every machine and in every version.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::module_name;

    #[test]
    fn a_name_is_its_snake_case_unless_that_would_shadow_something() {
        for (snake, identity, expected) in [
            ("widget", "Widget", "widget"),
            ("get_user", "get_user", "get_user"),
            ("str", "Str", "str_"),
            ("type", "Type", "type_"),
            ("types", "Types", "types_"),
            ("com1", "Com1", "com1_"),
            ("nul", "Nul", "nul_"),
            ("common", "Common", "common"),
        ] {
            assert_eq!(module_name(snake, identity), expected);
        }
    }

    #[test]
    fn a_hash_tells_apart_what_snake_case_does_not() {
        let (one, other) = (
            module_name("abc", "Abc").to_string(),
            module_name("abc", "ABC").to_string(),
        );
        assert_eq!(one, "abc");
        assert!(other.starts_with("abc_") && other.len() == 12, "{other}");
    }

    #[test]
    fn names_that_are_long_or_not_ascii_become_names_of_files() {
        let long = "x".repeat(300);
        assert!(module_name(&long, &long).to_string().len() < 120);
        let foreign = module_name("größe", "Größe").to_string();
        assert!(
            foreign.is_ascii() && foreign.starts_with("gre_"),
            "{foreign}"
        );
        assert_ne!(foreign, module_name("gräe", "Gräe").to_string());
        assert!(module_name("名", "名").to_string().starts_with("x_"));
    }
}
