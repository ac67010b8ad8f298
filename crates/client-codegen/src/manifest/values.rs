//! The forms that the manifest's strings must have. Each function says what is wrong, as the end of a sentence.

use crate::origin;

/// The longest name that crates.io takes; folders of such a name can be made everywhere.
const LONGEST_NAME: usize = 64;

/// Names of APIs and crates: what cargo takes for a package name, in the one spelling that is used here.
pub(crate) fn package_name(name: &str) -> Result<(), &'static str> {
    if name.len() > LONGEST_NAME {
        return Err("must have no more than 64 characters");
    }
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    let rest = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if starts && rest && !name.ends_with('-') && !name.contains("--") {
        Ok(())
    } else {
        Err("must be lower-case letters, digits and single hyphens, starting with a letter")
    }
}

/// A title stands within one line of docs, and is shown in terminals.
pub(crate) fn title(title: &str) -> Result<(), &'static str> {
    if title.trim().is_empty() {
        return Err("must not be empty");
    }
    if title.chars().any(char::is_control) {
        return Err("must not hold control characters, such as line breaks");
    }
    Ok(())
}

/// `[A-Z][A-Z0-9_]*`: variables of that form can be set by every shell (POSIX.1-2017, XBD 8.1).
pub(super) fn environment_prefix(prefix: &str) -> Result<(), &'static str> {
    let starts = prefix.starts_with(|c: char| c.is_ascii_uppercase());
    let rest = prefix
        .chars()
        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if starts && rest {
        Ok(())
    } else {
        Err("must be upper-case letters, digits and underscores, starting with a letter")
    }
}

/// A setter becomes a method, so it is an identifier in snake case that is not a keyword.
pub(super) fn setter_name(name: &str) -> Result<(), &'static str> {
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    let rest = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if starts && rest && syn::parse_str::<syn::Ident>(name).is_ok() {
        Ok(())
    } else {
        Err("must be a Rust identifier in snake case, as `api_key`")
    }
}

/// An operation by method and path, or all of a path.
pub(super) fn operation(operation: &str) -> Result<(), &'static str> {
    let (method, path) = match operation.split_once(' ') {
        Some((method, path)) if !operation.starts_with('/') => (method, path),
        _ => ("GET", operation),
    };
    let is_method = !method.is_empty() && method.chars().all(|c| c.is_ascii_uppercase());
    if is_method && path.starts_with('/') {
        Ok(())
    } else {
        Err("must be a method and a path, as `POST /users`")
    }
}

/// An absolute URL without credentials. Plain http only to this machine, which is what tests use.
pub(crate) fn url(url: &str) -> Result<(), &'static str> {
    const FORM: &str = "must be an absolute URL that starts with `https://`";
    let uri: http::Uri = url.parse().map_err(|_| FORM)?;
    let host = uri.host().filter(|host| !host.is_empty()).ok_or(FORM)?;
    let loopback = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    match uri.scheme_str() {
        Some("https") => {}
        Some("http") if loopback => {}
        _ => return Err(FORM),
    }
    if uri
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
    {
        return Err("must not hold a user name or a password");
    }
    Ok(())
}

/// Scheme, host and port of a URL and no more, in the one spelling that is compared.
pub(super) fn origin(text: &str) -> Result<(), &'static str> {
    url(text)?;
    if origin::origin(text).as_deref() == Some(text) {
        Ok(())
    } else {
        Err("must be an origin in lower case, without a path, as `https://upload.example.com`")
    }
}

/// The name of a header field (RFC 9110 §5.1).
pub(super) fn field_name(text: &str) -> Result<(), &'static str> {
    match http::HeaderName::from_bytes(text.as_bytes()) {
        Ok(_) => Ok(()),
        Err(_) => Err("must be the name of a header field, as `Idempotency-Key`"),
    }
}

/// A pattern of the path of a URL, without the slash that the path starts with.
pub(super) fn url_path_pattern(text: &str) -> Result<(), &'static str> {
    if text.is_empty() || text.starts_with('/') {
        return Err("must be a path without its first slash, as `api-reference/*`");
    }
    if text.contains('\\') || text.chars().any(char::is_control) {
        return Err("must not hold backslashes or control characters");
    }
    Ok(())
}

/// A path below `specs/`, with `/` on every platform. Not resolved on the disk: what it says is enough to refuse it.
pub(crate) fn specs_path(path: &str) -> Result<(), &'static str> {
    if path.contains('\\') {
        return Err("must use `/` between folders");
    }
    // On Windows it would be a drive or an alternate stream.
    if path.contains(':') {
        return Err("must not have a colon");
    }
    if path.starts_with('/') {
        return Err("must be relative to `specs`");
    }
    if path
        .split('/')
        .any(|part| part.is_empty() || part == "." || part == "..")
    {
        return Err("must stay below `specs`, without empty parts, `.` and `..`");
    }
    if path.chars().any(char::is_control) {
        return Err("must not hold control characters");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_names() {
        for good in ["a", "comfy-registry-client", "v2"] {
            assert_eq!(package_name(good), Ok(()), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "1a", "a/b", "ä"] {
            assert!(package_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn environment_prefixes() {
        for good in ["A", "HEYGEN", "COMFY_REGISTRY", "A1"] {
            assert_eq!(environment_prefix(good), Ok(()), "{good}");
        }
        for bad in ["", "1A", "_A", "a", "A-B", "A B", "Ä"] {
            assert!(environment_prefix(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn setters_are_identifiers() {
        for good in ["api_key", "token", "k2"] {
            assert_eq!(setter_name(good), Ok(()), "{good}");
        }
        for bad in ["", "type", "self", "Api", "2k", "a-b", "_a"] {
            assert!(setter_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn operations() {
        for good in ["POST /users", "GET /", "/users", "/a b"] {
            assert_eq!(operation(good), Ok(()), "{good}");
        }
        for bad in ["", "POST", "post /users", "POST users", " /users"] {
            assert!(operation(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn urls() {
        for good in [
            "https://a.b/c.md",
            "http://127.0.0.1:80/x",
            "http://localhost/x",
        ] {
            assert_eq!(url(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "a.b",
            "/c",
            "http://a.b/",
            "ftp://a.b/",
            "https://",
            "https://u:p@a.b/",
            "https://a b/",
        ] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn origins() {
        for good in ["https://a.b", "https://a.b:8443", "http://localhost:1"] {
            assert_eq!(origin(good), Ok(()), "{good}");
        }
        for bad in [
            "https://a.b/",
            "https://A.b",
            "https://a.b:443",
            "https://a.b/c",
            "http://a.b",
            "a.b",
        ] {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn patterns_of_url_paths() {
        for good in ["*", "a/*.md", "a/**/b", "{a,b}/[cd]?"] {
            assert_eq!(url_path_pattern(good), Ok(()), "{good}");
        }
        for bad in ["", "/a", "a\\*", "a\nb"] {
            assert!(url_path_pattern(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_stay_below_specs() {
        for good in ["a.md", "a/b.md", "a/..b", "a/b..md"] {
            assert_eq!(specs_path(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "/a",
            "../a",
            "a/../../b",
            "a/..",
            "./a",
            "a//b",
            "C:/a",
            "a\\b",
            "a\nb",
        ] {
            assert!(specs_path(bad).is_err(), "{bad}");
        }
    }
}
