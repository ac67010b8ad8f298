//! Multipart bodies (RFC 2046 §5.1, RFC 7578).

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use crate::file_part::{Content, FilePart};
use crate::sending::{Segments, SendError};
use crate::tree::{Tree, TreeError};

/// One part as it is sent.
pub(crate) struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    content: Content,
}

/// The parts of a value: one per property, or one per item of a property that is a list. Files come last, because what
/// describes them is often read first. `documented` gives the media types that the API documents for a part.
pub(crate) fn parts(
    tree: Tree,
    documented: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Part>, TreeError> {
    let Tree::Object(properties) = tree else {
        return Err(TreeError::Unnamed);
    };
    let (mut texts, mut files) = (Vec::new(), Vec::new());
    for (name, value) in properties {
        let content_type = documented(&name).and_then(|types| one_type(&types));
        let items = match value {
            Tree::List(items) => items,
            value => vec![value],
        };
        for item in items {
            match item {
                Tree::Null => {}
                Tree::File(file) => files.push(file_part(&name, &file, content_type.clone())),
                item => texts.push(text_part(&name, &item, content_type.clone())?),
            }
        }
    }
    texts.append(&mut files);
    Ok(texts)
}

/// The one media type of a list of types, none of several or of a range.
fn one_type(types: &str) -> Option<String> {
    let one = types.trim();
    (!one.is_empty() && !one.contains([',', '*'])).then(|| one.to_owned())
}

fn file_part(name: &str, file: &FilePart, documented: Option<String>) -> Part {
    let stated = file.content_type().map(str::to_owned);
    let content_type = stated.or(documented);
    Part {
        name: name.to_owned(),
        // Without a name many servers take it for a text.
        file_name: Some(file.file_name().unwrap_or(name).to_owned()),
        content_type: Some(content_type.unwrap_or_else(|| "application/octet-stream".to_owned())),
        content: file.content().clone(),
    }
}

fn text_part(name: &str, value: &Tree, documented: Option<String>) -> Result<Part, TreeError> {
    let (content, usual) = match value.text() {
        Ok(text) => (text.unwrap_or_default().to_owned(), None),
        Err(TreeError::Nested) => (value.to_json()?, Some("application/json".to_owned())),
        Err(error) => return Err(error),
    };
    Ok(Part {
        name: name.to_owned(),
        file_name: None,
        content_type: documented.or(usual),
        content: Content::Memory(content.into()),
    })
}

/// The body, with `boundary` between its parts.
///
/// # Errors
///
/// If one of the parts is a stream that was sent before.
pub(crate) fn encode(parts: &[Part], boundary: &str) -> Result<reqwest::Body, SendError> {
    let mut body = Segments::default();
    for part in parts {
        let mut head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
            quoted(&part.name)
        );
        if let Some(file_name) = &part.file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        head.push_str("\r\n");
        if let Some(content_type) = &part.content_type {
            head.push_str(&format!("Content-Type: {}\r\n", one_line(content_type)));
        }
        head.push_str("\r\n");
        body.write(head.as_bytes());
        body.push(&part.content)?;
        body.write(b"\r\n");
    }
    body.write(format!("--{boundary}--\r\n").as_bytes());
    body.into_body()
}

/// A name in quotes, as browsers write it and RFC 7578 §4.2 suggests (HTML, "multipart form data").
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A media type cannot begin another line of the head.
fn one_line(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .collect()
}

/// A text that no part has in it but by chance of 1 in 2^128.
pub(crate) fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    #[derive(Serialize)]
    struct Upload {
        file: FilePart,
        more: Vec<FilePart>,
        count: u8,
        tags: Vec<&'static str>,
        meta: Meta,
        gone: Option<u8>,
    }

    #[derive(Serialize)]
    struct Meta {
        ok: bool,
    }

    #[test]
    fn texts_come_first_and_every_item_is_a_part() {
        let upload = Upload {
            file: FilePart::new(vec![0, 0xff]).with_file_name("a \"b\".png\r\nX: y"),
            more: vec![
                FilePart::from("1").with_content_type("text/csv\r\nX: y"),
                FilePart::from("2"),
            ],
            count: 3,
            tags: vec!["x", "y"],
            meta: Meta { ok: true },
            gone: None,
        };
        let documented = |name: &str| match name {
            "file" => Some("image/png".to_owned()),
            "more" => Some("image/png, image/gif".to_owned()),
            "count" => Some("text/plain; charset=utf-8".to_owned()),
            _ => None,
        };
        let parts = parts(Tree::of(&upload).unwrap(), documented).unwrap();
        let body = encode(&parts, "B").unwrap();
        let body = body.as_bytes().unwrap();
        let expected = b"--B\r\nContent-Disposition: form-data; name=\"count\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n3\r\n\
            --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nx\r\n\
            --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\ny\r\n\
            --B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"ok\":true}\r\n\
            --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a %22b%22.png%0D%0AX: y\"\r\nContent-Type: image/png\r\n\r\n\x00\xff\r\n\
            --B\r\nContent-Disposition: form-data; name=\"more\"; filename=\"more\"\r\nContent-Type: text/csvX: y\r\n\r\n1\r\n\
            --B\r\nContent-Disposition: form-data; name=\"more\"; filename=\"more\"\r\nContent-Type: application/octet-stream\r\n\r\n2\r\n\
            --B--\r\n";
        assert_eq!(
            String::from_utf8_lossy(body),
            String::from_utf8_lossy(expected)
        );
        assert_eq!(body, expected);
    }

    #[test]
    fn no_two_bodies_have_one_boundary() {
        assert_ne!(boundary(), boundary());
        assert_eq!(boundary().len(), 32);
    }
}
