use std::collections::BTreeMap;

use quote::ToTokens;
use serde_json::json;
use syn::{Item, parse_quote};

use super::{replace_texts, write_table};
use crate::finish::parts::Parts;

fn written() -> Parts {
    Parts {
        types: vec![
            parse_quote! {
                #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy)]
                pub enum Level {
                    #[serde(rename = "Less-Than")]
                    LessThan,
                    Empty,
                }
            },
            parse_quote! {
                impl ::std::fmt::Display for Level {
                    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        match *self {
                            Self::LessThan => f.write_str("Less-Than"),
                            Self::Empty => f.write_str("Empty"),
                        }
                    }
                }
            },
            parse_quote! {
                impl ::std::str::FromStr for Level {
                    type Err = self::error::ConversionError;
                    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
                        match value {
                            "Less-Than" => Ok(Self::LessThan),
                            "Empty" => Ok(Self::Empty),
                            _ => Err("invalid value".into()),
                        }
                    }
                }
            },
        ],
        ..Parts::default()
    }
}

fn texts(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .map(|item| item.to_token_stream().to_string())
        .collect()
}

#[test]
fn texts_are_replaced_everywhere() {
    let mut parts = written();
    let wire: BTreeMap<String, String> = [("Less-Than", "<"), ("Empty", "")]
        .map(|(text, wire)| (text.to_owned(), wire.to_owned()))
        .into();
    replace_texts(&mut parts, "Level", &wire);
    let code = texts(&parts.types);
    assert!(
        code[0].contains(r#"# [serde (rename = "<")] LessThan , # [serde (rename = "")] Empty"#),
        "{}",
        code[0]
    );
    assert!(
        code[1].contains(r#"Self :: LessThan => f . write_str ("<")"#),
        "{}",
        code[1]
    );
    assert!(
        code[2].contains(r#""" => Ok (Self :: Empty)"#),
        "{}",
        code[2]
    );
}

#[test]
fn other_values_are_a_table() {
    let mut parts = written();
    write_table(&mut parts, "Level", vec![&json!(-1), &json!(0.5)]);
    let expected: Vec<Item> = vec![
        parse_quote! {
            #[derive(Clone, Copy)]
            pub enum Level {
                #[doc = " `-1`"]
                LessThan,
                #[doc = " `0.5`"]
                Empty,
            }
        },
        parse_quote! {
            impl ::std::fmt::Display for Level {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    ::client_runtime::format_enum(*self, f)
                }
            }
        },
        parse_quote! {
            impl ::std::str::FromStr for Level {
                type Err = self::error::ConversionError;
                fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
                    ::client_runtime::parse_enum(value).ok_or_else(|| "invalid value".into())
                }
            }
        },
        parse_quote! {
            impl ::client_runtime::WireEnum for Level {
                const VALUES: &'static [(Self, ::client_runtime::WireValue)] = &[
                    (Self::LessThan, ::client_runtime::WireValue::Integer(-1)),
                    (Self::Empty, ::client_runtime::WireValue::Float(0.5))
                ];
            }
        },
    ];
    assert_eq!(texts(&parts.types[..4]), texts(&expected));
    assert_eq!(parts.types.len(), 6);
}
