//! Path templates: `/files/{name}.json` against the path of a request.

use percent_encoding::percent_decode_str;

/// A path template, segment by segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    segments: Vec<Segment>,
}

/// The texts around the parameters of one segment, decoded: one text is a literal, two are one parameter between them.
/// Parameters without a text between them are counted, because each needs a character.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    first: Vec<u8>,
    /// How many parameters stand before each text.
    rest: Vec<(usize, Vec<u8>)>,
}

/// How special a template is: the less, the earlier it is asked. Compared from the first segment on.
pub(crate) type Rank = Vec<(bool, std::cmp::Reverse<usize>)>;

impl Template {
    /// Reads a key of `paths`.
    pub(crate) fn parse(path: &str) -> Self {
        Self {
            segments: path.split('/').map(Segment::parse).collect(),
        }
    }

    /// Whether a request's path, as it was sent, is one of this template's. A parameter has at least one character, and none
    /// of them is a slash unless it is encoded (OpenAPI 3.1.0 §4.8.8.1).
    pub(crate) fn matches(&self, path: &RequestPath) -> bool {
        self.segments.len() == path.segments.len()
            && self
                .segments
                .iter()
                .zip(&path.segments)
                .all(|(segment, text)| segment.matches(text))
    }

    /// How many segments paths of this template have.
    pub(crate) fn len(&self) -> usize {
        self.segments.len()
    }

    /// Its place among templates that match the same path: literals come first (OpenAPI 3.1.0 §4.8.8.2), then segments with more
    /// text beside their parameters.
    pub(crate) fn rank(&self) -> Rank {
        let rank = |segment: &Segment| {
            let rest: usize = segment.rest.iter().map(|(_, text)| text.len()).sum();
            let text = segment.first.len() + rest;
            (!segment.rest.is_empty(), std::cmp::Reverse(text))
        };
        self.segments.iter().map(rank).collect()
    }
}

/// The path of a request, split where its slashes are and then decoded.
pub(crate) struct RequestPath {
    segments: Vec<Vec<u8>>,
}

impl RequestPath {
    pub(crate) fn parse(path: &str) -> Self {
        Self {
            segments: path.split('/').map(decoded).collect(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.segments.len()
    }
}

fn decoded(text: &str) -> Vec<u8> {
    percent_decode_str(text).collect()
}

impl Segment {
    fn parse(text: &str) -> Self {
        let mut texts = Vec::new();
        let mut rest = text;
        let mut literal = String::new();
        let mut parameters = 0;
        while let Some(open) = rest.find('{') {
            // A brace that is never closed is a character like others.
            let Some(length) = rest[open..].find('}') else {
                break;
            };
            literal.push_str(&rest[..open]);
            if texts.is_empty() || !literal.is_empty() {
                texts.push((parameters, decoded(&literal)));
                parameters = 0;
                literal.clear();
            }
            parameters += 1;
            rest = &rest[open + length + 1..];
        }
        literal.push_str(rest);
        let mut texts = if texts.is_empty() {
            vec![(0, decoded(&literal))]
        } else {
            texts.push((parameters, decoded(&literal)));
            texts
        }
        .into_iter();
        let first = texts.next().map(|(_, text)| text).unwrap_or_default();
        Self {
            first,
            rest: texts.collect(),
        }
    }

    /// The texts between parameters are looked for from the left, each as early as it can be; the last one has to be the end.
    fn matches(&self, text: &[u8]) -> bool {
        let Some((last, between)) = self.rest.split_last() else {
            return text == self.first;
        };
        let Some(mut text) = text.strip_prefix(self.first.as_slice()) else {
            return false;
        };
        for (least, literal) in between {
            let Some(found) = text.get(*least..).and_then(|text| find(text, literal)) else {
                return false;
            };
            text = &text[least + found + literal.len()..];
        }
        let (least, literal) = last;
        text.strip_suffix(literal.as_slice())
            .is_some_and(|text| text.len() >= *least)
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(template: &str, path: &str) -> bool {
        Template::parse(template).matches(&RequestPath::parse(path))
    }

    #[test]
    fn a_path_is_one_of_a_template_or_not() {
        let rows: &[(&str, &[&str], &[&str])] = &[
            ("/a", &["/a", "/%61"], &["/a/", "/A", "/", "a", "", "/a/b"]),
            ("/kinds/", &["/kinds/"], &["/kinds", "/kinds//"]),
            (
                "/a b/%C3%A9",
                &["/a%20b/%C3%A9", "/a%20b/é"],
                &["/a+b/%C3%A9"],
            ),
            (
                "/a/{x}",
                &["/a/b", "/a/%2F", "/a/%FF", "/a/{x}"],
                &["/a/", "/a", "/a/b/c"],
            ),
            (
                "/a/{x}.json",
                &["/a/b.json", "/a/.json.json"],
                &["/a/.json", "/a/b.jso", "/a/b"],
            ),
            (
                "/{x}-{y}",
                &["/a-b", "/a--", "/a-b-c"],
                &["/-b", "/a-", "/ab", "/-"],
            ),
            ("/{x}{y}", &["/ab", "/abc"], &["/a", "/"]),
            (
                "/v{x}.{y}!",
                &["/v1.2!", "/v..!!"],
                &["/v1.!", "/v.2!", "/1.2!"],
            ),
            ("/{x", &["/{x", "/%7Bx"], &["/a"]),
            ("/{a/b}", &["/{a/b}"], &["/x"]),
            ("/{x};{y}/z", &["/;R=1;G/z"], &["/;R=1/z"]),
        ];
        for (template, yes, no) in rows {
            for path in *yes {
                assert!(matches(template, path), "{template} {path}");
            }
            for path in *no {
                assert!(!matches(template, path), "{template} {path}");
            }
        }
    }

    #[test]
    fn literals_come_before_parameters_and_more_text_before_less() {
        let mut templates = ["/a/{x}", "/{x}/b", "/a/{x}.json", "/a/b", "/{x}/{y}"];
        templates.sort_by_key(|template| Template::parse(template).rank());
        assert_eq!(
            templates,
            ["/a/b", "/a/{x}.json", "/a/{x}", "/{x}/b", "/{x}/{y}"]
        );
    }
}
