//! The program: what it prints, how it ends, and the clients' examples against it.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::support::root;

/// A program that is ended with the test.
pub(crate) struct Running {
    child: Child,
    /// What it printed first.
    pub(crate) line: String,
    output: BufReader<std::process::ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_example-server"));
    command.arg("--root").arg(root()).args(arguments);
    command
}

pub(crate) fn start(arguments: &[&str]) -> Running {
    let mut child = program(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    Running {
        child,
        line,
        output,
    }
}

/// An example of a client, which cargo builds beside the tests of this package.
pub(crate) fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let path = profile
        .join("examples")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "{} is missing: `cargo test -p example-server` builds it, `--test serve` does not",
        path.display()
    );
    path
}

/// Runs an example with nothing but these variables, and gives what it printed.
fn printed(example_name: &str, variables: &[(&str, &str)]) -> String {
    let output = Command::new(example(example_name))
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The last word of the first line is what to set.
pub(crate) fn to_set(line: &str) -> (&str, &str) {
    let setting = line.trim_end().rsplit(' ').next().unwrap();
    setting.split_once('=').unwrap()
}

#[test]
fn the_examples_print_the_example_users() {
    let mut server = start(&["heygen", "--credential", "planted-secret"]);
    let (variable, url) = to_set(&server.line);
    assert_eq!(variable, "HEYGEN_BASE_URL");
    assert!(
        server
            .line
            .starts_with(&format!("HeyGen, 86 operations, at {url}; set ")),
        "{}",
        server.line
    );
    let user = printed(
        "whoami-heygen",
        &[(variable, url), ("HEYGEN_API_KEY", "planted-secret")],
    );
    assert_eq!(
        user,
        "username: d41d8cd98f00\nemail: ada@example.com\nfirst name: Ada\nlast name: Example\n"
    );
    let mut logged = String::new();
    server.output.read_line(&mut logged).unwrap();
    assert_eq!(logged, "GET /v3/users/me 200\n");

    let server = start(&["comfy-registry"]);
    let (variable, url) = to_set(&server.line);
    let user = printed(
        "whoami-comfy-registry",
        &[(variable, url), ("COMFY_REGISTRY_TOKEN", "t")],
    );
    assert_eq!(user, "id: <string>\nname: <string>\nemail: <string>\n");
}

/// Exit code and standard error.
fn failed(arguments: &[&str]) -> (Option<i32>, String) {
    let output = program(arguments).output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn what_cannot_be_served_is_said_with_the_exit_codes_of_the_tool() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (code, said) = failed(&["heygen", "--port", &port]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("serve::port_in_use"), "{said}");
    assert!(
        said.contains(&format!("port {port} of 127.0.0.1 is in use")),
        "{said}"
    );
    assert!(said.contains("end what listens there"), "{said}");

    let (code, said) = failed(&["heygem"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("manifest::unknown_api") && said.contains("comfy-registry, heygen"),
        "{said}"
    );
    assert_eq!(failed(&[]).0, Some(2));
    assert_eq!(failed(&["heygen", "--port", "65536"]).0, Some(2));
}

#[test]
fn a_document_that_is_not_the_pinned_one_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str| {
        let to = folder.path().join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(root().join(name), to).unwrap();
    };
    copy("specs/apis.toml");
    copy("specs/apis.lock");
    copy("specs/kitchen-sink/kitchen-sink.openapi.yaml");
    let root = folder.path().to_str().unwrap();
    let start = start(&["kitchen-sink", "--root", root]);
    assert!(
        start
            .line
            .starts_with("Kitchen Sink, 56 operations, at http://127.0.0.1:"),
        "{}",
        start.line
    );
    let document = folder
        .path()
        .join("specs/kitchen-sink/kitchen-sink.openapi.yaml");
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .open(document)
        .unwrap();
    std::io::Write::write_all(&mut file, b"\n# changed\n").unwrap();
    let (code, said) = failed(&["kitchen-sink", "--root", root]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("lock::hash_mismatch"), "{said}");
}

#[test]
fn its_codes_are_in_the_troubleshooting_page() {
    let page = std::fs::read_to_string(root().join("docs/troubleshooting.md")).unwrap();
    for code in ["serve::port_in_use", "serve::listen"] {
        assert!(page.contains(&format!("`{code}`")), "{code}");
    }
}
