//! Uploads a file for use in other calls, and prints its id.
//!
//! `HEYGEN_API_KEY=… cargo run -p heygen-client --example upload -- film.mp4`. `HEYGEN_BASE_URL` sends it elsewhere, such as to
//! `cargo xtask serve heygen`, which takes files of up to 1 MiB; those that go to a storage fail, because the one that it names does not exist.

use std::error::Error;

use heygen_client::{Client, FilePart};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let client = Client::from_env()?;
    let uploaded = client
        .upload(FilePart::open(path).await?)
        .on_progress(|at| print(&format!("{} of {} bytes", at.bytes, at.total.unwrap_or(0))))
        .send()
        .await?;
    let (id, mime_type) = (uploaded.asset_id, uploaded.mime_type);
    print(&format!("{id} {mime_type}"));
    Ok(())
}

#[allow(clippy::print_stdout, reason = "an example talks to its user")]
fn print(line: &str) {
    println!("{line}");
}
