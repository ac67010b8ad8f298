//! The grammar of OpenAPI: which member of which object holds what.
//!
//! One table serves both the traversal and the check of shapes, so that a schema property *named* `nullable`, or an
//! example that looks like a schema, is never taken for a keyword. The tables cover OpenAPI 3.0.3 and, marked
//! [`newer`], what 3.1.1 and 3.2.0 add.

/// The object types of an OpenAPI document (OpenAPI 3.1.1 §4.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Header,
    Example,
    Link,
    Callback,
    SecurityScheme,
    Flows,
    Flow,
    Tag,
    ExternalDocs,
    Schema,
    Discriminator,
}

/// What a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Any JSON value; never looked into.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A non-negative whole number.
    Count,
    /// An array of strings.
    Texts,
    /// An array of any values.
    Values,
    /// An object with string values.
    TextMap,
    /// An array of objects whose values are arrays of strings: security requirements.
    Requirements,
    /// One object of a kind, or a reference to one.
    Node(Kind),
    /// An object of a kind, or a boolean.
    NodeOrFlag(Kind),
    /// An array of objects of a kind.
    List(Kind),
    /// One object of a kind, or an array of them.
    NodeOrList(Kind),
    /// An object whose values are objects of a kind, whatever the keys are.
    Map(Kind),
}

/// One member.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    /// OpenAPI 3.0 knows it.
    pub(crate) in_3_0: bool,
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        in_3_0: true,
    }
}

const fn newer(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        in_3_0: false,
    }
}

/// The member `key` of an object of `kind`; `None` if the specification does not know it.
pub(crate) fn member(kind: Kind, key: &str) -> Option<Field> {
    match kind {
        // Patterned fields: §4.8.8 and §4.8.16. Extensions are not paths and not statuses.
        Kind::Paths => key
            .starts_with('/')
            .then_some(field("", Shape::Node(Kind::PathItem))),
        Kind::Responses => {
            (!key.starts_with("x-")).then_some(field("", Shape::Node(Kind::Response)))
        }
        Kind::Callback => {
            (!key.starts_with("x-")).then_some(field("", Shape::Node(Kind::PathItem)))
        }
        _ => fields(kind).iter().find(|field| field.name == key).copied(),
    }
}

/// Whether an object of this kind may be a reference instead (3.1.1 §4.8.23 and the fields that allow it).
pub(crate) fn may_be_reference(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Schema
            | Kind::Parameter
            | Kind::RequestBody
            | Kind::Response
            | Kind::Header
            | Kind::Example
            | Kind::Link
            | Kind::Callback
            | Kind::SecurityScheme
            | Kind::PathItem
            | Kind::MediaType
    )
}

/// The fixed fields of a kind.
pub(crate) fn fields(kind: Kind) -> &'static [Field] {
    use Shape::*;
    match kind {
        Kind::Document => {
            const {
                &[
                    field("openapi", Text),
                    field("info", Node(Kind::Info)),
                    field("servers", List(Kind::Server)),
                    field("paths", Node(Kind::Paths)),
                    field("components", Node(Kind::Components)),
                    field("security", Requirements),
                    field("tags", List(Kind::Tag)),
                    field("externalDocs", Node(Kind::ExternalDocs)),
                    newer("$self", Text),
                    newer("jsonSchemaDialect", Text),
                    newer("webhooks", Map(Kind::PathItem)),
                ]
            }
        }
        Kind::Info => {
            const {
                &[
                    field("title", Text),
                    field("description", Text),
                    field("termsOfService", Text),
                    field("contact", Node(Kind::Contact)),
                    field("license", Node(Kind::License)),
                    field("version", Text),
                    newer("summary", Text),
                ]
            }
        }
        Kind::Contact => {
            const {
                &[
                    field("name", Text),
                    field("url", Text),
                    field("email", Text),
                ]
            }
        }
        Kind::License => {
            const {
                &[
                    field("name", Text),
                    field("url", Text),
                    newer("identifier", Text),
                ]
            }
        }
        Kind::Server => {
            const {
                &[
                    field("url", Text),
                    field("description", Text),
                    field("variables", Map(Kind::ServerVariable)),
                    newer("name", Text),
                ]
            }
        }
        Kind::ServerVariable => {
            const {
                &[
                    field("enum", Texts),
                    field("default", Text),
                    field("description", Text),
                ]
            }
        }
        Kind::Components => {
            const {
                &[
                    field("schemas", Map(Kind::Schema)),
                    field("responses", Map(Kind::Response)),
                    field("parameters", Map(Kind::Parameter)),
                    field("examples", Map(Kind::Example)),
                    field("requestBodies", Map(Kind::RequestBody)),
                    field("headers", Map(Kind::Header)),
                    field("securitySchemes", Map(Kind::SecurityScheme)),
                    field("links", Map(Kind::Link)),
                    field("callbacks", Map(Kind::Callback)),
                    newer("pathItems", Map(Kind::PathItem)),
                    newer("mediaTypes", Map(Kind::MediaType)),
                ]
            }
        }
        Kind::PathItem => {
            const {
                &[
                    field("summary", Text),
                    field("description", Text),
                    field("get", Node(Kind::Operation)),
                    field("put", Node(Kind::Operation)),
                    field("post", Node(Kind::Operation)),
                    field("delete", Node(Kind::Operation)),
                    field("options", Node(Kind::Operation)),
                    field("head", Node(Kind::Operation)),
                    field("patch", Node(Kind::Operation)),
                    field("trace", Node(Kind::Operation)),
                    field("servers", List(Kind::Server)),
                    field("parameters", List(Kind::Parameter)),
                    newer("query", Node(Kind::Operation)),
                    newer("additionalOperations", Map(Kind::Operation)),
                ]
            }
        }
        Kind::Operation => {
            const {
                &[
                    field("tags", Texts),
                    field("summary", Text),
                    field("description", Text),
                    field("externalDocs", Node(Kind::ExternalDocs)),
                    field("operationId", Text),
                    field("parameters", List(Kind::Parameter)),
                    field("requestBody", Node(Kind::RequestBody)),
                    field("responses", Node(Kind::Responses)),
                    field("callbacks", Map(Kind::Callback)),
                    field("deprecated", Flag),
                    field("security", Requirements),
                    field("servers", List(Kind::Server)),
                ]
            }
        }
        Kind::Parameter => {
            const {
                &[
                    field("name", Text),
                    field("in", Text),
                    field("description", Text),
                    field("required", Flag),
                    field("deprecated", Flag),
                    field("allowEmptyValue", Flag),
                    field("style", Text),
                    field("explode", Flag),
                    field("allowReserved", Flag),
                    field("schema", Node(Kind::Schema)),
                    field("content", Map(Kind::MediaType)),
                    field("example", Any),
                    field("examples", Map(Kind::Example)),
                ]
            }
        }
        Kind::RequestBody => {
            const {
                &[
                    field("description", Text),
                    field("content", Map(Kind::MediaType)),
                    field("required", Flag),
                ]
            }
        }
        Kind::MediaType => {
            const {
                &[
                    field("schema", Node(Kind::Schema)),
                    field("example", Any),
                    field("examples", Map(Kind::Example)),
                    field("encoding", Map(Kind::Encoding)),
                    newer("itemSchema", Node(Kind::Schema)),
                    newer("prefixEncoding", List(Kind::Encoding)),
                    newer("itemEncoding", Node(Kind::Encoding)),
                ]
            }
        }
        Kind::Encoding => {
            const {
                &[
                    field("contentType", Text),
                    field("headers", Map(Kind::Header)),
                    field("style", Text),
                    field("explode", Flag),
                    field("allowReserved", Flag),
                ]
            }
        }
        Kind::Response => {
            const {
                &[
                    field("description", Text),
                    field("headers", Map(Kind::Header)),
                    field("content", Map(Kind::MediaType)),
                    field("links", Map(Kind::Link)),
                    newer("summary", Text),
                ]
            }
        }
        Kind::Header => {
            const {
                &[
                    field("description", Text),
                    field("required", Flag),
                    field("deprecated", Flag),
                    field("style", Text),
                    field("explode", Flag),
                    field("schema", Node(Kind::Schema)),
                    field("content", Map(Kind::MediaType)),
                    field("example", Any),
                    field("examples", Map(Kind::Example)),
                ]
            }
        }
        Kind::Example => {
            const {
                &[
                    field("summary", Text),
                    field("description", Text),
                    field("value", Any),
                    field("externalValue", Text),
                    newer("dataValue", Any),
                    newer("serializedValue", Text),
                ]
            }
        }
        Kind::Link => {
            const {
                &[
                    field("operationRef", Text),
                    field("operationId", Text),
                    field("parameters", Any),
                    field("requestBody", Any),
                    field("description", Text),
                    field("server", Node(Kind::Server)),
                ]
            }
        }
        Kind::SecurityScheme => {
            const {
                &[
                    field("type", Text),
                    field("description", Text),
                    field("name", Text),
                    field("in", Text),
                    field("scheme", Text),
                    field("bearerFormat", Text),
                    field("flows", Node(Kind::Flows)),
                    field("openIdConnectUrl", Text),
                    newer("oauth2MetadataUrl", Text),
                    newer("deprecated", Flag),
                ]
            }
        }
        Kind::Flows => {
            const {
                &[
                    field("implicit", Node(Kind::Flow)),
                    field("password", Node(Kind::Flow)),
                    field("clientCredentials", Node(Kind::Flow)),
                    field("authorizationCode", Node(Kind::Flow)),
                    newer("deviceAuthorization", Node(Kind::Flow)),
                ]
            }
        }
        Kind::Flow => {
            const {
                &[
                    field("authorizationUrl", Text),
                    field("tokenUrl", Text),
                    field("refreshUrl", Text),
                    field("scopes", TextMap),
                    newer("deviceAuthorizationUrl", Text),
                ]
            }
        }
        Kind::Tag => {
            const {
                &[
                    field("name", Text),
                    field("description", Text),
                    field("externalDocs", Node(Kind::ExternalDocs)),
                    newer("summary", Text),
                    newer("parent", Text),
                    newer("kind", Text),
                ]
            }
        }
        Kind::ExternalDocs => const { &[field("description", Text), field("url", Text)] },
        Kind::Discriminator => {
            const {
                &[
                    field("propertyName", Text),
                    field("mapping", TextMap),
                    newer("defaultMapping", Text),
                ]
            }
        }
        Kind::Schema => SCHEMA,
        Kind::Paths | Kind::Responses | Kind::Callback => &[],
    }
}

/// Keywords of the Schema Object of 3.0.3 §4.7.24, then those of JSON Schema 2020-12 (and of the drafts before it
/// that are still met) which 3.0 does not have.
const SCHEMA: &[Field] = {
    use Shape::*;
    &[
        field("title", Text),
        field("description", Text),
        field("type", Text),
        field("format", Text),
        field("enum", Values),
        field("default", Any),
        field("example", Any),
        field("nullable", Flag),
        field("readOnly", Flag),
        field("writeOnly", Flag),
        field("deprecated", Flag),
        field("multipleOf", Number),
        field("maximum", Number),
        field("exclusiveMaximum", Flag),
        field("minimum", Number),
        field("exclusiveMinimum", Flag),
        field("maxLength", Count),
        field("minLength", Count),
        field("pattern", Text),
        field("maxItems", Count),
        field("minItems", Count),
        field("uniqueItems", Flag),
        field("maxProperties", Count),
        field("minProperties", Count),
        field("required", Texts),
        field("allOf", List(Kind::Schema)),
        field("oneOf", List(Kind::Schema)),
        field("anyOf", List(Kind::Schema)),
        field("items", NodeOrList(Kind::Schema)),
        field("properties", Map(Kind::Schema)),
        field("additionalProperties", NodeOrFlag(Kind::Schema)),
        field("discriminator", Node(Kind::Discriminator)),
        field("xml", Any),
        field("externalDocs", Node(Kind::ExternalDocs)),
        // 3.0 has `not`, but typify 0.8 panics on most uses of it.
        newer("not", Node(Kind::Schema)),
        newer("if", Node(Kind::Schema)),
        newer("then", Node(Kind::Schema)),
        newer("else", Node(Kind::Schema)),
        newer("prefixItems", List(Kind::Schema)),
        newer("contains", Node(Kind::Schema)),
        newer("additionalItems", NodeOrFlag(Kind::Schema)),
        newer("unevaluatedItems", NodeOrFlag(Kind::Schema)),
        newer("unevaluatedProperties", NodeOrFlag(Kind::Schema)),
        newer("propertyNames", Node(Kind::Schema)),
        newer("patternProperties", Map(Kind::Schema)),
        newer("dependentSchemas", Map(Kind::Schema)),
        newer("dependencies", Any),
        newer("contentSchema", Node(Kind::Schema)),
        newer("$defs", Map(Kind::Schema)),
        newer("definitions", Map(Kind::Schema)),
    ]
};
