//! The table of all operations in the docs of module `builder`, for those who know the API's call and look for its method.

use openapi_lower::{Lowered, first_sentence};
use syn::ImplItem;

use super::docs::{code, deprecation, text_of};
use super::operations::{OperationCode, returned_type};

const TITLE: &str =
    "One builder per operation: what a method of [`Client`](crate::Client) returns.";

/// What the module says of itself and of `operations`, in Markdown. For code that all passes are done with.
pub(super) fn of(operations: &[OperationCode], lowered: &Lowered) -> String {
    let mut rows: Vec<Row> = operations
        .iter()
        .map(|operation| Row::of(operation, lowered))
        .collect();
    rows.sort();
    text(&rows)
}

fn text(rows: &[Row]) -> String {
    if rows.is_empty() {
        return TITLE.to_owned();
    }
    let lines: String = rows.iter().map(Row::line).collect();
    format!(
        "{TITLE}\n\nAll operations of the API, by path. A mark that is a method has the docs of what it does in place of `send`.\n\n\
         | Request | Method | What it does | Marks |\n|---|---|---|---|\n{lines}"
    )
}

/// One operation. By path first, so that what is done with one thing stands together.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    path: String,
    http_method: String,
    method: String,
    /// Markdown of one line.
    said: String,
    marks: Vec<String>,
}

impl Row {
    fn of(operation: &OperationCode, lowered: &Lowered) -> Self {
        let stated = operation.stated(&lowered.document);
        let said = text_of(stated, "summary").or_else(|| text_of(stated, "description"));
        let builder = operation.type_name();
        let in_place_of_send = |name: &str| format!("[`{name}`]({builder}::{name})");
        let mut marks: Vec<String> = ["Pages", "Wait"]
            .into_iter()
            .filter_map(|ty| method_that_returns(operation, ty))
            .map(|name| in_place_of_send(&name))
            .collect();
        marks.extend(deprecation(stated).map(|_| "deprecated".to_owned()));
        Self {
            path: documented_path(operation, lowered),
            http_method: operation.operation.method.to_ascii_uppercase(),
            method: operation.rust_name(),
            said: said.map(first_sentence).unwrap_or_default(),
            marks,
        }
    }

    fn line(&self) -> String {
        let Self {
            path,
            http_method,
            method,
            said,
            marks,
        } = self;
        let request = cell(&code(&format!("{http_method} {path}")));
        let said = cell(said);
        let marks = marks.join(", ");
        format!(
            "| {request} | [`Client::{method}`](crate::Client::{method}) | {said} | {marks} |\n"
        )
    }
}

/// The path with the names that the vendor's docs have: the lowering gives another one to a parameter that could not be called so.
fn documented_path(operation: &OperationCode, lowered: &Lowered) -> String {
    let path = &operation.operation.path;
    let origin = lowered.origins.resolve(&operation.operation.pointer());
    // Of a path item behind a reference, the place says nothing of the path.
    let written = in_paths(&origin).filter(|written| shape(written) == shape(path));
    written.unwrap_or_else(|| path.clone())
}

/// `/a/{b}` of `/paths/~1a~1{b}/get`.
fn in_paths(pointer: &str) -> Option<String> {
    let (path, method) = pointer.strip_prefix("/paths/")?.split_once('/')?;
    (!method.contains('/')).then(|| path.replace("~1", "/").replace("~0", "~"))
}

/// A path without the names in its braces.
fn shape(path: &str) -> String {
    let pieces = path.split('{');
    let pieces = pieces.map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
    pieces.collect::<Vec<_>>().join("{}")
}

/// The name of what `paging` or `jobs` added, which is another one beside a parameter of that name.
fn method_that_returns(operation: &OperationCode, ty: &str) -> Option<String> {
    let mut members = operation.implementation.items.iter();
    members.find_map(|member| match member {
        ImplItem::Fn(function) if returned_type(function).as_deref() == Some(ty) => {
            Some(function.sig.ident.to_string())
        }
        _ => None,
    })
}

/// Markdown of one line as a cell, which a `|` would end, also in code (GFM 0.29 §4.10).
fn cell(markdown: &str) -> String {
    let mut cell = String::with_capacity(markdown.len());
    let mut is_escaped = false;
    for character in markdown.chars() {
        if character == '|' && !is_escaped {
            cell.push('\\');
        }
        is_escaped = character == '\\' && !is_escaped;
        cell.push(character);
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::{Row, TITLE, cell, in_paths, shape, text};

    #[test]
    fn the_place_of_an_operation_says_its_path() {
        for (pointer, path) in [
            ("/paths/~1a~1{b~0c}/get", Some("/a/{b~c}")),
            ("/components/pathItems/A/get", None),
            ("/paths/~1a/get/callbacks", None),
        ] {
            assert_eq!(in_paths(pointer).as_deref(), path);
        }
        assert_eq!(shape("/a/{b}/{c}.d"), shape("/a/{x}/{y}.d"));
        assert_ne!(shape("/a/{b}"), shape("/a/b"));
    }

    #[test]
    fn a_bar_ends_no_cell() {
        for (text, expected) in [
            ("a | b", "a \\| b"),
            ("`a|b`", "`a\\|b`"),
            ("a \\| b", "a \\| b"),
            ("a \\\\| b", "a \\\\\\| b"),
        ] {
            assert_eq!(cell(text), expected);
        }
    }

    #[test]
    fn what_is_done_with_one_thing_stands_together() {
        let row = |path: &str, http_method: &str, method: &str, marks: &[&str]| Row {
            path: path.to_owned(),
            http_method: http_method.to_owned(),
            method: method.to_owned(),
            said: "What|ever.".to_owned(),
            marks: marks.iter().map(|&mark| mark.to_owned()).collect(),
        };
        let mut rows = [
            row("/b", "GET", "a", &["[`pages`](A::pages)", "deprecated"]),
            row("/a/{x|`y}", "POST", "b", &[]),
            row("/a/{x|`y}", "DELETE", "c", &[]),
        ];
        rows.sort();
        let text = text(&rows);
        let lines: Vec<&str> = text.lines().skip(4).collect();
        assert_eq!(
            lines,
            [
                "| Request | Method | What it does | Marks |",
                "|---|---|---|---|",
                "| `` DELETE /a/{x\\|`y} `` | [`Client::c`](crate::Client::c) | What\\|ever. |  |",
                "| `` POST /a/{x\\|`y} `` | [`Client::b`](crate::Client::b) | What\\|ever. |  |",
                "| `GET /b` | [`Client::a`](crate::Client::a) | What\\|ever. | [`pages`](A::pages), deprecated |",
            ]
        );
        assert_eq!(super::text(&[]), TITLE);
    }
}
