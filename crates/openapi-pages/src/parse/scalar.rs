//! What a number is, and what an unquoted YAML scalar is.

use std::ops::Range;

use serde_json::{Number, Value};

use crate::problem::{Problem, code};

/// Why a scalar has no value: it is a number that `f64` cannot hold, or not a number at all. Reads as a sentence part.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unrepresentable(pub(super) &'static str);

const NOT_FINITE: Unrepresentable =
    Unrepresentable("is not a finite number, and JSON has no other");
const OUT_OF_RANGE: Unrepresentable =
    Unrepresentable("is outside the range of 64-bit floating point");
const LOSSY: Unrepresentable = Unrepresentable("has more digits than 64-bit numbers keep");

impl Unrepresentable {
    /// The problem of the scalar `text` that stands at `range`.
    pub(super) fn problem(&self, text: &str, range: Range<usize>) -> Problem {
        let shown: String = text.chars().take(40).collect();
        Problem::new(
            code::NUMBER,
            range,
            format!("the number `{shown}` {}", self.0),
            "put it in quotes if it is a text; otherwise give a number that 64 bits hold",
        )
    }
}

/// The value of a plain scalar by the core schema (YAML 1.2.2, section 10.3.2).
pub(super) fn resolve_plain(text: &str) -> Result<Value, Unrepresentable> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        ".nan" | ".NaN" | ".NAN" => return Err(NOT_FINITE),
        _ => {}
    }
    if matches!(
        text.strip_prefix(['-', '+']).unwrap_or(text),
        ".inf" | ".Inf" | ".INF"
    ) {
        return Err(NOT_FINITE);
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix)
            && !digits.is_empty()
            && digits.bytes().all(|byte| char::from(byte).is_digit(radix))
        {
            return u64::from_str_radix(digits, radix)
                .map(Value::from)
                .map_err(|_| LOSSY);
        }
    }
    match shape(text) {
        Some(Shape::Integer) => integer(text).map(Value::Number),
        Some(Shape::Float) => float(text).map(Value::Number),
        None => Ok(Value::from(text)),
    }
}

/// The value of a JSON number. `-0` is the float that it is to serde_json.
pub(super) fn number(text: &str) -> Result<Number, Unrepresentable> {
    if text != "-0"
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
    {
        integer(text)
    } else {
        float(text)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Shape {
    Integer,
    Float,
}

/// Whether `text` matches `[-+]?[0-9]+`, or `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
fn shape(text: &str) -> Option<Shape> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, rest) = digits(unsigned);
    if rest.is_empty() {
        return (!whole.is_empty()).then_some(Shape::Integer);
    }
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => digits(rest),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let Some(exponent) = rest.strip_prefix(['e', 'E']) else {
        return rest.is_empty().then_some(Shape::Float);
    };
    let (power, rest) = digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    (!power.is_empty() && rest.is_empty()).then_some(Shape::Float)
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn integer(text: &str) -> Result<Number, Unrepresentable> {
    if let Ok(value) = text.parse::<i64>() {
        return Ok(value.into());
    }
    if let Ok(value) = text.parse::<u64>() {
        return Ok(value.into());
    }
    // Beyond 64 bits only what a float holds exactly is kept; Rust prints the exact decimal expansion of a float.
    let value: f64 = text.parse().map_err(|_| OUT_OF_RANGE)?;
    let plain = |text: &str| text.trim_start_matches(['-', '+', '0']).to_owned();
    if value.is_finite() && plain(&format!("{value:.0}")) != plain(text) {
        return Err(LOSSY);
    }
    Number::from_f64(value).ok_or(OUT_OF_RANGE)
}

fn float(text: &str) -> Result<Number, Unrepresentable> {
    text.parse()
        .ok()
        .and_then(Number::from_f64)
        .ok_or(OUT_OF_RANGE)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_core_schema_and_nothing_else() {
        for (text, value) in [
            ("", json!(null)),
            ("~", json!(null)),
            ("NULL", json!(null)),
            ("nULL", json!("nULL")),
            ("True", json!(true)),
            ("tRUE", json!("tRUE")),
            ("yes", json!("yes")),
            ("no", json!("no")),
            ("on", json!("on")),
            ("2023-11-07", json!("2023-11-07")),
            ("12:30:45", json!("12:30:45")),
            ("1_000", json!("1_000")),
            ("0b11", json!("0b11")),
            ("0o17", json!(15)),
            ("0o18", json!("0o18")),
            ("0xfF", json!(255)),
            ("0x", json!("0x")),
            ("-0x1", json!("-0x1")),
            ("010", json!(10)),
            ("+7", json!(7)),
            ("-0", json!(0)),
            ("18446744073709551615", json!(u64::MAX)),
            ("-9223372036854775808", json!(i64::MIN)),
            ("1.", json!(1.0)),
            (".5", json!(0.5)),
            ("-1.5e-3", json!(-0.0015)),
            ("6.02E+23", json!(6.02e23)),
            (".", json!(".")),
            ("-", json!("-")),
            ("1e", json!("1e")),
            ("e3", json!("e3")),
            (".e3", json!(".e3")),
            ("3.1.0", json!("3.1.0")),
            ("<<", json!("<<")),
        ] {
            assert_eq!(resolve_plain(text), Ok(value), "{text:?}");
        }
    }

    #[test]
    fn integers_beyond_64_bits_are_kept_only_if_a_float_holds_them() {
        assert_eq!(
            resolve_plain("18446744073709551616"),
            Ok(json!(18446744073709551616.0_f64))
        );
        assert_eq!(
            resolve_plain("-00018446744073709551616"),
            Ok(json!(-18446744073709551616.0_f64))
        );
        assert_eq!(
            number("100000000000000000000000").map(Value::from),
            Err(LOSSY)
        );
        assert_eq!(
            number("1000000000000000000000").map(Value::from),
            Ok(json!(1e21))
        );
        assert_eq!(resolve_plain("18446744073709551617"), Err(LOSSY));
        assert_eq!(resolve_plain("0x10000000000000000"), Err(LOSSY));
        assert_eq!(resolve_plain(&"9".repeat(400)), Err(OUT_OF_RANGE));
        assert_eq!(resolve_plain("1e400"), Err(OUT_OF_RANGE));
        for text in [".inf", "-.Inf", "+.INF", ".nan", ".NaN"] {
            assert_eq!(resolve_plain(text), Err(NOT_FINITE), "{text}");
        }
    }
}
