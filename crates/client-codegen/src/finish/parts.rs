//! progenitor's one file, taken apart into the pieces that the passes work on.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, ExprLit, Fields, GenericArgument, Ident, ImplItem, ImplItemFn, Item, ItemEnum,
    ItemImpl, ItemMod, Lit, Meta, PathArguments, Token, Type,
};

use super::probe::ProbedTypes;
use super::run::unexpected_output;
use crate::generate::MOCK_MODULE;
use crate::problem::Problem;

/// The pieces of progenitor's output, builder style.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// Items of `types` itself: structs, enums and their implementations.
    pub(super) types: Vec<Item>,
    /// `types::defaults`, if any type needs it.
    pub(super) type_defaults: Option<ItemMod>,
    /// `types::error`.
    pub(super) type_error: Option<ItemMod>,
    /// `info.version` as progenitor passes it to `ClientInfo::api_version`.
    pub(super) client_info: Option<ItemImpl>,
    /// One method of `Client` per operation.
    pub(super) methods: Vec<ImplItemFn>,
    /// Items of `builder`: a struct and an implementation per operation.
    pub(super) operations: Vec<Item>,
    /// Items of the module of mock expectations.
    pub(super) mocks: Vec<Item>,
}

impl Parts {
    pub(super) fn take_apart(file: syn::File) -> Result<Self, Problem> {
        let mut parts = Self::default();
        for item in file.items {
            match item {
                Item::Mod(module) if module.ident == "types" => {
                    parts.take_types(content(module)?)?
                }
                Item::Mod(module) if module.ident == "builder" => {
                    parts.operations = content(module)?
                        .into_iter()
                        .filter(|item| !matches!(item, Item::Use(_)))
                        .collect();
                }
                Item::Mod(module) if module.ident == MOCK_MODULE => parts.mocks = content(module)?,
                // Written anew by `client`, or of no use to us.
                Item::Mod(module) if module.ident == "prelude" => {}
                Item::Use(_) | Item::Const(_) => {}
                Item::Struct(item) if item.ident == "Client" => {}
                Item::Impl(item) if self_ident(&item).is_some_and(|name| name == "Client") => {
                    parts.take_client(item);
                }
                other => {
                    return Err(unexpected_output(&format!("top-level {}", kind(&other))));
                }
            }
        }
        Ok(parts)
    }

    /// All items about types: definitions and defaults.
    pub(super) fn type_items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        let defaults = self
            .type_defaults
            .iter_mut()
            .filter_map(|module| module.content.as_mut())
            .flat_map(|(_, items)| items);
        let types = self.types.iter_mut();
        types.chain(defaults)
    }

    fn take_types(&mut self, items: Vec<Item>) -> Result<(), Problem> {
        for item in items {
            match item {
                // Objects are made without them, see `constructors`.
                Item::Mod(module) if module.ident == "builder" => {}
                Item::Impl(item) if is_start_of_builder(&item) => {}
                Item::Mod(module) if module.ident == "defaults" => {
                    self.type_defaults = Some(module)
                }
                Item::Mod(module) if module.ident == "error" => self.type_error = Some(module),
                Item::Struct(_) | Item::Enum(_) | Item::Type(_) | Item::Impl(_) => {
                    self.types.push(item)
                }
                other => {
                    return Err(unexpected_output(&format!("{} in `types`", kind(&other))));
                }
            }
        }
        Ok(())
    }

    fn take_client(&mut self, item: ItemImpl) {
        if item.trait_.is_some() {
            self.client_info = Some(item);
            return;
        }
        for member in item.items {
            if let ImplItem::Fn(function) = member {
                let is_constructor = function.sig.ident == "new_with_client"
                    || (function.sig.ident == "new" && function.sig.receiver().is_none());
                if !is_constructor {
                    self.methods.push(function);
                }
            }
        }
    }
}

/// `impl X { pub fn builder() -> builder::X { … } }`
fn is_start_of_builder(item: &ItemImpl) -> bool {
    item.trait_.is_none()
        && matches!(item.items.as_slice(), [ImplItem::Fn(function)] if function.sig.ident == "builder")
}

fn content(module: ItemMod) -> Result<Vec<Item>, Problem> {
    let name = module.ident.to_string();
    module
        .content
        .map(|(_, items)| items)
        .ok_or_else(|| unexpected_output(&format!("module `{name}` without a body")))
}

/// The type that an `impl` is for, if it is a plain path.
pub(super) fn self_ident(item: &ItemImpl) -> Option<&Ident> {
    last_ident(&item.self_ty)
}

/// `X` of `a::b::X<…>`.
pub(super) fn last_ident(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        _ => None,
    }
}

/// The name of a type that is defined.
pub(super) fn defined_ident(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        _ => None,
    }
}

/// The types of maps: typify's, and what may be told to it.
pub(super) const MAPS: &[&str] = &["BTreeMap", "HashMap", "Map"];

/// Whether a type is one of these, of the standard library or the runtime: types of the client have no such path.
pub(super) fn standard(ty: &Type, names: &[&str]) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.leading_colon.is_some()
        && path
            .path
            .segments
            .last()
            .is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// `T` of `X<T>`.
pub(super) fn only_type_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.iter().collect::<Vec<_>>()[..] {
        [GenericArgument::Type(ty)] => Some(ty),
        _ => None,
    }
}

/// `X` of `impl a::b::X<…> for T`.
pub(super) fn trait_ident(item: &ItemImpl) -> Option<&Ident> {
    let (path, _) = item.trait_.as_ref()?;
    path.segments.last().map(|segment| &segment.ident)
}

/// The type that a newtype or a variant holds, if it is one without a name.
pub(super) fn only_field(fields: &Fields) -> Option<&Type> {
    match fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(&fields.unnamed[0].ty),
        _ => None,
    }
}

/// The name for one more variant: the first of `names` that no variant has.
pub(super) fn free_variant_name(item: &ItemEnum, names: [&str; 3]) -> Ident {
    let is_free = |name: &str| item.variants.iter().all(|variant| variant.ident != name);
    let free = names.into_iter().find(|name| is_free(name));
    match free {
        Some(name) => format_ident!("{name}"),
        None => format_ident!("{}OfEnum", names[2]),
    }
}

/// The enum that a component of the lowered document became.
pub(super) fn enum_of<'p>(
    parts: &'p mut Parts,
    probed: &ProbedTypes,
    component: &str,
) -> Result<&'p mut ItemEnum, Problem> {
    let name = probed.of_component(component).and_then(last_ident);
    let found = parts.types.iter_mut().find_map(|item| match item {
        Item::Enum(item) if name == Some(&item.ident) => Some(item),
        _ => None,
    });
    found.ok_or_else(|| unexpected_output(&format!("the component `{component}` is no enum")))
}

/// What stands in `#[serde(…)]`.
pub(super) fn serde_arguments(attributes: &[Attribute]) -> Vec<Meta> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .filter_map(|attribute| {
            let arguments = Punctuated::<Meta, Token![,]>::parse_terminated;
            attribute.parse_args_with(arguments).ok()
        })
        .flatten()
        .collect()
}

/// What a field or a variant is called on the wire.
pub(super) fn wire_name(attributes: &[Attribute], ident: Option<&Ident>) -> String {
    let renamed = serde_arguments(attributes)
        .into_iter()
        .find_map(|argument| match argument {
            Meta::NameValue(argument) if argument.path.is_ident("rename") => match argument.value {
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        });
    renamed.unwrap_or_else(|| ident.map(ToString::to_string).unwrap_or_default())
}

/// Whether it is `#[serde(rename = …)]`.
pub(super) fn is_rename(attribute: &Attribute) -> bool {
    attribute.path().is_ident("serde")
        && attribute
            .meta
            .require_list()
            .is_ok_and(|list| list.tokens.to_string().starts_with("rename ="))
}

/// A JSON value as a `WireValue` of the runtime.
pub(super) fn wire_value(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(::client_runtime::WireValue::Bool(#value)),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(value), ..) => {
                let value = Literal::i64_unsuffixed(value);
                quote!(::client_runtime::WireValue::Integer(#value))
            }
            (None, Some(value), _) => {
                let value = Literal::u64_unsuffixed(value);
                quote!(::client_runtime::WireValue::Unsigned(#value))
            }
            (None, None, value) => {
                let value = Literal::f64_unsuffixed(value.unwrap_or_default());
                quote!(::client_runtime::WireValue::Float(#value))
            }
        },
        Value::String(text) => quote!(::client_runtime::WireValue::Text(#text)),
        other => {
            let text = other.to_string();
            quote!(::client_runtime::WireValue::Text(#text))
        }
    }
}

/// Whether the branches of an enum are told apart by what they hold alone.
pub(super) fn is_untagged(item: &ItemEnum) -> bool {
    item.attrs.iter().any(|attribute| {
        attribute.path().is_ident("serde")
            && attribute.meta.require_list().is_ok_and(|list| {
                list.tokens
                    .clone()
                    .into_iter()
                    .any(|token| token.to_string() == "untagged")
            })
    })
}

fn kind(item: &Item) -> &'static str {
    match item {
        Item::Const(_) => "const",
        Item::Enum(_) => "enum",
        Item::Fn(_) => "function",
        Item::Impl(_) => "impl",
        Item::Macro(_) => "macro",
        Item::Mod(_) => "module",
        Item::Static(_) => "static",
        Item::Struct(_) => "struct",
        Item::Trait(_) => "trait",
        Item::Type(_) => "type alias",
        Item::Use(_) => "use",
        _ => "item",
    }
}
