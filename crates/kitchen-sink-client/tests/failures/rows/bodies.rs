//! Answers whose body is not what the document says.

use loopback::Response;

use super::{Call, Row, echo, error, small, value};

pub(super) fn rows() -> Vec<Row> {
    let mut rows = vec![
        error(
            "JSON that is cut",
            Call::Kinds,
            || vec![echo(200, &[], r#"["OTHER","SECRET"#)],
            "list_kinds: the body of HTTP 200 OK is not what the API promises at $[1]",
            &["decode"],
            1,
        ),
        error(
            "a body that is cut",
            Call::Kinds,
            || vec![Response::truncated(200, r#"["OTHER""#, 20)],
            "list_kinds: the body of HTTP 200 OK broke off",
            &["body", "retryable"],
            1,
        ),
        value(
            "JSON of another media type",
            Call::Kinds,
            || vec![echo(200, &[("content-type", "text/plain")], r#"["OTHER"]"#)],
            r#"["OTHER"]"#,
            1,
        ),
        error(
            "a page in place of JSON",
            Call::Kinds,
            || {
                vec![echo(
                    200,
                    &[("content-type", "text/html")],
                    "<html>SECRET</html>",
                )]
            },
            "list_kinds: the body of HTTP 200 OK is not what the API promises at $",
            &["decode"],
            1,
        ),
        value(
            "null for a list",
            Call::Kinds,
            || vec![echo(200, &[], "null")],
            "[]",
            1,
        ),
        value(
            "null for a list in an object",
            Call::Page,
            || vec![echo(200, &[], r#"{"widgets": null, "next_page": null}"#)],
            "[]",
            1,
        ),
        value(
            "an enum's new value",
            Call::Kinds,
            || vec![echo(200, &[], r#"["hologram"]"#)],
            r#"["hologram"]"#,
            1,
        ),
        error(
            "no UTF-8",
            Call::Kinds,
            || vec![Response::json(200, b"[\"\xff\xfe\"]")],
            "list_kinds: the body of HTTP 200 OK is not what the API promises at $[0]",
            &["decode"],
            1,
        ),
        Row {
            settings: small,
            ..error(
                "100 MB",
                Call::Kinds,
                || {
                    vec![Response::made(
                        200,
                        &[],
                        100_000_000,
                        |_, bytes: &mut [u8]| bytes.fill(b' '),
                    )]
                },
                "list_kinds: the body of HTTP 200 OK is longer than 1048576 bytes",
                &["body"],
                1,
            )
        },
        error(
            "compressed without being asked for",
            Call::Kinds,
            || vec![bomb(0)],
            "list_kinds: the body of HTTP 200 OK is not what the API promises at $",
            &["decode"],
            1,
        ),
    ];
    if cfg!(feature = "gzip") {
        rows.push(Row {
            settings: |builder| small(builder).decompress(),
            ..error(
                "a bomb",
                Call::Kinds,
                || vec![bomb(100_000_000)],
                "list_kinds: the body of HTTP 200 OK is longer than 1048576 bytes",
                &["body"],
                1,
            )
        });
        rows.push(Row {
            settings: |builder| small(builder).decompress(),
            ..value(
                "compressed as asked for",
                Call::Kinds,
                || vec![bomb(0)],
                r#"["OTHER"]"#,
                1,
            )
        });
    }
    rows
}

/// Some JSON with so many spaces before it, compressed.
fn bomb(spaces: usize) -> Response {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let piece = vec![b' '; 64 * 1024];
    for _ in 0..spaces / piece.len() {
        encoder.write_all(&piece).unwrap();
    }
    encoder.write_all(br#"["OTHER"]"#).unwrap();
    let headers = [
        ("content-encoding", "gzip"),
        ("content-type", "application/json"),
    ];
    Response::new(200, &headers, encoder.finish().unwrap())
}
