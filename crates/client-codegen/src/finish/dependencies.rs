//! Which crates the finished files name.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

/// Crates that generated code may name, as (path segment, package name).
const CRATES: [(&str, &str); 10] = [
    ("base64", "base64"),
    ("bytes", "bytes"),
    ("chrono", "chrono"),
    ("client_runtime", "client-runtime"),
    ("futures_core", "futures-core"),
    ("regress", "regress"),
    ("reqwest", "reqwest"),
    ("serde", "serde"),
    ("serde_json", "serde_json"),
    ("uuid", "uuid"),
];

/// Package names of the crates that `files` name at the start of a path.
///
/// Works on tokens, because paths also stand in derives and in macro calls, which `syn` does not parse.
pub(super) fn named_in<'a>(files: impl Iterator<Item = &'a syn::File>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files {
        collect(file.to_token_stream(), &mut found);
    }
    found
}

fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Ident(ident) if is_colon(at + 1) && is_colon(at + 2) => {
                let continues_a_path = at > 2
                    && is_colon(at - 1)
                    && is_colon(at - 2)
                    && matches!(tokens[at - 3], TokenTree::Ident(ref before) if before != "use" && before != "as");
                if !continues_a_path
                    && let Some((_, package)) = CRATES.iter().find(|(segment, _)| ident == segment)
                {
                    found.insert((*package).to_owned());
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::named_in;

    #[test]
    fn paths_uses_derives_and_macros_count() {
        let file: syn::File = parse_quote! {
            use ::client_runtime::Error;
            #[derive(::serde::Serialize)]
            pub struct X { pub at: chrono::DateTime<u8>, pub uuid: types::regress::Y }
            fn f() { vec![::bytes::Bytes::new()]; }
        };
        let found: Vec<String> = named_in(std::iter::once(&file)).into_iter().collect();
        assert_eq!(found, ["bytes", "chrono", "client-runtime", "serde"]);
    }
}
