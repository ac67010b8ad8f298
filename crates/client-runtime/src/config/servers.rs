//! The servers of operations that are elsewhere than the client's base URL.

use reqwest::Url;

use super::{BuildError, base_url};
use crate::server::Server;

/// The setting that errors name.
const SETTING: &str = "server_url";

/// A server that the document names for some operations, until the client is built.
#[derive(Clone, Debug)]
pub(super) struct OperationServer {
    /// As the document has it: absolute, or relative to the base URL.
    documented: &'static str,
    takes_credentials: bool,
    /// What takes its place.
    given: Option<base_url::Unchecked>,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Servers {
    known: Vec<OperationServer>,
    /// Whether a URL was given for a server that the document does not name.
    has_unknown: bool,
}

impl Servers {
    pub(super) fn add(&mut self, documented: &'static str, takes_credentials: bool) {
        self.known.push(OperationServer {
            documented,
            takes_credentials,
            given: None,
        });
    }

    pub(super) fn replace(&mut self, documented: &str, url: String) {
        match self
            .known
            .iter_mut()
            .find(|server| server.documented == documented)
        {
            Some(server) => server.given = Some(base_url::Unchecked(url)),
            None => self.has_unknown = true,
        }
    }

    /// # Errors
    ///
    /// If a URL that was given is wrong. One of the document that is wrong fails the calls that go there, and not the client.
    pub(super) fn prepare(&self, base: &Url, allow_http: bool) -> Result<Vec<Server>, BuildError> {
        if self.has_unknown {
            let known: Vec<&str> = self.known.iter().map(|server| server.documented).collect();
            let known = known.join("`, `");
            let problem =
                format!("no operation is at the server whose place is taken, but at `{known}`");
            return Err(BuildError::new(SETTING, problem));
        }
        let prepare = |server: &OperationServer| {
            let url = match &server.given {
                Some(given) => Ok(base_url::check(SETTING, &given.0, allow_http)?),
                None => documented(server.documented, base, allow_http),
            };
            Ok(Server {
                documented: server.documented,
                takes_credentials: server.takes_credentials,
                url,
            })
        };
        self.known.iter().map(prepare).collect()
    }
}

/// A relative one is resolved as a reference in a document that is at the base URL (RFC 3986 §5).
fn documented(text: &str, base: &Url, allow_http: bool) -> Result<(Url, String), String> {
    if text.contains(['{', '}']) {
        return Err("the document gives no value for a part of it".to_owned());
    }
    let url = base.join(text).map_err(|error| error.to_string())?;
    base_url::check(SETTING, url.as_str(), allow_http).map_err(|error| error.problem().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(
        base: &str,
        documented: &'static str,
        given: Option<&str>,
    ) -> Result<Vec<Server>, BuildError> {
        let mut servers = Servers::default();
        servers.add(documented, true);
        if let Some(given) = given {
            servers.replace(documented, given.to_owned());
        }
        servers.prepare(&base.parse().unwrap(), false)
    }

    fn text(server: &Server) -> &str {
        &server.url.as_ref().unwrap().1
    }

    #[test]
    fn what_is_relative_stays_at_the_base_url() {
        for (base, documented, expected) in [
            (
                "https://a.example/v1",
                "https://b.example/v2/",
                "https://b.example/v2",
            ),
            ("https://a.example/v1", "/v2", "https://a.example/v2"),
            ("https://a.example/v1", "/", "https://a.example"),
            ("https://a.example/api/v1", "v2", "https://a.example/api/v2"),
            ("https://a.example/v1", "//b.example", "https://b.example"),
            ("http://127.0.0.1:1/v1", "/v2", "http://127.0.0.1:1/v2"),
        ] {
            let servers = prepared(base, documented, None).unwrap();
            assert_eq!(text(&servers[0]), expected);
        }
    }

    #[test]
    fn one_that_is_given_takes_its_place_and_is_checked() {
        let given = prepared(
            "https://a.example",
            "https://b.example",
            Some("http://127.0.0.1:2/"),
        );
        assert_eq!(text(&given.unwrap()[0]), "http://127.0.0.1:2");
        let error = prepared(
            "https://a.example",
            "/v2",
            Some("https://u:planted-secret@c.example"),
        );
        let error = error.err().unwrap();
        assert_eq!(error.setting(), "server_url");
        assert!(!format!("{error} {error:?}").contains("planted-secret"));
    }

    #[test]
    fn a_documented_one_that_cannot_be_used_is_not_the_clients_problem() {
        for documented in [
            "http://b.example",
            "ftp://b.example",
            "https://",
            "https://{tenant}.b.example",
        ] {
            let servers = prepared("https://a.example", documented, None).unwrap();
            assert!(servers[0].url.is_err(), "{documented}");
        }
    }

    #[test]
    fn a_server_of_no_operation_is_an_error() {
        let mut servers = Servers::default();
        servers.add("https://b.example", false);
        servers.replace("https://c.example", "https://d.example".to_owned());
        let error = servers
            .prepare(&"https://a.example".parse().unwrap(), false)
            .err()
            .unwrap();
        assert_eq!(
            error.to_string(),
            "server_url: no operation is at the server whose place is taken, but at `https://b.example`"
        );
    }
}
