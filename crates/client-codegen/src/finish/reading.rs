//! Lets types read what servers send although the document rules it out: fields that are new, none for what may be `null`,
//! `null` for an empty list or map, and numbers in another writing.

use std::collections::BTreeSet;

use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Block, Expr, ExprCall, Field, Fields, GenericArgument, Ident, Item, Meta,
    PathArguments, ReturnType, Type, parse_quote,
};

use super::builder_code::method;
use super::derives::derives;
use super::fields::set_serde_arguments;
use super::numbers;
use super::operations::OperationCode;
use super::parts::{MAPS, Parts, is_untagged, only_type_argument, serde_arguments, standard};
use crate::problem::Problem;

/// Rewrites the fields of all objects and newtypes, and branches that are integers; `numbers_in_texts` is whether numbers may be in texts. Of the `closed`, by
/// which branches of unions are told apart, only the fields of objects are, and texts stay texts.
pub(super) fn tolerate(parts: &mut Parts, numbers_in_texts: bool, closed: &BTreeSet<String>) {
    for item in &mut parts.types {
        let item = match item {
            Item::Struct(item) => item,
            Item::Enum(item) => {
                if is_untagged(item) && derives(&item.attrs, "Deserialize") {
                    numbers::read_in_branches(item);
                }
                continue;
            }
            _ => continue,
        };
        accept_new_fields(&mut item.attrs);
        let is_closed = closed.contains(&item.ident.to_string());
        let is_derived = derives(&item.attrs, "Deserialize");
        let fields = match &mut item.fields {
            Fields::Named(fields) => &mut fields.named,
            Fields::Unnamed(fields) if is_derived && !is_closed && fields.unnamed.len() == 1 => {
                &mut fields.unnamed
            }
            _ => continue,
        };
        for field in fields {
            accept_absence(field);
            numbers::read(field, numbers_in_texts && !is_closed);
            accept_null(field);
        }
    }
}

/// The same for an operation whose answer is a list or a map, or numbers.
pub(super) fn tolerate_answer(
    operation: &mut OperationCode,
    numbers_in_texts: bool,
) -> Result<(), Problem> {
    let send = method(operation, "send")?;
    let answer = match &send.sig.output {
        ReturnType::Type(_, ty) => answer(ty),
        ReturnType::Default => None,
    };
    let Some(answer) = answer else { return Ok(()) };
    if numbers::holds_numbers(answer, numbers_in_texts) {
        let texts = if numbers_in_texts {
            parse_quote!(::client_runtime::NumberTexts::Read)
        } else {
            parse_quote!(::client_runtime::NumberTexts::Refused)
        };
        let reader = Reader(parse_quote!(numbers_from_response), Some(texts));
        reader.replace(&mut send.block);
    } else if is_list_or_map(answer) {
        Reader(parse_quote!(list_from_response), None).replace(&mut send.block);
    }
    Ok(())
}

/// What stands for `ResponseValue::from_response(response)`: another function, and its second argument.
struct Reader(Ident, Option<Expr>);

impl Reader {
    fn replace(mut self, block: &mut Block) {
        self.visit_block_mut(block);
    }
}

impl VisitMut for Reader {
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        if let Expr::Path(function) = &mut *call.func {
            let mut segments = function.path.segments.iter_mut().rev();
            if let (Some(last), Some(owner)) = (segments.next(), segments.next())
                && owner.ident == "ResponseValue"
                && last.ident == "from_response"
            {
                last.ident = self.0.clone();
                call.args.extend(self.1.clone());
            }
        }
        visit_mut::visit_expr_call_mut(self, call);
    }
}

/// `T` of `Result<ResponseValue<T>, E>`.
fn answer(ty: &Type) -> Option<&Type> {
    let Type::Path(result) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &result.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(value) => only_type_argument(value),
        _ => None,
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

/// typify has what is required and may be `null` refuse its absence, which servers take for the same.
fn accept_absence(field: &mut Field) {
    let mut arguments = serde_arguments(&field.attrs);
    let count = arguments.len();
    let refuses: Meta = parse_quote!(deserialize_with = "::std::option::Option::deserialize");
    arguments.retain(|argument| *argument != refuses);
    if arguments.len() < count {
        set_serde_arguments(&mut field.attrs, &arguments);
    }
}

/// Not for what may be absent, which is an option, nor for what has the rest of an object's fields.
fn accept_null(field: &mut Field) {
    let mut arguments = serde_arguments(&field.attrs);
    let is_read_otherwise = arguments.iter().any(|argument| {
        let is = |name: &str| argument.path().is_ident(name);
        is("flatten") || is("with") || is("deserialize_with")
    });
    if !is_read_otherwise && is_list_or_map(&field.ty) {
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
        super::tolerate(&mut parts, false, &std::collections::BTreeSet::new());
        parts.types[0].to_token_stream().to_string()
    }

    #[test]
    fn new_fields_absence_and_null_for_a_list_are_read() {
        let text = tolerant(parse_quote! {
            #[serde(deny_unknown_fields)]
            struct Page {
                #[serde(rename = "Items")]
                items: ::std::vec::Vec<Item>,
                counts: ::std::collections::BTreeMap<String, bool>,
                more: ::std::option::Option<::std::vec::Vec<Item>>,
                own: Vec<Item>,
                #[serde(deserialize_with = "::std::option::Option::deserialize")]
                next: ::std::option::Option<String>,
                #[serde(flatten)]
                extra: ::std::collections::BTreeMap<String, i64>,
            }
        });
        assert!(!text.contains("deny_unknown_fields"), "{text}");
        assert!(!text.contains("serde ()"), "{text}");
        assert!(!text.contains("Option::deserialize"), "{text}");
        assert_eq!(text.matches("null_as_empty").count(), 2, "{text}");
        assert!(
            text.contains("rename = \"Items\" , deserialize_with"),
            "{text}"
        );
    }

    #[test]
    fn a_component_that_is_a_list_may_be_null_but_not_a_branch() {
        let mut parts = Parts {
            types: vec![
                parse_quote!(
                    #[derive(::serde::Deserialize)]
                    #[serde(transparent)]
                    struct Tags(pub ::std::vec::Vec<Tag>);
                ),
                parse_quote!(
                    #[derive(::serde::Deserialize)]
                    #[serde(transparent)]
                    struct Branch(pub ::std::vec::Vec<Tag>);
                ),
                parse_quote!(
                    #[derive(::serde::Deserialize)]
                    #[serde(transparent)]
                    struct Text(pub ::std::string::String);
                ),
                parse_quote!(
                    struct Read(pub ::std::vec::Vec<Tag>);
                ),
            ],
            ..Parts::default()
        };
        super::tolerate(&mut parts, false, &["Branch".to_owned()].into());
        let is_tolerant =
            |item: &Item| item.to_token_stream().to_string().contains("null_as_empty");
        let found: Vec<bool> = parts.types.iter().map(is_tolerant).collect();
        assert_eq!(found, [true, false, false, false]);
    }
}
