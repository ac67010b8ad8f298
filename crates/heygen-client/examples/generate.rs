//! Generates a video of an avatar, waits for it, and downloads it.
//!
//! `HEYGEN_API_KEY=… cargo run -p heygen-client --example generate -- AVATAR VOICE film.mp4 Hello from the other side`. The avatar is the id of a look,
//! as `list_avatar_looks` has it. Costs money or credits. `HEYGEN_BASE_URL` sends it elsewhere, such as to `cargo xtask serve heygen`; `-` for
//! the file leaves the download out, because the storage that the local server names does not exist.

use std::error::Error;

use heygen_client::Client;
use heygen_client::types::CreateVideoFromAvatar;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [avatar, voice, file, words @ ..] = &arguments[..] else {
        return Err("an avatar, a voice, a file and a script are needed".into());
    };
    let client = Client::from_env()?;
    let body = CreateVideoFromAvatar::new(avatar)
        .voice_id(voice.as_str())
        .script(words.join(" "));
    let made = client.create_video().body(body).send().await?;
    let id = &made.data.video_id;
    print(&format!("{id}: {}", made.data.status));

    let wait = client.get_video().video_id(id).wait();
    let wait = wait.on_answer(|look| print(&format!("{id}: {}", look.state().unwrap_or("-"))));
    if let Err(error) = wait.await {
        return Err(format!("{error}: {}", error.message().unwrap_or("no reason")).into());
    }
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
