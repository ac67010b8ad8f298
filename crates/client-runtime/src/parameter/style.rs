//! The styles of OpenAPI 3.1.1 §4.8.12.6.

use super::encode::Encoding;
use crate::query::{Nested, tree_pairs};
use crate::tree::{Tree, TreeError};

/// How a value becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Matrix,
    Label,
    Form,
    Simple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// Not a style: one text, JSON unless it is a text already (`content` of another media type).
    Content {
        is_json: bool,
    },
}

/// A value as one text, for paths and headers. `None`: there is nothing to write.
pub(super) fn text(
    name: &str,
    style: Style,
    explode: bool,
    encoding: Encoding,
    tree: &Tree,
) -> Result<Option<String>, TreeError> {
    let encode = |text: &str| encoding.encode(text);
    let name = encode(name);
    Ok(match (style, tree) {
        (Style::Content { is_json }, tree) => content(is_json, tree)?.map(|text| encode(&text)),
        (_, Tree::Null) => None,
        (Style::Matrix, Tree::List(_) | Tree::Object(_)) if explode => {
            let pairs = exploded(&name, encoding, tree)?;
            (!pairs.is_empty()).then(|| {
                let pairs = pairs
                    .into_iter()
                    .map(|(name, value)| format!(";{}", pair(&name, &value)));
                pairs.collect()
            })
        }
        (Style::Matrix, tree) => {
            joined(encoding, tree, ",")?.map(|value| format!(";{}", pair(&name, &value)))
        }
        (Style::Label, Tree::Object(_)) if explode => {
            properties(encoding, tree, ".")?.map(|text| format!(".{text}"))
        }
        (Style::Label, tree) => {
            let delimiter = if explode { "." } else { "," };
            joined(encoding, tree, delimiter)?.map(|text| format!(".{text}"))
        }
        (_, Tree::Object(_)) if explode => properties(encoding, tree, ",")?,
        (_, tree) => joined(encoding, tree, ",")?,
    })
}

/// A value as encoded pairs, for queries and cookies.
pub(super) fn pairs(
    name: &str,
    style: Style,
    explode: bool,
    encoding: Encoding,
    tree: &Tree,
) -> Result<Vec<(String, String)>, TreeError> {
    let name_encoding = match encoding {
        Encoding::Reserved => Encoding::Percent,
        other => other,
    };
    let one = |value: Option<String>| {
        let name = name_encoding.encode(name);
        value.map(|value| (name, value)).into_iter().collect()
    };
    let delimiter = match style {
        Style::Content { is_json } => {
            let text = content(is_json, tree)?;
            return Ok(one(text.map(|text| encoding.encode(&text))));
        }
        Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(name.to_owned(), tree, &mut pairs)?;
            let encoded = pairs
                .iter()
                .map(|(name, value)| (name_encoding.encode(name), encoding.encode(value)));
            return Ok(encoded.collect());
        }
        _ if explode => {
            let pairs = tree_pairs(Some(name), tree, Nested::Refused)?;
            let encoded = pairs
                .iter()
                .map(|(name, value)| (name_encoding.encode(name), encoding.encode(value)));
            return Ok(encoded.collect());
        }
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    Ok(one(joined(encoding, tree, delimiter)?))
}

/// The text of a value that has a media type, `None` for no value.
fn content(is_json: bool, tree: &Tree) -> Result<Option<String>, TreeError> {
    match tree {
        Tree::Null => Ok(None),
        tree if is_json => tree.to_json().map(Some),
        Tree::List(_) | Tree::Object(_) => tree.to_json().map(Some),
        tree => Ok(tree.text()?.map(str::to_owned)),
    }
}

/// `;name` has no `=` without a value (RFC 6570 §3.2.7).
fn pair(name: &str, value: &str) -> String {
    if value.is_empty() {
        name.to_owned()
    } else {
        format!("{name}={value}")
    }
}

/// `blue`, `blue,black` or `R,100,G,200`; `None` where a list or an object has nothing in it.
fn joined(encoding: Encoding, tree: &Tree, delimiter: &str) -> Result<Option<String>, TreeError> {
    let mut texts = Vec::new();
    match tree {
        Tree::List(items) => {
            for item in items {
                texts.extend(item_text(encoding, item)?);
            }
        }
        Tree::Object(properties) => {
            for (name, value) in properties {
                if let Some(value) = item_text(encoding, value)? {
                    texts.push(encoding.encode(name));
                    texts.push(value);
                }
            }
        }
        tree => return Ok(tree.text()?.map(|text| encoding.encode(text))),
    }
    Ok((!texts.is_empty()).then(|| texts.join(delimiter)))
}

/// `R=100,G=200`.
fn properties(
    encoding: Encoding,
    tree: &Tree,
    delimiter: &str,
) -> Result<Option<String>, TreeError> {
    let pairs = exploded("", encoding, tree)?;
    let pairs: Vec<String> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    Ok((!pairs.is_empty()).then(|| pairs.join(delimiter)))
}

/// A pair per item under the encoded `name`, or per property.
fn exploded(
    name: &str,
    encoding: Encoding,
    tree: &Tree,
) -> Result<Vec<(String, String)>, TreeError> {
    let mut pairs = Vec::new();
    match tree {
        Tree::List(items) => {
            for item in items {
                let text = item_text(encoding, item)?;
                pairs.extend(text.map(|text| (name.to_owned(), text)));
            }
        }
        Tree::Object(properties) => {
            for (name, value) in properties {
                let text = item_text(encoding, value)?;
                pairs.extend(text.map(|text| (encoding.encode(name), text)));
            }
        }
        _ => {}
    }
    Ok(pairs)
}

/// An item is told from its neighbours by what is between them, so where nothing is encoded it cannot have that itself.
fn item_text(encoding: Encoding, item: &Tree) -> Result<Option<String>, TreeError> {
    match item.text()? {
        Some(text) if encoding == Encoding::None && text.contains(',') => Err(TreeError::Delimiter),
        text => Ok(text.map(|text| encoding.encode(text))),
    }
}

/// `color[R]=100`. OpenAPI does not say what a list or an object inside is; this is what most servers read.
fn deep(name: String, tree: &Tree, pairs: &mut Vec<(String, String)>) -> Result<(), TreeError> {
    match tree {
        Tree::Object(properties) => {
            for (property, value) in properties {
                deep(format!("{name}[{property}]"), value, pairs)?;
            }
        }
        Tree::List(items) => {
            for (position, item) in items.iter().enumerate() {
                let name = match item {
                    Tree::List(_) | Tree::Object(_) => format!("{name}[{position}]"),
                    _ => format!("{name}[]"),
                };
                deep(name, item, pairs)?;
            }
        }
        tree => pairs.extend(tree.text()?.map(|text| (name, text.to_owned()))),
    }
    Ok(())
}
