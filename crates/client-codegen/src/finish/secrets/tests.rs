use std::collections::BTreeMap;

use quote::ToTokens;
use serde_json::{Value, json};
use syn::{Item, parse_quote};

use super::hide_in_types;
use crate::finish::parts::Parts;
use crate::finish::probe;
use crate::generate::Probe;
use crate::generate::secrets::SecretComponents;

/// The component `A` of this schema, and what is written for it if it became `ty`.
fn written(schema: Value, ty: syn::Type, types: Vec<Item>) -> Result<Vec<String>, String> {
    let count = types.len();
    let mut parts = Parts {
        types,
        ..Parts::default()
    };
    parts.types.push(parse_quote!(
        pub struct CodegenProbe {
            pub schema0: #ty,
        }
    ));
    let probe = Probe {
        schemas: vec![json!({"$ref": "#/components/schemas/A"})],
    };
    let probed = probe::take(&mut parts, &probe).unwrap();
    let document = json!({"components": {"schemas": {"A": schema}}});
    let components = SecretComponents::of(&document);
    hide_in_types(&mut parts, &components, &BTreeMap::new(), &probed)
        .map_err(|problem| problem.message)?;
    let innermost = parts.types[..count].last().map(ToTokens::to_token_stream);
    assert!(!innermost.unwrap().to_string().contains("Debug"));
    let written = parts.types[count..].iter();
    Ok(written
        .map(|item| item.to_token_stream().to_string())
        .collect())
}

fn texts(items: &[Item]) -> Vec<String> {
    let texts = items.iter().map(|item| item.to_token_stream().to_string());
    texts.collect()
}

fn login() -> Value {
    let password = json!({"type": "string", "format": "password"});
    json!({"type": "object", "properties": {"pass-word": password, "user": {"type": "string"}}})
}

#[test]
fn fields_by_their_names_on_the_wire_inside_of_what_is_around_them() {
    let types = vec![
        parse_quote!(
            #[derive(Debug)]
            pub struct A(pub ::std::option::Option<AInner>);
        ),
        parse_quote! {
            #[derive(Debug)]
            pub struct AInner {
                #[serde(rename = "pass-word")]
                pub pass_word: String,
                pub user: String,
            }
        },
    ];
    let expected = parse_quote! {
        /// Secrets are not shown.
        impl ::std::fmt::Debug for AInner {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("AInner")
                    .field("pass_word", &::std::format_args!("[REDACTED]"))
                    .field("user", &self.user)
                    .finish()
            }
        }
    };
    assert_eq!(
        written(login(), parse_quote!(A), types),
        Ok(texts(&[expected]))
    );
}

#[test]
fn nothing_is_shown_of_what_has_no_such_field() {
    for item in [
        parse_quote! {
            #[derive(Clone, Debug)]
            pub struct A {
                #[serde(flatten)]
                pub extra: Extra,
            }
        },
        parse_quote! {
            #[derive(Clone, Debug)]
            pub enum A { Text(String), Login { user: String } }
        },
    ] {
        let expected = parse_quote! {
            /// Secrets are not shown.
            impl ::std::fmt::Debug for A {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.debug_tuple("A").field(&::std::format_args!("[REDACTED]")).finish()
                }
            }
        };
        let boxed = parse_quote!(::std::boxed::Box<A>);
        assert_eq!(written(login(), boxed, vec![item]), Ok(texts(&[expected])));
    }
}

#[test]
fn what_cannot_be_hidden_is_said() {
    let text = parse_quote!(::std::string::String);
    let said = written(login(), text, Vec::new()).unwrap_err();
    assert!(said.contains("`A` has secrets and no fields"), "{said}");
    let item = parse_quote!(
        pub struct A {
            #[serde(rename = "pass-word")]
            pub pass_word: String,
        }
    );
    let said = written(login(), parse_quote!(A), vec![item]).unwrap_err();
    assert!(said.contains("derives no `Debug`"), "{said}");
    // A text without a type of its own is hidden where it is used.
    let alias = parse_quote!(
        pub type A = String;
    );
    let text = json!({"type": "string", "format": "password"});
    assert_eq!(written(text, parse_quote!(A), vec![alias]), Ok(Vec::new()));
}
