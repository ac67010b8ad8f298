//! Publishes a version of a node, and waits until it is scanned.
//!
//! `COMFY_REGISTRY_ACCESS_TOKEN=… cargo run -p comfy-registry-client --example publish -- PUBLISHER NODE VERSION node.zip`. The token is a
//! personal access token of the publisher. `COMFY_REGISTRY_BASE_URL` sends it elsewhere, such as to `cargo xtask serve comfy-registry`;
//! `COMFY_REGISTRY_STORAGE_URL` then says where the archive goes, because the storage that the local server names does not exist.

use std::error::Error;

use comfy_registry_client::types::{Node, NodeVersion};
use comfy_registry_client::{Client, FilePart, Published};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [publisher, node, version, archive] = &arguments[..] else {
        return Err("publisher, node, version and archive are needed".into());
    };
    let token = std::env::var("COMFY_REGISTRY_ACCESS_TOKEN")?;
    let client = Client::from_env()?;
    let node = Node::new().id(node).license(r#"{"file": "LICENSE"}"#);
    let mut publish = client
        .publish(node, NodeVersion::new().version(version))
        .publisher_id(publisher)
        .token(token)
        .archive(FilePart::open(archive).await?)
        .on_progress(|at| print(&format!("{} of {} bytes", at.bytes, at.total.unwrap_or(0))));
    if let Ok(url) = std::env::var("COMFY_REGISTRY_STORAGE_URL") {
        publish = publish.storage_url(url);
    }
    match publish.send().await? {
        Published::Active(version) => {
            print(&format!("active: {}", version.version.unwrap_or_default()));
            Ok(())
        }
        Published::Flagged(version) => {
            Err(format!("flagged: {:?}", version.parsed_status_reason()).into())
        }
        other => Err(format!("{other:?}").into()),
    }
}

#[allow(clippy::print_stdout, reason = "an example talks to its user")]
fn print(line: &str) {
    println!("{line}");
}
