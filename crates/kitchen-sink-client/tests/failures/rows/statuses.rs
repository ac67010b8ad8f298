//! Errors and redirects.

use super::{Call, Peer, Row, echo, error, kinds_of_widgets, value};
use crate::tls;

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row {
            check: Some(|error| {
                let problem = (error.message(), error.body().map(|body| body.len()));
                if problem == (None, Some("<h1>planted-secret-4711</h1>".len())) {
                    String::new()
                } else {
                    format!("{problem:?}")
                }
            }),
            ..error(
                "a page of an error",
                Call::Page,
                || {
                    vec![echo(
                        404,
                        &[("content-type", "text/html")],
                        "<h1>SECRET</h1>",
                    )]
                },
                "list_widgets: HTTP 404 Not Found",
                &["status"],
                1,
            )
        },
        error(
            "401 without a body",
            Call::Page,
            || vec![echo(401, &[], "")],
            "list_widgets: HTTP 401 Unauthorized",
            &["status"],
            1,
        ),
        Row {
            check: Some(|error| match (error.message(), error.request_id()) {
                (Some("key [redacted] is wrong"), Some("r1")) => String::new(),
                other => format!("{other:?}"),
            }),
            ..error(
                "an error that is a text",
                Call::Page,
                || vec![echo(403, &[], r#""key SECRET is wrong""#)],
                "list_widgets: HTTP 403 Forbidden",
                &["status"],
                1,
            )
        },
        value(
            "302 of the same origin",
            Call::Kinds,
            || {
                vec![
                    echo(302, &[("location", "/v2/kinds")], ""),
                    kinds_of_widgets(),
                ]
            },
            r#"["OTHER"]"#,
            2,
        ),
        error(
            "302 to http of another host",
            Call::Kinds,
            || vec![echo(302, &[("location", "http://other.invalid/kinds")], "")],
            "list_kinds: HTTP 302 Found is a redirect that was not followed",
            &["redirect"],
            1,
        ),
        Row {
            server: Peer::AnswersByTls(|| {
                vec![
                    echo(302, &[("location", "/v2/kinds")], ""),
                    kinds_of_widgets(),
                ]
            }),
            settings: tls::trusting,
            ..value(
                "302 of the same origin, over TLS",
                Call::Kinds,
                Vec::new,
                r#"["OTHER"]"#,
                2,
            )
        },
        Row {
            server: Peer::AnswersByTls(|| {
                vec![echo(302, &[("location", "http://127.0.0.1/kinds")], "")]
            }),
            settings: tls::trusting,
            ..error(
                "302 from https to http",
                Call::Kinds,
                Vec::new,
                "list_kinds: HTTP 302 Found is a redirect that was not followed",
                &["redirect"],
                1,
            )
        },
        error(
            "302 of a POST",
            Call::Make,
            || vec![echo(302, &[("location", "/widgets")], "")],
            "create_widget: HTTP 302 Found is a redirect that was not followed",
            &["redirect"],
            1,
        ),
    ]
}
