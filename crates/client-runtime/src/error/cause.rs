//! The source of an error, once nothing in it names a URL or a secret.

use std::error::Error;
use std::{fmt, io};

use reqwest::header::InvalidHeaderValue;

use crate::credential::Unavailable;
use crate::deadline::TimedOut;
use crate::secrets::Secrets;

#[derive(Debug)]
pub(crate) enum Cause {
    /// As reqwest made it, without its URL.
    Reqwest(reqwest::Error),
    /// A chain of reqwest's that said too much, as text.
    Scrubbed {
        text: Scrubbed,
        timeout: bool,
        connect: bool,
        untrusted: bool,
    },
    HeaderValue(InvalidHeaderValue),
    TimedOut(TimedOut),
    /// What the program's own provider of a credential says.
    Unavailable(Unavailable),
    /// What the operating system says of a file of the caller.
    File(io::Error),
}

impl From<Unavailable> for Cause {
    fn from(error: Unavailable) -> Self {
        Self::Unavailable(error)
    }
}

impl From<TimedOut> for Cause {
    fn from(error: TimedOut) -> Self {
        Self::TimedOut(error)
    }
}

/// The messages of a chain of errors, with what they must not say replaced.
#[derive(Debug)]
pub(crate) struct Scrubbed {
    message: String,
    source: Option<Box<Scrubbed>>,
}

impl Cause {
    /// Takes the URL off, since a query can hold a key. If that is not enough, because an error inside has a URL of its
    /// own or quotes a secret, the chain becomes text; otherwise it can still be downcast.
    pub(crate) fn from_reqwest(error: reqwest::Error, secrets: &Secrets) -> Self {
        let error = error.without_url();
        let quotes_secret = secrets.found_in(format!("{error:?}").as_bytes());
        let says_too_much = chain(&error)
            .any(|inner| url_of(inner).is_some() || secrets.found_in(inner.to_string().as_bytes()));
        if !quotes_secret && !says_too_much {
            return Self::Reqwest(error);
        }
        Self::Scrubbed {
            timeout: error.is_timeout(),
            connect: error.is_connect(),
            untrusted: is_untrusted(&error),
            text: Scrubbed::new(&error, secrets),
        }
    }

    /// A sentence, with what an error says as its source, but for the secrets.
    pub(crate) fn of_text(
        sentence: &str,
        source: &(dyn Error + 'static),
        secrets: &Secrets,
    ) -> Self {
        Self::Scrubbed {
            timeout: false,
            connect: false,
            untrusted: false,
            text: Scrubbed {
                message: sentence.to_owned(),
                source: Some(Box::new(Scrubbed::new(source, secrets))),
            },
        }
    }

    pub(crate) fn is_timeout(&self) -> bool {
        match self {
            Self::Reqwest(error) => error.is_timeout(),
            Self::Scrubbed { timeout, .. } => *timeout,
            Self::HeaderValue(_) | Self::Unavailable(_) | Self::File(_) => false,
            Self::TimedOut(_) => true,
        }
    }

    pub(crate) fn is_connect(&self) -> bool {
        match self {
            Self::Reqwest(error) => error.is_connect(),
            Self::Scrubbed { connect, .. } => *connect,
            Self::HeaderValue(_) | Self::TimedOut(_) | Self::Unavailable(_) | Self::File(_) => {
                false
            }
        }
    }

    /// Whether there was no connection because of what the server is, as far as the library for TLS says so.
    pub(crate) fn is_untrusted(&self) -> bool {
        match self {
            Self::Reqwest(error) => is_untrusted(error),
            Self::Scrubbed { untrusted, .. } => *untrusted,
            Self::HeaderValue(_) | Self::TimedOut(_) | Self::Unavailable(_) | Self::File(_) => {
                false
            }
        }
    }

    pub(crate) fn as_error(&self) -> &(dyn Error + 'static) {
        match self {
            Self::Reqwest(error) => error,
            Self::Scrubbed { text, .. } => text,
            Self::HeaderValue(error) => error,
            Self::TimedOut(error) => error,
            Self::Unavailable(error) => error,
            Self::File(error) => error,
        }
    }
}

impl Scrubbed {
    pub(crate) fn new(error: &(dyn Error + 'static), secrets: &Secrets) -> Self {
        let mut message = error.to_string();
        if let Some(url) = url_of(error) {
            message = message.replace(url.as_str(), "[url]");
        }
        Self {
            message: secrets.scrub(&message),
            source: error
                .source()
                .map(|source| Box::new(Self::new(source, secrets))),
        }
    }
}

impl fmt::Display for Scrubbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Scrubbed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// An error and its sources.
pub(crate) fn chain<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> + 'a {
    std::iter::successors(Some(error), |&error| error.source())
}

/// rustls's errors come as `InvalidData`: a certificate that nobody vouches for, or no TLS at all.
fn is_untrusted(error: &reqwest::Error) -> bool {
    let mut sources = chain(error).filter_map(|error| error.downcast_ref::<io::Error>());
    error.is_connect() && sources.any(|error| innermost(error).kind() == io::ErrorKind::InvalidData)
}

/// An error in an error of this kind is not its source, whose place its own source has.
fn innermost(error: &io::Error) -> &io::Error {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    inner.map_or(error, innermost)
}

fn url_of<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a reqwest::Url> {
    error.downcast_ref::<reqwest::Error>()?.url()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error() -> reqwest::Error {
        // A builder error that names its URL.
        reqwest::Client::new()
            .get("http://")
            .build()
            .unwrap_err()
            .with_url("http://h/?key=planted-secret".parse().unwrap())
    }

    #[test]
    fn the_url_goes_and_the_chain_stays() {
        let cause = Cause::from_reqwest(error(), &Secrets::none());
        assert!(matches!(cause, Cause::Reqwest(_)));
        let text = format!("{cause:?} {}", cause.as_error());
        assert!(!text.contains("planted-secret"), "{text}");
        assert!(cause.as_error().source().is_some());
    }

    #[test]
    fn what_says_too_much_becomes_text() {
        // Stands for any library that quotes what it was given: this chain says "empty host".
        let cause = Cause::from_reqwest(error(), &Secrets::new(["empty host".to_owned()]));
        assert!(matches!(cause, Cause::Scrubbed { .. }));
        let all: String = chain(cause.as_error())
            .map(|error| format!("{error} {error:?}\n"))
            .collect();
        assert!(
            !all.contains("empty host") && !all.contains("http://h"),
            "{all}"
        );
        assert!(all.contains("[redacted]"), "{all}");
    }
}
