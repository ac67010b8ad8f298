//! What several tests look at.

use std::error::Error;

/// Everything that an error says, in `Display` and `Debug`, its sources included. Nothing of it is one of the planted secrets.
pub(crate) fn quiet(error: &dyn Error) {
    let mut shown = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        shown.push_str(&format!("{error}\n{error:?}\n"));
        next = error.source();
    }
    assert!(!shown.contains("planted"), "{shown}");
}
