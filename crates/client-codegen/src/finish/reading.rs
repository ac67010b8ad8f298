//! Lets types read what servers send although the document rules it out: fields that are new, and `null` for an empty
//! list or map.

use syn::{Attribute, Field, Fields, Item, Type, parse_quote};

use super::fields::set_serde_arguments;
use super::parts::{MAPS, Parts, serde_arguments, standard};

pub(super) fn tolerate(parts: &mut Parts) {
    for item in &mut parts.types {
        let Item::Struct(item) = item else { continue };
        accept_new_fields(&mut item.attrs);
        if let Fields::Named(fields) = &mut item.fields {
            fields
                .named
                .iter_mut()
                .filter(|field| is_list_or_map(&field.ty))
                .for_each(accept_null);
        }
    }
}

fn accept_new_fields(attributes: &mut Vec<Attribute>) {
    let mut arguments = serde_arguments(attributes);
    let count = arguments.len();
    arguments.retain(|argument| !argument.path().is_ident("deny_unknown_fields"));
    if arguments.len() < count {
        set_serde_arguments(attributes, &arguments);
    }
}

/// Not for what may be absent, which is an option, nor for what has the rest of an object's fields.
fn accept_null(field: &mut Field) {
    let mut arguments = serde_arguments(&field.attrs);
    let is_read_otherwise = arguments.iter().any(|argument| {
        let is = |name: &str| argument.path().is_ident(name);
        is("flatten") || is("with") || is("deserialize_with")
    });
    if !is_read_otherwise {
        arguments.push(parse_quote!(
            deserialize_with = "::client_runtime::null_as_empty"
        ));
        set_serde_arguments(&mut field.attrs, &arguments);
    }
}

fn is_list_or_map(ty: &Type) -> bool {
    standard(ty, &["Vec"]) || standard(ty, MAPS)
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Item, parse_quote};

    use super::super::parts::Parts;

    fn tolerant(item: Item) -> String {
        let mut parts = Parts::default();
        parts.types.push(item);
        super::tolerate(&mut parts);
        parts.types[0].to_token_stream().to_string()
    }

    #[test]
    fn new_fields_and_null_for_a_list_are_read() {
        let text = tolerant(parse_quote! {
            #[serde(deny_unknown_fields)]
            struct Page {
                #[serde(rename = "Items")]
                items: ::std::vec::Vec<Item>,
                counts: ::std::collections::BTreeMap<String, i64>,
                more: ::std::option::Option<::std::vec::Vec<Item>>,
                own: Vec<Item>,
                #[serde(flatten)]
                extra: ::std::collections::BTreeMap<String, i64>,
            }
        });
        assert!(!text.contains("deny_unknown_fields"), "{text}");
        assert!(!text.contains("serde ()"), "{text}");
        assert_eq!(text.matches("null_as_empty").count(), 2, "{text}");
        assert!(
            text.contains("rename = \"Items\" , deserialize_with"),
            "{text}"
        );
    }
}
