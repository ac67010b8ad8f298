//! Tokens on one line, as a person would write them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Paths whose last segment says it all.
const SHORTENED: [&str; 22] = [
    "::std::option::",
    "::std::string::",
    "::std::vec::",
    "::std::result::",
    "::std::collections::",
    "::std::convert::",
    "::std::fmt::",
    "::std::str::",
    "::std::ops::",
    "::std::default::",
    "::std::error::",
    "::std::time::",
    "::std::boxed::",
    "std::convert::",
    "std::fmt::",
    "std::ops::",
    "::chrono::offset::",
    "::chrono::",
    "::client_runtime::",
    "::serde_json::",
    "::serde::",
    "::uuid::",
];

/// The tokens of `syntax` as one line, with well-known paths cut to their last segment.
pub(crate) fn compact(syntax: &impl ToTokens) -> String {
    let mut text = String::new();
    write(syntax.to_token_stream(), &mut text);
    for path in SHORTENED {
        text = text.replace(path, "");
    }
    // A trailing comma of a list that was written over several lines.
    text.replace(", >", ">")
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut joined = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
                joined = false;
            }
            TokenTree::Punct(punct) => {
                // `impl ::std::fmt::Display`
                if punct.as_char() == ':' && ends_with_word(text, &["impl", "dyn"]) {
                    text.push(' ');
                }
                match punct.as_char() {
                    ',' | ';' => text.push_str(&format!("{} ", punct.as_char())),
                    ':' if !joined && punct.spacing() == Spacing::Alone => text.push_str(": "),
                    '+' | '=' if !joined => text.push_str(&format!(" {}", punct.as_char())),
                    '>' if joined && text.ends_with('-') => {
                        text.pop();
                        text.push_str(" -> ");
                    }
                    other => text.push(other),
                }
                if matches!(punct.as_char(), '+' | '=') && punct.spacing() == Spacing::Alone {
                    text.push(' ');
                }
                joined = punct.spacing() == Spacing::Joint;
            }
            token => {
                if text.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    text.push(' ');
                }
                text.push_str(&token.to_string());
                joined = false;
            }
        }
    }
    let trimmed = text.trim_end_matches([' ', ',']).len();
    text.truncate(trimmed);
}

fn ends_with_word(text: &str, words: &[&str]) -> bool {
    let last = text
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
        .next();
    last.is_some_and(|last| words.contains(&last))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::compact;

    #[test]
    fn a_signature_reads_like_source() {
        let signature: syn::Signature = parse_quote! {
            async fn send<T: Into<String> + Send>(&mut self, value: ::std::option::Option<T>, text: impl ::std::convert::Into<String>, simpl: u8,) -> Result<Vec<u8>, Error<()>>
        };
        assert_eq!(
            compact(&signature),
            "async fn send<T: Into<String> + Send>(&mut self, value: Option<T>, text: impl Into<String>, simpl: u8) -> Result<Vec<u8>, Error<()>>"
        );
        let ty: syn::Type = parse_quote!(builder::GetUser<'_>);
        assert_eq!(compact(&ty), "builder::GetUser<'_>");
        let ty: syn::Type = parse_quote!(&'a super::Client);
        assert_eq!(compact(&ty), "&'a super::Client");
    }
}
