use std::collections::BTreeMap;
use std::num::NonZeroU64;

use serde::Deserialize;
use serde_json::{Value, json};

use super::*;
use crate::decode::decode;

/// What becomes of a JSON value, or the text of the error.
fn read<T: Numbers>(value: &Value, texts: NumberTexts) -> Result<T, String> {
    T::read(value, texts).map_err(|error| error.to_string())
}

#[test]
fn a_fraction_of_zero_is_none() {
    for (value, expected) in [
        (json!(3), Some(3)),
        (json!(3.0), Some(3)),
        (json!(-0.0), Some(0)),
        (json!(1e3), Some(1000)),
        (
            json!(9_007_199_254_740_993_i64),
            Some(9_007_199_254_740_993),
        ),
        (json!(i64::MIN), Some(i64::MIN)),
        (json!(0.5), None),
        (json!(9_223_372_036_854_775_808_u64), None),
        (json!(1e19), None),
        // The float that is read for them is another number.
        (json!(9_007_199_254_740_993.0), None),
        (serde_json::from_str("-9223372036854775809").unwrap(), None),
        (json!(1e300), None),
        (json!("3"), None),
        (json!(true), None),
        (json!(null), None),
        (json!({"a": 1}), None),
    ] {
        assert_eq!(
            read::<i64>(&value, NumberTexts::Refused).ok(),
            expected,
            "{value}"
        );
    }
    assert_eq!(read(&json!(255.0), NumberTexts::Refused), Ok(255_u8));
    assert!(read::<u8>(&json!(256.0), NumberTexts::Refused).is_err());
    assert!(read::<u64>(&json!(-1.0), NumberTexts::Refused).is_err());
    assert_eq!(read(&json!(u64::MAX), NumberTexts::Refused), Ok(u64::MAX));
    assert_eq!(
        read(&json!(2.0), NumberTexts::Refused),
        Ok(NonZeroU64::new(2).unwrap())
    );
    assert!(read::<NonZeroU64>(&json!(0.0), NumberTexts::Refused).is_err());
}

#[test]
fn a_number_in_a_text_is_read_where_that_is_asked_for() {
    for (value, expected) in [
        (json!("3"), Some(3.0)),
        (json!("-3.50"), Some(-3.5)),
        (json!("1e2"), Some(100.0)),
        (json!(2), Some(2.0)),
        (json!(""), None),
        (json!(" 3"), None),
        (json!("inf"), None),
        (json!("NaN"), None),
        (json!("3 USD"), None),
    ] {
        assert_eq!(
            read::<f64>(&value, NumberTexts::Read).ok(),
            expected,
            "{value}"
        );
        assert_eq!(
            read::<f64>(&value, NumberTexts::Refused).is_ok(),
            value == json!(2)
        );
    }
    assert_eq!(read(&json!("3.0"), NumberTexts::Read), Ok(3_i64));
    assert_eq!(
        read(&json!("18446744073709551615"), NumberTexts::Read),
        Ok(u64::MAX)
    );
    assert!(read::<i64>(&json!("3.5"), NumberTexts::Read).is_err());
    for (text, expected) in [
        ("9007199254740993.0", Some(9_007_199_254_740_993)),
        ("-9223372036854775808.00", Some(i64::MIN)),
        ("9007199254740993.5", None),
        ("3.", Some(3)),
        (".0", Some(0)),
    ] {
        let found = read::<i64>(&json!(text), NumberTexts::Read).ok();
        assert_eq!(found, expected, "{text}");
    }
    assert_eq!(read(&json!(0.5), NumberTexts::Refused), Ok(0.5_f32));
}

#[test]
fn what_holds_numbers_is_read_with_them() {
    type Nested = Vec<Option<BTreeMap<String, Nullable<i64>>>>;
    let value = json!([{"a": 1.0, "b": "2", "c": null}, null]);
    let read_back: Nested = read(&value, NumberTexts::Read).unwrap();
    assert_eq!(
        serde_json::to_value(read_back).unwrap(),
        json!([{"a": 1, "b": 2, "c": null}, null])
    );
    assert!(read::<Nested>(&value, NumberTexts::Refused).is_err());
    assert_eq!(
        read(&json!(null), NumberTexts::Refused),
        Ok(Vec::<i64>::new())
    );
    assert_eq!(
        read(&json!(null), NumberTexts::Refused),
        Ok(HashMap::<String, i64>::new())
    );
    assert_eq!(read(&json!(4.0), NumberTexts::Refused), Ok(Box::new(4_i64)));
    assert!(read::<Vec<i64>>(&json!(4), NumberTexts::Refused).is_err());
    assert!(read::<BTreeMap<String, i64>>(&json!([]), NumberTexts::Refused).is_err());
}

#[test]
fn an_error_says_what_was_found() {
    assert_eq!(
        read::<i64>(&json!(0.5), NumberTexts::Refused).unwrap_err(),
        "invalid type: floating point `0.5`, expected i64"
    );
    assert_eq!(
        read::<u8>(&json!(300), NumberTexts::Refused).unwrap_err(),
        "invalid value: integer `300`, expected u8"
    );
}

#[test]
fn no_body_is_no_list() {
    #[derive(Deserialize, Debug)]
    #[serde(transparent)]
    struct Sizes(#[serde(deserialize_with = "integers")] Vec<i64>);

    #[derive(Deserialize, Debug)]
    #[serde(transparent)]
    struct Counts(#[serde(deserialize_with = "integers")] BTreeMap<String, i64>);

    assert!(decode::<Sizes>(b"null").unwrap().0.is_empty());
    assert_eq!(decode::<Sizes>(b"[1.0]").unwrap().0, [1]);
    assert!(decode::<Sizes>(b"").unwrap_err().is_empty_body());
    assert!(decode::<Counts>(b"null").unwrap().0.is_empty());
    assert!(decode::<Counts>(b" ").unwrap_err().is_empty_body());
}

#[derive(Deserialize, Debug, PartialEq)]
struct Whole {
    #[serde(default, deserialize_with = "integers")]
    count: Option<i64>,
    #[serde(flatten)]
    part: Part,
}

#[derive(Deserialize, Debug, PartialEq)]
struct Part {
    #[serde(deserialize_with = "numbers_or_texts")]
    price: f64,
    #[serde(deserialize_with = "integers")]
    size: u16,
}

#[test]
fn fields_are_read_from_texts_and_where_serde_holds_values_back() {
    let whole: Whole =
        serde_json::from_str(r#"{"count": 1.0, "price": "2.5", "size": 3.0}"#).unwrap();
    let expected = |count| Whole {
        count,
        part: Part {
            price: 2.5,
            size: 3,
        },
    };
    assert_eq!(whole, expected(Some(1)));
    for text in [
        r#"{"price": 2.5, "size": 3}"#,
        r#"{"count": null, "price": 2.5, "size": 3}"#,
    ] {
        assert_eq!(serde_json::from_str::<Whole>(text).unwrap(), expected(None));
    }
}
