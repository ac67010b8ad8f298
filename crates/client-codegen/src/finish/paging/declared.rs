//! `x-pagination` as it is written.

use serde_json::{Map, Value};

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

/// Something that is wrong with an extension.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    /// The key that it is about; none for all of it.
    pub(super) key: Option<String>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Fault {
    pub(super) fn of(key: &str, message: String, help: &str) -> Self {
        Self {
            key: Some(key.to_owned()),
            message,
            help: help.to_owned(),
        }
    }

    fn whole(message: &str) -> Self {
        Self {
            key: None,
            message: message.to_owned(),
            help: FORMS.to_owned(),
        }
    }
}

const FORMS: &str = "state how pages are named, and where the answer has what is listed: `{page: PARAMETER, items: POINTER}`, `{token: PARAMETER, next: POINTER, items: POINTER}` or `{offset: PARAMETER, items: POINTER}`";
const POINTER: &str = "a JSON pointer (RFC 6901) begins with a slash, as `/data/items`; the empty text is the whole answer";
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
    let form = Fault::whole("`x-pagination` has another form");
    let stated = stated.as_object().ok_or_else(|| vec![form])?;
    let mut styles = STYLES
        .iter()
        .filter(|(style, _)| stated.contains_key(*style));
    let (style, keys) = match (styles.next(), styles.next()) {
        (Some(style), None) => *style,
        (None, _) => {
            let fault = Fault::whole("`x-pagination` does not say how pages are named");
            return Err(vec![fault]);
        }
        (Some(_), Some(_)) => {
            let fault = Fault::whole("`x-pagination` names pages in several ways");
            return Err(vec![fault]);
        }
    };
    let mut reader = Reader {
        stated,
        faults: Vec::new(),
    };
    reader.refuse_others(style, keys);
    let parameter = reader.parameter(style);
    let items = reader.required_pointer("items");
    let pages = reader.pointer("pages");
    let total = reader.pointer("total");
    let more = reader.pointer("more");
    let size = stated.get("size").map(|_| reader.parameter("size"));
    let style = match style {
        "page" => Style::Page {
            first: reader.first(),
        },
        "token" => Style::Token {
            next: reader.required_pointer("next"),
        },
        _ => Style::Offset,
    };
    if !reader.faults.is_empty() {
        return Err(reader.faults);
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

struct Reader<'s> {
    stated: &'s Map<String, Value>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, key: &str, message: String, help: &str) {
        self.faults.push(Fault::of(key, message, help));
    }

    fn refuse_others(&mut self, style: &str, keys: &[&str]) {
        let known = |key: &str| key == style || keys.contains(&key);
        let others: Vec<String> = self
            .stated
            .keys()
            .filter(|key| !known(key))
            .cloned()
            .collect();
        let help = format!("beside `{style}` there may be `{}`", keys.join("`, `"));
        for key in others {
            let message = format!("`x-pagination` with `{style}` has no `{key}`");
            self.fault(&key, message, &help);
        }
    }

    fn parameter(&mut self, key: &str) -> String {
        match self.stated.get(key).and_then(Value::as_str) {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ => {
                self.fault(key, format!("`{key}` is no name of a parameter"), PARAMETER);
                String::new()
            }
        }
    }

    fn required_pointer(&mut self, key: &str) -> String {
        if !self.stated.contains_key(key) {
            let fault = Fault::whole(&format!("`x-pagination` lacks `{key}`"));
            self.faults.push(fault);
        }
        self.pointer(key).unwrap_or_default()
    }

    fn pointer(&mut self, key: &str) -> Option<String> {
        let stated = self.stated.get(key)?;
        let pointer = stated
            .as_str()
            .filter(|text| text.is_empty() || text.starts_with('/'));
        if pointer.is_none() {
            self.fault(key, format!("`{key}` is no JSON pointer"), POINTER);
        }
        pointer.map(str::to_owned)
    }

    fn first(&mut self) -> u8 {
        match self.stated.get("first").map(Value::as_u64) {
            None | Some(Some(1)) => 1,
            Some(Some(0)) => 0,
            Some(_) => {
                let help = "the first page is 1, unless `first: 0` says otherwise";
                self.fault("first", "`first` is neither 0 nor 1".to_owned(), help);
                1
            }
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
