//! Settings from the environment. Each case is a process of its own, because the environment is one of the process.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::env;
use std::process::Command;

use kitchen_sink_client::{Client, ClientBuilder};
use loopback::{Response, Server};

/// Not a test of its own: what the processes run. It prints why there is no client, or makes a call.
#[tokio::test]
#[ignore = "run by the others"]
#[allow(clippy::print_stderr, reason = "the others read it")]
async fn child() {
    let from_env = match env::var_os("OVERRIDE") {
        Some(_) => ClientBuilder::from_env().api_key("k2").build(),
        None => Client::from_env(),
    };
    let client = match from_env {
        Ok(client) => client,
        Err(error) => {
            eprintln!("{error}|{error:?}");
            return;
        }
    };
    client.get_health().send().await.unwrap();
}

/// What the process prints, with these variables.
fn run(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "child", "--ignored", "--nocapture"]);
    for name in ["API_KEY", "TOKEN", "BASE_URL"] {
        command.env_remove(format!("KITCHEN_SINK_{name}"));
    }
    command.envs(variables.iter().copied());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn credentials_and_the_base_url_are_read() {
    for (name, value, field, sent) in [
        ("KITCHEN_SINK_API_KEY", "k1", "x-kitchen-key", vec!["k1"]),
        (
            "KITCHEN_SINK_TOKEN",
            "t1",
            "authorization",
            vec!["Bearer t1"],
        ),
        ("KITCHEN_SINK_TOKEN", "", "authorization", vec![]),
    ] {
        let server = Server::start(vec![Response::new(200, &[], "")]).unwrap();
        let base_url = server.base_url();
        run(&[(name, value), ("KITCHEN_SINK_BASE_URL", &base_url)]);
        assert_eq!(server.only_request().header(field), sent);
    }
}

#[test]
fn mistakes_name_the_variable_and_not_its_value() {
    for (variables, expected) in [
        (
            vec![("KITCHEN_SINK_API_KEY", "hush\nhush")],
            "KITCHEN_SINK_API_KEY: the value holds a line break or another control character",
        ),
        (
            vec![("KITCHEN_SINK_TOKEN", "hush\u{16}")],
            "KITCHEN_SINK_TOKEN: the value holds a line break or another control character",
        ),
        (
            vec![("KITCHEN_SINK_BASE_URL", "http://hush.example")],
            "KITCHEN_SINK_BASE_URL: it has to begin with `https://`",
        ),
        (
            vec![
                ("KITCHEN_SINK_API_KEY", "hush1"),
                ("KITCHEN_SINK_TOKEN", "hush2"),
            ],
            "KITCHEN_SINK_TOKEN: `KITCHEN_SINK_API_KEY` is given as well, and the API takes one of the two",
        ),
    ] {
        let printed = run(&variables);
        assert!(printed.contains(expected), "{printed}");
        assert!(!printed.contains("hush"), "{printed}");
    }
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_text_is_a_mistake() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "child", "--ignored", "--nocapture"]);
    command.env("KITCHEN_SINK_TOKEN", OsStr::from_bytes(b"hush\xff"));
    let output = command.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(
        printed.contains("KITCHEN_SINK_TOKEN: its value is not UTF-8"),
        "{printed}"
    );
}

#[test]
fn a_setting_wins_over_the_environment() {
    for variable in ["KITCHEN_SINK_API_KEY", "KITCHEN_SINK_TOKEN"] {
        let server = Server::start(vec![Response::new(200, &[], "")]).unwrap();
        let base_url = server.base_url();
        run(&[
            (variable, "hush\n"),
            ("OVERRIDE", "1"),
            ("KITCHEN_SINK_BASE_URL", &base_url),
        ]);
        let request = server.only_request();
        assert_eq!(request.header("x-kitchen-key"), ["k2"]);
        assert_eq!(request.header("authorization"), [""; 0]);
    }
}
