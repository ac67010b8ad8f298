//! A parameter that generated code writes into a request.

use reqwest::Request;
use reqwest::header::{COOKIE, HeaderName, HeaderValue};
use serde::Serialize;

use super::encode::Encoding;
use super::style::{self, Style};
use crate::error::{CallError, Report};
use crate::tree::{Tree, TreeError};

/// A parameter by its name and style (OpenAPI 3.1.1 §4.8.12.6), which writes any value into a request.
///
/// `None` is not written, nor is a list or an object with nothing in it. What has no text of that style, or would be
/// read as something else, is an error before anything is sent.
///
/// ```
/// use client_runtime::Parameter;
///
/// let color = Parameter::matrix("color").exploded();
/// assert_eq!(color.to_path(&["blue", "black"])?, ";color=blue;color=black");
/// # Ok::<(), client_runtime::CallError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter<'a> {
    name: &'a str,
    style: Style,
    explode: bool,
    allow_reserved: bool,
}

impl<'a> Parameter<'a> {
    const fn new(name: &'a str, style: Style, explode: bool) -> Self {
        Self {
            name,
            style,
            explode,
            allow_reserved: false,
        }
    }

    /// `style: matrix`, `;color=blue`, for paths.
    #[must_use]
    pub const fn matrix(name: &'a str) -> Self {
        Self::new(name, Style::Matrix, false)
    }

    /// `style: label`, `.blue`, for paths.
    #[must_use]
    pub const fn label(name: &'a str) -> Self {
        Self::new(name, Style::Label, false)
    }

    /// `style: form`, `color=blue`, for queries and cookies, exploded.
    #[must_use]
    pub const fn form(name: &'a str) -> Self {
        Self::new(name, Style::Form, true)
    }

    /// `style: simple`, `blue`, for paths and headers.
    #[must_use]
    pub const fn simple(name: &'a str) -> Self {
        Self::new(name, Style::Simple, false)
    }

    /// `style: spaceDelimited`, `color=blue%20black`, for queries.
    #[must_use]
    pub const fn space_delimited(name: &'a str) -> Self {
        Self::new(name, Style::SpaceDelimited, false)
    }

    /// `style: pipeDelimited`, `color=blue%7Cblack`, for queries.
    #[must_use]
    pub const fn pipe_delimited(name: &'a str) -> Self {
        Self::new(name, Style::PipeDelimited, false)
    }

    /// `style: deepObject`, `color%5BR%5D=100`, for queries. A list has `[]` after its name, a list of objects the
    /// positions of its items.
    #[must_use]
    pub const fn deep_object(name: &'a str) -> Self {
        Self::new(name, Style::DeepObject, true)
    }

    /// `content` of a JSON type: the value is one text.
    #[must_use]
    pub const fn json(name: &'a str) -> Self {
        Self::new(name, Style::Content { is_json: true }, false)
    }

    /// `content` of another type: a text as it is, and JSON for want of anything else.
    #[must_use]
    pub const fn content(name: &'a str) -> Self {
        Self::new(name, Style::Content { is_json: false }, false)
    }

    /// `explode: true`: each item or property is written apart.
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// `explode: false`: all items or properties are one text.
    #[must_use]
    pub const fn joined(mut self) -> Self {
        self.explode = false;
        self
    }

    /// `allowReserved: true`: reserved characters of a query stay, but for `#`, `[`, `]`, `&` and `+`.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// The name, as it is sent.
    pub(crate) const fn name(self) -> &'a str {
        self.name
    }

    /// The text of a part of a path.
    ///
    /// # Errors
    ///
    /// A value without text, or one that is nothing, `.` or `..`, which would address something else.
    pub fn to_path<T: Serialize + ?Sized>(&self, value: &T) -> Result<String, CallError> {
        let text = self.text(Encoding::Percent, Tree::of(value))?;
        match text.as_deref() {
            None => Err(self.error(&TreeError::NoText)),
            Some("" | "." | "..") => Err(CallError::new(Report::invalid_request(
                crate::path::REFUSAL,
            ))),
            Some(_) => Ok(text.unwrap_or_default()),
        }
    }

    /// Appends the value to the query of a request.
    ///
    /// # Errors
    ///
    /// A value without text of this style.
    pub fn to_query<T: Serialize + ?Sized>(
        &self,
        request: &mut Request,
        value: &T,
    ) -> Result<(), CallError> {
        let encoding = if self.allow_reserved {
            Encoding::Reserved
        } else {
            Encoding::Percent
        };
        let pairs = self.pairs(encoding, Tree::of(value))?;
        if pairs.is_empty() {
            return Ok(());
        }
        let url = request.url_mut();
        let known = url.query().filter(|query| !query.is_empty());
        let query = known.map(str::to_owned).into_iter().chain(pairs);
        let query = query.collect::<Vec<_>>().join("&");
        url.set_query(Some(&query));
        Ok(())
    }

    /// Adds the value to a request as a header field.
    ///
    /// # Errors
    ///
    /// A value without text of this style, or with a character that a field cannot have.
    pub fn to_header<T: Serialize + ?Sized>(
        &self,
        request: &mut Request,
        value: &T,
    ) -> Result<(), CallError> {
        let Some(text) = self.text(Encoding::None, Tree::of(value))? else {
            return Ok(());
        };
        let name = HeaderName::from_bytes(self.name.as_bytes()).map_err(|_| {
            CallError::new(Report::invalid_request(format!(
                "no header can be called `{}`",
                self.name
            )))
        })?;
        let value = HeaderValue::try_from(text).map_err(CallError::of_header)?;
        request.headers_mut().append(name, value);
        Ok(())
    }

    /// Adds the value to the cookies of a request, which are one header field (RFC 6265 §5.4).
    ///
    /// # Errors
    ///
    /// A value without text of this style.
    pub fn to_cookie<T: Serialize + ?Sized>(
        &self,
        request: &mut Request,
        value: &T,
    ) -> Result<(), CallError> {
        let pairs = self.pairs(Encoding::Cookie, Tree::of(value))?;
        if pairs.is_empty() {
            return Ok(());
        }
        let known = request.headers().get(COOKIE);
        let known = known
            .and_then(|field| field.to_str().ok())
            .map(str::to_owned);
        let cookies: Vec<String> = known.into_iter().chain(pairs).collect();
        let field = HeaderValue::try_from(cookies.join("; ")).map_err(CallError::of_header)?;
        request.headers_mut().insert(COOKIE, field);
        Ok(())
    }

    /// Whether it is written below its name, as `name[property]`.
    #[cfg(feature = "httpmock")]
    pub(crate) const fn is_deep(self) -> bool {
        matches!(self.style, Style::DeepObject)
    }

    /// The encoded pairs of a property of a form.
    pub(crate) fn to_form(self, tree: Tree) -> Result<Vec<String>, CallError> {
        self.pairs(Encoding::Percent, Ok(tree))
    }

    fn text(
        &self,
        encoding: Encoding,
        tree: Result<Tree, TreeError>,
    ) -> Result<Option<String>, CallError> {
        tree.and_then(|tree| style::text(self.name, self.style, self.explode, encoding, &tree))
            .map_err(|error| self.error(&error))
    }

    /// `name=value` of each pair.
    fn pairs(
        &self,
        encoding: Encoding,
        tree: Result<Tree, TreeError>,
    ) -> Result<Vec<String>, CallError> {
        let pairs = tree
            .and_then(|tree| style::pairs(self.name, self.style, self.explode, encoding, &tree));
        let pairs = pairs.map_err(|error| self.error(&error))?;
        let texts = pairs
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"));
        Ok(texts.collect())
    }

    fn error(&self, error: &TreeError) -> CallError {
        CallError::new(Report::invalid_request(format!(
            "parameter `{}`: {error}",
            self.name
        )))
    }
}
