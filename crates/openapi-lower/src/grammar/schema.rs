//! The keywords of schemas.

use super::{Field, Kind, Shape, field, newer};

/// Keywords of the Schema Object of 3.0.3 §4.7.24, then those of JSON Schema 2020-12 (and of the drafts before it
/// that are still met) which 3.0 does not have.
pub(super) const SCHEMA: &[Field] = {
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
