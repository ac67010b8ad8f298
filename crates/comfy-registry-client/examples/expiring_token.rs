//! Asks for a token before the first call, and again when the registry does not take it any more.
//!
//! `TOKEN_COMMAND='…' cargo run -p comfy-registry-client --example expiring_token`, where the command prints a Firebase ID
//! token, which lives for an hour.

use std::env;
use std::error::Error;
use std::io;
use std::process::Command;

use comfy_registry_client::ClientBuilder;
use tokio::task::spawn_blocking;

/// What the command prints.
async fn new_token() -> io::Result<String> {
    let command = env::var("TOKEN_COMMAND").map_err(io::Error::other)?;
    let printed = spawn_blocking(move || Command::new("sh").args(["-c", &command]).output());
    let text = String::from_utf8(printed.await??.stdout).map_err(io::Error::other)?;
    Ok(text.trim().to_owned())
}

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::print_stdout, reason = "an example talks to its user")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = ClientBuilder::from_env()
        .token_provider(new_token)
        .build()?;
    let user = client.get_user().send().await?;
    println!("{}", user.name.as_deref().unwrap_or("nobody"));
    Ok(())
}
