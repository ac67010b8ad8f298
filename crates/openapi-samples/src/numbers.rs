//! Numbers inside of bounds.

use serde_json::{Number, Value};

use crate::node::{Node, Type};

/// Integers or numbers, the plainest first.
pub(crate) fn numbers(node: &Node, kind: Type) -> Vec<Value> {
    let step = node
        .multiple_of
        .unwrap_or(if kind == Type::Integer { 1.0 } else { 0.5 });
    let whole = kind == Type::Integer;
    let mut found: Vec<f64> = Vec::new();
    let low = node.low.map(|(bound, exclusive)| {
        if exclusive {
            above(bound, step)
        } else {
            up(bound, step, node)
        }
    });
    let high = node.high.map(|(bound, exclusive)| {
        if exclusive {
            below(bound, step)
        } else {
            down(bound, step, node)
        }
    });
    let inside =
        |value: f64| low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high);
    for value in [step, step * 2.0, 0.0, -step] {
        if inside(value) {
            found.push(value);
        }
    }
    found.extend(low);
    found.extend(high);
    let mut values: Vec<Value> = found
        .into_iter()
        .filter_map(|value| number(value, whole))
        .collect();
    match node.format.as_deref() {
        Some("int32") => values.extend([Value::from(i32::MIN), Value::from(i32::MAX)]),
        Some("int64") => values.extend([Value::from(i64::MIN), Value::from(i64::MAX)]),
        _ => {}
    }
    values
}

fn up(bound: f64, step: f64, node: &Node) -> f64 {
    if node.multiple_of.is_some() {
        (bound / step).ceil() * step
    } else {
        bound
    }
}

fn down(bound: f64, step: f64, node: &Node) -> f64 {
    if node.multiple_of.is_some() {
        (bound / step).floor() * step
    } else {
        bound
    }
}

fn above(bound: f64, step: f64) -> f64 {
    ((bound / step).floor() + 1.0) * step
}

fn below(bound: f64, step: f64) -> f64 {
    ((bound / step).ceil() - 1.0) * step
}

fn number(value: f64, whole: bool) -> Option<Value> {
    if !whole {
        return Number::from_f64(value).map(Value::Number);
    }
    let value = value.ceil();
    // Text is the one conversion that neither wraps nor needs a cast.
    let text = format!("{value:.0}");
    let integer = text.parse::<i64>().map(Value::from);
    integer
        .or_else(|_| text.parse::<u64>().map(Value::from))
        .ok()
}
