//! The command: from arguments to a server that runs until it is ended.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Parser;
use client_codegen::commands;
use client_codegen::commands::load::{self, Loaded};
use client_codegen::diagnostic::{Diagnostic, Diagnostics, Style};
use client_codegen::exit;

use crate::credentials::Credential;
use crate::server::Server;
use crate::service::Service;

/// How people start it.
const PROGRAM: &str = "cargo xtask serve";

/// Answer every operation of an API with its documented example, on 127.0.0.1
///
/// Reads specs/apis.toml and the documents that it names, as `codegen` does, and needs no network. Every operation that the client
/// has answers its success: the documented example, or a value made from the schema, always the same. Credentials are
/// demanded as the document says; any one of the right form will do. `Prefer: code=404` in a request chooses a
/// documented error. Runs until ctrl-c; a line per request is printed.
#[derive(Parser)]
#[command(name = PROGRAM, bin_name = PROGRAM, args_override_self = true)]
struct Arguments {
    /// An API of specs/apis.toml
    #[arg(value_name = "API")]
    api: String,
    /// The port to listen on; 0 is a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// The only right token, key or user:password; it is demanded where the document makes it optional, too
    #[arg(long, value_name = "VALUE")]
    credential: Option<String>,
    /// Folder to work on: the one above specs/ [default: the current one or the closest above it with specs/apis.toml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Runs the command with the arguments of a process and returns its exit code, if the server cannot start; wrong usage ends
/// the process, as clap does it.
#[must_use]
pub fn run(arguments: impl Iterator<Item = OsString>) -> u8 {
    let arguments = Arguments::parse_from(arguments);
    let workspace = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let root = arguments.root.clone();
    let root = root.unwrap_or_else(|| commands::find_root(workspace));
    // Advice names the other commands of the program that this one belongs to.
    let loaded = match load::load(&root, &arguments.api, "cargo xtask") {
        Ok(loaded) => loaded,
        Err(problems) => {
            report(&problems);
            return load::exit_code(&problems);
        }
    };
    report(&loaded.warnings);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let served = runtime.map(|runtime| runtime.block_on(serve(&loaded, arguments)));
    let problem = match served {
        Ok(Ok(())) => return exit::OK,
        Ok(Err(problem)) => problem,
        Err(error) => Diagnostic::error(
            "serve::listen",
            format!("the server cannot start: {error}"),
            AGAIN,
        ),
    };
    report(&problem.into());
    exit::FAILURE
}

const AGAIN: &str =
    "say --port 0 for a free port, or look for what keeps this process from listening on 127.0.0.1";

async fn serve(loaded: &Loaded, arguments: Arguments) -> Result<(), Diagnostic> {
    let port = arguments.port;
    // Before the answers are made, which takes a while with a large document.
    let server = Server::bind(port)
        .await
        .map_err(|error| taken(port, &error))?;
    let credential = arguments.credential.map(Credential::new);
    let service = Service::new(&loaded.overlaid.document, &loaded.lowered, credential);
    for id in service.unserved() {
        let _ = writeln!(
            io::stderr(),
            "{id} is not served: its place in the document is not known"
        );
    }
    let url = server.base_url();
    let prefix = &loaded.api.environment_prefix;
    let title = &loaded.api.title;
    let operations = match service.operations() {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    };
    print(&format!(
        "{title}, {operations}, at {url}; set {prefix}_BASE_URL={url}"
    ));
    server.run(service, print).await;
    Ok(())
}

/// A port that cannot be had.
fn taken(port: u16, error: &io::Error) -> Diagnostic {
    if error.kind() == ErrorKind::AddrInUse {
        return Diagnostic::error(
            "serve::port_in_use",
            format!("port {port} of 127.0.0.1 is in use"),
            format!(
                "end what listens there, say another --port, or leave --port {port} out to get a free one"
            ),
        );
    }
    let message = format!("port {port} of 127.0.0.1 cannot be listened on: {error}");
    Diagnostic::error("serve::listen", message, AGAIN)
}

/// A line, at once also where standard output is a file. A reader that went away does not end the server.
fn print(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn report(problems: &Diagnostics) {
    if problems.is_empty() {
        return;
    }
    let style = if io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        Style::Colour
    } else {
        Style::Plain
    };
    let _ = write!(io::stderr(), "{}", problems.render(style));
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed_and_the_last_root_counts() {
        Arguments::command().debug_assert();
        let given = [
            "serve", "--root", "a", "heygen", "--port", "4010", "--root", "b",
        ];
        let arguments = Arguments::try_parse_from(given).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((arguments.api.as_str(), arguments.port), ("heygen", 4010));
        assert_eq!(arguments.root, Some(PathBuf::from("b")));
    }
}
