//! Documentation: one `///` line per line of text, and a plain sentence where a vendor wrote nothing.
//!
//! The text itself was made safe for rustdoc by the lowering; what progenitor adds (samples fenced as
//! Rust, type names instead of sentences) is replaced here.

use std::collections::BTreeMap;

use heck::{ToPascalCase, ToSnakeCase};
use openapi_lower::{BodyMark, Location, Lowered, ParameterMark};
use proc_macro2::Span;
use serde_json::Value;
use syn::visit_mut::VisitMut;
use syn::{AttrStyle, Attribute, ImplItem, Item, LitStr, Token, parse_quote};

use super::operations::{OperationCode, doc_line, doc_text};
use super::parts::Parts;
use super::servers::Servers;

/// One `#[doc]` attribute per line of `text`, as `///` is parsed.
pub(super) fn lines(text: &str) -> Vec<Attribute> {
    text.trim()
        .lines()
        .map(|line| {
            let line = line.trim_end();
            let text = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            let literal = LitStr::new(&text, Span::call_site());
            parse_quote!(#[doc = #literal])
        })
        .collect()
}

/// The same for the docs of a module, at the start of its file.
pub(super) fn of_module(text: &str) -> Vec<Attribute> {
    let mut attributes = lines(text);
    for attribute in &mut attributes {
        attribute.style = AttrStyle::Inner(Token![!](Span::call_site()));
    }
    attributes
}

/// `text` as Markdown that shows it as it is.
pub(crate) fn escaped(text: &str) -> String {
    let mut result = String::new();
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~'
        ) {
            result.push('\\');
        }
        result.push(character);
    }
    result
}

/// `text` as a code span, whatever it holds (CommonMark 0.31 §6.1).
pub(super) fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

pub(super) fn set(attributes: &mut Vec<Attribute>, text: &str) {
    attributes.retain(|attribute| doc_line(attribute).is_none());
    attributes.splice(0..0, lines(text));
}

/// Documents the items of module `types`.
pub(super) fn rewrite_types(parts: &mut Parts) {
    for item in &mut parts.types {
        match item {
            Item::Struct(item) => describe_type(&mut item.attrs, &item.ident.to_string(), "object"),
            Item::Enum(item) => describe_type(&mut item.attrs, &item.ident.to_string(), "choice"),
            Item::Type(item) => describe_type(&mut item.attrs, &item.ident.to_string(), "value"),
            _ => {}
        }
        OneLinePerLine.visit_item_mut(item);
    }
    for module in [&mut parts.type_error, &mut parts.type_defaults]
        .into_iter()
        .flatten()
    {
        OneLinePerLine.visit_item_mod_mut(module);
    }
}

/// typify documents an undescribed type by the name of its schema in backticks.
fn describe_type(attributes: &mut Vec<Attribute>, name: &str, what: &str) {
    let text = doc_text(attributes);
    let text = text.trim();
    let called = text
        .strip_prefix('`')
        .and_then(|text| text.strip_suffix('`'));
    let is_only_the_name = called.is_some_and(|called| called.to_pascal_case() == name);
    if text.is_empty() || is_only_the_name {
        let called = called.unwrap_or(name);
        set(
            attributes,
            &format!("The {what} that the API calls `{called}`."),
        );
    }
}

struct OneLinePerLine;

impl VisitMut for OneLinePerLine {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let text = doc_text(attributes);
        if text.trim().is_empty() {
            // An empty description: no comment is better than one without words.
            set(attributes, "");
        } else {
            // `/// text` parses to " text": without that space, text of our own lines up.
            let outdented: Vec<&str> = text
                .lines()
                .map(|line| line.strip_prefix(' ').unwrap_or(line))
                .collect();
            let all_spaced = text
                .lines()
                .all(|line| line.is_empty() || line.starts_with(' '));
            let text = if all_spaced {
                outdented.join("\n")
            } else {
                text
            };
            set(attributes, &text);
        }
    }
}

/// Documents an operation's method, builder, setters and `send`.
pub(super) fn rewrite_operation(
    operation: &mut OperationCode,
    lowered: &Lowered,
    servers: &Servers,
) {
    let document = &lowered.document;
    let marks = &lowered.marks;
    let parameters = marks.parameters.get(&operation.id);
    let body = marks.bodies.get(&operation.id);
    let method = operation.operation.method.to_ascii_lowercase();
    let definition = operation.stated(document);
    let call = format!(
        "{} {}",
        method.to_ascii_uppercase(),
        operation.operation.path
    );
    let rust_name = operation.rust_name();
    let has_body = definition.get("requestBody").is_some();

    let place = match servers.of_operation(definition) {
        None => String::new(),
        Some((url, true)) => format!(" to {}", code(&url)),
        Some((url, false)) => format!(" to {}, without credentials", code(&url)),
    };
    set(
        &mut operation.method.attrs,
        &method_text(definition, &call, &place),
    );
    if let Some(deprecation) = deprecation(definition) {
        let method = &mut operation.method.attrs;
        method.push(parse_quote!(#[deprecated = #deprecation]));
    }
    set(
        &mut operation.definition.attrs,
        &format!(
            "A call of [`Client::{rust_name}`](crate::Client::{rust_name}): set what it needs, then send it."
        ),
    );
    let errors = if operation.operation.errors.values().any(Option::is_some) {
        format!(
            "[`error::{0}Error`](crate::error::{0}Error) is the body that the API documents for the status.",
            operation.type_name()
        )
    } else {
        "The API documents no error bodies for this operation.".to_owned()
    };
    for member in &mut operation.implementation.items {
        let ImplItem::Fn(function) = member else {
            continue;
        };
        let name = function.sig.ident.to_string();
        match name.as_str() {
            // Only `Client` makes these.
            "new" if function.sig.receiver().is_none() => {
                function.vis = parse_quote!(pub(crate));
                set(&mut function.attrs, "");
            }
            "send" => set(
                &mut function.attrs,
                &format!(
                    "Sends `{call}`.\n\n# Errors\n\nWhatever went wrong; see [`Error`](crate::Error). {errors}"
                ),
            ),
            "body" if has_body => set(&mut function.attrs, &body_text(definition, body)),
            setter => set(
                &mut function.attrs,
                &parameter_text(definition, parameters, setter),
            ),
        }
    }
}

pub(super) fn text_of<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value
        .get(key)
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

fn method_text(definition: &Value, call: &str, place: &str) -> String {
    let mut paragraphs: Vec<&str> = Vec::new();
    let summary = text_of(definition, "summary");
    paragraphs.extend(summary);
    paragraphs.extend(text_of(definition, "description").filter(|text| Some(*text) != summary));
    let call = if paragraphs.is_empty() {
        format!("Sends `{call}`{place}, which the API does not describe.")
    } else {
        format!("Sends `{call}`{place}.")
    };
    let mut text = paragraphs.join("\n\n");
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(&call);
    if let Some(deprecation) = deprecation(definition) {
        text.push_str("\n\n");
        text.push_str(&deprecation);
    }
    text
}

/// The extension of an operation that says when the API drops it, in whatever words.
const SUNSET: &str = "x-sunset";

/// What is said about an operation that is deprecated, or will be gone.
pub(super) fn deprecation(definition: &Value) -> Option<String> {
    let is_deprecated = definition.get("deprecated") == Some(&Value::Bool(true));
    match text_of(definition, SUNSET) {
        Some(day) => Some(format!("The API drops this operation: {}.", code(day))),
        None => is_deprecated.then(|| "The API marks this operation as deprecated.".to_owned()),
    }
}

fn body_text(definition: &Value, mark: Option<&BodyMark>) -> String {
    let usual = if mark.is_some_and(|mark| mark.optional) {
        "Sets the request body, which is optional."
    } else {
        "Sets the request body."
    };
    text_of(&definition["requestBody"], "description")
        .unwrap_or(usual)
        .to_owned()
}

/// The parameter of an operation of the lowered document that a setter of its builder is for.
pub(super) fn parameter<'d>(definition: &'d Value, setter: &str) -> Option<&'d Value> {
    let comparable = |name: &str| -> String {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let named = |is_named: &dyn Fn(&str) -> bool| {
        let parameters = definition["parameters"].as_array();
        let mut parameters = parameters.into_iter().flatten();
        parameters.find(|parameter| text_of(parameter, "name").is_some_and(is_named))
    };
    named(&|name| name.to_snake_case() == setter)
        .or_else(|| named(&|name| comparable(name) == comparable(setter)))
}

fn parameter_text(
    definition: &Value,
    marks: Option<&BTreeMap<String, ParameterMark>>,
    setter: &str,
) -> String {
    let Some(parameter) = parameter(definition, setter) else {
        return format!("Sets `{setter}`.");
    };
    let name = text_of(parameter, "name").unwrap_or(setter);
    let place = text_of(parameter, "in").unwrap_or("request");
    // A stand-in is called after the setter, and what it stands for has the name that the vendor's docs use.
    let (name, place) = match marks.and_then(|marks| marks.get(name)) {
        Some(mark) => (mark.name.as_str(), location(mark.location)),
        None => (name, place),
    };
    let required = parameter.get("required") == Some(&Value::Bool(true));
    let kind = format!(
        "Sets the {}{place} parameter {}.",
        if required { "required " } else { "" },
        code(name)
    );
    match text_of(parameter, "description") {
        Some(description) => format!("{kind}\n\n{description}"),
        None => kind,
    }
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Header => "header",
        Location::Cookie => "cookie",
        _ => "query",
    }
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};
    use serde_json::json;

    use syn::parse_quote;
    use syn::visit_mut::VisitMut;

    use super::{OneLinePerLine, lines, method_text};

    #[test]
    fn every_line_is_an_attribute_of_its_own() {
        let attributes = lines("One.\n\nTwo. \n");
        let tokens = quote!(#(#attributes)*).to_token_stream().to_string();
        assert_eq!(
            tokens,
            quote!(#[doc = " One."] #[doc = ""] #[doc = " Two."]).to_string()
        );
    }

    #[test]
    fn a_comment_without_words_goes() {
        let mut item: syn::Item = parse_quote! {
            #[doc = ""]
            #[derive(Clone)]
            struct X { #[doc = " "] a: u8, #[doc = "b\n c"] b: u8 }
        };
        OneLinePerLine.visit_item_mut(&mut item);
        let expected: syn::Item = parse_quote! {
            #[derive(Clone)]
            struct X { a: u8, #[doc = " b"] #[doc = "  c"] b: u8 }
        };
        assert_eq!(
            item.to_token_stream().to_string(),
            expected.to_token_stream().to_string()
        );
    }

    #[test]
    fn an_undescribed_operation_says_what_it_sends() {
        assert_eq!(
            method_text(&json!({}), "GET /x", ""),
            "Sends `GET /x`, which the API does not describe."
        );
        assert_eq!(
            method_text(
                &json!({ "summary": "S.", "description": "S.", "deprecated": true }),
                "GET /x",
                ""
            ),
            "S.\n\nSends `GET /x`.\n\nThe API marks this operation as deprecated."
        );
        assert_eq!(
            method_text(
                &json!({ "summary": "S.", "x-sunset": "2026-12-31" }),
                "GET /x",
                ""
            ),
            "S.\n\nSends `GET /x`.\n\nThe API drops this operation: `2026-12-31`."
        );
    }
}
