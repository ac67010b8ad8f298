//! What goes over the wire.

use client_runtime::Credential;
use loopback::{Request, Response, Server};
use serde_json::json;

use crate::miniature::{Client, ClientBuilder, types::Widget};

fn widget() -> Response {
    Response::json(200, r#"{"id":1}"#)
}

async fn get(id: &str, q: &[&str]) -> Request {
    let server = Server::start(vec![widget()]).unwrap();
    let client = Client::to(&server).build().unwrap();
    client.get_widget().id(id).q(q).send().await.unwrap();
    server.requests().remove(0)
}

#[tokio::test]
async fn values_in_a_path() {
    for (id, target) in [
        ("a", "/widgets/a"),
        ("a/b", "/widgets/a%2Fb"),
        ("../b", "/widgets/..%2Fb"),
        ("a\\b", "/widgets/a%5Cb"),
        ("...", "/widgets/..."),
        ("%2e%2e", "/widgets/%252e%252e"),
        ("%", "/widgets/%25"),
        ("ü ß", "/widgets/%C3%BC%20%C3%9F"),
        ("a?b#c", "/widgets/a%3Fb%23c"),
        ("a\tb\r\nX: y", "/widgets/a%09b%0D%0AX%3A%20y"),
    ] {
        assert_eq!(get(id, &[]).await.target(), target);
    }
}

#[tokio::test]
async fn values_that_a_path_cannot_hold_are_refused_unsent() {
    for id in ["", ".", ".."] {
        let server = Server::start(vec![]).unwrap();
        let client = Client::to(&server).build().unwrap();
        let error = client.get_widget().id(id).send().await.unwrap_err();
        assert!(error.is_invalid_request(), "{id:?}");
        assert_eq!(
            error.to_string(),
            "get_widget: invalid request: a path parameter is empty, `.` or `..`, which would address something else"
        );
        assert_eq!(server.connections(), 0);
    }
}

#[tokio::test]
async fn values_in_a_query() {
    for (q, target) in [
        (&[][..], "/widgets/a"),
        (&["x"], "/widgets/a?q=x"),
        (&["b", "a"], "/widgets/a?q=b&q=a"),
        (&[""], "/widgets/a?q="),
        (&["a b+c"], "/widgets/a?q=a%20b%2Bc"),
        (&["&=#%/?"], "/widgets/a?q=%26%3D%23%25%2F%3F"),
        (&["ü"], "/widgets/a?q=%C3%BC"),
    ] {
        assert_eq!(get("a", q).await.target(), target);
    }
}

#[tokio::test]
async fn a_request_has_nothing_that_nobody_asked_for() {
    let request = get("a", &[]).await;
    let mut names: Vec<&str> = request
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "host", "user-agent"]);
    assert_eq!(request.line, "GET /widgets/a HTTP/1.1");
    assert_eq!(request.header("user-agent"), ["miniature/1.2.3"]);
}

#[tokio::test]
async fn credentials_of_every_scheme() {
    for (credential, header, value, target) in [
        (
            Credential::header("X-Key", "k-1"),
            "x-key",
            "k-1",
            "/widgets/1",
        ),
        (
            Credential::bearer("t-1"),
            "authorization",
            "Bearer t-1",
            "/widgets/1",
        ),
        (
            Credential::basic("u", "p"),
            "authorization",
            "Basic dTpw",
            "/widgets/1",
        ),
        (
            Credential::basic("key", ""),
            "authorization",
            "Basic a2V5Og==",
            "/widgets/1",
        ),
        (
            Credential::cookie("sid", "s-1"),
            "cookie",
            "sid=s-1",
            "/widgets/1",
        ),
        (
            Credential::query("key", "k/1"),
            "",
            "",
            "/widgets/1?key=k%2F1",
        ),
    ] {
        let server = Server::start(vec![widget()]).unwrap();
        let client = Client::to(&server).credential(credential).build().unwrap();
        client.get_widget().id("1").send().await.unwrap();
        let request = server.requests().remove(0);
        assert_eq!(request.target(), target);
        if !header.is_empty() {
            assert_eq!(request.header(header), [value]);
        }
    }
}

#[tokio::test]
async fn a_header_parameter_does_not_override_a_credential() {
    let server = Server::start(vec![widget(), widget()]).unwrap();
    let client = Client::to(&server).api_key("the-key").build().unwrap();
    client
        .get_widget()
        .id("1")
        .x_thing("mine")
        .send()
        .await
        .unwrap();
    let client = Client::to(&server).build().unwrap();
    client
        .get_widget()
        .id("1")
        .x_thing("mine")
        .send()
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("x-api-key"), ["the-key"]);
    // Without a credential it is a parameter as any other.
    assert_eq!(requests[1].header("x-api-key"), ["mine"]);
}

#[tokio::test]
async fn a_header_parameter_cannot_inject() {
    let server = Server::start(vec![]).unwrap();
    let client = Client::to(&server).build().unwrap();
    let request = client.get_widget().id("1").x_thing("a\r\nX-Evil: planted");
    let error = request.send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert!(!format!("{error} {error:?}").contains("planted"));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_parameter_that_was_not_given() {
    let server = Server::start(vec![]).unwrap();
    let client = Client::to(&server).build().unwrap();
    let error = client.get_widget().send().await.unwrap_err();
    assert_eq!(error.to_string(), "invalid request: id was not initialized");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn bodies() {
    let server = Server::start(vec![widget(), widget()]).unwrap();
    let client = Client::to(&server).build().unwrap();
    let body = Widget {
        id: 2,
        ..Widget::default()
    };
    client.create_widget().json(body).await.unwrap();
    let form = json!({"a": "x y&z", "b": [1, 2], "c": null, "d": {"e": true}});
    client.create_widget().form(form).await.unwrap();
    let error = client.create_widget().form(3).await.unwrap_err();
    assert!(error.is_invalid_request());

    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].header("content-type"), ["application/json"]);
    assert_eq!(requests[0].body, br#"{"id":2,"name":null}"#);
    assert_eq!(
        requests[1].header("content-type"),
        ["application/x-www-form-urlencoded"]
    );
    assert_eq!(
        String::from_utf8_lossy(&requests[1].body),
        "a=x+y%26z&b=1&b=2&d=%7B%22e%22%3Atrue%7D"
    );
}

#[tokio::test]
async fn a_base_url_with_a_path() {
    let server = Server::start(vec![widget()]).unwrap();
    let client = Client::builder()
        .base_url(format!("{}/api/v1/", server.base_url()))
        .build()
        .unwrap();
    client.get_widget().id("1").send().await.unwrap();
    assert_eq!(server.requests()[0].target(), "/api/v1/widgets/1");
}

#[tokio::test]
async fn a_request_that_left_the_base_url_is_not_sent() {
    let (home, elsewhere) = (
        Server::start(vec![]).unwrap(),
        Server::start(vec![]).unwrap(),
    );
    let mut client = Client::to(&home).api_key("the-key").build().unwrap();
    // As if generated code had put the URL together wrongly.
    client.baseurl = elsewhere.base_url();
    let error = client.get_widget().id("1").send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!((home.connections(), elsewhere.connections()), (0, 0));
}

/// Plain `http` to this machine is accepted because it does not leave it; a proxy would make that untrue.
#[test]
fn the_proxy_of_the_environment_is_not_asked_about_this_machine() {
    let proxy = Server::start(vec![]).unwrap();
    // The environment belongs to a process, so another one runs the test that has most requests.
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "requests::values_in_a_query"])
        .env("http_proxy", proxy.base_url())
        .env("ALL_PROXY", proxy.base_url())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
    assert_eq!(proxy.connections(), 0);
}

#[tokio::test]
async fn the_program_is_named_before_the_client() {
    let server = Server::start(vec![Response::json(200, r#"{"id":1}"#)]).unwrap();
    let config = Client::to(&server).config.user_agent_prefix("my-app/1.2");
    let client = ClientBuilder { config }.build().unwrap();
    client.get_widget().id("7").send().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.header("user-agent"), ["my-app/1.2 miniature/1.2.3"]);
}

#[tokio::test]
async fn the_http_client_can_be_changed_but_not_what_keeps_credentials_safe() {
    let other = Server::start(vec![Response::json(200, r#"{"id":1}"#)]).unwrap();
    let location = format!("{}/x", other.base_url());
    let server = Server::start(vec![
        Response::json(200, r#"{"id":1}"#),
        Response::new(302, &[("location", &location)], ""),
    ])
    .unwrap();
    let config = Client::to(&server)
        .api_key("k")
        .config
        .configure_http(|http| {
            let mut headers = reqwest::header::HeaderMap::new();
            headers.insert("x-own", reqwest::header::HeaderValue::from_static("1"));
            http.default_headers(headers)
                .redirect(reqwest::redirect::Policy::limited(5))
                .referer(true)
        });
    let client = ClientBuilder { config }.build().unwrap();
    client.get_widget().id("7").send().await.unwrap();
    let error = client.get_widget().id("7").send().await.unwrap_err();
    assert!(error.is_redirect());
    assert_eq!(server.requests()[0].header("x-own"), ["1"]);
    assert_eq!((server.connections(), other.connections()), (2, 0));
}

#[tokio::test]
async fn a_proxy_is_one_of_the_http_client() {
    let proxy = Server::start(vec![Response::json(200, r#"{"id":1}"#)]).unwrap();
    let address = proxy.base_url();
    let config = Client::builder()
        .base_url("http://api.example.com")
        .api_key("k")
        .config
        .allow_http()
        .configure_http(move |http| match reqwest::Proxy::http(&address) {
            Ok(proxy) => http.proxy(proxy),
            Err(_) => http,
        });
    let client = ClientBuilder { config }.build().unwrap();
    client.get_widget().id("7").send().await.unwrap();
    let request = proxy.only_request();
    assert_eq!(
        request.line,
        "GET http://api.example.com/widgets/7 HTTP/1.1"
    );
}
