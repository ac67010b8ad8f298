//! One line that says what happened. Neither it nor `Debug` shows a body or the value of a header field, since both are
//! the server's text and may hold an echoed key or somebody's data.

use std::fmt;

use reqwest::StatusCode;

use super::{Answer, Kind, Report};
use crate::headers;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{operation}: ")?;
        }
        let status = Status(self.answer.as_ref().map(|answer| answer.status));
        match &self.kind {
            Kind::InvalidRequest(message) => {
                f.write_str("invalid request: ")?;
                one_line(f, message)
            }
            Kind::Transport if self.is_timeout() => f.write_str("timed out without an answer"),
            Kind::Transport if self.is_connect() => f.write_str("could not connect"),
            Kind::Transport => f.write_str("the connection failed without an answer"),
            Kind::Credential if self.is_timeout() => {
                f.write_str("timed out while the provider of the credential was asked")
            }
            Kind::Credential => f.write_str("there is no credential"),
            Kind::RequestBody(problem) => {
                f.write_str("the body of the request could not be read")?;
                match problem {
                    Some(problem) => one_line(f, &format!(": {problem}")),
                    None => Ok(()),
                }
            }
            Kind::Status if status.is_error() => write!(f, "{status}"),
            Kind::Status => write!(f, "{status} is not an answer that the API documents"),
            Kind::Refused => write!(f, "the body of {status} says that the call failed"),
            Kind::Redirect => write!(f, "{status} is a redirect that was not followed"),
            Kind::ReadBody if self.is_timeout() => {
                write!(f, "timed out while reading the body of {status}")
            }
            Kind::ReadBody => write!(f, "the body of {status} broke off"),
            Kind::TooLarge(limit) => {
                write!(f, "the body of {status} is longer than {limit} bytes")
            }
            Kind::WriteFile(path) => {
                one_line(
                    f,
                    &format!("the file {} could not be written", path.display()),
                )?;
                match &self.cause {
                    Some(cause) => one_line(f, &format!(": {}", cause.as_error())),
                    None => Ok(()),
                }
            }
            Kind::Decode => match &self.decode {
                Some(failure) if failure.is_empty_body() => {
                    write!(
                        f,
                        "the body of {status} is empty, which the API does not promise"
                    )
                }
                Some(failure) => write!(
                    f,
                    "the body of {status} is not what the API promises at {}",
                    failure.path()
                ),
                None => write!(f, "the body of {status} is not what the API promises"),
            },
        }
    }
}

/// A status with its name, if it has one.
struct Status(Option<StatusCode>);

impl Status {
    fn is_error(&self) -> bool {
        self.0
            .is_some_and(|status| status.is_client_error() || status.is_server_error())
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(status) = self.0 else {
            return f.write_str("an answer");
        };
        write!(f, "HTTP {}", status.as_u16())?;
        match status.canonical_reason() {
            Some(reason) => write!(f, " {reason}"),
            None => Ok(()),
        }
    }
}

/// A message can quote a value, and a value can hold line breaks.
fn one_line(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for c in text.chars() {
        if c.is_control() {
            write!(f, "{}", c.escape_default())?;
        } else {
            write!(f, "{c}")?;
        }
    }
    Ok(())
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status.as_u16())
            .field("headers", &headers::names(&self.headers))
            .field("body_bytes", &self.body.len())
            .field("truncated", &self.truncated)
            .finish()
    }
}
