//! `Prefer: code=404`, by which a caller chooses one of the documented answers (RFC 7240 §2; the name is that of Prism).

use http::HeaderMap;
use openapi_lower::StatusPattern;

/// The value of the preference `code`; the first one counts (RFC 7240 §2). Other preferences are ignored.
pub(crate) fn code(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all("prefer").into_iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        // Parameters of a preference come after a semicolon.
        .filter_map(|preference| preference.split(';').next()?.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("code"))
        .map(|(_, value)| value.trim().trim_matches('"').to_owned())
}

/// The key of `responses` that a preference names and the status that stands for it, if the operation documents one:
/// a code is that code, else its range, else `default`. A range and `default` themselves get the first status that no other key has.
pub(crate) fn choose<'a>(
    wanted: &str,
    documented: impl Iterator<Item = &'a StatusPattern> + Clone,
) -> Option<(u16, StatusPattern)> {
    let wanted: StatusPattern = wanted.parse().ok()?;
    let has = |pattern: StatusPattern| documented.clone().any(|one| *one == pattern);
    match wanted {
        // An interim answer is not the end of a call, and no server sends what is above.
        StatusPattern::Code(code) if (200..600).contains(&code) => documented
            .filter(|pattern| pattern.matches(code))
            .min()
            .map(|pattern| (code, *pattern)),
        StatusPattern::Code(_) => None,
        StatusPattern::Range(class) => {
            let start = u16::from(class) * 100;
            let status = (start..start + 100).find(|code| !has(StatusPattern::Code(*code)))?;
            (has(wanted) && (2..=5).contains(&class)).then_some((status, wanted))
        }
        StatusPattern::Default => {
            let others = documented.clone().filter(|pattern| **pattern != wanted);
            let taken = |status: u16| others.clone().any(|pattern| pattern.matches(status));
            // A server's own failure is what `default` is for more often than anything else.
            let status = (500..600).chain(400..500).find(|status| !taken(*status));
            has(wanted).then_some((status.unwrap_or(500), wanted))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use StatusPattern::{Code, Default, Range};

    #[test]
    fn the_preference_is_read_among_others() {
        for (lines, code) in [
            (&["code=404"][..], Some("404")),
            (&["wait=5, Code = \"404\"; x=y"], Some("404")),
            (&["dynamic", "code=default"], Some("default")),
            (&["code=404", "code=500"], Some("404")),
            (&["codes=404", "code"], None),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("prefer", line.parse().unwrap());
            }
            assert_eq!(super::code(&headers).as_deref(), code, "{lines:?}");
        }
    }

    #[test]
    fn the_nearest_documented_answer_is_chosen() {
        let all = [Code(200), Code(400), Code(500), Range(4), Default];
        for (wanted, chosen) in [
            ("404", Some((404, Range(4)))),
            ("400", Some((400, Code(400)))),
            ("4XX", Some((401, Range(4)))),
            ("503", Some((503, Default))),
            ("default", Some((501, Default))),
            ("5XX", None),
            ("100", None),
            ("600", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(choose(wanted, all.iter()), chosen, "{wanted}");
        }
        assert_eq!(choose("404", [Code(200)].iter()), None);
        assert_eq!(choose("default", [Code(200)].iter()), None);
    }
}
