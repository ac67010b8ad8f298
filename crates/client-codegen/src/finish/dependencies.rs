//! Which crates the finished files name.

use std::collections::BTreeSet;

use quote::ToTokens;

use super::path_starts::path_starts;

/// Crates that generated code may name, as (path segment, package name).
const CRATES: [(&str, &str); 12] = [
    ("base64", "base64"),
    ("bytes", "bytes"),
    ("chrono", "chrono"),
    ("client_runtime", "client-runtime"),
    ("futures", "futures"),
    ("futures_core", "futures-core"),
    ("rand", "rand"),
    ("regress", "regress"),
    ("reqwest", "reqwest"),
    ("serde", "serde"),
    ("serde_json", "serde_json"),
    ("uuid", "uuid"),
];

/// Package names of the crates that `files` name at the start of a path.
pub(super) fn named_in<'a>(files: impl Iterator<Item = &'a syn::File>) -> BTreeSet<String> {
    let mut starts = BTreeSet::new();
    for file in files {
        starts.extend(path_starts(file.to_token_stream()));
    }
    CRATES
        .iter()
        .filter(|(segment, _)| starts.contains(*segment))
        .map(|(_, package)| (*package).to_owned())
        .collect()
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
            pub use self::base64::Z;
            fn f() { vec![::bytes::Bytes::new()]; }
        };
        let found: Vec<String> = named_in(std::iter::once(&file)).into_iter().collect();
        assert_eq!(found, ["bytes", "chrono", "client-runtime", "serde"]);
    }
}
