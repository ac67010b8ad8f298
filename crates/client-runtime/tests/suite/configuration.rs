//! Settings that are wrong.

use std::time::Duration;

use client_runtime::{Config, Credential};

const SECRET: &str = "planted-secret";

fn config() -> Config {
    Config::new("https://api.example.com", "miniature/1.2.3")
}

#[test]
fn mistakes_in_credentials_name_the_setting_and_not_the_value() {
    let with = |text: &str| text.replace("S", SECRET);
    for (credential, problem) in [
        (
            Credential::header("x-key", with("S\n")),
            "the value holds a line break or another control character",
        ),
        (
            Credential::header("x-key", with("S\r\nX-Evil: 1")),
            "the value holds a line break or another control character",
        ),
        (
            Credential::header("x-key", with("S\0")),
            "the value holds a line break or another control character",
        ),
        (
            Credential::bearer(with("\u{16}S")),
            "the value holds a line break or another control character",
        ),
        (
            Credential::bearer(with("S\u{7f}")),
            "the value holds a line break or another control character",
        ),
        (
            Credential::bearer(with("“S”")),
            "the value holds a character outside ASCII",
        ),
        (
            Credential::bearer(with("S ")),
            "the value begins or ends with white space",
        ),
        (Credential::bearer(""), "the value is empty"),
        (
            Credential::header("x key", SECRET),
            "the name is not one of a header field",
        ),
        (
            Credential::basic(with("S:x"), "p"),
            "the user name holds a colon",
        ),
        (
            Credential::basic("u", with("S\n")),
            "the value holds a line break or another control character",
        ),
        (Credential::basic("", "p"), "the value is empty"),
        (
            Credential::query("key", with("S\t")),
            "the value holds a line break or another control character",
        ),
        (
            Credential::cookie("sid", with("S; x=1")),
            "the value holds a space, quote, comma, semicolon or backslash, which a cookie cannot",
        ),
        (
            Credential::cookie("a=b", SECRET),
            "the name is not one of a cookie",
        ),
    ] {
        let config = config().credential("api_key", credential);
        let shown = format!("{config:?} {config:#?}");
        let error = config.build().unwrap_err();
        assert_eq!(error.setting(), "api_key");
        assert_eq!(error.to_string(), format!("api_key: {problem}"));
        let shown = format!("{shown} {error:?} {error:#?}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
}

#[test]
fn two_credentials_in_one_place_are_refused() {
    let error = config()
        .credential("token", Credential::bearer("t"))
        .credential("basic_auth", Credential::basic("u", "p"))
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "basic_auth: it is sent in the same place as `token`; give one of them"
    );
    let built = config()
        .credential("token", Credential::bearer("bad\n"))
        .credential("token", Credential::bearer("good"))
        .credential("api_key", Credential::header("x-api-key", "k"))
        .build();
    assert!(built.is_ok(), "the last one of a setting counts");
}

#[test]
fn other_settings() {
    let setting = |config: Config| config.build().unwrap_err().setting().to_owned();
    assert_eq!(setting(config().timeout(Duration::ZERO)), "timeout");
    assert_eq!(
        setting(config().connect_timeout(Duration::ZERO)),
        "connect_timeout"
    );
    assert_eq!(setting(config().user_agent("")), "user_agent");
    assert_eq!(setting(config().user_agent("a\r\nb")), "user_agent");
    assert_eq!(setting(config().base_url("")), "base_url");
    assert_eq!(
        setting(config().base_url("http://api.example.com")),
        "base_url"
    );
    assert_eq!(setting(Config::new("", "miniature/1.2.3")), "base_url");
    assert!(
        config()
            .base_url("http://api.example.com")
            .allow_http()
            .build()
            .is_ok()
    );
    assert!(config().timeout(None).connect_timeout(None).build().is_ok());
}

#[test]
fn the_base_url_has_no_slash_at_its_end() {
    let (base_url, _, _) = config()
        .base_url("http://localhost:1/v1//")
        .build()
        .unwrap();
    assert_eq!(base_url, "http://localhost:1/v1");
}

#[test]
fn debug_shows_where_a_credential_goes_and_not_its_value() {
    let config = config()
        .base_url(format!("https://u:{SECRET}@api.example.com"))
        .credential("token", Credential::bearer(SECRET))
        .credential("api_key", Credential::query("key", SECRET));
    let shown = format!("{config:?}");
    assert!(!shown.contains(SECRET), "{shown}");
    assert!(
        shown.contains("authorization") && shown.contains(r#"Query("key")"#),
        "{shown}"
    );
}

#[test]
fn two_credentials_that_are_alternatives_are_refused() {
    let both = config()
        .alternatives("api_key", "token")
        .credential("api_key", Credential::header("x-api-key", SECRET))
        .credential("token", Credential::bearer(SECRET));
    let error = both.build().unwrap_err();
    assert_eq!(error.setting(), "token");
    assert_eq!(
        error.to_string(),
        "token: `api_key` is given as well, and the API takes one of the two"
    );
    let one = config()
        .alternatives("api_key", "token")
        .credential("token", Credential::bearer(SECRET));
    assert!(one.build().is_ok());
}

#[test]
fn names_of_programs_and_header_fields_are_checked() {
    for prefix in ["", " ", "my\napp", "my-äpp"] {
        let error = config().user_agent_prefix(prefix).build().unwrap_err();
        assert_eq!(error.setting(), "user_agent_prefix");
    }
    let error = config().idempotency_key("a b").build().unwrap_err();
    assert_eq!(error.setting(), "idempotency_key");
}
