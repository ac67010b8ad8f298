//! progenitor's mock expectations, taken apart.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{
    GenericParam, Ident, ImplItem, ImplItemFn, Item, ItemImpl, ItemStruct, ItemTrait, Path,
    PathArguments, TraitItem, TraitItemFn, TypeParamBound, WherePredicate, parse_quote,
};

use crate::finish::parts::{last_ident, self_ident};
use crate::finish::run::unexpected_output;
use crate::problem::Problem;

/// What of progenitor's expectations stays.
pub(super) struct Skeleton {
    /// The trait, without its methods.
    pub(super) extension: ItemTrait,
    /// Its implementation for the mock server, without its methods.
    pub(super) implementation: ItemImpl,
    /// By the name of the method of `Client`.
    pub(super) operations: BTreeMap<String, Mocked>,
}

/// What belongs to one operation.
pub(super) struct Mocked {
    /// The method of the trait.
    pub(super) declaration: TraitItemFn,
    /// The same with its code.
    pub(super) method: ImplItemFn,
    pub(super) when: Wrapper,
    pub(super) then: Wrapper,
}

/// A type around `When` or `Then`, and its methods.
pub(super) struct Wrapper {
    pub(super) definition: ItemStruct,
    pub(super) implementation: ItemImpl,
}

impl Wrapper {
    pub(super) fn name(&self) -> &Ident {
        &self.definition.ident
    }

    pub(super) fn methods(&mut self) -> impl Iterator<Item = &mut ImplItemFn> {
        self.implementation
            .items
            .iter_mut()
            .filter_map(|item| match item {
                ImplItem::Fn(function) => Some(function),
                _ => None,
            })
    }
}

impl Skeleton {
    /// Takes the items of progenitor's module apart.
    pub(super) fn take_apart(items: Vec<Item>) -> Result<Self, Problem> {
        let missing = |what: &str| unexpected_output(&format!("mock expectations without {what}"));
        let (mut extension, mut implementation) = (None, None);
        let mut wrappers = Wrappers::default();
        for mut item in items {
            RuntimePaths.visit_item_mut(&mut item);
            match item {
                Item::Mod(module) if module.ident == "operations" => {
                    let (_, items) = module.content.ok_or_else(|| missing("their wrappers"))?;
                    wrappers = Wrappers::of(items);
                }
                Item::Trait(item) => extension = Some(item),
                Item::Impl(item) => implementation = Some(item),
                other => {
                    let text = other.to_token_stream().to_string();
                    let start: String = text.chars().take(40).collect();
                    return Err(unexpected_output(&format!(
                        "`{start}…` among mock expectations"
                    )));
                }
            }
        }
        let mut extension = extension.ok_or_else(|| missing("a trait"))?;
        let mut implementation = implementation.ok_or_else(|| missing("an implementation"))?;
        let mut methods: BTreeMap<String, ImplItemFn> = std::mem::take(&mut implementation.items)
            .into_iter()
            .filter_map(|item| match item {
                ImplItem::Fn(method) => Some((method.sig.ident.to_string(), method)),
                _ => None,
            })
            .collect();
        let mut operations = BTreeMap::new();
        for item in std::mem::take(&mut extension.items) {
            let TraitItem::Fn(declaration) = item else {
                continue;
            };
            let name = declaration.sig.ident.to_string();
            let missing = |what: &str| missing(&format!("{what} for `{name}`"));
            let (when, then) =
                wrapped(&declaration).ok_or_else(|| missing("a closure of two wrappers"))?;
            let mocked = Mocked {
                method: methods.remove(&name).ok_or_else(|| missing("a method"))?,
                when: wrappers.take(&when).ok_or_else(|| missing("a `When`"))?,
                then: wrappers.take(&then).ok_or_else(|| missing("a `Then`"))?,
                declaration,
            };
            operations.insert(name, mocked);
        }
        Ok(Self {
            extension,
            implementation,
            operations,
        })
    }
}

#[derive(Default)]
struct Wrappers {
    definitions: BTreeMap<String, ItemStruct>,
    implementations: BTreeMap<String, ItemImpl>,
}

impl Wrappers {
    fn of(items: Vec<Item>) -> Self {
        let mut wrappers = Self::default();
        for item in items {
            match item {
                Item::Struct(item) => {
                    wrappers.definitions.insert(item.ident.to_string(), item);
                }
                Item::Impl(item) => {
                    if let Some(name) = self_ident(&item).map(Ident::to_string) {
                        wrappers.implementations.insert(name, item);
                    }
                }
                _ => {}
            }
        }
        wrappers
    }

    fn take(&mut self, name: &str) -> Option<Wrapper> {
        Some(Wrapper {
            definition: self.definitions.remove(name)?,
            implementation: self.implementations.remove(name)?,
        })
    }
}

/// `A` and `B` of `fn x<F>(…) where F: FnOnce(operations::A, operations::B)`.
fn wrapped(declaration: &TraitItemFn) -> Option<(String, String)> {
    let generics = &declaration.sig.generics;
    let clauses = generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    let in_clauses = clauses.filter_map(|predicate| match predicate {
        WherePredicate::Type(predicate) => Some(&predicate.bounds),
        _ => None,
    });
    let in_parameters = generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(&parameter.bounds),
            _ => None,
        });
    in_clauses.chain(in_parameters).flatten().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else {
            return None;
        };
        let PathArguments::Parenthesized(arguments) = &bound.path.segments.last()?.arguments else {
            return None;
        };
        let mut names = arguments
            .inputs
            .iter()
            .filter_map(|input| Some(last_ident(&input.ty)?.to_string()));
        Some((names.next()?, names.next()?))
    })
}

/// `::httpmock::X` to `::client_runtime::httpmock::X`: a client has the mock server that the runtime has.
struct RuntimePaths;

impl VisitMut for RuntimePaths {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if path.leading_colon.is_some() && path.segments[0].ident == "httpmock" {
            path.segments.insert(0, parse_quote!(client_runtime));
        }
    }
}
