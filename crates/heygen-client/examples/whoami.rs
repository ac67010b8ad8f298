//! Prints the user that an API key belongs to.
//!
//! `HEYGEN_API_KEY=… cargo run -p heygen-client --example whoami`; `HEYGEN_BASE_URL` sends it elsewhere.

use std::error::Error;

use heygen_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let answer = client.get_current_user_information().send().await?;
    let answer = answer.into_inner();
    match answer.data {
        Some(user) => print(&[
            ("username", user.username),
            ("email", user.email),
            ("first name", user.first_name),
            ("last name", user.last_name),
        ]),
        None => print(&[("message", answer.message)]),
    }
    Ok(())
}

#[allow(clippy::print_stdout, reason = "an example talks to its user")]
fn print(fields: &[(&str, Option<String>)]) {
    for (name, value) in fields {
        println!("{name}: {}", value.as_deref().unwrap_or("-"));
    }
}
