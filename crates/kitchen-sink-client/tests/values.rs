//! Enums and unions are on the wire what the document says, however they are called in Rust.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use kitchen_sink_client::types::{
    Comparison, Contact, Drawing, Figure, Level, LoudReading, Outcome, Readings, ReadingsWeight,
};
use kitchen_sink_client::{Client, Nullable};
use loopback::{Response, Server};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_str(&value.to_string()).unwrap()
}

/// The value after it was read and written.
fn again<T: DeserializeOwned + Serialize>(value: &Value) -> Value {
    serde_json::to_value(read::<T>(value)).unwrap()
}

#[test]
fn enums_of_numbers_and_signs_are_written_as_they_are() {
    for (value, level) in [
        (json!(-1), Level::Minus1),
        (json!(1), Level::Value1),
        (json!(10), Level::Value10),
    ] {
        assert_eq!(read::<Level>(&value), level);
        assert_eq!(serde_json::to_value(level).unwrap(), value);
        assert_eq!(level.to_string(), value.to_string());
        assert_eq!(value.to_string().parse::<Level>().unwrap(), level);
    }
    for (text, comparison) in [
        ("<", Comparison::LessThan),
        ("<=", Comparison::LessThanOrEqual),
        ("=", Comparison::Equal),
        ("", Comparison::Empty),
        ("hand-made", Comparison::HandMade),
        ("hand_made", Comparison::HandUnderscoreMade),
    ] {
        assert_eq!(read::<Comparison>(&json!(text)), comparison);
        assert_eq!(serde_json::to_value(&comparison).unwrap(), json!(text));
        assert_eq!(comparison.to_string(), text);
        assert_eq!(Comparison::from(text), comparison);
    }
    for (value, weight) in [
        (json!(0.5), ReadingsWeight::Half),
        (json!(1), ReadingsWeight::Value1),
        (json!("auto"), ReadingsWeight::Auto),
    ] {
        assert_eq!(read::<ReadingsWeight>(&value), weight);
        assert_eq!(serde_json::to_value(weight).unwrap(), value);
    }
    assert_eq!((Level::Minus1 as i64, i64::from(Level::Value10)), (-1, 10));
    assert_eq!(Level::try_from(-1).unwrap(), Level::Minus1);
    assert!(Level::try_from(2).is_err());
    assert!(serde_json::from_value::<Level>(json!(2)).is_err());
    assert!(serde_json::from_value::<Level>(json!("1")).is_err());
}

#[test]
fn absent_null_and_empty_are_not_defaults() {
    let value = json!({"weight": null});
    let readings: Readings = read(&value);
    assert_eq!((readings.level, &readings.compare), (None, &None));
    assert_eq!(readings.weight, Nullable::Null);
    assert_eq!(serde_json::to_value(readings).unwrap(), value);
    let readings: Readings = read(&json!({}));
    assert_eq!(readings.weight, Nullable::Absent);
    assert_eq!(serde_json::to_value(readings).unwrap(), json!({}));
}

#[tokio::test]
async fn paths_queries_and_headers_have_the_values_of_the_wire() {
    let (server, readings) = {
        let server = Server::start(vec![Response::json(200, r#"{"level":-1}"#)]).unwrap();
        let client = Client::builder()
            .base_url(server.base_url())
            .build()
            .unwrap();
        let call = client
            .read_level()
            .level(Level::Minus1)
            .above(Level::Value10);
        let answer = call.compare(Comparison::LessThanOrEqual).send().await;
        (server, answer.unwrap().into_inner())
    };
    assert_eq!(readings.level, Some(Level::Minus1));
    let request = &server.requests()[0];
    assert_eq!(request.target(), "/levels/-1?above=10");
    assert_eq!(request.header("compare"), ["<="]);
}

#[test]
fn a_mapping_tells_branches_apart_that_look_alike() {
    for form in ["round", "oval", "Circle"] {
        let value = json!({"form": form, "radius": 1});
        assert!(matches!(read::<Figure>(&value), Figure::Circle(circle) if circle.form == form));
    }
    // `Square` accepts all that `Circle` does, and the other way round.
    assert!(matches!(
        read::<Figure>(&json!({"form": "square", "radius": 1})),
        Figure::Square(_)
    ));
}

#[test]
fn an_unknown_tag_is_kept_as_it_came() {
    for value in [
        json!({"form": "star", "points": [1, {"a": null}]}),
        json!({"form": 7}),
    ] {
        assert!(matches!(read::<Figure>(&value), Figure::Unknown(_)));
        assert_eq!(again::<Figure>(&value), value);
        assert!(matches!(read::<Drawing>(&value), Drawing::Unknown(_)));
        assert_eq!(again::<Drawing>(&value), value);
    }
}

#[test]
fn a_union_in_a_union_is_found_by_its_tags() {
    let drawing: Drawing = read(&json!({"form": "oval", "radius": 3}));
    assert!(matches!(drawing, Drawing::Figure(Figure::Circle(circle)) if circle.radius == Some(3)));
    let drawing: Drawing = read(&json!({"form": "text", "text": "t"}));
    assert!(matches!(drawing, Drawing::Text(text) if text.text == "t"));
}

#[test]
fn a_constant_that_is_a_flag_tells_branches_apart() {
    for value in [
        json!({"ok": true, "value": 1}),
        json!({"ok": false, "why": "no"}),
    ] {
        assert_eq!(again::<Outcome>(&value), value);
    }
    let failure = read::<Outcome>(&json!({"ok": false, "why": "no"}));
    assert!(matches!(failure, Outcome::Failure(failure) if failure.why == "no"));
    // The tag says that it is a failure, so what is missing is missing from that.
    let error = serde_json::from_value::<Outcome>(json!({"ok": false, "value": 1})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Outcome::Failure at $: missing field `why`"
    );
}

#[test]
fn a_branch_that_requires_nothing_takes_nothing_from_the_others() {
    for (value, is_it) in [
        (
            json!({"note": "n"}),
            (|found| matches!(found, Contact::Any(_))) as fn(Contact) -> bool,
        ),
        (json!({"mail": "m", "note": "n"}), |found| {
            matches!(found, Contact::Mail(_))
        }),
        (json!({"phone": "p"}), |found| {
            matches!(found, Contact::Phone(_))
        }),
        (json!({"fax": "f"}), |found| {
            matches!(found, Contact::Fax(_))
        }),
        (json!({}), |found| matches!(found, Contact::Any(_))),
    ] {
        assert_eq!(again::<Contact>(&value), value);
        assert!(is_it(read(&value)), "{value}");
    }
}

#[test]
fn parts_that_contradict_are_what_the_last_one_says() {
    let value = json!({"level": 10, "value": 1.5, "unit": "dB", "loudness": 2.0});
    assert_eq!(again::<LoudReading>(&value), value);
    let without = json!({"level": 1, "loudness": 2.0});
    assert!(serde_json::from_value::<LoudReading>(without).is_err());
}

#[tokio::test]
async fn an_error_names_the_place_in_the_branch() {
    let body = r#"{"drawing":{"form":"square","side":"SECRET"}}"#;
    let server = Server::start(vec![Response::json(200, body)]).unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let error = client
        .read_level()
        .level(Level::Value1)
        .send()
        .await
        .unwrap_err();
    let text = format!("{error}");
    assert!(
        text.contains("$.drawing.side") && !text.contains("SECRET"),
        "{text}"
    );
}
