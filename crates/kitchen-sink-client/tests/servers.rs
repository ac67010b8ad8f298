//! Operations at other servers than the client's: where their calls go, and where credentials go.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use kitchen_sink_client::{Client, ClientBuilder};
use loopback::{Request, Response, Server};

const ARCHIVE: &str = "https://eu.archive.kitchen-sink.example/v2";
const UPLOAD: &str = "https://upload.kitchen-sink.example";
const SAME_SCHEME: &str = "//archive.kitchen-sink.example";

fn server(answers: usize) -> Server {
    Server::start(vec![Response::new(204, &[], ""); answers]).unwrap()
}

fn client(api: &Server, with: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    let builder = Client::builder().token("t");
    let builder = builder.base_url(format!("{}/v1", api.base_url()));
    with(builder).build().unwrap()
}

fn authorization(request: &Request) -> Vec<&str> {
    request.header("authorization")
}

#[test]
fn the_client_lists_them() {
    let mut servers = Client::OPERATION_SERVERS.to_vec();
    servers.sort_unstable();
    assert_eq!(servers, [SAME_SCHEME, "/v2", ARCHIVE, UPLOAD]);
}

#[tokio::test]
async fn a_call_goes_to_the_server_of_its_operation_and_credentials_where_the_manifest_says() {
    let (api, archive, upload) = (server(2), server(1), server(1));
    let client = client(&api, |builder| {
        let builder = builder.server_url(ARCHIVE, format!("{}/a/", archive.base_url()));
        builder.server_url(UPLOAD, upload.base_url())
    });
    client.read_archive().name("x").send().await.unwrap();
    client.write_archive().name("x").send().await.unwrap();
    client.copy_archive().name("x").send().await.unwrap();
    client.rename_archive().name("x").send().await.unwrap();

    let request = archive.only_request();
    assert_eq!(request.line, "GET /a/archive/x HTTP/1.1");
    assert!(authorization(&request).is_empty());
    let request = upload.only_request();
    assert_eq!(request.line, "PUT /archive/x HTTP/1.1");
    assert_eq!(authorization(&request), ["Bearer t"]);
    let requests = api.requests();
    let lines: Vec<&str> = requests
        .iter()
        .map(|request| request.line.as_str())
        .collect();
    assert_eq!(
        lines,
        [
            "POST /v2/archive/x HTTP/1.1",
            "PATCH /v1/archive/x HTTP/1.1"
        ]
    );
    assert!(
        requests
            .iter()
            .all(|request| authorization(request) == ["Bearer t"])
    );
}

#[tokio::test]
async fn a_redirect_stays_at_the_server_of_the_operation() {
    let (api, archive) = (server(0), server(0));
    archive.push(Response::new(307, &[("location", "/b")], ""));
    archive.push(Response::new(204, &[], ""));
    let client = client(&api, |builder| {
        builder.server_url(ARCHIVE, archive.base_url())
    });
    client.read_archive().name("x").send().await.unwrap();
    let requests = archive.requests();
    assert_eq!(requests[1].line, "GET /b HTTP/1.1");
    assert!(
        requests
            .iter()
            .all(|request| authorization(request).is_empty())
    );

    // Not even to the API itself, where credentials would be added.
    let home = format!("{}/v1/c", api.base_url());
    archive.push(Response::new(307, &[("location", &home)], ""));
    let error = client.read_archive().name("x").send().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 307);
    assert!(api.requests().is_empty());
}

#[tokio::test]
async fn a_server_that_cannot_be_called_fails_its_operations_alone() {
    let api = server(1);
    // The API is at a host that is called by plain http, and this one would be too.
    let client = client(&api, |builder| builder);
    let error = client.drop_archive().name("x").send().await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains(SAME_SCHEME) && text.contains("https"),
        "{text}"
    );
    client.copy_archive().name("x").send().await.unwrap();
}

#[test]
fn what_takes_a_servers_place_is_checked() {
    for (server, url, problem) in [
        (ARCHIVE, "http://a.example", "https"),
        (ARCHIVE, "https://user:planted-secret@a.example", "password"),
        ("https://a.example", "https://b.example", UPLOAD),
    ] {
        let error = Client::builder()
            .server_url(server, url)
            .build()
            .unwrap_err();
        assert_eq!(error.setting(), "server_url");
        let text = error.to_string();
        assert!(
            text.contains(problem) && !text.contains("planted-secret"),
            "{text}"
        );
    }
}
