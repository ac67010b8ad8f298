//! The documented answers of one operation.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use openapi_lower::StatusPattern;

use crate::contents::Contents;
use crate::document::At;
use crate::headers;
use crate::paging::Paging;
use crate::prefer;
use crate::successes::Successes;
use crate::values::Values;

/// `responses` of an operation, made once: the same request gets the same bytes.
#[derive(Debug)]
pub(crate) struct Answers {
    by_status: BTreeMap<StatusPattern, Answer>,
    paging: Option<Paging>,
}

#[derive(Debug, Default)]
struct Answer {
    headers: Vec<(HeaderName, HeaderValue)>,
    contents: Contents,
    /// Of a list that comes in pages: the last page.
    last: Contents,
}

impl Answers {
    /// Reads the answers of `operation`. Keys that are no status are left out.
    pub(crate) fn read(operation: &At<'_>, values: &Values) -> Self {
        let responses = operation.get("responses");
        let responses = responses.iter().flat_map(At::members);
        let (successes, none) = (Successes::read(operation), Successes::default());
        let paging = Paging::read(operation);
        let by_status = responses.filter_map(|(status, response)| {
            let pattern: StatusPattern = status.parse().ok()?;
            let is_success = pattern.is_success();
            let successes = if is_success { &successes } else { &none };
            let answer = Answer {
                headers: headers::read(&response, values),
                contents: Contents::read(&response, values, successes, None),
                last: match paging.as_ref().filter(|_| is_success) {
                    None => Contents::default(),
                    last => Contents::read(&response, values, successes, last),
                },
            };
            Some((pattern, answer))
        });
        Self {
            by_status: by_status.collect(),
            paging,
        }
    }

    /// The answer of a call that went well: that of the lowest code from 200 to 299, else of `2XX`, else of `default`, else of the
    /// lowest redirect. An operation without any of these is answered by 200 without a body.
    pub(crate) fn success(&self, request: &Parts) -> Response<Bytes> {
        let first = |class: u16| {
            let mut codes = self.by_status.keys();
            codes.find_map(|pattern| match pattern {
                StatusPattern::Code(code) if code / 100 == class => Some((*code, *pattern)),
                _ => None,
            })
        };
        let has = |pattern: StatusPattern| {
            self.by_status
                .contains_key(&pattern)
                .then_some((200, pattern))
        };
        let chosen = first(2)
            .or_else(|| has(StatusPattern::Range(2)))
            .or_else(|| has(StatusPattern::Default))
            .or_else(|| first(3));
        match chosen {
            Some((status, pattern)) => self.response(request, status, pattern),
            None => Response::default(),
        }
    }

    /// The answer that a preference names; `None` if it is not documented.
    pub(crate) fn preferred(&self, request: &Parts, wanted: &str) -> Option<Response<Bytes>> {
        let (status, pattern) = prefer::choose(wanted, self.by_status.keys())?;
        Some(self.response(request, status, pattern))
    }

    /// The documented answer to a request without the right credentials, if it has a body: that of 401, `4XX` or `default`,
    /// which is what a client reads a 401 as.
    pub(crate) fn unauthorized(&self, request: &Parts) -> Option<Response<Bytes>> {
        let response = self.preferred(request, "401")?;
        (!response.body().is_empty()).then_some(response)
    }

    /// The keys of `responses`, the most specific first.
    pub(crate) fn documented(&self) -> Vec<String> {
        self.by_status.keys().map(ToString::to_string).collect()
    }

    fn response(&self, request: &Parts, status: u16, pattern: StatusPattern) -> Response<Bytes> {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
        let Some(answer) = self.by_status.get(&pattern) else {
            return response;
        };
        for (name, value) in &answer.headers {
            response.headers_mut().append(name, value.clone());
        }
        // RFC 9110 §15.3.5, §15.3.6 and §15.4.5: these have no content, whatever a document says.
        if matches!(status, 204 | 205 | 304) {
            return response;
        }
        let is_later = |paging: &Paging| pattern.is_success() && paging.is_later(request);
        let contents = if self.paging.as_ref().is_some_and(is_later) {
            &answer.last
        } else {
            &answer.contents
        };
        if let Some(content) = contents.choose(&request.headers) {
            let media_type = content.media_type.clone();
            response.headers_mut().insert(CONTENT_TYPE, media_type);
            *response.body_mut() = content.body.clone();
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn success(responses: Value) -> (u16, String) {
        let document = json!({"openapi": "3.1.0", "op": {"responses": responses}});
        let operation = At::pointer(&document, "/op").unwrap();
        let answers = Answers::read(&operation, &Values::new(&document));
        let (request, ()) = http::Request::new(()).into_parts();
        let response = answers.success(&request);
        let body = String::from_utf8(response.body().to_vec()).unwrap();
        (response.status().as_u16(), body)
    }

    #[test]
    fn the_success_with_the_lowest_status_is_answered() {
        let body = |text: &str| json!({"content": {"text/plain": {"example": text}}});
        for (responses, expected) in [
            (
                json!({"202": body("b"), "201": body("a"), "2XX": body("c"), "default": {}}),
                (201, "a"),
            ),
            (
                json!({"404": body("n"), "2XX": body("c"), "default": body("d")}),
                (200, "c"),
            ),
            (json!({"404": body("n"), "default": body("d")}), (200, "d")),
            (
                json!({"404": body("n"), "302": body("r"), "x-y": {}}),
                (302, "r"),
            ),
            (json!({"404": body("n"), "101": body("u")}), (200, "")),
            (json!({}), (200, "")),
            (json!({"204": body("none")}), (204, "")),
        ] {
            let (status, text) = success(responses.clone());
            assert_eq!((status, text.as_str()), expected, "{responses}");
        }
    }
}
