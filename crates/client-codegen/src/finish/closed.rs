//! Finds the types by whose values branches of unions are told apart, which must not read anything else.

use std::collections::{BTreeMap, BTreeSet};

use openapi_lower::UnionMark;
use syn::{GenericArgument, Item, ItemEnum, ItemStruct, PathArguments, Type};

use super::parts::{Parts, last_ident, only_field, wire_name};
use super::probe::ProbedTypes;

/// The names of these types: those of the branches themselves, and of tags.
pub(super) fn closed(
    parts: &Parts,
    unions: &BTreeMap<String, UnionMark>,
    probed: &ProbedTypes,
) -> BTreeSet<String> {
    Types::of(parts).closed(unions, probed)
}

/// The definitions of types by name.
struct Types<'p> {
    structs: BTreeMap<String, &'p ItemStruct>,
    enums: BTreeMap<String, &'p ItemEnum>,
}

impl<'p> Types<'p> {
    fn of(parts: &'p Parts) -> Self {
        let (mut structs, mut enums) = (BTreeMap::new(), BTreeMap::new());
        for item in &parts.types {
            match item {
                Item::Struct(item) => drop(structs.insert(item.ident.to_string(), item)),
                Item::Enum(item) => drop(enums.insert(item.ident.to_string(), item)),
                _ => {}
            }
        }
        Self { structs, enums }
    }

    fn closed(
        &self,
        unions: &BTreeMap<String, UnionMark>,
        probed: &ProbedTypes,
    ) -> BTreeSet<String> {
        let mut open: Vec<String> = self
            .enums
            .values()
            .flat_map(|item| payloads(item))
            .collect();
        for (component, mark) in unions {
            let name = probed.of_component(component).and_then(last_ident);
            let item = name.and_then(|name| self.enums.get(&name.to_string()));
            if let (Some(item), Some(tag)) = (item, &mark.tag) {
                let branches = payloads(item);
                open.extend(branches.filter_map(|branch| self.field_type(&branch, tag)));
            }
        }
        let mut closed = BTreeSet::new();
        while let Some(name) = open.pop() {
            if closed.insert(name.clone()) {
                open.extend(self.newtype(&name));
            }
        }
        closed
    }

    /// The type of the field that is called so on the wire.
    fn field_type(&self, name: &str, property: &str) -> Option<String> {
        let mut fields = self.structs.get(name)?.fields.iter();
        let field =
            fields.find(|field| wire_name(&field.attrs, field.ident.as_ref()) == property)?;
        innermost(&field.ty)
    }

    /// What a type around one other holds.
    fn newtype(&self, name: &str) -> Option<String> {
        innermost(only_field(&self.structs.get(name)?.fields)?)
    }
}

/// What the variants of an enum hold.
fn payloads(item: &ItemEnum) -> impl Iterator<Item = String> {
    let fields = item.variants.iter().flat_map(|variant| &variant.fields);
    fields.filter_map(|field| innermost(&field.ty))
}

/// `X` of `Option<Box<X>>`.
fn innermost(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    if let PathArguments::AngleBracketed(arguments) = &last.arguments {
        let [GenericArgument::Type(inner)] = arguments.args.iter().collect::<Vec<_>>()[..] else {
            return None;
        };
        return innermost(inner);
    }
    last_ident(ty).map(ToString::to_string)
}
