//! Names for the branches of a union, made of the types that they hold.
//!
//! typify names all branches of a union by their positions as soon as one of them has no name, and cuts off what the
//! names of all have in common. So adding a branch would rename the others. Here each is named by its own type:
//!
//! * `String`, `Integer` and so on are JSON's types, or what a format makes of them.
//! * A type whose name starts with the union's has the rest of it: `Cat` for `PetCat` in `Pet`. Most such types are made
//!   for the branch and have no other name.
//! * Every other type of the client has its whole name, a list of it that with `Array`, a map `Map`.
//! * A type of the client whose name would be one of the first gets [`SUFFIX`], whatever stands beside it.
//!
//! Only where two branches of different types would still be called alike, what comes first in this list keeps its name
//! and the other one gets the suffix.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToSnakeCase};
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, PathSegment, Type, TypePath};

/// What is appended to a name that is not free.
const SUFFIX: &str = "Type";

/// Names that types of the client do not get: those of types that are none of its own, and a word of Rust.
const RESERVED: &[&str] = &[
    "Boolean",
    "Date",
    "DateTime",
    "F32",
    "I16",
    "I32",
    "I8",
    "Integer",
    "IpAddr",
    "Ipv4Addr",
    "Ipv6Addr",
    "Null",
    "Number",
    "PositiveU16",
    "PositiveU32",
    "PositiveU64",
    "PositiveU8",
    "Self",
    "String",
    "Time",
    "Tuple",
    "U16",
    "U32",
    "U64",
    "U8",
    "Uuid",
    "Value",
];

/// What gives a branch its name. Of two that are equal the first keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// A type that is none of the client's.
    Foreign,
    /// A type of the client that is named after the union.
    Own,
    /// A list or a map.
    Container,
    /// Any other type of the client.
    Component,
}

/// What a branch should be called, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PayloadName {
    name: String,
    source: Source,
    /// Two branches of one source: a list of `PetCat` comes before one of `Cat`.
    inner: Source,
    payload: String,
}

impl PayloadName {
    /// The name of a branch that has fields and no type.
    pub(super) fn of_fields(name: &str, payload: &impl ToTokens) -> Self {
        Self {
            name: unreserved(name),
            source: Source::Own,
            inner: Source::Own,
            payload: payload.to_token_stream().to_string(),
        }
    }

    /// The name of a branch that holds nothing.
    pub(super) fn null() -> Self {
        Self::foreign("Null")
    }

    /// The name of a branch that holds several values.
    pub(super) fn tuple() -> Self {
        Self::foreign("Tuple")
    }

    fn foreign(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            source: Source::Foreign,
            inner: Source::Foreign,
            payload: name.to_owned(),
        }
    }

    /// The name of a branch that holds `ty`.
    pub(super) fn of(ty: &Type, union: &str) -> Self {
        Self {
            payload: ty.to_token_stream().to_string(),
            ..described(ty, union)
        }
    }

    /// The same for a field.
    pub(super) fn in_snake_case(mut self) -> Self {
        self.name = self.name.to_snake_case();
        self
    }
}

/// One name per branch; only branches of one and the same type have numbers. `taken` is what no branch may be called.
pub(super) fn distinct(names: &[PayloadName], taken: &BTreeSet<String>) -> Vec<String> {
    let is_again = |position: usize| {
        let one = &names[position];
        names[..position]
            .iter()
            .any(|before| before.payload == one.payload)
    };
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|position| {
        let one = &names[*position];
        (is_again(*position), one.source, one.inner, *position)
    });
    let mut by_name: BTreeMap<String, &str> = taken.iter().map(|name| (name.clone(), "")).collect();
    let mut result = vec![String::new(); names.len()];
    for position in order {
        let one = &names[position];
        let name = match by_name.get(&one.name) {
            Some(payload) if *payload != one.payload => suffixed(&one.name),
            _ => one.name.clone(),
        };
        let numbered = (2_u32..).map(|number| format!("{name}{number}"));
        let name = std::iter::once(name.clone())
            .chain(numbered)
            .find(|name| !by_name.contains_key(name))
            .unwrap_or_default();
        by_name.insert(name.clone(), &one.payload);
        result[position] = name;
    }
    result
}

/// In the case of the name, which is that of a variant or of a field.
fn suffixed(name: &str) -> String {
    if name.starts_with(char::is_uppercase) {
        format!("{name}{SUFFIX}")
    } else {
        format!("{name}_{}", SUFFIX.to_lowercase())
    }
}

fn unreserved(name: &str) -> String {
    if RESERVED.contains(&name) {
        suffixed(name)
    } else {
        name.to_owned()
    }
}

fn described(ty: &Type, union: &str) -> PayloadName {
    match ty {
        Type::Path(path) => of_path(path, union),
        Type::Array(array) => container(described(&array.elem, union), "Array"),
        Type::Tuple(tuple) if tuple.elems.is_empty() => PayloadName::null(),
        Type::Tuple(_) => PayloadName::tuple(),
        Type::Paren(inner) => described(&inner.elem, union),
        other => PayloadName::foreign(&other.to_token_stream().to_string().to_pascal_case()),
    }
}

fn container(of: PayloadName, kind: &str) -> PayloadName {
    PayloadName {
        name: format!("{}{kind}", of.name),
        source: Source::Container,
        ..of
    }
}

fn of_path(path: &TypePath, union: &str) -> PayloadName {
    let Some(segment) = path.path.segments.last() else {
        return PayloadName::foreign("Value");
    };
    let name = segment.ident.to_string();
    // Types of the client are written without a path.
    if path.path.leading_colon.is_none() && name.starts_with(char::is_uppercase) {
        return of_ours(&name, union);
    }
    match (name.as_str(), type_arguments(segment).as_slice()) {
        ("Option" | "Box", [inner]) => described(inner, union),
        ("Vec", [inner]) => container(described(inner, union), "Array"),
        ("BTreeMap" | "HashMap" | "Map", [_, value]) => container(described(value, union), "Map"),
        ("i64", _) => PayloadName::foreign("Integer"),
        ("f64", _) => PayloadName::foreign("Number"),
        ("bool", _) => PayloadName::foreign("Boolean"),
        // Formats are called as documents call them, not as libraries do.
        (name, _) => match (name.strip_prefix("Naive"), name.strip_prefix("NonZero")) {
            (Some(rest), _) => PayloadName::foreign(rest),
            (_, Some(rest)) => PayloadName::foreign(&format!("Positive{rest}")),
            _ => PayloadName::foreign(&name.to_pascal_case()),
        },
    }
}

fn of_ours(name: &str, union: &str) -> PayloadName {
    let (name, source) = match name.strip_prefix(union) {
        // All of `Petrol` and `Pet2` in `Pet`, of which no name would be left.
        Some(rest) if rest.starts_with(char::is_uppercase) => (rest, Source::Own),
        _ => (name, Source::Component),
    };
    PayloadName {
        name: unreserved(name),
        source,
        inner: source,
        payload: String::new(),
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use syn::parse_quote;

    use super::{PayloadName, distinct};

    fn names(union: &str, types: &[syn::Type]) -> Vec<String> {
        let names: Vec<PayloadName> = types.iter().map(|ty| PayloadName::of(ty, union)).collect();
        distinct(&names, &BTreeSet::new())
    }

    #[test]
    fn a_branch_is_named_by_its_type() {
        let rows: [(syn::Type, &str); 17] = [
            (parse_quote!(PetCat), "Cat"),
            (parse_quote!(::std::boxed::Box<House>), "House"),
            (parse_quote!(Pet2), "Pet2"),
            (parse_quote!(Petrol), "Petrol"),
            (parse_quote!(::std::string::String), "String"),
            (parse_quote!(i64), "Integer"),
            (parse_quote!(f64), "Number"),
            (parse_quote!(bool), "Boolean"),
            (parse_quote!(u8), "U8"),
            (parse_quote!(::std::num::NonZeroU64), "PositiveU64"),
            (parse_quote!(::std::vec::Vec<PetCat>), "CatArray"),
            (
                parse_quote!(::std::collections::BTreeMap<::std::string::String, i64>),
                "IntegerMap",
            ),
            (parse_quote!(::std::option::Option<::uuid::Uuid>), "Uuid"),
            (
                parse_quote!(::chrono::DateTime<::chrono::offset::Utc>),
                "DateTime",
            ),
            (parse_quote!(::chrono::naive::NaiveDate), "Date"),
            (parse_quote!(::std::net::Ipv4Addr), "Ipv4Addr"),
            (parse_quote!(()), "Null"),
        ];
        let (types, expected): (Vec<syn::Type>, Vec<&str>) = rows.into_iter().unzip();
        assert_eq!(names("Pet", &types), expected);
    }

    #[test]
    fn what_is_named_after_the_union_keeps_its_short_name() {
        for (types, expected) in [
            (vec!["PetCat", "Dog"], vec!["Cat", "Dog"]),
            (vec!["PetCat", "Dog", "Cat"], vec!["Cat", "Dog", "CatType"]),
            (vec!["Cat", "PetCat"], vec!["CatType", "Cat"]),
            (
                vec!["::std::vec::Vec<Cat>", "::std::vec::Vec<PetCat>"],
                vec!["CatArrayType", "CatArray"],
            ),
            (
                vec!["CatArray", "::std::vec::Vec<Cat>"],
                vec!["CatArrayType", "CatArray"],
            ),
        ] {
            let types: Vec<syn::Type> = types
                .into_iter()
                .map(|ty| syn::parse_str(ty).unwrap())
                .collect();
            assert_eq!(names("Pet", &types), expected);
        }
    }

    #[test]
    fn names_of_other_types_are_not_for_ours_even_where_they_are_free() {
        let types: [syn::Type; 5] = [
            parse_quote!(PetString),
            parse_quote!(Integer),
            parse_quote!(Date),
            parse_quote!(PetSelf),
            parse_quote!(::std::vec::Vec<PetString>),
        ];
        assert_eq!(
            names("Pet", &types),
            [
                "StringType",
                "IntegerType",
                "DateType",
                "SelfType",
                "StringTypeArray"
            ]
        );
    }

    #[test]
    fn one_type_twice_has_numbers() {
        let types: [syn::Type; 3] = [parse_quote!(A), parse_quote!(i64), parse_quote!(A)];
        assert_eq!(names("U", &types), ["A", "Integer", "A2"]);
    }

    #[test]
    fn fields_are_distinct_as_fields() {
        let names: Vec<PayloadName> = ["AB", "Ab", "UOwn"]
            .iter()
            .map(|name| PayloadName::of(&syn::parse_str(name).unwrap(), "U").in_snake_case())
            .collect();
        let taken = BTreeSet::from(["own".to_owned()]);
        assert_eq!(distinct(&names, &taken), ["ab", "ab_type", "own_type"]);
    }
}
