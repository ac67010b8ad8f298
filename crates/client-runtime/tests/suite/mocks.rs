//! Expectations of mock servers, against requests that this crate did not write.

use client_runtime::httpmock::{Method, MockServer, Then, When};
use client_runtime::{Parameter, mock};
use serde::Serialize;

/// Asserts which requests a mock answers: a path with its query, the cookies, and whether it does.
async fn answers(
    name: &str,
    expected: impl FnOnce(When) -> When,
    requests: &[(&str, Option<&str>, bool)],
) {
    let server = MockServer::start_async().await;
    server.mock(|when: When, then: Then| {
        expected(when);
        then.status(204);
    });
    let client = reqwest::Client::new();
    for (path, cookies, is_answered) in requests {
        let mut request = client.get(server.url(*path));
        if let Some(cookies) = cookies {
            request = request.header("cookie", *cookies);
        }
        let status = request.send().await.unwrap().status().as_u16();
        assert_eq!(status == 204, *is_answered, "{name}: {path} {cookies:?}");
    }
}

#[tokio::test]
async fn a_cookie_stands_among_others() {
    let list = Parameter::form("a.b");
    answers(
        "a list",
        |when| mock::cookie(when, list, Some([1, 2])),
        &[
            ("/", Some("x=0; a.b=1; a.b=2; y=3"), true),
            ("/", Some("a.b=1; a.b=2"), true),
            ("/", Some("a.b=1"), false),
            ("/", Some("a.b=1; a.b=2; a.b=3"), false),
            ("/", Some("a.b=1; x=0; a.b=2"), false),
            ("/", Some("a.b=1; a.b=23"), false),
            ("/", Some("axb=1; axb=2"), false),
            ("/", Some("za.b=1; a.b=2"), false),
            ("/", None, false),
        ],
    )
    .await;
    answers(
        "none",
        |when| mock::cookie(when, list, None::<u8>),
        &[
            ("/", None, true),
            ("/", Some("x=a.b=1; za.b=1"), true),
            ("/", Some("x=1; a.b="), false),
        ],
    )
    .await;
}

#[derive(Serialize)]
struct Range {
    from: u8,
}

#[tokio::test]
async fn a_query_has_these_pairs_of_its_name_and_no_others() {
    answers(
        "a list",
        |when| mock::query(when, Parameter::form("a[]"), Some(["x", "x", "y+z"])),
        &[
            ("/?a[]=x&b=1&a[]=x&a[]=y%2Bz", None, true),
            ("/?a%5B%5D=y%2Bz&a[]=x&a[]=x", None, true),
            ("/?a[]=x&a[]=y%2Bz", None, false),
            ("/?a[]=x&a[]=x&a[]=y+z", None, false),
            ("/?a[]=x&a[]=x&a[]=y%2Bz&a[]=w", None, false),
        ],
    )
    .await;
    answers(
        "objects in a list",
        |when| mock::query(when, Parameter::deep_object("f"), Some([Range { from: 1 }])),
        &[
            ("/?f[0][from]=1&fg[0]=2", None, true),
            ("/?f[0][from]=1&f[1][from]=1", None, false),
            ("/?f[0][from]=2", None, false),
            ("/", None, false),
        ],
    )
    .await;
    answers(
        "no object",
        |when| mock::query(when, Parameter::deep_object("f"), None::<Range>),
        &[("/?f=1&g[from]=1", None, true), ("/?f[x]=1", None, false)],
    )
    .await;
}

#[tokio::test]
async fn a_path_ends_where_its_query_begins() {
    answers(
        "a query in a path",
        |when| mock::call(when, Method::GET, "/a.b/{id}?kind=x&of={of}#note"),
        &[
            ("/a.b/1?kind=x", None, true),
            ("/a.b/1%2F2?of=1&kind=x", None, true),
            ("/a.b/1?kind=y", None, false),
            ("/a.b/1/2?kind=x", None, false),
            ("/a.b/?kind=x", None, false),
            ("/axb/1?kind=x", None, false),
        ],
    )
    .await;
}
