//! Lets objects be made: `new` with what they always have, and a setter for each field that may be absent. What `new` makes
//! of nothing is its `Default` too, which typify gives only where no field is a map of all others or has one value.

use std::collections::{BTreeMap, BTreeSet};

use quote::{format_ident, quote};
use syn::{Expr, Field, Fields, Ident, Item, ItemStruct, Type, parse_quote};

use super::arguments::{Argument, Conversions};
use super::derives::derives;
use super::parts::{
    MAPS, Parts, last_ident, only_type_argument, self_ident, serde_arguments, standard,
    trait_ident, wire_name,
};

/// Methods that are called on values of any type, or that make them.
const TAKEN: &[&str] = &[
    "new",
    "clone",
    "default",
    "deserialize",
    "from",
    "into",
    "try_from",
    "try_into",
    "to_owned",
];

pub(super) fn add(parts: &mut Parts, conversions: &Conversions) {
    let constants = constants(parts);
    let types: BTreeSet<String> = parts
        .types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            _ => None,
        })
        .collect();
    let with_default = with_default(parts);
    let mut added = Vec::new();
    for item in &mut parts.types {
        if let Item::Struct(item) = item
            && let Fields::Named(fields) = &item.fields
        {
            let fields: Vec<Field> = fields.named.iter().cloned().collect();
            let new = constructor(item, &fields, &constants, &types, conversions);
            if new.needs_nothing && !with_default.contains(&item.ident) {
                let name = &item.ident;
                added.push(parse_quote! {
                    impl ::std::default::Default for #name {
                        fn default() -> Self {
                            Self::new()
                        }
                    }
                });
            }
            added.push(new.code);
            item.attrs.push(parse_quote!(#[non_exhaustive]));
        }
    }
    parts.types.extend(added);
}

/// The structs that have a `Default` already.
fn with_default(parts: &Parts) -> BTreeSet<Ident> {
    let found = parts.types.iter().filter_map(|item| match item {
        Item::Struct(item) if derives(&item.attrs, "Default") => Some(item.ident.clone()),
        Item::Impl(item) if trait_ident(item).is_some_and(|name| name == "Default") => {
            self_ident(item).cloned()
        }
        _ => None,
    });
    found.collect()
}

/// The enums of one value, which need not be said.
fn constants(parts: &Parts) -> BTreeMap<String, Ident> {
    let enums = parts.types.iter().filter_map(|item| match item {
        Item::Enum(item) => Some(item),
        _ => None,
    });
    let constants = enums.filter_map(|item| match item.variants.iter().collect::<Vec<_>>()[..] {
        [one] if matches!(one.fields, Fields::Unit) => {
            Some((item.ident.to_string(), one.ident.clone()))
        }
        _ => None,
    });
    constants.collect()
}

struct Constructor {
    code: Item,
    /// Whether it has no arguments.
    needs_nothing: bool,
}

fn constructor(
    item: &ItemStruct,
    fields: &[Field],
    constants: &BTreeMap<String, Ident>,
    types: &BTreeSet<String>,
    conversions: &Conversions,
) -> Constructor {
    let name = &item.ident;
    let mut inputs = Vec::new();
    let mut values = Vec::new();
    let mut setters = Vec::new();
    let mut taken: BTreeSet<String> = fields
        .iter()
        .filter_map(|field| field.ident.as_ref().map(ToString::to_string))
        .chain(TAKEN.iter().map(|name| (*name).to_owned()))
        .collect();
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        match initial(field, constants) {
            Initial::Constant(value) => values.push(quote!(#ident: #value)),
            Initial::Absent => {
                values.push(quote!(#ident: ::std::default::Default::default()));
                setters.push(setter(field, ident, &mut taken, conversions));
            }
            Initial::Required => {
                // An argument cannot be called like a type, which it may be in a script without case.
                let argument = match types.contains(&ident.to_string()) {
                    true => format_ident!("{ident}_value"),
                    false => ident.clone(),
                };
                let Argument { ty, value } =
                    conversions.argument(&field.ty, &parse_quote!(#argument));
                inputs.push(quote!(#argument: #ty));
                values.push(match &value {
                    Expr::Path(_) if argument == *ident => quote!(#ident),
                    _ => quote!(#ident: #value),
                });
            }
        }
    }
    let needs_nothing = inputs.is_empty();
    let about = if needs_nothing {
        " Makes one with all fields absent."
    } else {
        " Makes one with the fields that are always there; all others are absent."
    };
    let code = parse_quote! {
        impl #name {
            #[doc = #about]
            pub fn new(#(#inputs),*) -> Self {
                Self { #(#values),* }
            }
            #(#setters)*
        }
    };
    Constructor {
        code,
        needs_nothing,
    }
}

/// What a field has in an object that is new.
enum Initial {
    Absent,
    Constant(Expr),
    Required,
}

fn initial(field: &Field, constants: &BTreeMap<String, Ident>) -> Initial {
    let arguments = serde_arguments(&field.attrs);
    let has = |name: &str| {
        arguments
            .iter()
            .any(|argument| argument.path().is_ident(name))
    };
    let is_absent = has("default") || has("skip_serializing_if");
    // A branch of `anyOf`, or all properties that the document does not name.
    let is_part = has("flatten") && (standard(&field.ty, &["Option"]) || standard(&field.ty, MAPS));
    if is_absent || is_part {
        return Initial::Absent;
    }
    match &field.ty {
        Type::Tuple(unit) if unit.elems.is_empty() => Initial::Constant(parse_quote!(())),
        Type::Path(path) if path.path.leading_colon.is_none() => {
            let constant = last_ident(&field.ty).and_then(|name| constants.get(&name.to_string()));
            match constant {
                Some(variant) => {
                    let ty = &field.ty;
                    Initial::Constant(parse_quote!(#ty::#variant))
                }
                None => Initial::Required,
            }
        }
        _ => Initial::Required,
    }
}

fn setter(
    field: &Field,
    ident: &Ident,
    taken: &mut BTreeSet<String>,
    conversions: &Conversions,
) -> syn::ImplItemFn {
    let is_taken = TAKEN.iter().any(|name| ident == name);
    let candidates = ["set", "set_field", "set_value"];
    let mut named = candidates
        .iter()
        .map(|prefix| format_ident!("{prefix}_{ident}"));
    let name = match is_taken {
        true => named.find(|name| taken.insert(name.to_string())),
        false => None,
    };
    let name = name.unwrap_or_else(|| ident.clone());
    let given: Expr = parse_quote!(value);
    let argument = if standard(&field.ty, &["Option"]) {
        let inner = only_type_argument(&field.ty).unwrap_or(&field.ty);
        let Argument { ty, value } = conversions.argument(inner, &given);
        Argument {
            ty,
            value: parse_quote!(::std::option::Option::Some(#value)),
        }
    } else {
        conversions.argument(&field.ty, &given)
    };
    let Argument { ty, value } = argument;
    let null = match standard(&field.ty, &["Nullable"]) {
        true => "; `None` is sent as `null`",
        false => "",
    };
    let about = format!(
        " Sets {}{null}.",
        super::docs::code(&wire_name(&field.attrs, field.ident.as_ref()))
    );
    parse_quote! {
        #[doc = #about]
        pub fn #name(mut self, value: #ty) -> Self {
            self.#ident = #value;
            self
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Item, parse_quote};

    use super::super::arguments::Conversions;
    use super::super::parts::Parts;

    fn added(types: Vec<Item>) -> String {
        let mut parts = Parts {
            types,
            ..Parts::default()
        };
        let conversions = Conversions::of(&parts);
        super::add(&mut parts, &conversions);
        let last = parts.types.last().unwrap();
        prettyplease::unparse(&syn::parse_quote!(#last))
    }

    #[test]
    fn what_is_required_is_an_argument_and_the_rest_has_setters() {
        let text = added(vec![
            parse_quote!(
                enum Kind {
                    Cat,
                }
            ),
            parse_quote!(
                enum Size {
                    Small,
                    Large,
                }
            ),
            parse_quote!(
                enum Shape {
                    Round(i64),
                    Other(Size),
                }
            ),
            parse_quote!(impl ::std::convert::From<i64> for Shape {}),
            parse_quote! {
                struct Pet {
                    id: ::std::string::String,
                    size: Size,
                    shape: Shape,
                    #[serde(rename = "type")]
                    type_: Kind,
                    parent: ::std::boxed::Box<Pet>,
                    owner: ::std::option::Option<i64>,
                    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
                    name: ::std::option::Option<::std::string::String>,
                    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
                    child: ::std::option::Option<::std::boxed::Box<Pet>>,
                    #[serde(rename = "Price", default, skip_serializing_if = "::client_runtime::Nullable::is_absent")]
                    price: ::client_runtime::Nullable<::std::boxed::Box<Price>>,
                    #[serde(default, skip_serializing_if = "::client_runtime::Nullable::is_absent")]
                    clone: ::client_runtime::Nullable<f64>,
                    #[serde(flatten)]
                    extra: ::std::collections::BTreeMap<String, i64>,
                }
            },
        ]);
        let expected: Item = parse_quote! {
            impl Pet {
                #[doc = " Makes one with the fields that are always there; all others are absent."]
                pub fn new(
                    id: impl ::std::convert::Into<::std::string::String>,
                    size: Size,
                    shape: impl ::std::convert::Into<Shape>,
                    parent: Pet,
                    owner: ::std::option::Option<i64>
                ) -> Self {
                    Self {
                        id: id.into(),
                        size,
                        shape: shape.into(),
                        type_: Kind::Cat,
                        parent: ::std::boxed::Box::new(parent),
                        owner,
                        name: ::std::default::Default::default(),
                        child: ::std::default::Default::default(),
                        price: ::std::default::Default::default(),
                        clone: ::std::default::Default::default(),
                        extra: ::std::default::Default::default()
                    }
                }
                #[doc = " Sets `name`."]
                pub fn name(mut self, value: impl ::std::convert::Into<::std::string::String>) -> Self {
                    self.name = ::std::option::Option::Some(value.into());
                    self
                }
                #[doc = " Sets `child`."]
                pub fn child(mut self, value: Pet) -> Self {
                    self.child = ::std::option::Option::Some(::std::boxed::Box::new(value));
                    self
                }
                #[doc = " Sets `Price`; `None` is sent as `null`."]
                pub fn price(mut self, value: impl ::std::convert::Into<::client_runtime::Nullable<Price>>) -> Self {
                    self.price = value.into().map(::std::boxed::Box::new);
                    self
                }
                #[doc = " Sets `clone`; `None` is sent as `null`."]
                pub fn set_clone(mut self, value: impl ::std::convert::Into<::client_runtime::Nullable<f64>>) -> Self {
                    self.clone = value.into();
                    self
                }
                #[doc = " Sets `extra`."]
                pub fn extra(mut self, value: ::std::collections::BTreeMap<String, i64>) -> Self {
                    self.extra = value;
                    self
                }
            }
        };
        assert_eq!(text, prettyplease::unparse(&syn::parse_quote!(#expected)));
    }

    #[test]
    fn what_is_made_of_nothing_is_the_default_once() {
        let text = |fields: Vec<Item>| -> Vec<String> {
            let mut parts = Parts {
                types: fields,
                ..Parts::default()
            };
            let conversions = Conversions::of(&parts);
            super::add(&mut parts, &conversions);
            let texts = parts
                .types
                .iter()
                .map(|item| item.to_token_stream().to_string());
            texts
                .filter(|text| text.contains("default :: Default for"))
                .collect()
        };
        let optional: syn::Field = parse_quote! {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            name: ::std::option::Option<i64>
        };
        let made = text(vec![
            parse_quote!(struct Kept { #optional, #[serde(flatten)] extra: ::serde_json::Map<String, Value> }),
            parse_quote!(#[derive(Clone, Default)] struct Derived { #optional }),
            parse_quote!(struct Written { #optional }),
            parse_quote!(impl ::std::default::Default for Written {}),
            parse_quote!(struct Needy { #optional, id: i64 }),
            parse_quote!(
                enum Kind {
                    Cat,
                }
            ),
            parse_quote!(
                struct Tagged {
                    kind: Kind,
                }
            ),
        ]);
        let default_of = |name: &str| {
            let name = syn::Ident::new(name, proc_macro2::Span::call_site());
            quote::quote!(impl ::std::default::Default for #name { fn default() -> Self { Self::new() } }).to_string()
        };
        let written = "impl :: std :: default :: Default for Written { }".to_owned();
        assert_eq!(made, [written, default_of("Kept"), default_of("Tagged")]);
    }

    #[test]
    fn objects_may_gain_fields() {
        let mut parts = Parts {
            types: vec![
                parse_quote!(
                    struct X {
                        a: i64,
                    }
                ),
                parse_quote!(
                    struct Y(pub i64);
                ),
            ],
            ..Parts::default()
        };
        let conversions = Conversions::of(&parts);
        super::add(&mut parts, &conversions);
        let texts: Vec<_> = parts
            .types
            .iter()
            .map(|item| item.to_token_stream().to_string())
            .collect();
        assert!(texts[0].contains("non_exhaustive"));
        assert!(!texts[1].contains("non_exhaustive"));
        assert_eq!(texts.len(), 3);
    }
}
