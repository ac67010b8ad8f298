//! Finds every version of a lock file, one `node@version` a line, without counting downloads.
//!
//! `cargo run -p comfy-registry-client --example lock -- nodes.lock`. Ends with 1 if one of them is not there. Needs no token;
//! `COMFY_REGISTRY_BASE_URL` sends it elsewhere.

use std::error::Error;
use std::process::ExitCode;

use comfy_registry_client::{Client, ResolveError, Resolved};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which lock file?")?;
    let lock = tokio::fs::read_to_string(path).await?;
    let lines = lock.lines().filter(|line| !line.trim().is_empty());
    let wanted = lines.map(|line| line.trim().split_once('@').ok_or(line));
    let wanted = wanted
        .collect::<Result<Vec<_>, _>>()
        .map_err(|line| format!("not `node@version`: {line}"))?;
    let found = Client::from_env()?.resolve_all(wanted).await?;
    found.iter().for_each(print);
    let is_complete = found.iter().all(Result::is_ok);
    Ok(ExitCode::from(u8::from(!is_complete)))
}

#[allow(clippy::print_stdout, reason = "an example talks to its user")]
fn print(found: &Result<Resolved, ResolveError>) {
    match found {
        Ok(found) => {
            let address = found.download_url().unwrap_or("without a file");
            let note = if found.is_active() {
                ""
            } else {
                " (not active)"
            };
            println!("{} {} {address}{note}", found.node_id, found.number);
        }
        Err(error) => println!("{error}"),
    }
}
