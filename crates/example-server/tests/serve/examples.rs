//! The clients' examples with arguments, against the program that serves their API.

use std::process::{Command, Output};

use loopback::{Response, Server};

use crate::command::{Running, example, start, to_set};

/// Runs an example with these arguments and variables, and nothing else of the environment.
fn run(server: &Running, name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(example(name))
        .env_clear()
        .envs([to_set(&server.line)])
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
