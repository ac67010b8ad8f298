//! Enums in Rust: what they are called, and what they turn into. What they are on the wire is in `table`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use kitchen_sink_client::types::{Comparison, Level};

#[test]
fn enums_of_numbers_turn_into_their_numbers_and_texts() {
    for (number, level) in [
        (-1, Level::Minus1),
        (1, Level::Value1),
        (10, Level::Value10),
    ] {
        assert_eq!((level as i64, i64::from(level)), (number, number));
        assert_eq!(Level::try_from(number).unwrap(), level);
        assert_eq!(level.to_string(), number.to_string());
        assert_eq!(number.to_string().parse::<Level>().unwrap(), level);
    }
    assert!(Level::try_from(2).is_err());
    assert!(serde_json::from_str::<Level>("\"1\"").is_err());
}

#[test]
fn enums_of_signs_turn_into_their_texts() {
    for (text, comparison) in [
        ("<", Comparison::LessThan),
        ("<=", Comparison::LessThanOrEqual),
        ("=", Comparison::Equal),
        ("", Comparison::Empty),
        ("hand-made", Comparison::HandMade),
        ("hand_made", Comparison::HandUnderscoreMade),
    ] {
        assert_eq!(comparison.to_string(), text);
        assert_eq!(Comparison::from(text), comparison);
    }
}
