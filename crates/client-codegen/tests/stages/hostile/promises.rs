//! What every answer of a stage promises.

use client_codegen::assemble::Assembled;
use client_codegen::diagnostic::{Diagnostics, Style};
use openapi_pages::escape;
use serde_json::Value;

/// A refusal says what is wrong, where, and what to do, and can be shown.
pub(crate) fn refused(problems: &Diagnostics) {
    assert!(problems.has_errors(), "refused without an error");
    for problem in problems.iter() {
        assert!(problem.code().contains("::"), "{}", problem.code());
        assert!(!problem.message().is_empty() && !problem.help().is_empty());
        for label in problem.labels() {
            let text = label.place.file.text();
            let marked = text.map(|text| text.get(label.place.range.clone()));
            assert_ne!(marked, Some(None), "{:?}", label.place.range);
        }
    }
    for style in [Style::Plain, Style::Colour] {
        let shown = problems.render(style);
        assert!(
            problems
                .iter()
                .all(|problem| shown.contains(problem.code()))
        );
    }
}

/// An assembled document is an OpenAPI document, and all of it came from somewhere.
pub(crate) fn document(assembled: &Assembled) {
    let document = &assembled.document;
    assert!(document["openapi"].is_string(), "{document}");
    assert!(
        document["info"].is_object() && document["paths"].is_object(),
        "{document}"
    );
    origins(assembled);
}

/// An overlay of the user's own may break the document, but not the knowledge of what came from where.
pub(crate) fn overlaid(overlaid: &Assembled) {
    assert!(overlaid.document.is_object());
    origins(overlaid);
}

fn origins(assembled: &Assembled) {
    each_pointer(&assembled.document, &mut String::new(), &mut |pointer| {
        let place = assembled.origins.place(pointer);
        let place = place.unwrap_or_else(|| panic!("{pointer} came from nowhere"));
        let text = place.file.text().expect("documents are text");
        assert!(
            text.get(place.range.clone()).is_some(),
            "{pointer}: {:?}",
            place.range
        );
        let value = assembled.document.pointer(pointer).and_then(Value::as_str);
        if let Some(word) = value.filter(|value| is_word(value)) {
            let read = &text[place.range.clone()];
            // The title is the manifest's, and `file` is how one form writes a binary string.
            let made = pointer == "/info/title" || read.contains("file");
            // The value itself, with its quotes, and not just something that it is in.
            let itself = read.contains(word) && read.len() <= word.len() + QUOTES;
            assert!(made || itself, "{pointer}: {word} is said to be at {read}");
        }
    });
}

/// What a value's place may have beside the value: quotes, `enum<…>`, the mark of a block and its indentation.
const QUOTES: usize = 30;

/// A text that stands in a document as it is, whatever the document's syntax.
fn is_word(text: &str) -> bool {
    text.len() > 2 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn each_pointer(value: &Value, pointer: &mut String, visit: &mut impl FnMut(&str)) {
    visit(pointer);
    let length = pointer.len();
    let mut inside = |token: &str, value: &Value| {
        pointer.push('/');
        pointer.push_str(token);
        each_pointer(value, pointer, visit);
        pointer.truncate(length);
    };
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                inside(&escape(name), value);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                inside(&index.to_string(), value);
            }
        }
        _ => {}
    }
}
