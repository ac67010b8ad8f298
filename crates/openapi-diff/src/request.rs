//! Request bodies: each is the setter `body`.

use crate::change::Class;
use crate::compare::Comparison;
use crate::document::{Document, Placed, join};
use crate::kind::Kind;
use crate::subject::{code, list};

/// What a media type is to a client. The order is that of preference, if there are several (`openapi-lower`, pass
/// `requests`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Media {
    Json,
    Form,
    Multipart,
    Bytes,
    Text,
}

/// The media type without parameters, in lower case.
fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

pub(crate) fn media(document: Document<'_>, name: &str, value: &Placed<'_>) -> Media {
    let essence = essence(name);
    match essence.as_str() {
        "application/json" | "text/json" | "application/*" | "*/json" => Media::Json,
        "application/x-www-form-urlencoded" => Media::Form,
        // A range is JSON if its schema is more than a text.
        "*/*" | "*" | "" => {
            let schema = value
                .child("schema")
                .map(|schema| document.resolved(schema));
            let is_text = |schema: &Placed<'_>| {
                schema.text("type") == Some("string")
                    || schema.object().is_none_or(|members| members.is_empty())
            };
            if schema.as_ref().is_none_or(is_text) {
                Media::Bytes
            } else {
                Media::Json
            }
        }
        other if other.ends_with("+json") => Media::Json,
        other if other.starts_with("multipart/") => Media::Multipart,
        other if other.starts_with("text/") => Media::Text,
        _ => Media::Bytes,
    }
}

/// The media type that a client uses, and the names of the others.
pub(crate) struct Content<'d> {
    pub(crate) name: &'d str,
    pub(crate) media: Media,
    pub(crate) value: Placed<'d>,
    pub(crate) others: Vec<&'d str>,
}

/// `order` says what comes first.
pub(crate) fn content<'d>(
    document: Document<'d>,
    body: &Placed<'d>,
    order: fn(Media) -> u8,
) -> Option<Content<'d>> {
    let mut stated: Vec<_> = body.members("content");
    stated.sort_by_cached_key(|(name, value)| {
        let is_like = essence(name) != "application/json";
        (
            order(media(document, name, value)),
            is_like,
            (*name).to_owned(),
        )
    });
    let others = stated.iter().skip(1).map(|(name, _)| *name).collect();
    let (name, value) = stated.into_iter().next()?;
    Some(Content {
        name,
        media: media(document, name, &value),
        value,
        others,
    })
}

impl<'d> Comparison<'d> {
    pub(crate) fn request_body(&mut self, old: &Placed<'d>, new: &Placed<'d>) {
        let body = |document: Document<'d>, operation: &Placed<'d>| {
            let body = operation
                .child("requestBody")
                .map(|body| document.resolved(body))?;
            body.members("content").first()?;
            Some(body)
        };
        match (body(self.old, old), body(self.new, new)) {
            (Some(one), Some(other)) => self.bodies(&one, &other),
            (Some(one), None) => {
                self.add_gone(
                    Class::Breaking,
                    Kind::RequestBodyRemoved,
                    &join(&old.pointer, "requestBody"),
                    "is gone",
                );
                drop(one);
            }
            (None, Some(other)) => {
                let at = join(&new.pointer, "requestBody");
                if other.flag("required") {
                    self.add(
                        Class::Breaking,
                        Kind::RequiredRequestBodyAdded,
                        &at,
                        "is new and required",
                    );
                } else {
                    self.add(Class::Compatible, Kind::RequestBodyAdded, &at, "is new");
                }
            }
            (None, None) => {}
        }
    }

    fn bodies(&mut self, old: &Placed<'d>, new: &Placed<'d>) {
        // Several operations may share it.
        if !self.is_new(&old.pointer, &new.pointer) {
            return;
        }
        let at = &new.pointer;
        match (old.flag("required"), new.flag("required")) {
            (false, true) => self.add(
                Class::Breaking,
                Kind::RequestBodyRequired,
                at,
                "is required now",
            ),
            (true, false) => self.add(
                Class::Compatible,
                Kind::RequestBodyOptional,
                at,
                "may be left out now",
            ),
            _ => {}
        }
        self.texts(old, new, Class::Docs);
        let order = |media: Media| media as u8;
        let (Some(one), Some(other)) =
            (content(self.old, old, order), content(self.new, new, order))
        else {
            return;
        };
        // Bytes and texts are both what the caller hands over.
        let typed = |media: Media| match media {
            Media::Json | Media::Form => 0,
            Media::Multipart => 1,
            Media::Bytes | Media::Text => 2,
        };
        self.media_types(&one, &other, at, typed(one.media) == typed(other.media));
        let is_typed = |content: &Content<'d>| typed(content.media) < 2;
        if let (true, Some(one), Some(other)) = (
            is_typed(&one) && is_typed(&other),
            one.value.child("schema"),
            other.value.child("schema"),
        ) {
            self.later(one, other);
        }
    }

    /// Compares what is on the wire; `is_same` says whether it is the same in Rust.
    pub(crate) fn media_types(
        &mut self,
        old: &Content<'d>,
        new: &Content<'d>,
        at: &str,
        is_same: bool,
    ) {
        if !is_same || old.name != new.name {
            let class = if is_same {
                Class::Compatible
            } else {
                Class::Breaking
            };
            let said = format!("is {} and was {}", code(new.name), code(old.name));
            if old.name != new.name {
                self.add(class, Kind::MediaTypeChanged, at, &said);
            }
        }
        let known = |name: &&&str, content: &Content<'d>| {
            content.name == **name || content.others.contains(*name)
        };
        let gone: Vec<&str> = old
            .others
            .iter()
            .filter(|name| !known(name, new))
            .copied()
            .collect();
        let come: Vec<&str> = new
            .others
            .iter()
            .filter(|name| !known(name, old))
            .copied()
            .collect();
        if !gone.is_empty() {
            let said = format!("can no longer be {}", list(gone.into_iter()));
            self.add(Class::Compatible, Kind::MediaTypeRemoved, at, &said);
        }
        if !come.is_empty() {
            let said = format!(
                "can also be {}, which the client does not use",
                list(come.into_iter())
            );
            self.add(Class::Compatible, Kind::MediaTypeAdded, at, &said);
        }
    }
}
