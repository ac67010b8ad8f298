//! Responses: successes are what a call returns, the others are variants of its error.

use std::collections::BTreeMap;

use crate::change::Class;
use crate::compare::Comparison;
use crate::document::{Document, Placed, join};
use crate::fingerprint::fingerprint;
use crate::kind::Kind;
use crate::request::{Content, Media, content};

/// What a response gives to the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gives {
    Nothing,
    Json,
    Bytes,
}

impl Gives {
    fn said(self) -> &'static str {
        match self {
            Gives::Nothing => "no body",
            Gives::Json => "JSON",
            Gives::Bytes => "bytes",
        }
    }
}

/// A documented response.
struct Response<'d> {
    place: Placed<'d>,
    content: Option<Content<'d>>,
    gives: Gives,
}

/// Responses by status, in the order of the statuses, `default` last.
type Responses<'d> = BTreeMap<String, Response<'d>>;

fn responses<'d>(document: Document<'d>, operation: &Placed<'d>) -> Responses<'d> {
    let mut found = BTreeMap::new();
    let is_head = operation.pointer.ends_with("/head");
    for (status, response) in operation.members("responses") {
        let status = status.to_uppercase();
        if status.starts_with("X-") || status.starts_with('1') {
            continue;
        }
        let place = document.resolved(response);
        // RFC 9110 §9.3.2, §15.3.5, §15.3.6 and §15.4.5.
        let is_empty = is_head || matches!(status.as_str(), "204" | "205" | "304");
        let content = content(document, &place, order).filter(|_| !is_empty);
        let gives = match content.as_ref().map(|content| content.media) {
            None => Gives::Nothing,
            Some(Media::Json) => Gives::Json,
            Some(_) => Gives::Bytes,
        };
        found.insert(
            status,
            Response {
                place,
                content,
                gives,
            },
        );
    }
    found
}

/// What is read if there are several media types (`openapi-lower`, `media::take_preferred`).
fn order(media: Media) -> u8 {
    match media {
        Media::Json => 0,
        Media::Form => 1,
        Media::Bytes => 2,
        Media::Text => 3,
        Media::Multipart => 4,
    }
}

/// Whether a status is a success: what else the operation documents decides about `default`.
fn is_success(status: &str, all: &Responses<'_>) -> bool {
    let by_number = |status: &str| status.starts_with('2');
    by_number(status) || (status == "DEFAULT" && !all.keys().any(|other| by_number(other)))
}

impl<'d> Comparison<'d> {
    pub(crate) fn responses(&mut self, old: &Placed<'d>, new: &Placed<'d>) {
        let (gone, come) = (responses(self.old, old), responses(self.new, new));
        let at = join(&new.pointer, "responses");
        for (status, one) in &gone {
            let Some(other) = come.get(status) else {
                let kind = match is_success(status, &gone) {
                    true => Kind::ResponseRemoved,
                    false => Kind::ErrorRemoved,
                };
                let place = join(&join(&old.pointer, "responses"), &spelled(old, status));
                self.add_gone(Class::Breaking, kind, &place, "is not documented any more");
                continue;
            };
            let place = join(&at, &spelled(new, status));
            if is_success(status, &gone) && is_success(status, &come) {
                self.success(one, other, &place);
            } else {
                self.error(one, other, &place);
            }
        }
        for (status, other) in come
            .iter()
            .filter(|(status, _)| !gone.contains_key(*status))
        {
            let place = join(&at, &spelled(new, status));
            if is_success(status, &come) {
                let known = gone.iter().filter(|(status, _)| is_success(status, &gone));
                let known: Vec<&Response<'d>> = known.map(|(_, response)| response).collect();
                let is_same = known.iter().any(|one| self.same_body(one, other));
                let class = if is_same {
                    Class::Compatible
                } else {
                    Class::Breaking
                };
                let said = if is_same {
                    "is documented now"
                } else {
                    "is documented now, with another body than other successes have"
                };
                self.add(class, Kind::ResponseAdded, &place, said);
            } else {
                // Without typed errors there is no enum of them, and with the first one the type of the call's errors changes.
                let typed = |all: &Responses<'_>| {
                    all.iter().any(|(status, response)| {
                        !is_success(status, all) && response.gives == Gives::Json
                    })
                };
                let is_first = !typed(&gone) && other.gives == Gives::Json;
                let class = if is_first {
                    Class::Breaking
                } else {
                    Class::Compatible
                };
                let said = if is_first {
                    "is documented now, the first error with a type"
                } else {
                    "is documented now"
                };
                self.add(class, Kind::ErrorAdded, &place, said);
            }
        }
    }

    fn success(&mut self, old: &Response<'d>, new: &Response<'d>, at: &str) {
        if old.gives != new.gives {
            let said = format!("has {} and had {}", new.gives.said(), old.gives.said());
            self.add(Class::Breaking, Kind::ResponseBodyChanged, at, &said);
        }
        self.response(old, new, at);
    }

    fn error(&mut self, old: &Response<'d>, new: &Response<'d>, at: &str) {
        // What is no JSON has no type in an error.
        if (old.gives == Gives::Json) != (new.gives == Gives::Json) {
            let said = match new.gives {
                Gives::Json => "has a typed body now",
                _ => "has no typed body any more",
            };
            self.add(Class::Breaking, Kind::ErrorBodyChanged, at, said);
        }
        self.response(old, new, at);
    }

    fn response(&mut self, old: &Response<'d>, new: &Response<'d>, at: &str) {
        // Several operations may share it.
        if !self.is_new(&old.place.pointer, &new.place.pointer) {
            return;
        }
        // What is shared is named at its own place.
        let at = if new.place.pointer.starts_with("/components/") {
            &new.place.pointer
        } else {
            at
        };
        if old.place.get("description") != new.place.get("description") {
            self.add(
                Class::Docs,
                Kind::DescriptionChanged,
                at,
                "has another description",
            );
        }
        if old.place.get("headers") != new.place.get("headers") {
            self.add(
                Class::Docs,
                Kind::ResponseHeaderChanged,
                at,
                "has other headers",
            );
        }
        if let (Some(one), Some(other)) = (&old.content, &new.content) {
            self.media_types(one, other, at, old.gives == new.gives);
            for (keyword, said) in [
                ("example", "has another example"),
                ("examples", "has other examples"),
            ] {
                if one.name == other.name && one.value.get(keyword) != other.value.get(keyword) {
                    self.add(Class::Docs, Kind::ExampleChanged, at, said);
                }
            }
            let schemas = (one.value.child("schema"), other.value.child("schema"));
            if let (Gives::Json, Gives::Json, (Some(one), Some(other))) =
                (old.gives, new.gives, schemas)
            {
                self.later(one, other);
            }
        }
    }

    fn same_body(&self, old: &Response<'d>, new: &Response<'d>) -> bool {
        let schema = |response: &Response<'d>| {
            let schema = response
                .content
                .as_ref()
                .and_then(|content| content.value.child("schema"));
            schema.map(|schema| fingerprint(schema.value, ""))
        };
        old.gives == new.gives && (old.gives != Gives::Json || schema(old) == schema(new))
    }
}

/// A status as the document writes it.
fn spelled(operation: &Placed<'_>, status: &str) -> String {
    let stated = operation.members("responses").into_iter();
    let mut spelled = stated
        .map(|(name, _)| name)
        .filter(|name| name.eq_ignore_ascii_case(status));
    spelled.next().unwrap_or(status).to_owned()
}
