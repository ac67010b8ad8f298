//! What storages say: an XML document with elements `Code` and `Message`, as Amazon S3, Google Cloud Storage and Azure Blob Storage have it.

/// The text of the first element of this name of an XML document, if it holds no other elements.
pub(super) fn element(body: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with("<?xml") && !text.starts_with("<Error") {
        return None;
    }
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    let (said, _) = rest.split_once(&format!("</{name}>"))?;
    if said.contains('<') {
        return None;
    }
    // The entities that XML has without a declaration; the ampersand last, so that nothing is read twice.
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    let said = entities
        .iter()
        .fold(said.to_owned(), |said, (entity, text)| {
            said.replace(entity, text)
        });
    Some(said).filter(|said| !said.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storages_say_it_in_an_element() {
        for (body, expected) in [
            (
                "<?xml version='1.0' encoding='UTF-8'?><Error><Code>ExpiredToken</Code><Message>Too late.</Message><Details>x</Details></Error>",
                Some("Too late."),
            ),
            (
                "\u{feff}<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>no\n&amp;lt; &lt;b&gt;</Message></Error>",
                Some("no\n&lt; <b>"),
            ),
            ("<Error><Message>no</Message></Error>", Some("no")),
            ("<Error><Message><b>no</b></Message></Error>", None),
            ("<Error><Message> </Message></Error>", None),
            ("<Error><Message>cut", None),
            ("<?xml version='1.0'?><Error><Code>x</Code></Error>", None),
            ("<html><Message>no</Message></html>", None),
            ("", None),
        ] {
            let found = element(body.as_bytes(), "Message");
            assert_eq!(found.as_deref(), expected, "{body}");
        }
    }
}
