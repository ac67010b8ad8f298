//! What a credential's value may hold. Mistakes are found when a client is built, where the setting that is wrong can be
//! named: a line break from a file, a control character from a terminal, a typographic quote from a web page.

use std::fmt;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    NotEmpty,
    HeaderValue,
    CookieValue,
    UserName,
    Password,
}

/// What is wrong with a credential. It never says which value it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    Empty,
    Control,
    NotAscii,
    OuterSpace,
    CookieCharacter,
    Colon,
    FieldName,
    CookieName,
}

pub(crate) fn check(secret: &SecretString, check: Check) -> Result<&str, Flaw> {
    let text = secret.expose_secret();
    let flaw = |wrong: bool, flaw| if wrong { Err(flaw) } else { Ok(()) };
    flaw(text.is_empty() && check != Check::Password, Flaw::Empty)?;
    flaw(text.chars().any(char::is_control), Flaw::Control)?;
    match check {
        Check::HeaderValue | Check::CookieValue => {
            flaw(!text.is_ascii(), Flaw::NotAscii)?;
            // A recipient drops them (RFC 9110 §5.5), so they cannot be part of a key.
            flaw(text.trim() != text, Flaw::OuterSpace)?;
            let outside_cookie = |c| " \",;\\".contains(c);
            flaw(
                check == Check::CookieValue && text.contains(outside_cookie),
                Flaw::CookieCharacter,
            )?;
        }
        // RFC 7617 §2: the first colon ends the user name.
        Check::UserName => flaw(text.contains(':'), Flaw::Colon)?,
        Check::NotEmpty | Check::Password => {}
    }
    Ok(text)
}

pub(crate) fn header_value(text: &str) -> Result<HeaderValue, Flaw> {
    let mut value = HeaderValue::from_str(text).map_err(|_| Flaw::Control)?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the value is empty",
            Self::Control => "the value holds a line break or another control character",
            Self::NotAscii => "the value holds a character outside ASCII",
            Self::OuterSpace => "the value begins or ends with white space",
            Self::CookieCharacter => {
                "the value holds a space, quote, comma, semicolon or backslash, which a cookie cannot"
            }
            Self::Colon => "the user name holds a colon",
            Self::FieldName => "the name is not one of a header field",
            Self::CookieName => "the name is not one of a cookie",
        })
    }
}
