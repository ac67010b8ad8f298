//! What a form cannot carry although the API's own document has it.

use crate::Format;

impl Format {
    /// Whether a document that was read from this form may lack anything that the API's own document has.
    #[must_use]
    pub fn is_lossy(self) -> bool {
        self == Self::MintlifyResolved
    }

    /// Whether a document that was read from this form may lack the value at `pointer` (RFC 6901) although the API's own
    /// document has it.
    ///
    /// Where it does, that the value is missing says nothing, so a document that has it does not contradict. Only
    /// [`MintlifyResolved`](Self::MintlifyResolved) loses values: names, links and headers of an operation, details of
    /// security schemes, and what its entries do not repeat of a schema (its schemas below `properties` are whole).
    #[must_use]
    pub fn may_lack(self, pointer: &str) -> bool {
        if !self.is_lossy() {
            return false;
        }
        match tokens(pointer).as_slice() {
            ["components", "securitySchemes", _, key] => is_scheme_detail(key),
            ["components", "schemas", _, key] => !is_repeated(key),
            ["paths", _, _, key] => is_operation_detail(key),
            ["paths", _, _, "parameters", _, rest @ ..] => is_parameter_detail(rest),
            ["paths", _, _, "requestBody", "content", _, rest @ ..] => is_media_detail(rest),
            ["paths", _, _, "responses", _, key] => matches!(*key, "headers" | "links"),
            ["paths", _, _, "responses", _, "content", _, rest @ ..] => is_media_detail(rest),
            _ => false,
        }
    }

    /// Whether the alternatives of the schema at `pointer` may stand under `anyOf` in a document that was read from this
    /// form, although the API's own document has them under `oneOf`.
    #[must_use]
    pub fn may_confuse_unions(self, pointer: &str) -> bool {
        self.is_lossy()
            && matches!(
                tokens(pointer).as_slice(),
                ["components", "schemas", _]
                    | ["paths", _, _, "parameters", _, "schema"]
                    | ["paths", _, _, "requestBody", "content", _, "schema"]
                    | ["paths", _, _, "responses", _, "content", _, "schema"]
            )
    }
}

/// The tokens of a pointer. Webhooks have the form of paths.
fn tokens(pointer: &str) -> Vec<&str> {
    let tokens = pointer.split('/').skip(1);
    let mut tokens: Vec<&str> = tokens.collect();
    if let Some(first @ &mut "webhooks") = tokens.first_mut() {
        *first = "paths";
    }
    tokens
}

fn is_operation_detail(key: &str) -> bool {
    matches!(key, "callbacks" | "operationId" | "tags")
}

fn is_scheme_detail(key: &str) -> bool {
    matches!(key, "bearerFormat" | "flows" | "openIdConnectUrl")
}

fn is_parameter_detail(rest: &[&str]) -> bool {
    match rest {
        [key] => matches!(*key, "allowEmptyValue" | "allowReserved"),
        ["schema", key] => !is_repeated(key),
        _ => false,
    }
}

fn is_media_detail(rest: &[&str]) -> bool {
    match rest {
        ["encoding", ..] => true,
        ["schema", key] => !is_repeated(key),
        _ => false,
    }
}

/// Keywords of a schema that its entry is known to repeat.
fn is_repeated(keyword: &str) -> bool {
    matches!(
        keyword,
        "$ref"
            | "additionalProperties"
            | "allOf"
            | "anyOf"
            | "const"
            | "default"
            | "deprecated"
            | "enum"
            | "format"
            | "items"
            | "maxLength"
            | "minLength"
            | "minimum"
            | "nullable"
            | "oneOf"
            | "properties"
            | "required"
            | "type"
    )
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn only_the_resolved_form_loses_values_and_only_at_known_places() {
        let lost = [
            "/paths/~1a/get/operationId",
            "/paths/~1a/get/tags",
            "/webhooks/added/post/operationId",
            "/paths/~1a/get/parameters/0/schema/pattern",
            "/paths/~1a/get/responses/200/headers",
            "/paths/~1a/post/requestBody/content/multipart~1form-data/encoding",
            "/paths/~1a/get/responses/200/content/application~1json/schema/discriminator",
            "/components/securitySchemes/A/bearerFormat",
            "/components/schemas/A/minProperties",
        ];
        let kept = [
            "/paths/~1a/get/deprecated",
            "/paths/~1a/get/security",
            "/paths/~1a/get/parameters/0/required",
            "/paths/~1a/get/parameters/0/schema/enum",
            "/paths/~1a/get/responses/200",
            "/components/securitySchemes/A/scheme",
            "/components/schemas/A/properties/b/pattern",
            "/components/schemas/A/required",
            "/servers",
        ];
        for pointer in lost {
            assert!(Format::MintlifyResolved.may_lack(pointer), "{pointer}");
        }
        for pointer in kept {
            assert!(!Format::MintlifyResolved.may_lack(pointer), "{pointer}");
        }
        let others = Format::ALL.into_iter().skip(1);
        assert!(
            others
                .flat_map(|format| lost.map(|pointer| format.may_lack(pointer)))
                .all(|lacks| !lacks)
        );
    }

    #[test]
    fn unions_are_confused_where_the_form_lists_alternatives() {
        let schema = "/paths/~1a/get/parameters/0/schema";
        assert!(Format::MintlifyResolved.may_confuse_unions(schema));
        assert!(!Format::MintlifyResolved.may_confuse_unions(&format!("{schema}/properties/b")));
        assert!(!Format::MintlifyEmbedded.may_confuse_unions(schema));
    }
}
