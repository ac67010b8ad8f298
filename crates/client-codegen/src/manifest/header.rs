//! What a new manifest starts with.

/// The comment at the top of a manifest: what each key is for. `program` is how people start the tool.
#[must_use]
pub fn header(program: &str) -> String {
    format!(
        "# The APIs of this workspace. For people: add a table, run `{program} pin NAME`, then `{program} codegen NAME`.\n\
         {KEYS}"
    )
}

const KEYS: &str = r#"#
# [api.NAME]                 NAME is what the commands call the API.
# title                      what people call it; the client's docs use it
# crate                      the crate that is generated, crates/<crate>
# environment-prefix         start of its environment variables: PREFIX_API_KEY and so on
# overlay                    optional: our own fix-ups, an OpenAPI Overlay file (1.0 or 1.1), relative to this folder;
#                            its `extends` is not used
# base-url                   optional: used in place of the server that the document names
# credentials                optional: { scheme = "setter" }, where two security schemes would get the same setter
# credential-origins         optional: origins that credentials may go to beside the base URL's, as ["https://upload.example.com"]:
#                            those of servers that the document names for some operations
# idempotency-key            optional: the header field by which the API knows a call that is made again, as "Idempotency-Key"
# numbers-as-strings         optional: true if the API sends numbers as texts, as "3" for 3; false unless it says otherwise
# left-out                   optional: operations that the client may lack, as ["POST /users"]. What cannot be generated and is
#                            not listed is an error, and so is an entry for what is generated or does not exist
# index                      optional: the site's list of pages, from which `fetch --index` proposes documents:
#                            { url = "https://docs.example.com/llms.txt", include = ["api-reference/*"], exclude = [], folder = "NAME" }
#                            where a pattern is one of the URL's path (`*` within a folder, `**` across), and `folder`, the
#                            API's name unless it says otherwise, is where new files are put
#
# [[api.NAME.document]]      one per vendored file; together they are the API, in whatever order
# file                       relative to this folder
# url                        optional: where the bytes came from
# format                     optional: mintlify-resolved, mintlify-embedded, readme, openapi-json or openapi-yaml, if the
#                            content does not tell
# rank                       optional integer, 0 unless it says otherwise. Documents of one rank must agree where they
#                            overlap; where ranks differ, the higher one is believed and a note tells what the other said
# retired                    optional: { date = 2026-11-22, reason = "…" }, where the vendor no longer has the document:
#                            what is vendored stays, and `fetch` does not ask for it
"#;
