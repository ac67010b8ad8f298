//! The codes of this crate's diagnostics.

/// Every code that this crate raises with what it stands for, sorted. Those of the stages are listed by `client-codegen`,
/// `openapi-pages` and `openapi-lower`.
pub const CODES: &[(&str, &str)] = &[
    (
        "fetch::body",
        "An answer is not whole, or cannot be unpacked.",
    ),
    (
        "fetch::changed_meanwhile",
        "A file was changed while the vendor was asked.",
    ),
    (
        "fetch::connect",
        "A host cannot be reached, or no server can be asked at all.",
    ),
    ("fetch::gone", "The vendor no longer has a document."),
    (
        "fetch::index_empty",
        "The index of an API lists no page that the manifest's patterns match.",
    ),
    ("fetch::journal", "An interrupted fetch cannot be finished."),
    (
        "fetch::manifest",
        "The manifest has a form in which documents cannot be added or removed.",
    ),
    (
        "fetch::moved",
        "A warning: a document has moved for good, and is still found.",
    ),
    (
        "fetch::no_index",
        "`--index` was asked for where the manifest names no index.",
    ),
    (
        "fetch::not_a_document",
        "What came is not a document of a known format.",
    ),
    (
        "fetch::other_format",
        "What came is a document of another format than the manifest states.",
    ),
    (
        "fetch::other_operation",
        "What came describes other operations than the vendored document.",
    ),
    (
        "fetch::overlay",
        "A warning: our overlay does not fit the new documents.",
    ),
    ("fetch::pattern", "A pattern of an index cannot be read."),
    (
        "fetch::redirect",
        "A document is redirected to where it is not followed.",
    ),
    (
        "fetch::renamed",
        "A warning: an operation would get another name in the client.",
    ),
    (
        "fetch::shared_document",
        "Two APIs of the manifest have the same document.",
    ),
    (
        "fetch::status",
        "A server answers with a status that is no success.",
    ),
    ("fetch::timeout", "A server takes too long."),
    ("fetch::too_large", "A document is larger than is read."),
    ("fetch::write", "What was fetched cannot be written."),
];

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn codes_are_sorted_and_of_this_stage() {
        assert!(CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (code, meaning) in CODES {
            assert!(
                code.starts_with("fetch::") && meaning.ends_with('.'),
                "{code}"
            );
        }
    }
}
