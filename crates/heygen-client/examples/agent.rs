//! Has the video agent make a video of a prompt, and downloads it.
//!
//! `HEYGEN_API_KEY=… cargo run -p heygen-client --example agent -- film.mp4 A minute about our new screwdriver`. Costs money or credits.
//! `HEYGEN_BASE_URL` sends it elsewhere, such as to `cargo xtask serve heygen`; `-` for the file leaves the download out.

use std::error::Error;

use heygen_client::Client;
use heygen_client::types::CreateVideoAgent;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, words @ ..] = &arguments[..] else {
        return Err("a file and a prompt are needed".into());
    };
    let client = Client::from_env()?;
    let body = CreateVideoAgent::new(words.join(" "));
    let begun = client.create_video_agent().body(body).send().await?;
    print(&format!("session {}", begun.data.session_id));
    let video = match client.video_of_session(&begun.data.session_id).await {
        Ok(video) => video,
        Err(error) => {
            return Err(format!("{error}: {}", error.message().unwrap_or("no reason")).into());
        }
    };
    let id = &video.data.id;
    print(&format!("{id}: {}", video.data.status));
    if file != "-" {
        let length = client.download_video(id).to_file(file).await?;
        print(&format!("{} bytes", *length));
    }
    Ok(())
}

#[allow(clippy::print_stdout, reason = "an example talks to its user")]
fn print(line: &str) {
    println!("{line}");
}
