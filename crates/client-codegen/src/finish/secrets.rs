//! Keeps secrets out of `Debug`: what is of `format: password` (OpenAPI Format Registry, "a string that hints to obscure the value").
//!
//! The fields stay texts, which a program can read and set like all others. A component that is such a text itself is a type around
//! it, and shows as little.

use std::collections::BTreeMap;

use openapi_lower::FieldMark;
use quote::quote;
use serde_json::Value;
use syn::{Fields, Item, ItemStruct, parse_quote};

use super::derives::{derives, remove_derives};
use super::parts::{Parts, last_ident, wire_name};
use super::probe::ProbedTypes;
use crate::generate::secrets::{self, Secrets};

/// Writes the `Debug` of each struct that holds some.
pub(super) fn hide(
    parts: &mut Parts,
    document: &Value,
    marks: &BTreeMap<String, BTreeMap<String, FieldMark>>,
    probed: &ProbedTypes,
) {
    let secrets = secrets::of(document);
    let names = secrets.iter().filter_map(|(component, secrets)| {
        let name = last_ident(probed.of_component(component)?)?;
        // Properties that would be one field have names of their own in the document.
        let wire = |name: &String| {
            let mark = marks.get(*component).and_then(|marks| marks.get(name));
            mark.map_or_else(|| name.clone(), |mark| mark.name.clone())
        };
        Some((name.to_string(), on_the_wire(secrets, wire)))
    });
    let by_type: BTreeMap<String, Secrets> = names.collect();
    let mut written = Vec::new();
    for item in &mut parts.types {
        if let Item::Struct(item) = item
            && let Some(secrets) = by_type.get(&item.ident.to_string())
            && derives(&item.attrs, "Debug")
        {
            remove_derives(&mut item.attrs, &["Debug"]);
            written.push(debug(item, secrets));
        }
    }
    parts.types.extend(written);
}

fn on_the_wire(secrets: &Secrets, wire: impl Fn(&String) -> String) -> Secrets {
    match secrets {
        Secrets::Whole => Secrets::Whole,
        Secrets::Properties(names) => Secrets::Properties(names.iter().map(wire).collect()),
    }
}

fn debug(item: &ItemStruct, secrets: &Secrets) -> Item {
    let (name, text) = (&item.ident, item.ident.to_string());
    let hidden = quote!(&::std::format_args!("[REDACTED]"));
    let shown = match (secrets, &item.fields) {
        (Secrets::Properties(secret), Fields::Named(fields)) => {
            let fields = fields.named.iter().filter_map(|field| {
                let ident = field.ident.as_ref()?;
                let label = ident.to_string();
                Some(
                    match secret.contains(&wire_name(&field.attrs, Some(ident))) {
                        true => quote!(.field(#label, #hidden)),
                        false => quote!(.field(#label, &self.#ident)),
                    },
                )
            });
            quote!(f.debug_struct(#text)#(#fields)*.finish())
        }
        _ => quote!(f.debug_tuple(#text).field(#hidden).finish()),
    };
    parse_quote! {
        /// Secrets are not shown.
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #shown
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Item, parse_quote};

    use super::{Secrets, debug, on_the_wire};

    #[test]
    fn fields_by_their_names_on_the_wire() {
        let secrets = Secrets::Properties(["pass-word", "pin_upper"].map(str::to_owned).into());
        let wire = on_the_wire(&secrets, |name| name.replace("pin_upper", "PIN"));
        let item = parse_quote! {
            pub struct Login {
                #[serde(rename = "pass-word")]
                pub pass_word: String,
                pub pin: String,
                #[serde(rename = "PIN")]
                pub pin_upper: Option<String>,
            }
        };
        let expected: Item = parse_quote! {
            /// Secrets are not shown.
            impl ::std::fmt::Debug for Login {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.debug_struct("Login")
                        .field("pass_word", &::std::format_args!("[REDACTED]"))
                        .field("pin", &self.pin)
                        .field("pin_upper", &::std::format_args!("[REDACTED]"))
                        .finish()
                }
            }
        };
        let written = debug(&item, &wire);
        assert_eq!(
            written.to_token_stream().to_string(),
            expected.to_token_stream().to_string()
        );
    }

    #[test]
    fn a_type_around_a_text() {
        let item = parse_quote!(
            pub struct Code(pub String);
        );
        let written = debug(&item, &Secrets::Whole).to_token_stream().to_string();
        assert!(
            written.contains(r#"f . debug_tuple ("Code") . field (& :: std :: format_args ! ("[REDACTED]")) . finish ()"#),
            "{written}"
        );
    }
}
