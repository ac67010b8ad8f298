use quote::ToTokens;
use syn::parse_quote;

use super::{make_nullable, rename};

fn text(item: &impl ToTokens) -> String {
    item.to_token_stream().to_string()
}

#[test]
fn a_field_gets_its_name_on_the_wire() {
    let mut item: syn::ItemStruct = parse_quote! {
        pub struct Pet {
            #[serde(rename = "at-id", default)]
            pub at_id: i64,
            #[serde(rename = "type")]
            pub type_: i64,
            pub id: i64,
        }
    };
    let names = ["@id", "type", "ID"];
    for (field, name) in item.fields.iter_mut().zip(names) {
        rename(field, name);
    }
    let expected: syn::ItemStruct = parse_quote! {
        pub struct Pet {
            #[serde(rename = "@id", default)]
            pub at_id: i64,
            #[serde(rename = "type")]
            pub type_: i64,
            #[serde(rename = "ID")]
            pub id: i64,
        }
    };
    assert_eq!(text(&item), text(&expected));
}

#[test]
fn absent_and_null_are_two_things() {
    let mut item: syn::ItemStruct = parse_quote! {
        pub struct Pet {
            /// The name.
            #[serde(rename = "Name", skip_serializing_if = "::std::option::Option::is_none")]
            pub name: ::std::option::Option<::std::option::Option<Option>>,
            pub other: Option,
            #[serde(default)]
            pub nothing: (),
        }
    };
    let mut fields = item.fields.iter_mut();
    assert_eq!(fields.next().map(make_nullable), Some(true));
    let own = fields.next().map(make_nullable);
    assert_eq!(own, Some(false), "a type of the client is no option");
    assert_eq!(fields.next().map(make_nullable), Some(true));
    let nothing = item.fields.iter().last().map(|field| text(&field.ty));
    let unit: syn::Type = parse_quote!(::client_runtime::Nullable<()>);
    assert_eq!(nothing, Some(text(&unit)));
    let expected: syn::Field = syn::parse::Parser::parse2(
        syn::Field::parse_named,
        quote::quote! {
            /// The name.
            #[serde(rename = "Name", default, skip_serializing_if = "::client_runtime::Nullable::is_absent")]
            pub name: ::client_runtime::Nullable<::std::option::Option<Option>>
        },
    )
    .unwrap();
    assert_eq!(item.fields.iter().next().map(text), Some(text(&expected)));
}
