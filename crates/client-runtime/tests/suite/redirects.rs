//! Redirects.

use loopback::{Response, Server};

use crate::miniature::Client;

fn to(location: &str) -> Response {
    Response::new(302, &[("location", location)], "moved")
}

#[tokio::test]
async fn inside_the_origin_they_are_followed_with_the_key() {
    let server = Server::start(vec![to("/other?x=1"), Response::json(200, r#"{"id":7}"#)]).unwrap();
    let client = Client::to(&server).api_key("the-key").build().unwrap();
    let widget = client.get_widget().id("1").send().await.unwrap();
    assert_eq!(widget.id, 7);
    let requests = server.requests();
    assert_eq!(requests[1].target(), "/other?x=1");
    assert_eq!(requests[1].header("x-api-key"), ["the-key"]);
    assert!(requests[1].header("referer").is_empty());
}

#[tokio::test]
async fn to_another_origin_they_are_an_error_and_nobody_is_called() {
    let elsewhere = Server::start(vec![]).unwrap();
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/widgets/1?echo=the-key", elsewhere.base_url());
        let server = Server::start(vec![Response::new(
            status,
            &[("location", &location), ("x-request-id", "r-1")],
            "go there",
        )])
        .unwrap();
        let client = Client::to(&server)
            .api_key("the-key")
            .token("the-token")
            .build()
            .unwrap();
        let error = client.get_widget().id("1").send().await.unwrap_err();
        assert!(error.is_redirect() && !error.is_status());
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(
            error.location(),
            Some(location.replace("the-key", "[redacted]").as_str())
        );
        assert_eq!(error.request_id(), Some("r-1"));
        assert_eq!(error.body().unwrap(), "go there");
        let shown = error.to_string();
        assert!(
            shown.ends_with("is a redirect that was not followed"),
            "{shown}"
        );
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn another_scheme_or_name_of_the_same_host_is_another_origin() {
    let server = Server::start(vec![]).unwrap();
    let port = server.address().port();
    for location in [
        format!("https://127.0.0.1:{port}/"),
        format!("//localhost:{port}/"),
        format!("http://127.0.0.2:{port}/"),
        "ftp://127.0.0.1/".to_owned(),
    ] {
        server.push(to(&location));
        let client = Client::to(&server).api_key("the-key").build().unwrap();
        let error = client.get_widget().id("1").send().await.unwrap_err();
        assert!(error.is_redirect(), "{location}: {error}");
        assert_eq!(error.location(), Some(location.as_str()));
    }
    assert_eq!(server.connections(), 4);
}

#[tokio::test]
async fn a_loop_ends_with_its_status() {
    let server = Server::start(vec![to("/again"); 20]).unwrap();
    let client = Client::to(&server).build().unwrap();
    let error = client.get_widget().id("1").send().await.unwrap_err();
    assert!(error.is_redirect());
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(error.location(), Some("/again"));
    // The call and ten redirects.
    assert_eq!(server.connections(), 11);
}

#[tokio::test]
async fn a_redirect_without_a_location_is_a_status() {
    let server = Server::start(vec![
        Response::new(302, &[], ""),
        Response::new(304, &[], ""),
    ])
    .unwrap();
    let client = Client::to(&server).build().unwrap();
    for status in [302, 304] {
        let error = client.get_widget().id("1").send().await.unwrap_err();
        assert!(error.is_status());
        assert_eq!(error.status().unwrap(), status);
    }
}

#[tokio::test]
async fn a_post_is_repeated_only_as_a_post() {
    for (status, followed) in [
        (301, false),
        (302, false),
        (303, false),
        (307, true),
        (308, true),
    ] {
        let moved = Response::new(status, &[("location", "/w/")], "");
        let server = Server::start(vec![moved, Response::json(200, r#"{"id":7}"#)]).unwrap();
        let client = Client::to(&server).api_key("the-key").build().unwrap();
        let result = client.create_widget().json(Default::default()).await;
        let requests = server.requests();
        if followed {
            assert!(result.is_ok(), "{status}");
            assert_eq!(requests[1].line, "POST /w/ HTTP/1.1");
            assert_eq!(requests[1].body, requests[0].body);
            assert_eq!(requests[1].header("x-api-key"), ["the-key"]);
        } else {
            let error = result.unwrap_err();
            assert!(error.is_redirect(), "{status}: {error}");
            assert_eq!(error.location(), Some("/w/"));
            assert_eq!(requests.len(), 1, "{status}");
        }
    }
}

#[tokio::test]
async fn a_server_that_is_gone_after_a_redirect_has_seen_the_call() {
    let server = Server::start(vec![to("/again"), Response::raw("")]).unwrap();
    let client = Client::to(&server).build().unwrap();
    let error = client.get_widget().id("1").send().await.unwrap_err();
    assert_eq!(error.status(), None);
    assert!(!error.is_connect());
}
