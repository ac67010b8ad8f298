//! `x-pagination` as it is written.

use serde_json::Value;

use crate::finish::pointers::{Extension, Fault, Stated};

/// What the extension says, before it is known whether there are such parameters and fields.
#[derive(Debug, PartialEq)]
pub(super) struct Declared {
    pub(super) style: Style,
    /// The query parameter that says which page is asked for.
    pub(super) parameter: String,
    /// Pointers into the answer.
    pub(super) items: String,
    pub(super) pages: Option<String>,
    pub(super) total: Option<String>,
    pub(super) more: Option<String>,
    /// The query parameter that says how long a page may be.
    pub(super) size: Option<String>,
}

/// How a page is named.
#[derive(Debug, PartialEq)]
pub(super) enum Style {
    /// By its number; that of the first one.
    Page { first: u8 },
    /// By a token; where that of the next one stands in the answer.
    Token { next: String },
    /// By the place of its first item.
    Offset,
}

const EXTENSION: Extension = Extension {
    name: super::EXTENSION,
    forms: "state how pages are named, and where the answer has what is listed: `{page: PARAMETER, items: POINTER}`, `{token: PARAMETER, next: POINTER, items: POINTER}` or `{offset: PARAMETER, items: POINTER}`",
};
const PARAMETER: &str = "name a query parameter of the operation";

/// The styles, with the keys that may stand beside each.
const STYLES: [(&str, &[&str]); 3] = [
    (
        "page",
        &["items", "pages", "total", "more", "size", "first"],
    ),
    ("token", &["next", "items", "more", "size"]),
    ("offset", &["items", "total", "more", "size"]),
];

/// Reads the extension; all that is wrong with it, if anything is.
pub(super) fn read(stated: &Value) -> Result<Declared, Vec<Fault>> {
    let mut stated = EXTENSION.read(stated).map_err(|fault| vec![fault])?;
    let mut styles = STYLES
        .iter()
        .filter(|(style, _)| stated.members.contains_key(*style));
    let (style, keys) = match (styles.next(), styles.next()) {
        (Some(style), None) => *style,
        (None, _) => return Err(vec![EXTENSION.fault("does not say how pages are named")]),
        (Some(_), Some(_)) => return Err(vec![EXTENSION.fault("names pages in several ways")]),
    };
    let all: Vec<&str> = std::iter::once(style).chain(keys.iter().copied()).collect();
    let help = format!("beside `{style}` there may be `{}`", keys.join("`, `"));
    stated.refuse_others(&format!("`x-pagination` with `{style}`"), &all, &help);
    let parameter = parameter(&mut stated, style);
    let items = stated.required_pointer("items");
    let pages = stated.pointer("pages");
    let total = stated.pointer("total");
    let more = stated.pointer("more");
    let has_size = stated.members.contains_key("size");
    let size = has_size.then(|| self::parameter(&mut stated, "size"));
    let style = match style {
        "page" => Style::Page {
            first: first(&mut stated),
        },
        "token" => Style::Token {
            next: stated.required_pointer("next"),
        },
        _ => Style::Offset,
    };
    if !stated.faults.is_empty() {
        return Err(stated.faults);
    }
    Ok(Declared {
        style,
        parameter,
        items,
        pages,
        total,
        more,
        size,
    })
}

fn parameter(stated: &mut Stated<'_>, key: &str) -> String {
    match stated.members.get(key).and_then(Value::as_str) {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => {
            stated.fault(key, format!("`{key}` is no name of a parameter"), PARAMETER);
            String::new()
        }
    }
}

fn first(stated: &mut Stated<'_>) -> u8 {
    match stated.members.get("first").map(Value::as_u64) {
        None | Some(Some(1)) => 1,
        Some(Some(0)) => 0,
        Some(_) => {
            let help = "the first page is 1, unless `first: 0` says otherwise";
            stated.fault("first", "`first` is neither 0 nor 1".to_owned(), help);
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Declared, Style, read};

    #[test]
    fn there_are_three_styles() {
        let all = json!({"page": "p", "items": "", "pages": "/n", "total": "/t", "more": "/m", "size": "s", "first": 0});
        assert_eq!(
            read(&all),
            Ok(Declared {
                style: Style::Page { first: 0 },
                parameter: "p".to_owned(),
                items: String::new(),
                pages: Some("/n".to_owned()),
                total: Some("/t".to_owned()),
                more: Some("/m".to_owned()),
                size: Some("s".to_owned()),
            })
        );
        let style = |stated: Value| read(&stated).unwrap().style;
        assert_eq!(
            style(json!({"page": "p", "items": "/a"})),
            Style::Page { first: 1 }
        );
        assert_eq!(style(json!({"offset": "p", "items": "/a"})), Style::Offset);
        assert_eq!(
            style(json!({"token": "p", "items": "/a", "next": "/b~1c"})),
            Style::Token {
                next: "/b~1c".to_owned()
            }
        );
    }

    #[test]
    fn all_that_is_wrong_is_said() {
        for (stated, expected) in [
            (json!("page"), vec!["`x-pagination` has another form"]),
            (
                json!({"items": "/a"}),
                vec!["`x-pagination` does not say how pages are named"],
            ),
            (
                json!({"page": "p", "token": "t"}),
                vec!["`x-pagination` names pages in several ways"],
            ),
            (
                json!({"page": 1, "items": "a", "next": "/b", "first": 2, "size": ""}),
                vec![
                    "`x-pagination` with `page` has no `next`",
                    "`page` is no name of a parameter",
                    "`items` is no JSON pointer",
                    "`size` is no name of a parameter",
                    "`first` is neither 0 nor 1",
                ],
            ),
            (
                json!({"token": "t", "total": "/a"}),
                vec![
                    "`x-pagination` with `token` has no `total`",
                    "`x-pagination` lacks `items`",
                    "`x-pagination` lacks `next`",
                ],
            ),
        ] {
            let faults = read(&stated).unwrap_err();
            let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
            assert_eq!(messages, expected, "{stated}");
        }
    }
}
