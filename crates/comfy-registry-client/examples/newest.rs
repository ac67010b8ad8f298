//! Lists the nodes that were made in the last weeks, the newest first.
//!
//! `cargo run -p comfy-registry-client --example newest [WEEKS]`, one week unless given. Needs no token; `COMFY_REGISTRY_BASE_URL` sends it
//! elsewhere.

use std::cmp::Reverse;
use std::error::Error;
use std::time::SystemTime;

use chrono::{DateTime, Days, Utc};
use comfy_registry_client::Client;
use comfy_registry_client::types::Node;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let weeks: u64 = std::env::args().nth(1).as_deref().unwrap_or("1").parse()?;
    let since = DateTime::<Utc>::from(SystemTime::now())
        .checked_sub_days(Days::new(weeks.saturating_mul(7)));
    let client = Client::from_env()?;
    let call = client.list_all_nodes().include_banned(false).limit(100);
    let call = call.timestamp(since.ok_or("that is too long ago")?);
    // A call for each page, made when something of it is wanted.
    let mut items = call.pages().items();
    let mut nodes = Vec::new();
    while let Some(node) = items.next_item().await? {
        nodes.push(node);
    }
    // `sort` of the registry itself has been answered with 500.
    nodes.sort_by_key(|node| Reverse(node.created_at.as_ref().and_then(|at| at.value().copied())));
    nodes.iter().for_each(print);
    Ok(())
}

#[allow(clippy::print_stdout, reason = "an example talks to its user")]
fn print(node: &Node) {
    let made = node.created_at.as_ref().map_or("-", |at| at.as_str());
    let id = node.id.as_deref().unwrap_or("-");
    let latest = node
        .latest_version
        .as_ref()
        .and_then(|latest| latest.number());
    let latest = latest.map_or("-".to_owned(), |number| number.to_string());
    println!("{made} {id} {latest}");
}
