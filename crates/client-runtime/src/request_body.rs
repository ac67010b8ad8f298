//! Bodies that reqwest has no method for.

use reqwest::Request;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use crate::error::{CallError, Report};
use crate::multipart;
use crate::parameter::Parameter;
use crate::query::{self, Nested};
use crate::tree::{Tree, TreeError};

/// A body by its media type, which generated code writes into a request that is otherwise complete.
#[derive(Clone, Debug)]
pub struct RequestBody<'a> {
    media_type: &'a str,
    fields: Vec<Parameter<'a>>,
    parts: Vec<(&'a str, &'a str)>,
}

impl<'a> RequestBody<'a> {
    /// A body that is sent with this `Content-Type`.
    #[must_use]
    pub const fn new(media_type: &'a str) -> Self {
        Self {
            media_type,
            fields: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Writes the property of a form that the parameter names in its style (OpenAPI 3.1.1 §4.8.15).
    #[must_use]
    pub fn field(mut self, field: Parameter<'a>) -> Self {
        self.fields.push(field);
        self
    }

    /// States the media types that the API documents for a part of a multipart body.
    #[must_use]
    pub fn part(mut self, name: &'a str, content_type: &'a str) -> Self {
        self.parts.push((name, content_type));
        self
    }

    /// Sends `body` as it is.
    ///
    /// # Errors
    ///
    /// If the media type is none that a header can have.
    pub fn raw(
        self,
        request: &mut Request,
        body: impl Into<reqwest::Body>,
    ) -> Result<(), CallError> {
        set(request, self.media_type, body.into())
    }

    /// Sends `body` as JSON.
    ///
    /// # Errors
    ///
    /// If the body has no JSON.
    pub fn json<T: Serialize + ?Sized>(
        self,
        request: &mut Request,
        body: &T,
    ) -> Result<(), CallError> {
        let json = serde_json::to_vec(body)
            .map_err(|error| no_encoding("JSON", &TreeError::Custom(error.to_string())))?;
        set(request, self.media_type, json.into())
    }

    /// Sends `body` as a form: each property is a field, in its own style or as
    /// [`form_urlencoded`](crate::RequestBuilderExt::form_urlencoded) has it.
    ///
    /// # Errors
    ///
    /// If the body is not an object, or a property has no text of its style.
    pub fn form<T: Serialize + ?Sized>(
        self,
        request: &mut Request,
        body: &T,
    ) -> Result<(), CallError> {
        let tree = Tree::of(body).map_err(|error| no_encoding("form", &error))?;
        let Tree::Object(properties) = tree else {
            return Err(no_encoding("form", &TreeError::Unnamed));
        };
        let mut pairs = Vec::new();
        for (name, value) in properties {
            if let Some(field) = self.fields.iter().find(|field| field.name() == name) {
                pairs.extend(field.to_form(value)?);
                continue;
            }
            // An object here is one field, not a field per property.
            let value = match value {
                Tree::Object(_) => Tree::List(vec![value]),
                value => value,
            };
            let plain = query::tree_pairs(Some(&name), &value, Nested::AsJson)
                .map_err(|error| no_encoding("form", &error))?;
            pairs.extend(plain.into_iter().map(|(name, value)| {
                let mut pair = form_urlencoded::Serializer::new(String::new());
                pair.append_pair(&name, &value);
                pair.finish()
            }));
        }
        set(request, self.media_type, pairs.join("&").into())
    }

    /// Sends `body` with a part for each property and for each item of a property that is a list. Texts are sent as they
    /// are, objects as JSON, and a [`FilePart`](crate::FilePart) as a file. The body is in memory, unless a file of it is not.
    ///
    /// # Errors
    ///
    /// If the body is not an object, or a file of it is a stream that was sent before.
    pub fn multipart<T: Serialize + ?Sized>(
        self,
        request: &mut Request,
        body: &T,
    ) -> Result<(), CallError> {
        let documented = |name: &str| {
            let part = self.parts.iter().find(|(part, _)| *part == name);
            part.map(|(_, content_type)| (*content_type).to_owned())
        };
        let parts = Tree::of(body).and_then(|tree| multipart::parts(tree, documented));
        let parts = parts.map_err(|error| no_encoding("multipart", &error))?;
        let boundary = multipart::boundary();
        let media_type = format!("{}; boundary={boundary}", self.media_type);
        let body = multipart::encode(&parts, &boundary)
            .map_err(|error| CallError::new(Report::invalid_request(error.to_string())))?;
        set(request, &media_type, body)
    }
}

fn set(request: &mut Request, media_type: &str, body: reqwest::Body) -> Result<(), CallError> {
    let value = HeaderValue::from_str(media_type).map_err(CallError::of_header)?;
    request.headers_mut().insert(CONTENT_TYPE, value);
    *request.body_mut() = Some(body);
    Ok(())
}

fn no_encoding(what: &str, error: &TreeError) -> CallError {
    CallError::new(Report::invalid_request(format!(
        "the body has no {what} encoding: {error}"
    )))
}
