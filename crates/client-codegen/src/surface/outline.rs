//! Walks the finished files and lists what is public.

use std::collections::{BTreeMap, BTreeSet};

use syn::{
    Attribute, Fields, FnArg, GenericArgument, ImplItem, Item, ItemImpl, Path, PathArguments,
    ReceiverKind, Signature, Visibility,
};

use super::mocks::{self, is_of_mocks};
use crate::compact::compact;
use crate::finish::Finished;
use crate::finish::derives::derived;

/// The public items of a finished client, one line each.
#[must_use]
pub fn surface(finished: &Finished) -> String {
    let mut outline = Outline::default();
    for (path, file) in finished.files.iter().filter(|(path, _)| !is_of_mocks(path)) {
        outline.module(module_of(path), &file.items);
    }
    outline.print() + &mocks::lines(finished)
}

/// The public module that a file's items are re-exported from: `builder/get_user.rs` to `builder`.
fn module_of(path: &str) -> &str {
    match path.split_once('/') {
        Some((module, _)) => module,
        None => path
            .strip_suffix(".rs")
            .filter(|name| !matches!(*name, "client" | "mod"))
            .unwrap_or(""),
    }
}

/// Traits that a type may derive or implement by hand, which is the same to whoever uses it.
const DERIVABLE: [&str; 11] = [
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Serialize",
];

/// A public type with what belongs to it.
#[derive(Default)]
struct Entry {
    /// What it is: `struct<'a>`, `enum`, `= i64`.
    kind: String,
    /// Of [`DERIVABLE`].
    traits: BTreeSet<String>,
    is_non_exhaustive: bool,
    /// Fields, variants, constants and functions, in the order of the source.
    members: Vec<String>,
    /// Names of public fields, to recognise the setters that mirror them.
    fields: BTreeSet<String>,
    implements: BTreeSet<String>,
}

impl Entry {
    fn define(&mut self, kind: String, attributes: &[Attribute]) {
        self.kind = kind;
        let derived = derived(attributes);
        let names = derived.filter_map(|path| Some(path.segments.last()?.ident.to_string()));
        self.traits.extend(names);
        self.is_non_exhaustive = has(attributes, "non_exhaustive");
    }

    fn head(&self) -> String {
        let mut head = self.kind.clone();
        if !self.traits.is_empty() {
            let traits: Vec<&str> = self.traits.iter().map(String::as_str).collect();
            head += &format!(", {}", traits.join(" "));
        }
        if self.is_non_exhaustive {
            head += ", non-exhaustive";
        }
        head
    }
}

#[derive(Default)]
struct Outline {
    entries: BTreeMap<String, Entry>,
}

impl Outline {
    fn module(&mut self, module: &str, items: &[Item]) {
        for item in items {
            match item {
                Item::Struct(item) if is_public(&item.vis) => {
                    let entry = self.entry(module, &item.ident.to_string());
                    entry.define(format!("struct{}", compact(&item.generics)), &item.attrs);
                    add_fields(entry, &item.fields);
                }
                Item::Enum(item) if is_public(&item.vis) => {
                    let entry = self.entry(module, &item.ident.to_string());
                    entry.define("enum".to_owned(), &item.attrs);
                    entry.members.extend(item.variants.iter().map(|variant| {
                        let mut variant = variant.clone();
                        variant.attrs.clear();
                        compact(&variant)
                    }));
                }
                Item::Type(item) if is_public(&item.vis) => {
                    let ty = compact(&item.ty);
                    self.entry(module, &item.ident.to_string()).kind = format!("= {ty}");
                }
                Item::Impl(item) => self.implementation(module, item),
                Item::Mod(item) if is_public(&item.vis) => {
                    let inner = format!("{module}::{}", item.ident);
                    let items = item
                        .content
                        .as_ref()
                        .map(|(_, items)| items.as_slice())
                        .unwrap_or_default();
                    self.module(&inner, items);
                }
                _ => {}
            }
        }
    }

    fn entry(&mut self, module: &str, name: &str) -> &mut Entry {
        self.entries.entry(public_path(module, name)).or_default()
    }

    fn implementation(&mut self, module: &str, item: &ItemImpl) {
        // `Builder<'a>` and `Builder` are one type here.
        let name = compact(&item.self_ty)
            .split('<')
            .next()
            .unwrap_or_default()
            .to_owned();
        if let Some((path, _)) = &item.trait_ {
            let path: &Path = path;
            let line = format!("impl {} for {}", compact(path), compact(&item.self_ty));
            let about_another = !self.entries.contains_key(&public_path(module, &name));
            let owner = if about_another {
                last_defined(self, module, path).unwrap_or(name)
            } else {
                name
            };
            let is_of_owner = compact(&item.self_ty).split('<').next() == Some(&owner);
            let entry = self.entry(module, &owner);
            match derivable(path).filter(|_| is_of_owner) {
                Some(name) => entry.traits.insert(name),
                None => entry.implements.insert(line),
            };
            return;
        }
        let entry = self.entry(module, &name);
        for member in &item.items {
            match member {
                ImplItem::Fn(function) if is_public(&function.vis) => {
                    entry.members.push(signature(&function.sig))
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    entry.members.push(format!(
                        "const {}: {} = {}",
                        constant.ident,
                        compact(&constant.ty),
                        compact(&constant.expr)
                    ));
                }
                _ => {}
            }
        }
    }

    fn print(mut self) -> String {
        self.drop_mirrored_setters();
        let mut text = String::from(
            "Public items, one line each. A struct in `types` has a setter `field(self, value) -> Self` for each field that\n\
             is no argument of `new`, which is listed only if its name is another one.\n",
        );
        for (path, entry) in &self.entries {
            text.push_str(&format!("\n{path}: {}\n", entry.head()));
            for line in entry.members.iter().chain(&entry.implements) {
                text.push_str(&format!("    {line}\n"));
            }
        }
        text
    }

    /// A setter of a field says nothing that the field does not.
    fn drop_mirrored_setters(&mut self) {
        for entry in self.entries.values_mut() {
            let fields = &entry.fields;
            entry.members.retain(|line| {
                let name = line
                    .strip_prefix("fn ")
                    .and_then(|line| line.split('(').next());
                let is_setter = line.contains("(self, value: ") && line.ends_with(" -> Self");
                !(is_setter && name.is_some_and(|name| fields.contains(name)))
            });
        }
    }
}

fn public_path(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}

fn last_defined(outline: &Outline, module: &str, path: &Path) -> Option<String> {
    let text = compact(path);
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .find(|word| outline.entries.contains_key(&public_path(module, word)))
        .map(str::to_owned)
}

/// A signature as callers see it: `mut self` is `self`, and paths within `types` are short.
fn signature(signature: &Signature) -> String {
    let mut signature = signature.clone();
    for input in &mut signature.inputs {
        if let FnArg::Receiver(receiver) = input
            && matches!(receiver.kind, ReceiverKind::Value)
        {
            receiver.mutability = None;
        }
    }
    compact(&signature).replace("super::", "")
}

fn add_fields(entry: &mut Entry, fields: &Fields) {
    for (index, field) in fields.iter().enumerate() {
        if is_public(&field.vis) {
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| index.to_string(), ToString::to_string);
            let ty = compact(&field.ty);
            entry.members.push(format!("{name}: {ty}"));
            entry.fields.insert(name);
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

/// The name of a trait that may be derived: of `Deserialize<'de>`, but not of `PartialEq<str>`.
fn derivable(path: &Path) -> Option<String> {
    let last = path.segments.last()?;
    let is_about_types = match &last.arguments {
        PathArguments::AngleBracketed(list) => {
            let is_lifetime = |one: &_| matches!(one, GenericArgument::Lifetime(_));
            !list.args.iter().all(is_lifetime)
        }
        _ => false,
    };
    let name = last.ident.to_string();
    (!is_about_types && DERIVABLE.contains(&name.as_str())).then_some(name)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::surface;
    use crate::finish::Finished;

    fn outline(file: syn::File) -> String {
        let files = [("types/x.rs".to_owned(), file)].into();
        let text = surface(&Finished {
            files,
            dependencies: [].into(),
            credentials: [].into(),
            operations: [].into(),
        });
        text.split_once("\n\n").unwrap().1.to_owned()
    }

    #[test]
    fn a_setter_that_mirrors_a_field_is_not_listed() {
        let text = outline(parse_quote! {
            #[derive(Clone, ::serde::Serialize)]
            #[non_exhaustive]
            pub struct X { pub a: ::std::option::Option<Y>, pub clone: ::std::option::Option<Y>, private: u8 }
            impl X {
                pub fn new() -> Self { todo!() }
                pub fn a(mut self, value: Y) -> Self { self }
                pub fn set_clone(mut self, value: Y) -> Self { self }
                pub fn private(mut self, value: u8) -> Self { self }
                fn hidden() {}
            }
        });
        assert_eq!(
            text,
            "types::X: struct, Clone Serialize, non-exhaustive\n    a: Option<Y>\n    clone: Option<Y>\n    fn new() -> Self\n    fn set_clone(self, value: Y) -> Self\n    fn private(self, value: u8) -> Self\n"
        );
    }

    #[test]
    fn a_trait_that_is_written_by_hand_is_one_that_is_derived() {
        let derived = outline(parse_quote! {
            #[derive(Clone, Debug, Default, ::serde::Deserialize, PartialEq)]
            pub struct X;
            impl ::std::cmp::PartialEq<str> for X {}
        });
        let written = outline(parse_quote! {
            #[derive(Clone)]
            pub struct X;
            impl ::std::fmt::Debug for X {}
            impl ::std::default::Default for X {}
            impl ::std::cmp::PartialEq for X {}
            impl<'de> ::serde::Deserialize<'de> for X {}
            impl ::std::cmp::PartialEq<str> for X {}
        });
        assert_eq!(
            derived,
            "types::X: struct, Clone Debug Default Deserialize PartialEq\n    impl ::std::cmp::PartialEq<str> for X\n"
        );
        assert_eq!(written, derived);
    }
}
