//! Prints the user that a token belongs to.
//!
//! `COMFY_REGISTRY_TOKEN=… cargo run -p comfy-registry-client --example whoami`; `COMFY_REGISTRY_BASE_URL`
//! sends it elsewhere. The token is a Firebase ID token, as the registry's site uses it; it lives for an hour.

use std::error::Error;

use comfy_registry_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let user = client.get_user().send().await?.into_inner();
    print(&[("id", user.id), ("name", user.name), ("email", user.email)]);
    Ok(())
}

#[allow(clippy::print_stdout, reason = "an example talks to its user")]
fn print(fields: &[(&str, Option<String>)]) {
    for (name, value) in fields {
        println!("{name}: {}", value.as_deref().unwrap_or("-"));
    }
}
