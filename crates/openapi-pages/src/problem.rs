//! What is wrong with an input, said so that its reader knows the next step.

use std::fmt;
use std::ops::Range;

/// One thing that is wrong with an input.
///
/// `Display` writes the message and the code on one line; span and help are left to whoever renders the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which problem it is: one of [`CODES`], such as `pages::no_fence`. Stable; made for tests and documentation.
    pub code: &'static str,
    /// What is wrong, as one sentence without a final full stop.
    pub message: String,
    /// Where it is: a byte range of the input (half open, on character boundaries), or `None` for the input as a whole.
    pub span: Option<Range<usize>>,
    /// What to do next, as full sentences. Never empty.
    pub help: String,
}

impl Problem {
    pub(crate) fn new(
        code: &'static str,
        span: impl Into<Option<Range<usize>>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            message: message.into(),
            span: span.into(),
            help: help.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.message, self.code)
    }
}

impl std::error::Error for Problem {}

/// Declares each code once: as a constant for this crate and as a line of [`CODES`].
macro_rules! codes {
    ($($name:ident = $code:literal: $meaning:literal;)*) => {
        pub(crate) mod code {
            $(#[doc = $meaning] pub(crate) const $name: &str = $code;)*
        }

        /// Every code that a [`Problem`] of this crate can have, with its meaning in one line.
        pub const CODES: &[(&str, &str)] = &[$(($code, $meaning)),*];
    };
}

codes! {
    EMPTY = "pages::empty": "The input has no content.";
    TOO_LARGE = "pages::too_large": "The input is larger than this crate reads.";
    NOT_UTF8 = "pages::not_utf8": "The input is not UTF-8 text.";
    HTML = "pages::html": "The input is an HTML page, not its Markdown source.";
    NO_FENCE = "pages::no_fence": "The page has no OpenAPI block.";
    UNCLOSED_FENCE = "pages::unclosed_fence": "The page ends inside its OpenAPI block.";
    MIXED_FORMS = "pages::mixed_forms": "One input holds OpenAPI blocks of several page forms.";
    WRONG_FORM = "pages::wrong_form": "An OpenAPI block is of another form than the one that was stated.";
    NOT_OPENAPI = "pages::not_openapi": "The document is not an OpenAPI document.";
    SWAGGER = "pages::swagger_2": "The document is Swagger 2.0, which is not OpenAPI 3.";
    VERSION = "pages::openapi_version": "The document's `openapi` field is not a version text of OpenAPI 3.";
    SHAPE = "pages::shape": "A value has another type than its place calls for.";
    METHOD = "pages::method": "The page's HTTP method is not one that OpenAPI knows.";
    SECURITY = "pages::security": "A security alternative of the page does not say which scheme is which.";
    CONFLICT = "pages::component_conflict": "One page gives two different meanings to one component name.";
    JSON_SYNTAX = "pages::json_syntax": "The JSON text is not valid JSON.";
    TRUNCATED = "pages::truncated": "The JSON text ends before its value is complete.";
    YAML_SYNTAX = "pages::yaml_syntax": "The YAML text is not valid YAML.";
    YAML_TAB = "pages::yaml_tab": "The YAML text is indented with a tab.";
    YAML_DOCUMENTS = "pages::yaml_documents": "The YAML text holds several documents.";
    YAML_KEY = "pages::yaml_key": "A YAML mapping has a key that is not a scalar.";
    YAML_TAG = "pages::yaml_tag": "A YAML tag has no meaning in an OpenAPI document or does not fit its value.";
    MERGE_KEY = "pages::merge_key": "A YAML merge key `<<` does not name mappings.";
    UNKNOWN_ALIAS = "pages::unknown_alias": "A YAML alias has no anchor before it.";
    RECURSIVE_ALIAS = "pages::recursive_alias": "A YAML alias lies inside the value that it repeats.";
    ALIAS_BOMB = "pages::alias_bomb": "YAML aliases expand to more than this crate copies.";
    DUPLICATE_KEY = "pages::duplicate_key": "An object has the same key twice.";
    NUMBER = "pages::number": "A number cannot be kept exactly.";
    TOO_DEEP = "pages::too_deep": "Values are nested deeper than this crate reads.";
}
