use quote::ToTokens;
use serde_json::json;
use syn::{Item, ItemEnum, parse_quote};

use super::rewrite;
use openapi_lower::UnionMark;

/// A mark as the lowering gives it.
fn mark(union: serde_json::Value) -> UnionMark {
    let document = json!({
        "openapi": "3.0.3", "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"204": {"description": ""}}}}},
        "components": {"schemas": {"Pet": union}}
    });
    let options = openapi_lower::Options::default().with_marks();
    let mut lowered = openapi_lower::lower(document, &options).unwrap();
    lowered.marks.unions.remove("Pet").unwrap()
}

fn object(required: &str, properties: serde_json::Value) -> serde_json::Value {
    json!({"type": "object", "required": [required], "properties": properties})
}

fn rewritten(mut item: ItemEnum, union: serde_json::Value) -> Vec<String> {
    let [of_union, reads] = rewrite(&mut item, Some(&mark(union))).unwrap();
    let items = [Item::Enum(item), of_union, reads];
    items
        .iter()
        .map(|item| item.to_token_stream().to_string())
        .collect()
}

#[test]
fn a_tag_has_an_arm_for_what_it_may_become() {
    let kind = |name: &str| json!({"kind": {"enum": [name]}});
    let union = json!({"oneOf": [object("kind", kind("cat")), object("kind", kind("dog"))]});
    let item = parse_quote! {
        #[derive(::serde::Deserialize, ::serde::Serialize, Clone)]
        #[serde(untagged)]
        pub enum Pet { Unknown(PetUnknown), Dog(Box<Dog>) }
    };
    let expected: [Item; 3] = [
        parse_quote! {
            #[derive(::serde::Serialize, Clone)]
            #[serde(untagged)]
            #[non_exhaustive]
            pub enum Pet {
                Unknown(PetUnknown),
                Dog(Box<Dog>),
                #[doc = " A value whose `kind` the document does not have, as it came."]
                UnknownTag(::serde_json::Value)
            }
        },
        parse_quote! {
            impl ::client_runtime::Union for Pet {
                const NAME: &'static str = "Pet";
                const TAG: ::std::option::Option<&'static str> = ::std::option::Option::Some("kind");
                const BRANCHES: &'static [::client_runtime::Branch<Self>] = &[
                    ::client_runtime::Branch::new("Unknown", |value| value.read(Self::Unknown))
                        .tags(&[::client_runtime::WireValue::Text("cat")]),
                    ::client_runtime::Branch::new("Dog", |value| value.read(Self::Dog))
                        .tags(&[::client_runtime::WireValue::Text("dog")])
                ];
                fn unknown(value: ::serde_json::Value) -> ::std::option::Option<Self> {
                    ::std::option::Option::Some(Self::UnknownTag(value))
                }
            }
        },
        parse_quote! {
            impl<'de> ::serde::Deserialize<'de> for Pet {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    ::client_runtime::deserialize_union(deserializer)
                }
            }
        },
    ];
    let expected: Vec<String> = expected
        .iter()
        .map(|item| item.to_token_stream().to_string())
        .collect();
    assert_eq!(rewritten(item, union), expected);
}

#[test]
fn keys_are_listed_where_they_decide() {
    let union = json!({"oneOf": [
        object("a", json!({"a": {}, "b": {}})),
        {"type": "string"},
        {"type": "object", "required": ["c"], "properties": {"c": {}}, "additionalProperties": {}},
    ]});
    let item = parse_quote! {
        #[derive(::serde::Deserialize)]
        #[serde(untagged)]
        pub enum Pet { A(A), String(String), C(C) }
    };
    let code = rewritten(item, union);
    assert!(!code[0].contains("non_exhaustive"));
    let keys: Vec<&str> = code[1].split("Branch :: new").skip(1).collect();
    assert!(
        keys[0].contains(r#". keys (& ["a"] , & ["b"])"#),
        "{}",
        keys[0]
    );
    assert!(!keys[1].contains("keys"), "{}", keys[1]);
    assert!(
        keys[2].contains(r#". open_keys (& ["c"] , & [])"#),
        "{}",
        keys[2]
    );
}

#[test]
fn a_flag_has_no_other_values() {
    let ok = |flag: bool| json!({"ok": {"type": "boolean", "enum": [flag]}});
    let union = json!({"oneOf": [object("ok", ok(true)), object("ok", ok(false))]});
    let item = parse_quote! {
        #[serde(untagged)]
        pub enum Pet { Yes(Yes), No(No) }
    };
    let code = rewritten(item, union);
    assert!(!code[0].contains("Unknown"));
    assert!(code[1].contains(":: client_runtime :: WireValue :: Bool (true)"));
}
