//! The clients' examples with arguments, against the program that serves their API.

use std::process::{Command, Output};

use loopback::{Response, Server};

use crate::command::{Running, example, start, to_set};

/// Runs an example against the server of its API, with these arguments and variables, and nothing else of the environment.
fn run(server: &Running, name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let variables = [&[to_set(&server.line)], variables].concat();
    run_with(name, arguments, &variables)
}

fn run_with(name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(example(name))
        .env_clear()
        .envs(variables.iter().copied())
        .args(arguments)
        .output()
        .unwrap()
}

/// What it printed, and what it ended with.
fn said(output: &Output) -> (&str, Option<i32>) {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    (text, output.status.code())
}

const ARCHIVE: &str = "https://cdn.example.com/example-labs/example-upscalers/1.2.0/node.zip";

#[test]
fn nodes_are_listed_resolved_and_found() {
    let server = start(&["comfy-registry"]);
    let newest = run(&server, "newest-comfy-registry", &["4"], &[]);
    let (printed, code) = said(&newest);
    assert_eq!(code, Some(0), "{newest:?}");
    let last = printed.lines().next().unwrap();
    assert!(last.ends_with(" example-upscalers 1.2.0"), "{printed}");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nodes.lock");
    let lock = |lines: &str| {
        write(&path, lines);
        run(
            &server,
            "lock-comfy-registry",
            &[path.to_str().unwrap()],
            &[],
        )
    };
    let found = lock("example-upscalers@1.2.0\n\n");
    let expected = format!("example-upscalers 1.2.0 {ARCHIVE}\n");
    assert_eq!(said(&found), (expected.as_str(), Some(0)), "{found:?}");
    let missing = lock("example-upscalers@9.9.9\n");
    let expected = "the registry does not have \"example-upscalers 9.9.9\"\n";
    assert_eq!(said(&missing), (expected, Some(1)), "{missing:?}");

    let expected = format!("example-upscalers 1.2.0 {ARCHIVE}\n");
    for arguments in [
        &["example-upscalers", "-"][..],
        &["example-upscalers", "-", "1.2.0"],
    ] {
        let found = run(&server, "download-comfy-registry", arguments, &[]);
        assert_eq!(said(&found), (expected.as_str(), Some(0)), "{found:?}");
    }
}

fn write(path: &std::path::Path, text: &str) {
    use std::io::Write as _;
    let mut file = std::fs::File::create(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

#[test]
fn a_version_is_published() {
    let server = start(&["comfy-registry"]);
    let storage = Server::start(vec![
        Response::new(200, &[], ""),
        Response::new(403, &[], ""),
    ])
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("node.zip");
    write(&path, "PK zip");
    let arguments = [
        "example-labs",
        "example-upscalers",
        "1.2.0",
        path.to_str().unwrap(),
    ];
    let variables = [
        ("COMFY_REGISTRY_ACCESS_TOKEN", "planted-token"),
        ("COMFY_REGISTRY_STORAGE_URL", &storage.base_url()),
    ];
    let published = run(&server, "publish-comfy-registry", &arguments, &variables);
    let expected = "0 of 6 bytes\n6 of 6 bytes\nactive: 1.2.0\n";
    assert_eq!(said(&published), (expected, Some(0)), "{published:?}");
    let request = storage.only_request();
    assert_eq!(
        (request.line.as_str(), &request.body[..]),
        ("PUT / HTTP/1.1", &b"PK zip"[..])
    );

    let refused = run(&server, "publish-comfy-registry", &arguments, &variables);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    let errors = String::from_utf8(refused.stderr).unwrap();
    assert!(
        errors.contains("it stays in the registry without a file"),
        "{errors}"
    );
    assert!(!errors.contains("planted"), "{errors}");
}

#[test]
fn videos_are_generated_and_waited_for() {
    let server = start(&["heygen"]);
    let key = [("HEYGEN_API_KEY", "planted-key")];
    let words = ["look_9", "voice_1", "-", "Hello", "you"];
    let generated = run(&server, "generate-heygen", &words, &key);
    let expected = "video_a1: waiting\nvideo_a1: completed\n";
    assert_eq!(said(&generated), (expected, Some(0)), "{generated:?}");

    let made = run(&server, "agent-heygen", &["-", "A minute"], &key);
    let expected = "session session_5\nvideo_a1: completed\n";
    assert_eq!(said(&made), (expected, Some(0)), "{made:?}");
}

#[test]
fn a_file_is_uploaded() {
    let server = start(&["heygen"]);
    let key = [("HEYGEN_API_KEY", "planted-key")];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portrait.png");
    write(&path, "PNG");
    let uploaded = run(&server, "upload-heygen", &[path.to_str().unwrap()], &key);
    let expected = "0 of 3 bytes\n3 of 3 bytes\nasset_71b2 image/png\n";
    assert_eq!(said(&uploaded), (expected, Some(0)), "{uploaded:?}");
}

/// With a storage that is there, whose first URL has expired.
#[test]
fn a_video_is_downloaded_once_it_is_done() {
    let storage = Server::start(vec![
        Response::new(403, &[], ""),
        Response::new(200, &[], "film"),
    ])
    .unwrap();
    let url = format!("{}/film.mp4?Signature=planted", storage.base_url());
    let data = |data: &str| Response::json(200, format!(r#"{{"data": {data}}}"#));
    let done = format!(r#"{{"id": "v", "status": "completed", "video_url": "{url}"}}"#);
    let api = Server::start(vec![
        data(r#"{"video_id": "v", "status": "waiting"}"#),
        data(&done),
        data(&done),
        data(&done),
        data(r#"{"video_id": "v", "status": "waiting"}"#),
        data(r#"{"id": "v", "status": "failed", "failure_message": "No credits"}"#),
    ])
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    let words = ["look_9", "voice_1", path.to_str().unwrap(), "Hello"];
    let variables = [
        ("HEYGEN_API_KEY", "planted-key"),
        ("HEYGEN_BASE_URL", &api.base_url()),
    ];
    let generated = run_with("generate-heygen", &words, &variables);
    let expected = "v: waiting\nv: completed\n4 bytes\n";
    assert_eq!(said(&generated), (expected, Some(0)), "{generated:?}");
    assert_eq!(std::fs::read(&path).unwrap(), b"film");
    assert!(storage.requests()[1].header("x-api-key").is_empty());

    let failed = run_with("generate-heygen", &words, &variables);
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    let errors = String::from_utf8(failed.stderr).unwrap();
    assert!(errors.contains("No credits"), "{errors}");
    assert!(!errors.contains("planted"), "{errors}");
}
