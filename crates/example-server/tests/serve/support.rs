//! A server of an API, in the test's own runtime.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use client_codegen::commands::load::{self, Loaded};
use example_server::{Credential, Server, Service};
use reqwest::Method;
use serde_json::Value;

/// A running server.
pub(crate) struct Running {
    pub(crate) base_url: String,
    lines: Arc<Mutex<Vec<String>>>,
}

/// What a server answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) media_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

pub(crate) fn loaded(api: &str) -> Loaded {
    load::load(&root(), api, "cargo xtask").unwrap()
}

pub(crate) async fn start(api: &str) -> Running {
    let loaded = loaded(api);
    serve(Service::new(
        &loaded.overlaid.document,
        &loaded.lowered,
        None,
    ))
    .await
}

pub(crate) async fn start_with(api: &str, credential: &str) -> Running {
    let loaded = loaded(api);
    let credential = Some(Credential::new(credential));
    serve(Service::new(
        &loaded.overlaid.document,
        &loaded.lowered,
        credential,
    ))
    .await
}

/// A server of a document of the test's own.
pub(crate) async fn of(document: Value) -> Running {
    let lowered =
        openapi_lower::lower(document.clone(), &openapi_lower::Options::default()).unwrap();
    let service = Service::new(&document, &lowered, None);
    assert_eq!(service.unserved(), [""; 0]);
    serve(service).await
}

async fn serve(service: Service) -> Running {
    let server = Server::bind(0).await.unwrap();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let running = Running {
        base_url: server.base_url(),
        lines: Arc::clone(&lines),
    };
    let log = move |line: &str| lines.lock().unwrap().push(line.to_owned());
    tokio::spawn(server.run(service, log));
    running
}

impl Running {
    /// What was logged, a line per request.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, headers, "").await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<reqwest::Body>,
    ) -> Answer {
        let mut call = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap()
            .request(method, format!("{}{path}", self.base_url))
            .body(body);
        for (name, value) in headers {
            call = call.header(*name, *value);
        }
        let response = call.send().await.unwrap();
        let text = |value: &reqwest::header::HeaderValue| value.to_str().unwrap().to_owned();
        let headers = response.headers();
        Answer {
            status: response.status().as_u16(),
            media_type: headers.get("content-type").map(text),
            headers: headers
                .iter()
                .map(|(name, value)| (name.to_string(), text(value)))
                .collect(),
            body: response.bytes().await.unwrap().to_vec(),
        }
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.as_str()).collect()
    }
}
