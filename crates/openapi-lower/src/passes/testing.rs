//! Running one pass on one schema.

use serde_json::{Value, json};

use super::table::{Pass, apply_all};
use crate::context::{Context, Version};
use crate::marks::Marks;
use crate::options::Options;
use crate::report::Note;

/// The schema `S` of a 3.1 document after one pass, and the notes.
pub(crate) fn schema_after(pass: Pass, schema: Value) -> (Value, Vec<Note>) {
    schema_after_in("3.1.0", pass, schema)
}

/// The same for a stated version.
pub(crate) fn schema_after_in(version: &str, pass: Pass, schema: Value) -> (Value, Vec<Note>) {
    let document = json!({"openapi": version, "components": {"schemas": {"S": schema, "T": {"type": "object"}}}});
    let (mut document, notes) = document_after(pass, document);
    (document["components"]["schemas"]["S"].take(), notes)
}

/// A document after one pass, and the notes.
pub(crate) fn document_after(pass: Pass, document: Value) -> (Value, Vec<Note>) {
    let (document, notes, _) = after(&[pass], document, &Options::default());
    (document, notes)
}

/// The same with options.
pub(crate) fn document_after_with(
    options: &Options,
    pass: Pass,
    document: Value,
) -> (Value, Vec<Note>) {
    let (document, notes, _) = after(&[pass], document, options);
    (document, notes)
}

/// A document after passes that may leave marks.
pub(crate) fn marked_after(passes: &[Pass], document: Value) -> (Value, Vec<Note>, Marks) {
    after(passes, document, &Options::default().with_marks())
}

fn after(passes: &[Pass], document: Value, options: &Options) -> (Value, Vec<Note>, Marks) {
    let version = match document["openapi"].as_str() {
        Some(text) if text.starts_with("3.0") => Version::V3_0,
        Some(text) if text.starts_with("3.2") => Version::V3_2,
        _ => Version::V3_1,
    };
    let start = || {
        let mut context = Context::new(crate::depth::sorted(document.clone()), options);
        context.version = version;
        context
    };
    let mut context = start();
    passes.iter().for_each(|pass| pass.apply(&mut context));
    assert_eq!(context.problems, [], "the pass found a problem");
    let mut by_parts = start();
    apply_all(passes, &mut by_parts);
    assert_eq!(by_parts.document, context.document, "depends on the whole");
    let ordered = |notes: &[Note]| {
        let mut notes = notes.to_vec();
        notes.sort();
        notes
    };
    assert_eq!(
        ordered(&by_parts.notes),
        ordered(&context.notes),
        "depends on the whole"
    );
    (context.document, context.notes, context.marks)
}

/// The effects and pointers of notes.
pub(crate) fn brief(notes: &[Note]) -> Vec<(&str, crate::Effect)> {
    notes
        .iter()
        .map(|note| (note.pointer.as_str(), note.effect))
        .collect()
}
