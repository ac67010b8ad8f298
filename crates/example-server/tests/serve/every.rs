//! Every operation and every documented answer of Kitchen Sink, against the document.

use openapi_samples::Sampler;
use reqwest::Method;
use serde_json::Value;

use crate::support::{Answer, Running, loaded, start};

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A request that has what the document requires, and where its operation is.
struct Call {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    pointer: String,
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The calls of a document that uses references only for schemas, as Kitchen Sink does.
fn calls(document: &Value, sampler: &Sampler) -> Vec<Call> {
    let mut calls = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let operations = item.as_object().unwrap().iter();
        for (method, operation) in operations.filter(|(key, _)| METHODS.contains(&key.as_str())) {
            let pointer = format!("/paths/{}/{method}", escaped(path));
            let mut headers = vec![("authorization".to_owned(), "Bearer t".to_owned())];
            let mut query = String::new();
            let stated = operation["parameters"].as_array().into_iter().flatten();
            for parameter in stated.filter(|one| one["required"] == true) {
                let name = parameter["name"].as_str().unwrap();
                match parameter["in"].as_str().unwrap() {
                    "header" => headers.push((name.to_owned(), "x".to_owned())),
                    "cookie" => headers.push(("cookie".to_owned(), format!("{name}=x"))),
                    "query" => {
                        query += &format!("{}{name}=x", if query.is_empty() { "?" } else { "&" })
                    }
                    "path" => {}
                    other => panic!("{other}"),
                }
            }
            let mut body = Vec::new();
            if let Some(content) = operation["requestBody"]["content"].as_object() {
                let (media_type, _) = content.iter().next().unwrap();
                let schema = format!(
                    "{pointer}/requestBody/content/{}/schema",
                    escaped(media_type)
                );
                let value = sampler.example(&schema).unwrap_or_default();
                body = value.to_string().into_bytes();
                headers.push(("content-type".to_owned(), media_type.clone()));
            }
            calls.push(Call {
                method: method.to_uppercase().parse().unwrap(),
                path: path.replace(['{', '}'], "") + &query,
                headers,
                body,
                pointer,
            });
        }
    }
    calls
}

async fn made(server: &Running, call: &Call, prefer: Option<&str>) -> Answer {
    let mut headers: Vec<(&str, &str)> = call
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    headers.extend(prefer.map(|prefer| ("prefer", prefer)));
    server
        .send(call.method.clone(), &call.path, &headers, call.body.clone())
        .await
}

/// Whether an answer is what `responses` of the operation has under `status`.
fn is_documented(
    answer: &Answer,
    document: &Value,
    sampler: &Sampler,
    pointer: &str,
    status: &str,
) {
    let place = format!("{pointer}/responses/{status}");
    let stated = document.pointer(&place).unwrap();
    let content = stated["content"]
        .as_object()
        .filter(|_| answer.status != 204);
    let Some((media_type, media)) = content.and_then(|content| content.iter().next()) else {
        assert_eq!(
            (&answer.media_type, answer.body.len()),
            (&None, 0),
            "{place}"
        );
        return;
    };
    assert_eq!(
        answer.media_type.as_deref(),
        Some(media_type.as_str()),
        "{place}"
    );
    if media_type != "application/json" {
        assert!(!answer.body.is_empty(), "{place}");
        return;
    }
    let body = answer.json();
    if let Some(example) = media.get("example") {
        assert_eq!(body, *example, "{place}");
    }
    if media.get("schema").is_some() {
        let schema = format!("{place}/content/application~1json/schema");
        assert!(sampler.allows(&schema, &body), "{place} {body}");
    }
}

#[tokio::test]
async fn every_operation_answers_its_success_as_documented() {
    let (server, loaded) = (start("kitchen-sink").await, loaded("kitchen-sink"));
    let document = &loaded.overlaid.document;
    let sampler = Sampler::new(document);
    let calls = calls(document, &sampler);
    assert_eq!(calls.len(), loaded.lowered.operations.len());
    for call in &calls {
        let answer = made(&server, call, None).await;
        let responses = document
            .pointer(&format!("{}/responses", call.pointer))
            .unwrap();
        // Objects are sorted, and so are codes.
        let lowest = responses
            .as_object()
            .unwrap()
            .keys()
            .find(|status| status.starts_with('2'));
        assert_eq!(
            answer.status.to_string(),
            *lowest.unwrap(),
            "{}",
            call.pointer
        );
        is_documented(&answer, document, &sampler, &call.pointer, lowest.unwrap());
    }
}

#[tokio::test]
async fn every_documented_answer_can_be_chosen() {
    let (server, loaded) = (start("kitchen-sink").await, loaded("kitchen-sink"));
    let document = &loaded.overlaid.document;
    let sampler = Sampler::new(document);
    let mut chosen = 0;
    for call in &calls(document, &sampler) {
        let responses = document
            .pointer(&format!("{}/responses", call.pointer))
            .unwrap();
        for status in responses.as_object().unwrap().keys() {
            let answer = made(&server, call, Some(&format!("code={status}"))).await;
            match status.as_str() {
                "default" => assert_eq!(answer.status, 500),
                "4XX" => assert_eq!(answer.status / 100, 4),
                code => assert_eq!(answer.status.to_string(), code),
            }
            is_documented(&answer, document, &sampler, &call.pointer, status);
            chosen += 1;
        }
    }
    assert!(chosen > 60, "{chosen}");
}

#[tokio::test]
async fn two_servers_answer_the_same_bytes() {
    let (one, other) = (start("kitchen-sink").await, start("kitchen-sink").await);
    let document = loaded("kitchen-sink").overlaid.document;
    for call in &calls(&document, &Sampler::new(&document)) {
        let first = made(&one, call, None).await;
        assert_eq!(first, made(&other, call, None).await, "{}", call.pointer);
        assert_eq!(first, made(&one, call, None).await, "{}", call.pointer);
        assert_eq!(first.header("date"), [""; 0]);
    }
}
