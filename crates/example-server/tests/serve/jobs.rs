//! Jobs that a program waits for.

use serde_json::Value;

use crate::support::{loaded, start};

/// Else `.wait()` against this server would go on until its time is over.
#[tokio::test]
async fn every_job_of_heygen_is_done() {
    let (server, loaded) = (start("heygen").await, loaded("heygen"));
    let mut jobs = 0;
    for (path, item) in loaded.overlaid.document["paths"].as_object().unwrap() {
        let Some(job) = item["get"]["x-job"].as_object() else {
            continue;
        };
        let path = path.replace(['{', '}'], "");
        let answer = server.get(&path, &[("x-api-key", "k")]).await;
        let body = answer.json();
        let state = body.pointer(job["state"].as_str().unwrap());
        let done: Vec<&Value> = job["done"].as_array().unwrap().iter().collect();
        assert!(state.is_some_and(|state| done.contains(&state)), "{path}");
        jobs += 1;
    }
    assert!(jobs > 10, "{jobs}");
}
