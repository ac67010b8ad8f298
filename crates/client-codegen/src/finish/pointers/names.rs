//! Names of what an extension adds, and of types that it asks for.

use syn::{ImplItem, Type};

use crate::finish::operations::OperationCode;
use crate::finish::parts::last_ident;

const WHOLE_NUMBERS: [&str; 8] = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];

/// The name, with `prefix` before it as often as the builder has something of that name: a parameter keeps its own.
pub(in crate::finish) fn free_name(operation: &OperationCode, name: &str, prefix: &str) -> String {
    let is_taken = |name: &str| {
        let mut items = operation.implementation.items.iter();
        items.any(|item| matches!(item, ImplItem::Fn(function) if function.sig.ident == name))
    };
    let mut name = name.to_owned();
    while is_taken(&name) {
        name.insert_str(0, prefix);
    }
    name
}

/// Whether a type is one of these, without a path.
pub(in crate::finish) fn is_one(ty: &Type, names: &[&str]) -> bool {
    let is_plain = matches!(ty, Type::Path(path) if path.path.get_ident().is_some());
    is_plain && last_ident(ty).is_some_and(|name| names.iter().any(|known| name == known))
}

pub(in crate::finish) fn is_whole_number(ty: &Type) -> bool {
    is_one(ty, &WHOLE_NUMBERS)
}
