//! Calls that are made again, or not.

use std::time::Duration;

use kitchen_sink_client::RetryPolicy;
use loopback::Response;

use super::{Call, Row, busy, echo, error, hurried, kinds_of_widgets, value};

pub(super) fn rows() -> Vec<Row> {
    vec![
        value(
            "503, then 200",
            Call::Kinds,
            || vec![busy(), kinds_of_widgets()],
            r#"["OTHER"]"#,
            2,
        ),
        error(
            "503, each time",
            Call::Kinds,
            || vec![busy(), busy(), busy(), kinds_of_widgets()],
            "list_kinds: HTTP 503 Service Unavailable",
            &["retryable", "status"],
            3,
        ),
        Row {
            settings: |builder| builder.retry(RetryPolicy::off()),
            ..error(
                "503, without retries",
                Call::Kinds,
                || vec![busy(), kinds_of_widgets()],
                "list_kinds: HTTP 503 Service Unavailable",
                &["retryable", "status"],
                1,
            )
        },
        value(
            "429 without Retry-After",
            Call::Kinds,
            || vec![echo(429, &[], ""), kinds_of_widgets()],
            r#"["OTHER"]"#,
            2,
        ),
        value(
            "429 with Retry-After",
            Call::Kinds,
            || vec![echo(429, &[("retry-after", "0")], ""), kinds_of_widgets()],
            r#"["OTHER"]"#,
            2,
        ),
        Row {
            check: Some(|error| match error.retry_after() {
                Some(wait) if wait == Duration::from_secs(3600) => String::new(),
                other => format!("{other:?}"),
            }),
            ..error(
                "429 with a long Retry-After",
                Call::Kinds,
                || {
                    vec![
                        echo(429, &[("retry-after", "3600")], ""),
                        kinds_of_widgets(),
                    ]
                },
                "list_kinds: HTTP 429 Too Many Requests",
                &["rate_limited", "retryable", "status"],
                1,
            )
        },
        Row {
            settings: hurried,
            ..error(
                "429 with a Retry-After that is longer than the call may be",
                Call::Kinds,
                || vec![echo(429, &[("retry-after", "5")], ""), kinds_of_widgets()],
                "list_kinds: HTTP 429 Too Many Requests",
                &["rate_limited", "retryable", "status"],
                1,
            )
        },
        value(
            "a POST with a key is made again",
            Call::Make,
            || {
                vec![
                    busy(),
                    Response::json(201, r#"{"id":"w1","kind":"OTHER","name":"n"}"#),
                ]
            },
            r#""w1""#,
            2,
        ),
        error(
            "a body that cannot be sent again",
            Call::Sign,
            || vec![busy(), Response::raw("HTTP/1.1 204 \r\n\r\n")],
            "upload_file: HTTP 503 Service Unavailable",
            &["retryable", "status"],
            1,
        ),
        error(
            "501 does not pass",
            Call::Kinds,
            || vec![echo(501, &[], "")],
            "list_kinds: HTTP 501 Not Implemented",
            &["status"],
            1,
        ),
    ]
}
