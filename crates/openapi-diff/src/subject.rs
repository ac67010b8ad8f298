//! What places of a document are called in a sentence.

use crate::document::{Document, tokens};

/// The methods of a path item (OpenAPI 3.2 §4.9).
pub(crate) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Characters of a name that are shown.
const SHOWN: usize = 80;

/// A name or value of the document as a code span: on one line, without what could end the span or steer a terminal.
pub(crate) fn code(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .map(|character| match character {
            '`' => '\'',
            // Marks of the direction of text as well, which reorder what stands behind them.
            '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => '\u{fffd}',
            other if other.is_control() => ' ',
            other => other,
        })
        .take(SHOWN + 1)
        .collect();
    if shown.chars().count() > SHOWN {
        shown.pop();
        shown.push('…');
    }
    if shown.trim().is_empty() {
        return "the empty name".to_owned();
    }
    format!("`{}`", shown.trim())
}

/// Names as a list of code spans, bounded.
pub(crate) fn list<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    const NAMED: usize = 4;
    let count = names.len();
    // One more is as short as "1 more".
    let named = if count == NAMED + 1 { count } else { NAMED };
    let mut listed: Vec<String> = names.take(named).map(code).collect();
    let last = match count.saturating_sub(named) {
        0 => listed.pop().unwrap_or_default(),
        more => format!("{more} more"),
    };
    match listed.as_slice() {
        [] => last,
        some => format!("{} and {last}", some.join(", ")),
    }
}

/// The operation that a place belongs to: method and path, or the webhook.
pub(crate) fn operation_of(pointer: &str) -> Option<String> {
    let tokens = tokens(pointer);
    match tokens.as_slice() {
        [paths, path, method, ..] if paths == "paths" && METHODS.contains(&method.as_str()) => {
            Some(format!("{} {path}", method.to_uppercase()))
        }
        [paths, path, additional, method, ..]
            if paths == "paths" && additional == "additionalOperations" =>
        {
            Some(format!("{method} {path}"))
        }
        [webhooks, name, ..] if webhooks == "webhooks" => Some(format!("webhook {name}")),
        _ => None,
    }
}

/// What stands at a place, as the start of a sentence.
pub(crate) fn subject(document: Document<'_>, pointer: &str) -> String {
    let all = tokens(pointer);
    let tokens: Vec<&str> = all.iter().map(String::as_str).collect();
    match tokens.as_slice() {
        ["components", "schemas", name, rest @ ..] => code(&format!("{name}{}", below(rest, true))),
        ["components", "securitySchemes", name, ..] => format!("the credential {}", code(name)),
        ["components", kind, name, rest @ ..] => {
            let base = format!("/components/{kind}/{}", escape(name));
            within(document, &base, rest).unwrap_or_else(|| code(name))
        }
        ["paths" | "webhooks", path, method, rest @ ..] if METHODS.contains(method) => {
            let top = tokens.first().copied().unwrap_or_default();
            let base = format!("/{top}/{}/{method}", escape(path));
            within(document, &base, rest).unwrap_or_else(|| "the operation".to_owned())
        }
        ["paths" | "webhooks", path, rest @ ..] => {
            let top = tokens.first().copied().unwrap_or_default();
            let base = format!("/{top}/{}", escape(path));
            within(document, &base, rest).unwrap_or_else(|| code(path))
        }
        ["info", ..] | [] => "the document".to_owned(),
        [other, ..] => code(other),
    }
}

/// What stands below an operation, path item or component that is no schema.
fn within(document: Document<'_>, base: &str, rest: &[&str]) -> Option<String> {
    let of = |owner: String, rest: &[&str]| match below(after_schema(rest), false).as_str() {
        "" => owner,
        path => format!("{} of {owner}", code(path)),
    };
    match rest {
        ["parameters", index, rest @ ..] => {
            let place = format!("{base}/parameters/{index}");
            Some(of(parameter(document, &place), rest))
        }
        ["requestBody", rest @ ..] => Some(of("the body".to_owned(), rest)),
        ["responses", status, rest @ ..] => Some(of(format!("the answer {}", code(status)), rest)),
        ["callbacks", name, _, method, rest @ ..] => {
            let inner = within(document, &format!("{base}/callbacks"), rest);
            let callback = format!("the callback {}", code(name));
            Some(match inner {
                Some(inner) => format!("{inner} of {callback}"),
                None => format!("{callback} ({method})"),
            })
        }
        ["callbacks", name, ..] => Some(format!("the callback {}", code(name))),
        _ if base.starts_with("/components/parameters/") => {
            Some(of(parameter(document, base), rest))
        }
        _ if base.starts_with("/components/responses/") => {
            let name = base.rsplit('/').next().unwrap_or_default();
            Some(of(format!("the answer {}", code(&unescape(name))), rest))
        }
        _ if base.starts_with("/components/requestBodies/") => {
            let name = base.rsplit('/').next().unwrap_or_default();
            Some(of(format!("the body {}", code(&unescape(name))), rest))
        }
        _ => None,
    }
}

fn parameter(document: Document<'_>, pointer: &str) -> String {
    let text = |key: &str| {
        document
            .at(pointer)
            .and_then(|found| document.resolved(found).text(key))
    };
    let name = code(text("name").unwrap_or("?"));
    match text("in") {
        Some(place @ ("query" | "path" | "header" | "cookie")) => {
            format!("the {place} parameter {name}")
        }
        _ => format!("the parameter {name}"),
    }
}

/// Behind the tokens that lead to a schema: `content`, media type and `schema`.
fn after_schema<'t, 's>(tokens: &'t [&'s str]) -> &'t [&'s str] {
    match tokens {
        ["content", _, "schema", rest @ ..] | ["schema", rest @ ..] => rest,
        ["content", ..] => &[],
        other => other,
    }
}

/// A place in a schema as people write one: `.name`, `[]` for items, `{}` for values of a map.
fn below(tokens: &[&str], with_dot: bool) -> String {
    let mut path = String::new();
    let mut rest = tokens;
    loop {
        rest = match rest {
            ["properties", name, rest @ ..] => {
                path.push('.');
                path.push_str(name);
                rest
            }
            ["items" | "prefixItems", rest @ ..] => {
                path.push_str("[]");
                rest
            }
            ["additionalProperties", rest @ ..] => {
                path.push_str("{}");
                rest
            }
            [_, rest @ ..] => rest,
            [] => break,
        };
    }
    match path.strip_prefix('.') {
        Some(bare) if !with_dot => bare.to_owned(),
        _ => path,
    }
}

fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn places_are_called_as_people_call_them() {
        let root = json!({"paths": {"/a/{b}": {"get": {"parameters": [{"name": "limit", "in": "query"}]}}}});
        let document = Document { root: &root };
        for (pointer, expected) in [
            ("/components/schemas/Widget", "`Widget`"),
            (
                "/components/schemas/Widget/properties/a/items/properties/b",
                "`Widget.a[].b`",
            ),
            ("/components/schemas/W/allOf/1/properties/a", "`W.a`"),
            ("/components/schemas/W/additionalProperties", "`W{}`"),
            ("/paths/~1a~1{b}/get", "the operation"),
            (
                "/paths/~1a~1{b}/get/parameters/0",
                "the query parameter `limit`",
            ),
            (
                "/paths/~1a~1{b}/get/parameters/0/schema/items",
                "`[]` of the query parameter `limit`",
            ),
            ("/paths/~1a~1{b}/get/requestBody", "the body"),
            (
                "/paths/~1a~1{b}/get/requestBody/content/application~1json/schema/properties/x",
                "`x` of the body",
            ),
            (
                "/paths/~1a~1{b}/get/responses/200/content/application~1json/schema",
                "the answer `200`",
            ),
            (
                "/components/responses/Gone/content/application~1json/schema/properties/x",
                "`x` of the answer `Gone`",
            ),
            ("/components/securitySchemes/key", "the credential `key`"),
            ("", "the document"),
        ] {
            assert_eq!(subject(document, pointer), expected, "{pointer}");
        }
        assert_eq!(
            operation_of("/paths/~1a~1{b}/get/x").as_deref(),
            Some("GET /a/{b}")
        );
        assert_eq!(operation_of("/paths/~1a/parameters/0"), None);
        assert_eq!(
            operation_of("/webhooks/w/post").as_deref(),
            Some("webhook w")
        );
    }

    #[test]
    fn names_cannot_leave_their_span() {
        assert_eq!(code("a`b\n\u{1b}[31m"), "`a'b  [31m`");
        assert_eq!(code("\u{202e}x"), "`\u{fffd}x`");
        assert_eq!(code(" \n"), "the empty name");
        assert_eq!(code(&"x".repeat(200)).chars().count(), 83);
    }

    #[test]
    fn lists_are_bounded() {
        let of = |names: &[&str]| list(names.iter().copied());
        assert_eq!(of(&["a"]), "`a`");
        assert_eq!(of(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(of(&["a", "b", "c", "d", "e"]), "`a`, `b`, `c`, `d` and `e`");
        assert_eq!(
            of(&["a", "b", "c", "d", "e", "f"]),
            "`a`, `b`, `c`, `d` and 2 more"
        );
    }
}
