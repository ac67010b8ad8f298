//! What is made elsewhere is a crate that cargo takes.

use std::path::Path;

use client_codegen::exit;

use crate::support::{Folder, PING, RENAME_ROOM};

#[track_caller]
fn succeeds((code, text): (i32, String)) -> String {
    assert_eq!(code, i32::from(exit::OK), "{text}");
    text
}

/// Without TLS, whose C code would take a minute: the clients of this repository are built with it.
const CHECK: [&str; 4] = [
    "check",
    "--offline",
    "--no-default-features",
    "--all-targets",
];

/// The same with mocks, where all packages are clients.
fn check_with_mocks(folder: &Folder) -> (i32, String) {
    folder.cargo(&[&CHECK[..], &["--features=httpmock"]].concat())
}

const CALL: &str = r#"
use ping_client::{Client, Error, error, types::Pong};

async fn call(client: &Client) -> Result<Pong, Error<error::PingError>> {
    Ok(client.ping().send().await?.into_inner())
}

fn main() {
    let client = Client::builder().token("t").build();
    let _ = client.map(|client| drop(call(&client)));
}
"#;

#[test]
fn an_empty_folder_becomes_a_workspace_of_clients() {
    let folder = Folder::new();
    folder.write("ping.md", PING);
    folder.write("in/rename room.md", RENAME_ROOM);
    let url = "https://docs.ping.example/ping.md";
    let text = succeeds(folder.client_codegen(&["new", "ping", "--file", "ping.md", "--url", url]));
    assert!(
        text.contains("now run `client-codegen codegen ping`"),
        "{text}"
    );
    let text = succeeds(folder.client_codegen(&["new", "rooms", "--file", "in/rename room.md"]));
    assert!(text.contains("wrote specs/rooms/rename room.md"), "{text}");
    let manifest = folder.read("specs/apis.toml");
    let header = client_codegen::manifest::header("client-codegen");
    let entries = manifest
        .strip_prefix(&header)
        .expect("it starts with its explanation");
    assert!(entries.starts_with("\n[api.ping]\n") && entries.contains("\n\n[api.rooms]\n"));
    assert!(
        folder
            .read("specs/apis.lock")
            .contains("`client-codegen pin`")
    );

    let (code, text) = folder.client_codegen(&["codegen", "--check"]);
    assert_eq!(code, i32::from(exit::DRIFT), "{text}");
    assert!(text.contains("run `client-codegen codegen`"), "{text}");
    succeeds(folder.client_codegen(&["codegen"]));
    folder.write("crates/ping-client/examples/call.rs", CALL);
    for (name, variable) in [("ping", "`PING_TOKEN`"), ("rooms", "`ROOMS_API_KEY`")] {
        let readme = folder.read(&format!("crates/{name}-client/README.md"));
        let mut examples = readme.split("```rust,no_run\n").skip(1);
        let mut example = || examples.next().unwrap().split("```").next().unwrap();
        let (code, testing) = (example(), example());
        assert!(readme.contains(variable), "{readme}");
        let main = format!("#![allow(dead_code)]\n{testing}\nfn main() {{}}\n");
        folder.write(&format!("crates/{name}-client/examples/testing.rs"), &main);
        let main = format!("{code}\nfn main() {{\n    let _ = example();\n}}\n");
        folder.write(&format!("crates/{name}-client/examples/quick.rs"), &main);
    }
    succeeds(check_with_mocks(&folder));

    // Cargo has put its lock file there; nothing of it is ours.
    let before = folder.tree();
    let text = succeeds(folder.client_codegen(&["codegen", "--check"]));
    assert!(text.contains("everything is up to date"), "{text}");
    succeeds(folder.client_codegen(&["codegen"]));
    assert!(folder.tree() == before, "a second run wrote something");

    // A crate that was made before there were mocks, or has dropped them, has no files that nothing compiles.
    let name = "crates/ping-client/Cargo.toml";
    let with = folder.read(name);
    let (start, end) = with.split_once("httpmock = ").unwrap();
    let (_, end) = end.split_once('\n').unwrap();
    folder.write(name, &format!("{start}{end}"));
    succeeds(folder.client_codegen(&["codegen"]));
    let is_mock = |file: &&String| file.contains("ping-client") && file.contains("httpmock");
    assert!(before.keys().any(|file| is_mock(&file)));
    assert!(!folder.tree().keys().any(|file| is_mock(&file)));
    let root = folder.read("crates/ping-client/src/generated/mod.rs");
    assert!(!root.contains("httpmock"), "{root}");

    let words: String = before
        .values()
        .map(|(bytes, _)| String::from_utf8_lossy(bytes))
        .collect();
    assert!(
        !words.contains("xtask"),
        "a file names a command that is not here"
    );
}

/// What a workspace denies of its people's code is inherited, and generated code lives with it.
#[test]
fn a_workspace_with_strict_lints_takes_a_client() {
    let folder = Folder::new();
    let denied = [
        "missing_copy_implementations",
        "missing_debug_implementations",
        "missing_docs",
        "redundant_imports",
        "trivial_casts",
        "unreachable_pub",
        "unused_qualifications",
        "unused_results",
    ]
    .map(|lint| format!("{lint} = \"deny\"\n"))
    .concat();
    folder.write(
        "Cargo.toml",
        &format!("[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n[workspace.lints.rust]\n{denied}"),
    );
    folder.write("ping.md", PING);
    folder.write("rooms.md", RENAME_ROOM);
    succeeds(folder.client_codegen(&["new", "ping", "--file", "ping.md", "--file", "rooms.md"]));
    succeeds(folder.client_codegen(&["codegen"]));
    let cargo_toml = folder.read("crates/ping-client/Cargo.toml");
    assert!(
        cargo_toml.contains("[lints]\nworkspace = true"),
        "{cargo_toml}"
    );
    succeeds(check_with_mocks(&folder));
}

/// The recipe of the README, run as it stands there but for the installation.
#[test]
fn the_readme_of_this_repository_keeps_its_promise() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(own.join("../../README.md")).unwrap();
    let (_, section) = readme
        .split_once("## An API of yours, without a fork")
        .unwrap();
    let (console, rest) = section
        .split_once("```console\n")
        .unwrap()
        .1
        .split_once("```")
        .unwrap();
    let (code, _) = rest
        .split_once("```rust,no_run\n")
        .unwrap()
        .1
        .split_once("```")
        .unwrap();
    let mut lines = console.lines();
    assert!(lines.next().unwrap().starts_with("$ cargo install "));

    let folder = Folder::new();
    succeeds(folder.cargo(&["init", "--lib"]));
    folder.write("ping.md", PING);
    let mut count = 1;
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        succeeds(match words.as_slice() {
            ["$", "client-codegen", arguments @ ..] => folder.client_codegen(arguments),
            ["$", "cargo", arguments @ ..] => folder.cargo(arguments),
            _ => panic!("no command: {line}"),
        });
        count += 1;
    }
    assert!(count <= 5, "the README promises five lines");
    folder.write("src/lib.rs", code);
    // Features of a dependency are chosen where it is named, so the check without TLS is prepared here.
    succeeds(folder.cargo(&[
        "add",
        "--path",
        "crates/ping-client",
        "--no-default-features",
    ]));
    succeeds(folder.cargo(&CHECK));
    let text = succeeds(folder.client_codegen(&["codegen", "--check"]));
    assert!(text.contains("everything is up to date"), "{text}");
    assert!(
        folder.read("Cargo.toml").contains("[package]")
            && !folder.read("Cargo.toml").contains("[workspace]"),
        "the package's own Cargo.toml is left alone"
    );
}

#[test]
fn keys_that_would_share_a_setter_are_named_when_the_api_is_taken_in() {
    let folder = Folder::new();
    folder.write(
        "shop.yaml",
        "openapi: 3.0.0\n\
         info: {title: Shop, version: '1'}\n\
         servers: [{url: 'https://shop.example'}]\n\
         paths: {/a: {get: {responses: {'204': {description: none}}}}}\n\
         components:\n  securitySchemes:\n    adminKey: {type: apiKey, in: header, name: x-admin}\n    \
         userKey: {type: apiKey, in: header, name: x-user}\n",
    );
    succeeds(folder.client_codegen(&["new", "shop", "--file", "shop.yaml"]));
    let manifest = folder.read("specs/apis.toml");
    let line = "credentials = { adminKey = \"admin_key\", userKey = \"user_key\" }";
    assert!(manifest.contains(line), "{manifest}");
    succeeds(folder.client_codegen(&["codegen"]));
    let client = folder.read("crates/shop-client/src/generated/client.rs");
    for setter in ["pub fn admin_key(", "pub fn user_key("] {
        assert!(client.contains(setter), "{setter}");
    }
}
