//! Makes a call by rules of its own, and says all that a program can know when it fails.
//!
//! `HEYGEN_API_KEY=… cargo run -p heygen-client --example failures`; any wrong key shows what a failure looks like.

use std::error::Error;
use std::time::Duration;

use heygen_client::{CallOptions, ClientBuilder, RetryPolicy};

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::print_stdout, reason = "an example talks to its user")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = ClientBuilder::from_env()
        .user_agent_prefix("failures-example/1.0")
        .retry(RetryPolicy::default().max_retries(4))
        .build()?;
    let hurried = client.with_options(CallOptions::new().timeout(Duration::from_secs(5)));
    let error = match hurried.get_current_user().send().await {
        Ok(answer) => {
            println!("no failure: {}", answer.status());
            return Ok(());
        }
        Err(error) => error,
    };
    println!("{error}");
    println!("what the vendor says: {:?}", error.message());
    println!("for the vendor's support: {:?}", error.request_id());
    if error.is_retryable() {
        println!("worth another try, after {:?}", error.retry_after());
    }
    let mut source = error.source();
    while let Some(cause) = source {
        println!("because: {cause}");
        source = cause.source();
    }
    Ok(())
}
