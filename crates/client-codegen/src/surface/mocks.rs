//! Mock expectations in one line per operation: what they take says no more than the operation's builder does.

use std::collections::BTreeMap;

use syn::{File, FnArg, ImplItem, ImplItemFn, Item};

use crate::compact::compact;
use crate::finish::{Finished, MOCKS};

/// Whether a file is of the module of mock expectations.
pub(super) fn is_of_mocks(path: &str) -> bool {
    path.strip_prefix(MOCKS)
        .is_some_and(|rest| rest.starts_with('/'))
}

/// `GetUser: id -> ok(&types::User), not_found(&types::Problem)` for each operation.
pub(super) fn lines(finished: &Finished) -> String {
    let files = finished.files.iter().filter(|(path, _)| is_of_mocks(path));
    let lines: BTreeMap<String, String> = files.filter_map(|(_, file)| line(file)).collect();
    if lines.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{MOCKS}: what mocks expect of an operation and answer (feature)\n");
    for (name, line) in lines {
        text += &format!("    {name}: {line}\n");
    }
    text
}

fn line(file: &File) -> Option<(String, String)> {
    let methods = |end: &str| {
        file.items.iter().find_map(|item| {
            let Item::Impl(item) = item else { return None };
            let name = compact(&item.self_ty).strip_suffix(end)?.to_owned();
            let methods = item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) if is_own(method) => Some(method),
                _ => None,
            });
            Some((name, methods.collect::<Vec<_>>()))
        })
    };
    let ((name, expected), (_, answered)) = (methods("When")?, methods("Then")?);
    let expected = expected
        .into_iter()
        .map(|method| method.sig.ident.to_string());
    let answered = answered.into_iter().map(|method| {
        let types = method.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(input) => Some(compact(&input.ty)),
            FnArg::Receiver(_) => None,
        });
        format!("{}({})", method.sig.ident, joined(types))
    });
    Some((
        name,
        format!("({}) -> {}", joined(expected), joined(answered)),
    ))
}

/// Not `new` nor `into_inner`, which all have.
fn is_own(method: &ImplItemFn) -> bool {
    method.sig.receiver().is_some() && method.sig.ident != "into_inner"
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    #[test]
    fn an_operation_is_one_line() {
        let file = parse_quote! {
            pub struct GetXWhen(When);
            impl GetXWhen {
                pub fn new(inner: When) -> Self { Self(inner) }
                pub fn into_inner(self) -> When { self.0 }
                pub fn id(self, value: &str) -> Self { self }
                pub fn tag<'a>(self, value: impl Into<Option<&'a str>>) -> Self { self }
            }
            pub struct GetXThen(Then);
            impl GetXThen {
                pub fn new(inner: Then) -> Self { Self(inner) }
                pub fn no_content(self) -> Self { self }
                pub fn client_error(self, status: u16, value: &types::X) -> Self { self }
            }
        };
        let expected = "(id, tag) -> no_content(), client_error(u16, &types::X)";
        assert_eq!(
            super::line(&file),
            Some(("GetX".to_owned(), expected.to_owned()))
        );
    }
}
