use quote::ToTokens;
use syn::{Item, parse_quote};

use super::super::closed::closed;
use super::super::parts::Parts;
use super::super::probe::ProbedTypes;

fn opened(types: Vec<Item>) -> String {
    let mut parts = Parts {
        types,
        ..Parts::default()
    };
    let closed = closed(&parts, &Default::default(), &ProbedTypes::default());
    super::open(&mut parts, &closed);
    let texts = parts
        .types
        .iter()
        .map(|item| item.to_token_stream().to_string());
    texts.collect::<Vec<_>>().join("\n")
}

fn of_texts(name: &str) -> Vec<Item> {
    let name = quote::format_ident!("{name}");
    vec![
        parse_quote! {
            #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug)]
            pub enum #name { #[serde(rename = "a b")] AB, Unknown }
        },
        parse_quote! {
            impl ::std::convert::TryFrom<&str> for #name {
                type Error = self::error::ConversionError;
                fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> { value.parse() }
            }
        },
    ]
}

#[test]
fn an_enum_of_texts_holds_any_text() {
    let text = opened(of_texts("Kind"));
    assert!(
        text.contains("UnknownValue (:: std :: string :: String)"),
        "{text}"
    );
    assert!(text.contains("Self :: AB => \"a b\""), "{text}");
    assert!(
        text.contains("Self :: UnknownValue (text) => text"),
        "{text}"
    );
    assert!(
        !text.contains("TryFrom") && !text.contains("Copy"),
        "{text}"
    );
}

#[test]
fn branches_constants_and_other_values_stay_closed() {
    let mut types = of_texts("Kind");
    types.push(parse_quote! {
        #[serde(untagged)]
        pub enum KindOrMore { Kind(::std::boxed::Box<Kinds>), More(::std::string::String) }
    });
    types.push(parse_quote!(
        pub struct Kinds(pub ::std::vec::Vec<Kind>);
    ));
    let before: Vec<String> = types
        .iter()
        .map(|item| item.to_token_stream().to_string())
        .collect();
    assert_eq!(opened(types), before.join("\n"));
    let constant: Item = parse_quote! {
        #[derive(::serde::Deserialize)]
        pub enum Only { One }
    };
    assert!(!opened(vec![constant]).contains("Unknown"));
    let numbers: Item = parse_quote! {
        #[derive(Clone, Copy)]
        #[repr(i64)]
        pub enum Level { Value1 = 1, Value2 = 2 }
    };
    assert!(!opened(vec![numbers]).contains("Unknown"));
}
