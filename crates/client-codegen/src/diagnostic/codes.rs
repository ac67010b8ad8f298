//! The codes of this crate.

/// A diagnostic code and what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// `stage::name`.
    pub code: &'static str,
    /// One line; `docs/troubleshooting.md` has the whole story.
    pub meaning: &'static str,
}

const fn code(code: &'static str, meaning: &'static str) -> Code {
    Code { code, meaning }
}

/// Every code that this crate raises, sorted. Those of `pages` and `lower` are listed by their libraries.
pub const CODES: &[Code] = &[
    code(
        "assemble::conflict",
        "Two documents of an API say different things about the same thing.",
    ),
    code(
        "assemble::no_fragments",
        "The documents of an API hold no fragment.",
    ),
    code(
        "assemble::not_an_object",
        "A fragment, or a part of it that is merged, is not an object.",
    ),
    code("diff::git", "The program `git` cannot read the repository."),
    code(
        "diff::no_git",
        "The program `git`, which reads revisions, is not there.",
    ),
    code("diff::no_repository", "The folder is in no git repository."),
    code("diff::no_specs", "A revision has no manifest."),
    code(
        "diff::temporary_folder",
        "The files of a revision cannot be written to a temporary folder.",
    ),
    code(
        "diff::unknown_revision",
        "There is no commit of the name that was given.",
    ),
    code(
        "emit::directory_for_file",
        "A directory stands where a generated file belongs.",
    ),
    code(
        "emit::file_for_directory",
        "A file stands where a directory of generated files belongs.",
    ),
    code(
        "emit::path",
        "A generated file would be written outside the workspace.",
    ),
    code(
        "emit::read",
        "A file or directory could not be read for the comparison.",
    ),
    code(
        "emit::symlink",
        "A symbolic link stands where generated files belong.",
    ),
    code(
        "emit::write",
        "A generated file could not be written, renamed or removed.",
    ),
    code(
        "finish::credential_clash",
        "Two security schemes would get the same setter.",
    ),
    code(
        "finish::credential_origin",
        "`credential-origins` names an origin that no operation's server has.",
    ),
    code(
        "finish::idempotency_key",
        "An `x-idempotency-key` is neither true nor false.",
    ),
    code(
        "finish::job",
        "An `x-job` names what the operation does not have.",
    ),
    code(
        "finish::pagination",
        "An `x-pagination` names what the operation does not have.",
    ),
    code(
        "finish::panicked",
        "A pass over progenitor's output failed.",
    ),
    code(
        "finish::success",
        "An `x-success` says nothing that answers can be asked for.",
    ),
    code(
        "finish::unexpected_output",
        "progenitor wrote something that the passes over its output do not know.",
    ),
    code(
        "finish::unknown_security_scheme",
        "The manifest names a setter for a security scheme that does not exist.",
    ),
    code(
        "finish::unsupported_security",
        "A warning: a security scheme is of a kind that clients cannot send, so their builder has no setter for it.",
    ),
    code(
        "generate::aborted",
        "progenitor ended its process: a stack overflow, or no memory.",
    ),
    code(
        "generate::not_rust",
        "progenitor wrote something that is not Rust.",
    ),
    code(
        "generate::not_started",
        "The process that runs progenitor cannot be started.",
    ),
    code("generate::panicked", "progenitor panicked."),
    code(
        "generate::refused",
        "progenitor refuses a lowered document.",
    ),
    code(
        "generate::reserved_component",
        "A component has a name that the generator needs for itself.",
    ),
    code("generate::timed_out", "progenitor does not finish."),
    code(
        "input::missing",
        "A file that the manifest names does not exist.",
    ),
    code(
        "input::not_a_file",
        "A path that the manifest names is a directory or another thing that is not a file.",
    ),
    code(
        "input::read",
        "A file that the manifest names cannot be read.",
    ),
    code(
        "input::too_large",
        "A file that the manifest names is larger than is read.",
    ),
    code(
        "lock::hash_mismatch",
        "A vendored document is not the one that was pinned.",
    ),
    code(
        "lock::not_pinned",
        "A document of the manifest has no entry in the lock file.",
    ),
    code("lock::parse", "The lock file cannot be read."),
    code(
        "lock::stale_entry",
        "An entry of the lock file belongs to no document of the manifest, or names another URL.",
    ),
    code(
        "lock::unfinished_fetch",
        "A fetch was interrupted while it wrote, or is at work.",
    ),
    code("manifest::duplicate_crate", "Two APIs have the same crate."),
    code(
        "manifest::duplicate_document",
        "An API names the same file twice.",
    ),
    code(
        "manifest::invalid_value",
        "A value of the manifest is not of the form that its key needs.",
    ),
    code(
        "manifest::left_out",
        "An operation cannot be generated, and the manifest does not let the client lack it.",
    ),
    code(
        "manifest::missing_key",
        "A required key of the manifest is missing.",
    ),
    code("manifest::no_documents", "An API has no document."),
    code(
        "manifest::nothing_left_out",
        "The manifest lets the client lack an operation that is generated or does not exist.",
    ),
    code(
        "manifest::path",
        "A path of the manifest leaves the folder `specs`.",
    ),
    code("manifest::syntax", "The manifest is not TOML."),
    code(
        "manifest::unknown_api",
        "An API that was asked for is not in the manifest.",
    ),
    code(
        "manifest::unknown_key",
        "The manifest has a key that nothing reads.",
    ),
    code(
        "manifest::wrong_type",
        "A value of the manifest has another type than its key needs.",
    ),
    code("new::exists", "The name of a new API is taken."),
    code(
        "new::file_name",
        "A file has a name under which it cannot be kept.",
    ),
    code("new::urls", "A new API has not as many URLs as files."),
    code(
        "overlay::bad_path",
        "The target or `copy` of an action is not a JSONPath expression (RFC 9535).",
    ),
    code(
        "overlay::copy_source",
        "The `copy` of an action does not select exactly one value.",
    ),
    code(
        "overlay::incompatible",
        "What is merged does not fit the values that the target selects.",
    ),
    code(
        "overlay::invalid",
        "The overlay is not an OpenAPI Overlay document.",
    ),
    code(
        "overlay::no_change",
        "An action leaves the document as it was.",
    ),
    code(
        "overlay::no_match",
        "The target of an action selects nothing.",
    ),
    code(
        "overlay::primitive_target",
        "The target of an action of Overlay 1.0 selects a value that is neither object nor array.",
    ),
    code(
        "overlay::remove_root",
        "An action removes the whole document.",
    ),
    code(
        "overlay::unknown_key",
        "The overlay has a key that its version of the specification does not know.",
    ),
    code(
        "overlay::version",
        "The overlay is of a version that is not supported.",
    ),
    code(
        "scaffold::dependencies",
        "The dependencies of a client crate cannot be read or edited.",
    ),
    code(
        "scaffold::manifest",
        "The Cargo.toml of a client crate or of the workspace is not one.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_unique_and_staged() {
        assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(
            CODES
                .iter()
                .all(|c| c.code.matches("::").count() == 1 && c.meaning.ends_with('.'))
        );
    }
}
