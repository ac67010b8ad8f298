//! Path items that are references (OpenAPI 3.1.1 §4.8.9, `$ref`).

use openapi_pages::escape;
use serde_json::{Map, Value};

use super::part::Part;
use super::reference::local_pointer;

/// References that are followed one after the other.
const MAX_HOPS: usize = 16;

/// Writes out the path items that a fragment refers to, so that their operations are there to be joined.
///
/// What stands beside the reference wins. A reference to nothing or to another document stays for *lower* to refuse.
pub(super) fn write_out(part: &mut Part) {
    for section in ["paths", "webhooks"] {
        let referring: Vec<String> = part
            .path_items(section)
            .filter(|(_, item)| item.contains_key("$ref"))
            .map(|(path, _)| path.clone())
            .collect();
        for path in referring {
            let Some((item, moved)) = written_out(part, section, &path) else {
                continue;
            };
            if let Some(slot) = part
                .document
                .get_mut(section)
                .and_then(|section| section.get_mut(path.as_str()))
            {
                *slot = Value::Object(item);
                part.moved.extend(moved);
            }
        }
    }
}

/// New pointers and old ones.
type Moved = Vec<(String, String)>;

/// The item with what it refers to, and the pointers of what was taken from there.
fn written_out(part: &Part, section: &str, path: &str) -> Option<(Map<String, Value>, Moved)> {
    let mut item = part.document.get(section)?.get(path)?.as_object()?.clone();
    let mut moved = Vec::new();
    for _ in 0..MAX_HOPS {
        let Some(reference) = item.remove("$ref") else {
            return Some((item, moved));
        };
        let pointer = local_pointer(&reference)?;
        let mut tokens = pointer.splitn(3, '/').skip(1);
        let (first, rest) = (tokens.next()?, tokens.next()?);
        let target = part.document.get(first)?.pointer(&format!("/{rest}"))?;
        for (key, value) in target.as_object()? {
            if !item.contains_key(key) {
                item.insert(key.clone(), value.clone());
                let key = escape(key);
                moved.push((
                    format!("/{section}/{}/{key}", escape(path)),
                    format!("{pointer}/{key}"),
                ));
            }
        }
    }
    None
}
