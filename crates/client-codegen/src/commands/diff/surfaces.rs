//! The public items of the client before and after, as a safety net below the rules.

use openapi_diff::{Change, Class, Kind};

use super::side::Side;
use crate::diagnostic::Diagnostics;
use crate::generate::Isolation;
use crate::surface::{ItemDifference, difference};

/// Items that the change names.
const NAMED: usize = 3;

/// The items that differ. Both clients are made by the generator of today, so that only the API counts.
///
/// # Errors
/// What is wrong with the documents of the first side, then of the second one.
pub(super) fn compare(
    old: &Side,
    new: &Side,
    isolation: &Isolation,
) -> Result<Vec<ItemDifference>, [Diagnostics; 2]> {
    match (old.surface(isolation), new.surface(isolation)) {
        (Ok(old), Ok(new)) => Ok(difference(&old, &new)),
        (old, new) => Err([old.err(), new.err()].map(Option::unwrap_or_default)),
    }
}

/// The change to add where the surface loses something and no rule has called a change breaking.
pub(super) fn unforeseen(changes: &[Change], items: &[ItemDifference]) -> Option<Change> {
    let lost: Vec<&ItemDifference> = items.iter().filter(|item| item.loses).collect();
    if lost.is_empty() || changes.iter().any(|change| change.class == Class::Breaking) {
        return None;
    }
    let named: Vec<String> = lost
        .iter()
        .take(NAMED)
        .map(|item| format!("`{}`", item.path))
        .collect();
    let more = match lost.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(Change {
        class: Class::Breaking,
        kind: Kind::SurfaceChanged,
        operation: None,
        pointer: String::new(),
        summary: format!(
            "the public items of the crate lose something, although no change of the document is breaking by itself: {}{more}",
            named.join(", ")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(class: Class) -> Change {
        Change {
            class,
            kind: Kind::KeywordChanged,
            operation: None,
            pointer: String::new(),
            summary: String::new(),
        }
    }

    fn item(path: &str, loses: bool) -> ItemDifference {
        ItemDifference {
            path: path.to_owned(),
            lines: vec!["-x".to_owned()],
            loses,
        }
    }

    #[test]
    fn only_a_loss_that_no_rule_foresaw_is_added() {
        let (docs, breaking) = (
            [change(Class::Docs)],
            [change(Class::Docs), change(Class::Breaking)],
        );
        assert_eq!(unforeseen(&docs, &[item("A", false)]), None);
        assert_eq!(unforeseen(&breaking, &[item("A", true)]), None);
        let items: Vec<ItemDifference> = ["A", "B", "C", "D", "E"]
            .map(|path| item(path, true))
            .into();
        let added = unforeseen(&docs, &items).unwrap();
        assert_eq!(
            (added.class, added.kind),
            (Class::Breaking, Kind::SurfaceChanged)
        );
        assert!(
            added.summary.ends_with("`A`, `B`, `C` and 2 more"),
            "{}",
            added.summary
        );
    }
}
