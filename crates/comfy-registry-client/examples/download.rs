//! Downloads the archive of a node, the latest active version or a given one.
//!
//! `cargo run -p comfy-registry-client --example download -- NODE FILE [VERSION]`. Needs no token; `COMFY_REGISTRY_BASE_URL` sends it
//! elsewhere. `-` for the file only prints where the archive is.

use std::error::Error;

use comfy_registry_client::{Client, TransferExt as _, Wanted};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (node, file, wanted) = match &arguments[..] {
        [node, file] => (node, file, Wanted::Latest),
        [node, file, version] => (node, file, Wanted::from(version.as_str())),
        _ => return Err("a node and a file are needed".into()),
    };
    let client = Client::from_env()?;
    let found = client.resolve(node, wanted).await?;
    let url = found.download_url().ok_or("the version has no file")?;
    print(&format!("{} {} {url}", found.node_id, found.number));
    if file != "-" {
        // Without the client's token: the archive is not the API's.
        let length = client.transfer().download(url).to_file(file).await?;
        print(&format!("{} bytes", *length));
    }
    Ok(())
}

#[allow(clippy::print_stdout, reason = "an example talks to its user")]
fn print(line: &str) {
    println!("{line}");
}
