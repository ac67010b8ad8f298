//! Connections that fail, hang or break off.

use loopback::Response;

use super::{Call, LONG, Peer, Row, error, hurried, kinds_of_widgets, value};
use crate::quiet::PLANTED;

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row {
            server: Peer::Nobody,
            ..error(
                "connection refused",
                Call::Kinds,
                Vec::new,
                "list_kinds: could not connect",
                &["connect", "retryable"],
                0,
            )
        },
        Row {
            server: Peer::Reset,
            ..error(
                "reset in a body",
                Call::Kinds,
                Vec::new,
                "list_kinds: the body of HTTP 200 OK broke off",
                &["body", "retryable"],
                1,
            )
        },
        error(
            "closed without an answer, each time",
            Call::Kinds,
            || vec![Response::raw(""), Response::raw(""), Response::raw("")],
            "list_kinds: the connection failed without an answer",
            &["retryable"],
            3,
        ),
        value(
            "closed without an answer, once",
            Call::Kinds,
            || vec![Response::raw(""), kinds_of_widgets()],
            r#"["OTHER"]"#,
            2,
        ),
        Row {
            settings: hurried,
            ..error(
                "slow header",
                Call::Kinds,
                || vec![kinds_of_widgets().after(LONG)],
                "list_kinds: timed out without an answer",
                &["retryable", "timeout"],
                1,
            )
        },
        Row {
            settings: hurried,
            ..error(
                "slow body",
                Call::Kinds,
                || {
                    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n[\"OT";
                    vec![Response::raw(head).then(LONG, "HER\"]")]
                },
                "list_kinds: timed out while reading the body of HTTP 200 OK",
                &["body", "retryable", "timeout"],
                1,
            )
        },
        error(
            "no HTTP",
            Call::Kinds,
            || {
                (0..3)
                    .map(|_| Response::raw(format!("{PLANTED}\r\n\r\n")))
                    .collect()
            },
            "list_kinds: the connection failed without an answer",
            &["retryable"],
            3,
        ),
        Row {
            server: Peer::AnswersByTls(|| vec![kinds_of_widgets()]),
            ..error(
                "a certificate that nobody vouches for",
                Call::Kinds,
                Vec::new,
                "list_kinds: could not connect",
                &["connect"],
                1,
            )
        },
    ]
}
