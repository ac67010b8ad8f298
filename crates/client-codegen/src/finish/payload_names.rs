//! Names for the branches of a union, made of the types that they hold.
//!
//! typify names all branches of a union by their positions as soon as one of them has no name, and cuts off what the
//! names of all have in common. So adding a branch would rename the others. Here each is named by its own type.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// What a branch may be called: `Cat` for the type `PetCat` of the union `Pet`, `PetCat` where that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PayloadName {
    short: String,
    full: String,
}

impl PayloadName {
    pub(super) fn new(name: &str, union: &str) -> Self {
        Self {
            short: without_prefix(name, union).to_owned(),
            full: name.to_owned(),
        }
    }

    /// The name of a branch that holds `ty`.
    pub(super) fn of(ty: &Type, union: &str) -> Self {
        Self {
            short: described(ty, Some(union)),
            full: described(ty, None),
        }
    }
}

/// One name per branch. Those that would be equal are the full ones; only branches of one and the same type have numbers.
pub(super) fn distinct(names: &[PayloadName]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(&name.short).or_default() += 1;
    }
    let wanted = names
        .iter()
        .map(|name| match counts.get(name.short.as_str()) {
            Some(1) => &name.short,
            _ => &name.full,
        });
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut free = |name: &String| {
        let numbered = (2_u32..).map(|number| format!("{name}{number}"));
        let name = std::iter::once(name.clone())
            .chain(numbered)
            .find(|name| !taken.contains(name))
            .unwrap_or_default();
        taken.insert(name.clone());
        name
    };
    wanted.map(&mut free).collect()
}

fn described(ty: &Type, union: Option<&str>) -> String {
    match ty {
        Type::Path(path) => match path.path.segments.last() {
            Some(segment) => of_path(segment, union),
            None => "Value".to_owned(),
        },
        Type::Array(array) => format!("{}Array", described(&array.elem, union)),
        Type::Tuple(tuple) if tuple.elems.is_empty() => "Null".to_owned(),
        Type::Tuple(_) => "Tuple".to_owned(),
        Type::Paren(inner) => described(&inner.elem, union),
        other => pascal(&other.to_token_stream().to_string()),
    }
}

fn of_path(segment: &PathSegment, union: Option<&str>) -> String {
    let name = segment.ident.to_string();
    let arguments = type_arguments(segment);
    match (name.as_str(), arguments.as_slice()) {
        ("Option" | "Box", [inner]) => described(inner, union),
        ("Vec", [inner]) => format!("{}Array", described(inner, union)),
        ("BTreeMap" | "HashMap" | "Map", [_, value]) => format!("{}Map", described(value, union)),
        ("i64", _) => "Integer".to_owned(),
        ("f64", _) => "Number".to_owned(),
        ("bool", _) => "Boolean".to_owned(),
        (name, _) if name.starts_with(char::is_lowercase) => pascal(name),
        (name, _) => union
            .map_or(name, |union| without_prefix(name, union))
            .to_owned(),
    }
}

fn type_arguments(segment: &PathSegment) -> Vec<&Type> {
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn pascal(name: &str) -> String {
    heck::ToPascalCase::to_pascal_case(name)
}

/// `Cat` of `PetCat`; all of `Petrol`, `Pet` and `Pet2`, of which no name would be left.
fn without_prefix<'n>(name: &'n str, prefix: &str) -> &'n str {
    match name.strip_prefix(prefix) {
        Some(rest) if rest.starts_with(char::is_uppercase) && rest != "Self" => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{PayloadName, distinct};

    fn names(union: &str, types: &[syn::Type]) -> Vec<String> {
        let names: Vec<PayloadName> = types.iter().map(|ty| PayloadName::of(ty, union)).collect();
        distinct(&names)
    }

    #[test]
    fn a_branch_is_named_by_its_type() {
        let types: [syn::Type; 13] = [
            parse_quote!(PetCat),
            parse_quote!(::std::boxed::Box<House>),
            parse_quote!(Pet2),
            parse_quote!(::std::string::String),
            parse_quote!(i64),
            parse_quote!(f64),
            parse_quote!(bool),
            parse_quote!(u8),
            parse_quote!(::std::vec::Vec<PetCat>),
            parse_quote!(::std::collections::BTreeMap<::std::string::String, i64>),
            parse_quote!(::std::option::Option<::uuid::Uuid>),
            parse_quote!(::chrono::DateTime<::chrono::offset::Utc>),
            parse_quote!(()),
        ];
        assert_eq!(
            names("Pet", &types),
            [
                "Cat",
                "House",
                "Pet2",
                "String",
                "Integer",
                "Number",
                "Boolean",
                "U8",
                "CatArray",
                "IntegerMap",
                "Uuid",
                "DateTime",
                "Null"
            ]
        );
    }

    #[test]
    fn equal_names_are_written_in_full() {
        let types: [syn::Type; 4] = [
            parse_quote!(PetCat),
            parse_quote!(Cat),
            parse_quote!(Dog),
            parse_quote!(::std::string::String),
        ];
        assert_eq!(names("Pet", &types), ["PetCat", "Cat", "Dog", "String"]);
    }

    #[test]
    fn one_type_twice_has_numbers() {
        let types: [syn::Type; 3] = [parse_quote!(A), parse_quote!(i64), parse_quote!(A)];
        assert_eq!(names("U", &types), ["A", "Integer", "A2"]);
    }
}
