//! Prints the user that an API key belongs to.
//!
//! `HEYGEN_API_KEY=… cargo run -p heygen-client --example whoami`; `HEYGEN_BASE_URL` sends it elsewhere.

use std::error::Error;

use heygen_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let user = client.get_current_user().send().await?.into_inner().data;
    print(&[
        ("username", Some(user.username)),
        ("email", user.email),
        ("first name", user.first_name),
        ("last name", user.last_name),
    ]);
    Ok(())
}

#[allow(clippy::print_stdout, reason = "an example talks to its user")]
fn print(fields: &[(&str, Option<String>)]) {
    for (name, value) in fields {
        println!("{name}: {}", value.as_deref().unwrap_or("-"));
    }
}
