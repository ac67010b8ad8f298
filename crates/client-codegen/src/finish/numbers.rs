//! Lets fields read numbers that are written in another way than the document says: integers with a fraction of zero, and,
//! where the manifest says so, numbers in texts.

use std::collections::BTreeSet;

use syn::{
    Field, GenericArgument, Ident, ItemEnum, Path, PathArguments, Type, Variant, parse_quote,
};

use super::fields::set_serde_arguments;
use super::parts::{MAPS, only_field, only_type_argument, serde_arguments, standard};

const INTEGERS: &[&str] = &["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
const DECIMALS: &[&str] = &["f32", "f64"];
const NON_ZERO: &[&str] = &["NonZeroU8", "NonZeroU16", "NonZeroU32", "NonZeroU64"];

/// Rewrites a field; `in_texts` is whether numbers may be in texts.
pub(super) fn read(field: &mut Field, in_texts: bool) {
    let mut arguments = serde_arguments(&field.attrs);
    let has = |name: &str| {
        arguments
            .iter()
            .any(|argument| argument.path().is_ident(name))
    };
    if has("flatten")
        || has("with")
        || has("deserialize_with")
        || !holds_numbers(&field.ty, in_texts)
    {
        return;
    }
    let with = if in_texts {
        "numbers_or_texts"
    } else {
        "integers"
    };
    let with = format!("::client_runtime::{with}");
    // serde lets a field of an option be absent only while it reads it by itself.
    if standard(&field.ty, &["Option"]) && !has("default") {
        arguments.push(parse_quote!(default));
    }
    arguments.push(parse_quote!(deserialize_with = #with));
    set_serde_arguments(&mut field.attrs, &arguments);
}

/// Rewrites an enum of branches that serde tries in their order.
pub(super) fn read_in_branches(item: &mut ItemEnum) {
    let integers = integer_branches(item);
    for variant in &mut item.variants {
        let mut arguments = serde_arguments(&variant.attrs);
        if integers.contains(&variant.ident) && arguments.is_empty() {
            arguments.push(parse_quote!(
                deserialize_with = "::client_runtime::integers"
            ));
            set_serde_arguments(&mut variant.attrs, &arguments);
        }
    }
}

/// The branches of a union that are integers, or hold nothing else; none if another one is decimals, which takes any number.
/// What is in a text stays a text to a union.
pub(super) fn integer_branches(item: &ItemEnum) -> BTreeSet<Ident> {
    let holds = |variant: &Variant, in_texts| {
        only_field(&variant.fields).is_some_and(|ty| holds_numbers(ty, in_texts))
    };
    let (integers, others): (Vec<&Variant>, Vec<&Variant>) = item
        .variants
        .iter()
        .partition(|variant| holds(variant, false));
    if others.iter().any(|variant| holds(variant, true)) {
        return BTreeSet::new();
    }
    integers
        .iter()
        .map(|variant| variant.ident.clone())
        .collect()
}

/// Whether a type is one of numbers that may be written otherwise, or holds nothing else.
pub(super) fn holds_numbers(ty: &Type, in_texts: bool) -> bool {
    if let Type::Path(path) = ty
        && let Some(name) = path.path.get_ident()
    {
        let is_one_of = |names: &[&str]| names.iter().any(|known| name == known);
        return is_one_of(INTEGERS) || in_texts && is_one_of(DECIMALS);
    }
    if standard(ty, NON_ZERO) {
        return true;
    }
    let inner = if standard(ty, MAPS) {
        value_type(ty)
    } else if standard(ty, &["Option", "Vec", "Box", "Nullable"]) {
        only_type_argument(ty)
    } else {
        None
    };
    inner.is_some_and(|inner| holds_numbers(inner, in_texts))
}

/// `V` of `Map<K, V>`.
fn value_type(ty: &Type) -> Option<&Type> {
    let Type::Path(syn::TypePath {
        path: Path { segments, .. },
        ..
    }) = ty
    else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &segments.last()?.arguments else {
        return None;
    };
    match arguments.args.iter().nth(1)? {
        GenericArgument::Type(value) => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Item, parse_quote};

    use super::super::parts::Parts;
    use super::super::reading;

    fn tolerant(item: Item, in_texts: bool) -> String {
        let mut parts = Parts::default();
        parts.types.push(item);
        reading::tolerate(&mut parts, in_texts, &std::collections::BTreeSet::new());
        parts.types[0].to_token_stream().to_string()
    }

    #[test]
    fn integers_and_what_holds_them_are_read() {
        let text = tolerant(
            parse_quote! {
                struct Page {
                    #[serde(rename = "Total")]
                    total: i64,
                    #[serde(deserialize_with = "::std::option::Option::deserialize")]
                    next: ::std::option::Option<u32>,
                    #[serde(default, skip_serializing_if = "x")]
                    sizes: ::client_runtime::Nullable<::std::vec::Vec<::std::num::NonZeroU64>>,
                    counts: ::std::collections::BTreeMap<::std::string::String, i64>,
                    price: f64,
                    name: ::std::string::String,
                    own: Option<i64>,
                    other: Other,
                    #[serde(flatten)]
                    extra: ::std::collections::BTreeMap<::std::string::String, i64>,
                }
            },
            false,
        );
        assert_eq!(
            text.matches("client_runtime::integers").count(),
            4,
            "{text}"
        );
        assert!(
            text.contains("rename = \"Total\" , deserialize_with"),
            "{text}"
        );
        assert!(
            text.contains("(default , deserialize_with = \"::client_runtime::integers\")] next"),
            "{text}"
        );
        assert!(
            text.contains("skip_serializing_if = \"x\" , deserialize_with"),
            "{text}"
        );
    }

    #[test]
    fn branches_that_are_integers_are_read_unless_one_is_decimals() {
        let count = |item: Item| tolerant(item, true).matches("integers").count();
        let union: Item = parse_quote! {
            #[derive(::serde::Deserialize)]
            #[serde(untagged)]
            enum Id {
                Number(i64),
                Numbers(::std::vec::Vec<u8>),
                Text(::std::string::String),
            }
        };
        assert_eq!(count(union), 2);
        let union: Item = parse_quote! {
            #[derive(::serde::Deserialize)]
            #[serde(untagged)]
            enum Size {
                Integer(i64),
                Decimal(f64),
            }
        };
        assert_eq!(count(union), 0);
        let union: Item = parse_quote! {
            #[derive(::serde::Deserialize)]
            enum Tagged {
                Integer(i64),
            }
        };
        assert_eq!(count(union), 0);
    }

    #[test]
    fn newtypes_are_read_and_decimals_only_from_texts() {
        let newtype = || {
            parse_quote!(
                #[derive(::serde::Deserialize)]
                struct Level(pub i64);
            )
        };
        assert!(tolerant(newtype(), false).contains("integers"));
        let price = || {
            parse_quote!(
                struct Price {
                    price: f64,
                    sizes: ::std::vec::Vec<i64>,
                }
            )
        };
        let text = tolerant(price(), true);
        assert_eq!(text.matches("numbers_or_texts").count(), 2, "{text}");
        assert_eq!(tolerant(price(), false).matches("integers").count(), 1);
        let by_hand = tolerant(
            parse_quote!(
                struct Level(pub i64);
            ),
            true,
        );
        assert!(!by_hand.contains("serde"), "{by_hand}");
    }
}
