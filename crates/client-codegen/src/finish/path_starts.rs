//! The first segments of the paths in a piece of code.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

/// `a` of every `a::…` and `::a::…` in `tokens`.
///
/// Works on tokens, because paths also stand in derives and in macro calls, which `syn` does not parse.
pub(super) fn path_starts(tokens: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(tokens, &mut found);
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
                if !continues_a_path {
                    found.insert(ident.to_string());
                }
            }
            _ => {}
        }
    }
}
