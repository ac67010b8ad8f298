//! Where a JSON pointer into a body leads in the types that the body is read as.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Field, Fields, Ident, Item, ItemStruct, Type, Visibility};

use crate::finish::builder_code::is_option;
use crate::finish::parts::{
    Parts, last_ident, only_type_argument, self_ident, serde_arguments, standard, trait_ident,
    wire_name,
};

/// More than any document has; types may hold themselves.
const MOST_STEPS: usize = 100;

/// The types of a client, by name.
pub(in crate::finish) struct Types<'p> {
    structs: BTreeMap<String, &'p ItemStruct>,
    aliases: BTreeMap<String, &'p Type>,
    /// Those that implement `Display`.
    displayed: BTreeSet<String>,
}

/// The way from a value to one inside it.
#[derive(Clone, Debug)]
pub(in crate::finish) struct Walk {
    pub(in crate::finish) steps: Vec<Step>,
    /// The type there, which is none of what a step leads through.
    pub(in crate::finish) leaf: Type,
}

/// From a value to what it holds.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::finish) enum Step {
    Field(Ident),
    /// The only field of a type of that name.
    Newtype(Ident),
    Boxed,
    Option,
    Nullable,
}

impl<'p> Types<'p> {
    pub(in crate::finish) fn of(parts: &'p Parts) -> Self {
        let structs = parts.types.iter().filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), item)),
            _ => None,
        });
        let aliases = parts.types.iter().filter_map(|item| match item {
            Item::Type(item) => Some((item.ident.to_string(), &*item.ty)),
            _ => None,
        });
        let displayed = parts.types.iter().filter_map(|item| match item {
            Item::Impl(item) if trait_ident(item)? == "Display" => {
                self_ident(item).map(ToString::to_string)
            }
            _ => None,
        });
        Self {
            structs: structs.collect(),
            aliases: aliases.collect(),
            displayed: displayed.collect(),
        }
    }

    /// Whether it is a type of the client that is written as a text.
    pub(in crate::finish) fn is_displayed(&self, ty: &Type) -> bool {
        ours(ty).is_some_and(|name| self.displayed.contains(&name.to_string()))
    }

    /// The way along a pointer from a value of a type. The error says what is in the way.
    pub(in crate::finish) fn walk(&self, from: &Type, pointer: &str) -> Result<Walk, String> {
        let keys: Vec<String> = pointer
            .split('/')
            .skip(1)
            .map(|key| key.replace("~1", "/").replace("~0", "~"))
            .collect();
        self.go(from, &keys, Vec::new())
    }

    fn go(&self, ty: &Type, keys: &[String], mut steps: Vec<Step>) -> Result<Walk, String> {
        if steps.len() > MOST_STEPS {
            return Err("the types on the way hold each other".to_owned());
        }
        if let Some((step, inner)) = wrapper(ty) {
            steps.push(step);
            return self.go(inner, keys, steps);
        }
        let name = ours(ty).map(ToString::to_string).unwrap_or_default();
        if let Some(target) = self.aliases.get(&name) {
            return self.go(target, keys, steps);
        }
        let item = self.structs.get(&name);
        match (item.map(|item| &item.fields), keys) {
            (Some(Fields::Unnamed(fields)), _) if fields.unnamed.len() == 1 => {
                let held = &fields.unnamed[0];
                if !matches!(held.vis, Visibility::Public(_)) {
                    return Err(format!("`{name}` does not show what it holds"));
                }
                steps.extend(ours(ty).cloned().map(Step::Newtype));
                self.go(&held.ty, keys, steps)
            }
            (_, []) => Ok(Walk {
                steps,
                leaf: ty.clone(),
            }),
            (Some(Fields::Named(fields)), [key, rest @ ..]) => {
                let named = fields.named.iter().find(|field| is_named(field, key));
                if let Some((field, ident)) = named.and_then(with_ident) {
                    steps.push(Step::Field(ident));
                    return self.go(&field.ty, rest, steps);
                }
                let mut flattened = fields.named.iter().filter(|field| is_flattened(field));
                let through = flattened.find_map(|field| {
                    let (field, ident) = with_ident(field)?;
                    let mut steps = steps.clone();
                    steps.push(Step::Field(ident));
                    self.go(&field.ty, keys, steps).ok()
                });
                through.ok_or_else(|| format!("`{name}` has no field for `{key}`"))
            }
            (_, [key, ..]) => Err(format!("what should have `{key}` is no object with fields")),
        }
    }
}

/// What is inside of a type that only wraps it.
fn wrapper(ty: &Type) -> Option<(Step, &Type)> {
    let step = if is_option(ty) {
        Step::Option
    } else if standard(ty, &["Nullable"]) {
        Step::Nullable
    } else if standard(ty, &["Box"]) {
        Step::Boxed
    } else {
        return None;
    };
    Some((step, only_type_argument(ty)?))
}

/// The name of a type of the client, be it as `X` or as `types::X`.
fn ours(ty: &Type) -> Option<&Ident> {
    let is_ours = matches!(ty, Type::Path(path) if path.path.leading_colon.is_none());
    last_ident(ty).filter(|_| is_ours)
}

fn with_ident(field: &Field) -> Option<(&Field, Ident)> {
    Some((field, field.ident.clone()?))
}

fn is_flattened(field: &Field) -> bool {
    let arguments = serde_arguments(&field.attrs);
    arguments
        .iter()
        .any(|argument| argument.path().is_ident("flatten"))
}

fn is_named(field: &Field, key: &str) -> bool {
    !is_flattened(field) && wire_name(&field.attrs, field.ident.as_ref()) == key
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Type, parse_quote};

    use super::Types;
    use crate::finish::parts::Parts;

    fn parts() -> Parts {
        let file: syn::File = parse_quote! {
            pub struct Page {
                #[serde(rename = "a/b", default)]
                pub a_b: ::client_runtime::Nullable<Data>,
                pub list: List,
                pub own: ::std::option::Option<::std::boxed::Box<Page>>,
                #[serde(flatten)]
                pub extra: ::std::collections::BTreeMap<::std::string::String, i64>,
                #[serde(flatten)]
                pub rest: ::std::option::Option<Rest>,
                pub hidden: Hidden,
                pub round: Round,
                pub kind: Option,
            }
            pub struct Data { pub next: Token }
            pub struct Rest { pub total: i64 }
            pub struct List(pub ::std::vec::Vec<Data>);
            pub struct Hidden(::std::string::String);
            pub struct Round(pub ::std::boxed::Box<Round>);
            pub struct Option { pub some: i64 }
            pub type Token = ::std::string::String;
        };
        Parts {
            types: file.items,
            ..Parts::default()
        }
    }

    fn walk(from: &Type, pointer: &str) -> Result<String, String> {
        let parts = parts();
        let walk = Types::of(&parts).walk(from, pointer)?;
        let leaf = walk.leaf.to_token_stream().to_string().replace(' ', "");
        Ok(format!("{:?} {leaf}", walk.steps)
            .replace("Ident(", "")
            .replace("))", ")"))
    }

    #[test]
    fn a_pointer_leads_through_what_wraps_values() {
        let page = parse_quote!(types::Page);
        for (pointer, expected) in [
            (
                "/a~1b/next",
                "[Field(a_b), Nullable, Field(next)] ::std::string::String",
            ),
            (
                "/list",
                "[Field(list), Newtype(List)] ::std::vec::Vec<Data>",
            ),
            (
                "/own/total",
                "[Field(own), Option, Boxed, Field(rest), Option, Field(total)] i64",
            ),
            ("/kind/some", "[Field(kind), Field(some)] i64"),
            ("", "[] types::Page"),
        ] {
            assert_eq!(walk(&page, pointer).as_deref(), Ok(expected), "{pointer}");
        }
        let list = parse_quote!(Option<types::List>);
        let expected = "[Option, Newtype(List)] ::std::vec::Vec<Data>";
        assert_eq!(walk(&list, "").as_deref(), Ok(expected));
    }

    #[test]
    fn what_is_in_the_way_is_said() {
        let page = parse_quote!(types::Page);
        for (pointer, expected) in [
            ("/gone", "`Page` has no field for `gone`"),
            ("/extra", "`Page` has no field for `extra`"),
            ("/a~1b/gone", "`Data` has no field for `gone`"),
            ("/list/0", "what should have `0` is no object with fields"),
            ("/hidden", "`Hidden` does not show what it holds"),
            ("/round/x", "the types on the way hold each other"),
        ] {
            assert_eq!(walk(&page, pointer), Err(expected.to_owned()), "{pointer}");
        }
    }
}
