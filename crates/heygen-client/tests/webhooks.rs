//! Deliveries that come from HeyGen, and those that do not.

#![cfg(feature = "webhooks")]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use heygen_client::types::WebhookEventType;
use heygen_client::webhook::{Delivery, Webhook, WebhookError};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

const SECRET: &str = "whsec_0a1b2c3d4e5f";

/// Signed by `openssl dgst -sha256 -hmac whsec_0a1b2c3d4e5f` of the bytes of a file, and by Python's `hmac`.
const SUCCESS: &str = r#"{"event_type":"avatar_video.success","event_data":{"video_id":"video_a1","url":"https://files.example.com/video_a1.mp4?Signature=planted","callback_id":null,"folder_id":null}}"#;
const SUCCESS_HMAC: &str = "90902e00c947e701c0a1d192d4d6c29d5bde0b2d578c79b00d97a0a8722993f5";

/// The same way, of bytes that are written with spaces and line ends.
const SPACED: &str =
    "{\"event_type\": \"avatar_video.success\",\n \"event_data\": {\"video_id\": \"video_a1\"}}\n";
const SPACED_HMAC: &str = "5a8534d43e3fbc67cb3ac6551097b3fc29b4f794af38361748406d9c922ba769";

/// The same way, of no bytes.
const EMPTY_HMAC: &str = "ea91e1c451cf1a50d36215653b9875fb54b7ee1ca59eeba331e6eea652ddc18e";

const SENT: u64 = 1_767_225_600;

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn headers<'h>(fields: impl IntoIterator<Item = (&'h str, &'h str)>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        let name: HeaderName = name.parse().unwrap();
        headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    headers
}

fn signed(signature: &str) -> HeaderMap {
    headers([
        ("heygen-signature", signature),
        ("heygen-timestamp", "1767225600"),
        ("heygen-event-id", "event_1"),
    ])
}

fn verify(headers: &HeaderMap, body: &str) -> Result<Delivery, WebhookError> {
    Webhook::new(SECRET).verify_at(headers, body.as_bytes(), at(SENT))
}

/// A delivery with this body, which nobody signs here: the one test of the reading needs many of them.
fn read(body: &str) -> Result<Delivery, WebhookError> {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let signature = mac.finalize().into_bytes();
    let signature: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    verify(&signed(&signature), body)
}

#[test]
fn what_heygen_signed_is_read() {
    let delivery = verify(&signed(SUCCESS_HMAC), SUCCESS).unwrap();
    assert_eq!(delivery.event_type, WebhookEventType::AvatarVideoSuccess);
    assert_eq!(delivery.event_id.as_deref(), Some("event_1"));
    assert_eq!(delivery.sent_at, Some(at(SENT)));
    assert_eq!(delivery.video_id(), Some("video_a1"));
    let url = "https://files.example.com/video_a1.mp4?Signature=planted";
    assert_eq!(delivery.url(), Some(url));
    assert_eq!((delivery.callback_id(), delivery.message()), (None, None));
    let shown = format!("{delivery:?}");
    assert!(shown.contains("event_1") && !shown.contains("planted"));
    // As it came, and not as somebody would write it.
    verify(&signed(SPACED_HMAC), SPACED).unwrap();
    verify(&signed(&SUCCESS_HMAC.to_uppercase()), SUCCESS).unwrap();
}

#[test]
fn another_body_secret_or_signature_is_refused() {
    let changed = SUCCESS.replace("video_a1", "video_a2");
    for (headers, body) in [
        (signed(SUCCESS_HMAC), changed.as_str()),
        (signed(SUCCESS_HMAC), SPACED),
        (signed(SUCCESS_HMAC), ""),
        (signed(SPACED_HMAC), SPACED.trim_end()),
        (signed(&"0".repeat(64)), SUCCESS),
        // Of one that is longer by a byte.
        (signed(EMPTY_HMAC), " "),
    ] {
        assert_eq!(
            verify(&headers, body).unwrap_err(),
            WebhookError::WrongSignature
        );
    }
    // All but one digit, wherever that is.
    for place in [0, 31, 63] {
        let mut digits = SUCCESS_HMAC.to_owned().into_bytes();
        digits[place] = if digits[place] == b'0' { b'1' } else { b'0' };
        let digits = String::from_utf8(digits).unwrap();
        let error = verify(&signed(&digits), SUCCESS).unwrap_err();
        assert_eq!(error, WebhookError::WrongSignature);
    }
    let other =
        Webhook::new("whsec_other").verify_at(&signed(SUCCESS_HMAC), SUCCESS.as_bytes(), at(SENT));
    assert_eq!(other.unwrap_err(), WebhookError::WrongSignature);
}

#[test]
fn a_signature_that_is_none_is_refused() {
    let long = "a".repeat(1 << 16);
    for signature in [
        "",
        "planted",
        &SUCCESS_HMAC[1..],
        &format!("{SUCCESS_HMAC}0"),
        &format!("sha256={SUCCESS_HMAC}"),
        &format!("{SUCCESS_HMAC},{SUCCESS_HMAC}"),
        &format!("{}g", &SUCCESS_HMAC[1..]),
        &"é".repeat(32),
        &long,
    ] {
        let error = verify(&signed(signature), SUCCESS).unwrap_err();
        let name = "Heygen-Signature".to_owned();
        assert_eq!(error, WebhookError::MalformedHeader(name));
        assert!(!error.to_string().contains("planted"), "{error}");
    }
    let mut bytes = signed(SUCCESS_HMAC);
    let not_utf8 = HeaderValue::from_bytes(&[0xff; 64]).unwrap();
    bytes.insert("heygen-signature", not_utf8);
    assert!(matches!(
        verify(&bytes, SUCCESS),
        Err(WebhookError::MalformedHeader(_))
    ));

    let stamp = ("heygen-timestamp", "1767225600");
    let missing = verify(&headers([stamp]), SUCCESS).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "the delivery has no header field \"Heygen-Signature\""
    );
    // A good one beside another does not help.
    let signature = ("Heygen-Signature", SUCCESS_HMAC);
    let twice = headers([stamp, signature, ("heygen-signature", "00")]);
    let error = verify(&twice, SUCCESS).unwrap_err();
    assert_eq!(
        error,
        WebhookError::RepeatedHeader("Heygen-Signature".to_owned())
    );
}

#[test]
fn the_signature_can_be_in_another_field() {
    let older = Webhook::new(SECRET).signature_header("signature");
    let older = older.tolerance(None);
    let fields = [("Signature", SUCCESS_HMAC)];
    let delivery = older.verify(&headers(fields), SUCCESS.as_bytes()).unwrap();
    assert_eq!((delivery.sent_at, delivery.event_id), (None, None));
    for name in ["", "no name", "other", "signature\n"] {
        let other = Webhook::new(SECRET).signature_header(name).tolerance(None);
        let error = other.verify(&headers(fields), SUCCESS.as_bytes());
        assert_eq!(
            error.unwrap_err(),
            WebhookError::MissingHeader(name.to_owned())
        );
    }
}

#[test]
fn what_was_not_sent_about_now_is_refused() {
    let webhook = Webhook::new(SECRET);
    let by = |webhook: &Webhook, now| {
        let outcome = webhook.verify_at(&signed(SUCCESS_HMAC), SUCCESS.as_bytes(), now);
        outcome.map(|_| ())
    };
    for now in [SENT, SENT - 300, SENT + 300] {
        assert_eq!(by(&webhook, at(now)), Ok(()), "{now}");
    }
    for (now, off_by) in [(SENT - 301, 301), (SENT + 301, 301), (0, SENT)] {
        let off_by = Duration::from_secs(off_by);
        let expected = Err(WebhookError::NotRecent { off_by });
        assert_eq!(by(&webhook, at(now)), expected);
    }
    // The clock of this machine, years after.
    let outcome = webhook.verify(&signed(SUCCESS_HMAC), SUCCESS.as_bytes());
    assert!(matches!(outcome, Err(WebhookError::NotRecent { .. })));
    let patient = webhook.clone().tolerance(Duration::from_secs(301));
    assert_eq!(by(&patient, at(SENT + 301)), Ok(()));
    assert_eq!(by(&webhook.tolerance(None), at(0)), Ok(()));
}

/// Programs know by the id what they have done already.
#[test]
fn of_two_event_ids_none_counts() {
    let with = |ids: &[&str]| {
        let ids = ids.iter().map(|id| ("heygen-event-id", *id));
        let others = [
            ("heygen-signature", SUCCESS_HMAC),
            ("heygen-timestamp", "1767225600"),
        ];
        verify(&headers(ids.chain(others)), SUCCESS).map(|delivery| delivery.event_id)
    };
    assert_eq!(with(&["event_1"]), Ok(Some("event_1".to_owned())));
    assert_eq!(with(&[]), Ok(None));
    assert_eq!(with(&[""]), Ok(None));
    let repeated = WebhookError::RepeatedHeader("Heygen-Event-Id".to_owned());
    assert_eq!(with(&["event_1", "event_1"]), Err(repeated.clone()));
    assert_eq!(with(&["", "event_2"]), Err(repeated));
}

#[test]
fn a_delivery_says_when_it_was_sent() {
    let fields = |stamps: &[&str]| {
        let stamps = stamps.iter().map(|stamp| ("heygen-timestamp", *stamp));
        headers(stamps.chain([("heygen-signature", SUCCESS_HMAC)]))
    };
    let name = || "Heygen-Timestamp".to_owned();
    for (stamps, expected) in [
        (&[][..], WebhookError::MissingHeader(name())),
        (
            &["1767225600", "1767225600"],
            WebhookError::RepeatedHeader(name()),
        ),
        (&["1767225600.5"], WebhookError::MalformedHeader(name())),
        (&["+1767225600"], WebhookError::MalformedHeader(name())),
        (&[""], WebhookError::MalformedHeader(name())),
        (
            &["2026-01-01T00:00:00Z"],
            WebhookError::MalformedHeader(name()),
        ),
        (
            &["18446744073709551615"],
            WebhookError::MalformedHeader(name()),
        ),
        (
            &["99999999999999999999999"],
            WebhookError::MalformedHeader(name()),
        ),
    ] {
        assert_eq!(verify(&fields(stamps), SUCCESS).unwrap_err(), expected);
        // Who does not ask for it does not hear of it.
        let delivery = Webhook::new(SECRET).tolerance(None);
        let delivery = delivery.verify(&fields(stamps), SUCCESS.as_bytes());
        assert_eq!(delivery.unwrap().sent_at, None);
    }
    // The signature comes first: nobody else learns what is asked for.
    let error = verify(&headers([("heygen-signature", SPACED_HMAC)]), SUCCESS);
    assert_eq!(error.unwrap_err(), WebhookError::WrongSignature);
}

#[test]
fn a_secret_that_is_none_signs_nothing() {
    for secret in ["", " ", "whsec_0a1b2c3d4e5f\n", "whsec planted"] {
        let webhook = Webhook::new(secret);
        let outcome = webhook.verify_at(&signed(SUCCESS_HMAC), SUCCESS.as_bytes(), at(SENT));
        assert_eq!(outcome.unwrap_err(), WebhookError::UnusableSecret);
    }
    let shown = format!("{:?}", Webhook::new("whsec_planted"));
    assert!(!shown.contains("planted"), "{shown}");
}

#[test]
fn data_is_read_by_its_names_of_all_times() {
    let older = read(
        r#"{"event_type":"avatar_video.fail","event_data":{"video_id":"v","callback_id":"c","msg":"","error":{"code":7,"message":"no voice"},"duration":1.5}}"#,
    )
    .unwrap();
    assert_eq!(older.event_type, WebhookEventType::AvatarVideoFail);
    assert_eq!(
        (older.callback_id(), older.message()),
        (Some("c"), Some("no voice"))
    );
    assert_eq!((older.url(), older.text("duration")), (None, None));
    assert_eq!(older.data["duration"], 1.5);
    for (body, url, message) in [
        (r#"{"video_url":"u","error":"e"}"#, Some("u"), Some("e")),
        (
            r#"{"url":"","video_url":"u","msg":"m","error":"e"}"#,
            Some("u"),
            Some("m"),
        ),
        (
            r#"{"url":"a","video_url":"u","msg":null,"error":null}"#,
            Some("a"),
            None,
        ),
        (r#"{"url":7,"error":["e"]}"#, None, None),
    ] {
        let delivery = read(&format!(r#"{{"event_type":"x.y","event_data":{body}}}"#));
        let delivery = delivery.unwrap();
        assert_eq!((delivery.url(), delivery.message()), (url, message));
        let unknown = WebhookEventType::Unknown("x.y".to_owned());
        assert_eq!(delivery.event_type, unknown);
    }
    for body in [
        r#"{"event_type":"batch.finished"}"#,
        r#"{"event_data":null,"event_type":"batch.finished","more":[1]}"#,
    ] {
        let delivery = read(body).unwrap();
        assert_eq!(delivery.event_type, WebhookEventType::BatchFinished);
        assert!(delivery.data.is_empty());
    }
}

#[test]
fn a_signed_body_that_is_no_event_is_said_to_be_one() {
    let deep = format!(
        r#"{{"event_type":"a","event_data":{{"a":{}}}}}"#,
        "[".repeat(1 << 16)
    );
    for (body, line) in [
        ("", 1),
        ("{}", 1),
        ("[]", 1),
        ("<html>planted</html>", 1),
        ("{\"event_type\":\"a\",\n\"event_data\":\"planted\"}", 2),
        (r#"{"event_type":null,"event_data":{}}"#, 1),
        (r#"{"event_type":"a"} {}"#, 1),
        (deep.as_str(), 1),
    ] {
        let error = read(body).unwrap_err();
        assert!(
            matches!(error, WebhookError::UnreadableBody { line: at, .. } if at == line),
            "{error:?}"
        );
        assert!(!format!("{error} {error:?}").contains("planted"), "{error}");
    }
}
