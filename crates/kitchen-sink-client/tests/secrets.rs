//! What is of `format: password` is in no `Debug`: not of the types that hold it, and not of a call that was given it. It is sent
//! all the same: `tests/table` has the requests of these calls.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use kitchen_sink_client::Client;
use kitchen_sink_client::types::{Code, Level, Lock, LockFallback, LogInRequestBody, Master};

fn client() -> Client {
    Client::builder().token("planted-token").build().unwrap()
}

/// Every secret of these tests begins with `planted`, and what may be seen with `seen`.
fn shown(value: &impl Debug) -> String {
    let shown = format!("{value:?}\n{value:#?}");
    assert!(!shown.contains("planted"), "{shown}");
    assert!(shown.contains("[REDACTED]"), "{shown}");
    shown
}

fn code(text: &str) -> Code {
    Code::from(text.to_owned())
}

fn lock() -> Lock {
    let people = [("Ada", "planted-1"), ("Bo", "planted-2")];
    let people = people.map(|(name, code)| (name.to_owned(), code.to_owned()));
    Lock::new(code("planted-3"), "seen-door")
        .key_camel_code("planted-4")
        .key_code("planted-5")
        .codes(vec![code("planted-6"), code("planted-7")])
        .by_person(people.into())
        .fallback(LockFallback::String("planted-8".to_owned()))
        .master(
            Master::new()
                .owner("seen-owner")
                .code("planted-9".to_owned()),
        )
}

#[test]
fn secrets_of_a_form_are_not_shown() {
    let body = LogInRequestBody::new("planted-secret", "seen-user");
    assert!(shown(&body).contains("seen-user"));
    let client = client();
    assert!(shown(&client.log_in().body(body.clone())).contains("seen-user"));
    assert_eq!(body.password, "planted-secret");
}

#[test]
fn secrets_of_every_type_are_not_shown() {
    let lock = lock();
    let text = shown(&lock);
    assert!(text.contains("seen-door") && text.contains("seen-owner"));
    shown(&lock.code);
    shown(&lock.codes);
    shown(&lock.fallback);
    shown(&lock.master);
    // A branch that is no secret is hidden, too: else what is hidden would be known to be the other.
    assert!(!shown(&LockFallback::from(Level::Value10)).contains("10"));
    // They are there for programs.
    let sent = serde_json::to_string(&lock).unwrap();
    assert_eq!(sent.matches("planted-").count(), 9, "{sent}");
    let read: Lock = serde_json::from_str(&sent).unwrap();
    assert_eq!(shown(&read), text);
}

#[test]
fn secrets_that_a_call_was_given_are_not_shown() {
    let client = client();
    let call = client
        .set_lock()
        .code(code("planted-a"))
        .pin("planted-b")
        .x_old_pins(vec!["planted-c".to_owned()])
        .door("seen-call")
        .body(lock());
    let text = shown(&call);
    for seen in ["seen-call", "seen-door", "seen-owner"] {
        assert!(text.contains(seen), "{text}");
    }
    let people = BTreeMap::from([("seen-by-nobody".to_owned(), "planted-d".to_owned())]);
    let text = shown(&client.share_lock().code(code("planted-e")).body(people));
    assert!(!text.contains("seen-by-nobody"), "a body is hidden as one");
}
