//! The fixed fields of all objects but schemas.

use super::schema::SCHEMA;
use super::{Field, Kind, Shape, field, newer};

/// The fixed fields of a kind.
pub(super) fn fields(kind: Kind) -> &'static [Field] {
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
