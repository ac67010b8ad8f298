//! How an operation sends its values, as its `send` has it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprIf, ExprMethodCall, Ident, Lit, Macro, Pat, Token};

use crate::finish::stand_ins::{placeholders, query_parameter, variable};

/// What a call is made of.
#[derive(Default)]
pub(in crate::finish) struct Sent {
    /// The path below the base URL, with the names of its parameters in braces.
    pub(in crate::finish) path: String,
    /// By the setter of the operation's builder.
    pub(in crate::finish) values: BTreeMap<String, Value>,
}

/// Where a value goes. Parameters and bodies are expressions of the runtime's types.
pub(in crate::finish) enum Value {
    /// A part of the path, by the name in its braces; encoded in a style or as it is printed.
    Path(String, Option<TokenStream>),
    Query(TokenStream),
    Header(TokenStream),
    /// A header field of that name, written as the value is printed.
    PlainHeader(String),
    Cookie(TokenStream),
    Body(Body),
}

/// How a body is sent.
pub(in crate::finish) struct Body {
    /// The runtime's body, with its media type and what is said of its parts.
    pub(in crate::finish) body: TokenStream,
    /// The method that writes it: `json`, `form`, `raw` or `multipart`.
    pub(in crate::finish) method: Ident,
}

impl Sent {
    /// Reads a `send` that all passes are done with. `path` is that of the document.
    pub(in crate::finish) fn read(send: &Block, path: &str) -> Self {
        let mut reader = Reader {
            names: placeholders(path),
            given: Vec::new(),
            raw: None,
            media_type: None,
            sent: Self::default(),
        };
        reader.visit_block(send);
        let Reader {
            raw,
            media_type,
            mut sent,
            ..
        } = reader;
        if let (Some(variable), Some(media_type)) = (raw, media_type) {
            let body = of_type(&media_type);
            sent.add(&variable, Value::Body(body.sent_by("raw")));
        }
        sent
    }

    fn add(&mut self, variable: &Ident, value: Value) {
        self.values.insert(variable.to_string(), value);
    }
}

struct OfType(TokenStream);

impl OfType {
    fn sent_by(self, method: &str) -> Body {
        Body {
            body: self.0,
            method: quote::format_ident!("{method}"),
        }
    }
}

fn of_type(media_type: &str) -> OfType {
    OfType(quote!(::client_runtime::RequestBody::new(#media_type)))
}

struct Reader {
    names: Vec<String>,
    /// Of `if let Some(value) = limit`, `value` and `limit`.
    given: Vec<(Ident, Ident)>,
    /// A body that is sent as it is, and what the same request says of its type.
    raw: Option<Ident>,
    media_type: Option<String>,
    sent: Sent,
}

impl Reader {
    /// The setter whose value an expression has.
    fn setter(&self, expression: &Expr) -> Option<Ident> {
        let variable = held(expression)?;
        let given = self
            .given
            .iter()
            .rev()
            .find(|(inner, _)| *inner == variable);
        Some(given.map_or(variable, |(_, outer)| outer.clone()))
    }

    fn add(&mut self, expression: &Expr, value: Value) {
        if let Some(setter) = self.setter(expression) {
            self.sent.add(&setter, value);
        }
    }

    fn read_call(&mut self, call: &ExprMethodCall) {
        let arguments: Vec<&Expr> = call.args.iter().collect();
        let receiver = call.receiver.to_token_stream();
        match (call.method.to_string().as_str(), arguments.as_slice()) {
            ("query", _) => {
                if let Some((name, variable)) = query_parameter(call) {
                    let parameter = quote!(::client_runtime::Parameter::form(#name));
                    self.sent.add(&variable, Value::Query(parameter));
                }
            }
            ("to_query", [_, value]) => self.add(value, Value::Query(receiver)),
            ("to_header", [_, value]) => self.add(value, Value::Header(receiver)),
            ("to_cookie", [_, value]) => self.add(value, Value::Cookie(receiver)),
            ("append", [Expr::Lit(name), value]) => {
                if let Lit::Str(name) = &name.lit {
                    self.add(value, Value::PlainHeader(name.value()));
                }
            }
            ("json" | "form" | "raw" | "multipart", [_, value]) => {
                let method = call.method.clone();
                let body = Body {
                    body: receiver,
                    method,
                };
                self.add(value, Value::Body(body));
            }
            ("json", [value]) => {
                let body = of_type("application/json").sent_by("json");
                self.add(value, Value::Body(body));
            }
            ("form_urlencoded", [value]) => {
                let body = of_type("application/x-www-form-urlencoded").sent_by("form");
                self.add(value, Value::Body(body));
            }
            ("body", [value]) => self.raw = self.setter(value),
            ("header", [name, value]) if is_content_type(name) => self.media_type = text_in(value),
            _ => {}
        }
    }

    /// `format!("{}/users/{}", client.baseurl, …)`
    fn read_path(&mut self, call: &Macro) {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let Ok(arguments) = parser.parse2(call.tokens.clone()) else {
            return;
        };
        let is_url = call.path.is_ident("format") && arguments.len() == self.names.len() + 2;
        let Some(Expr::Lit(text)) = arguments.first().filter(|_| is_url) else {
            return;
        };
        let Lit::Str(text) = &text.lit else { return };
        let names = self.names.clone();
        let text = text.value();
        let mut pieces = text.split("{}").skip(1);
        let mut path = pieces.next().unwrap_or_default().to_owned();
        for (piece, name) in pieces.zip(&names) {
            path += &format!("{{{name}}}{piece}");
        }
        self.sent.path = path;
        for (argument, name) in arguments.iter().skip(2).zip(names) {
            self.add(argument, Value::Path(name, style(argument)));
        }
    }
}

/// The variable whose value is written, be it as it is or encoded.
fn held(expression: &Expr) -> Option<Ident> {
    match expression {
        Expr::Try(tried) => held(&tried.expr),
        Expr::MethodCall(call) if call.method == "to_path" => held(call.args.first()?),
        other => variable(other),
    }
}

/// `parameter` of `parameter.to_path(&x)?`.
fn style(argument: &Expr) -> Option<TokenStream> {
    match argument {
        Expr::Try(tried) => style(&tried.expr),
        Expr::MethodCall(call) if call.method == "to_path" => Some(call.receiver.to_token_stream()),
        _ => None,
    }
}

fn is_content_type(name: &Expr) -> bool {
    matches!(name, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "CONTENT_TYPE"))
}

/// `x` of `HeaderValue::from_static("x")`.
fn text_in(value: &Expr) -> Option<String> {
    let Expr::Call(call) = value else { return None };
    match call.args.first()? {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_expr_if(&mut self, branch: &'ast ExprIf) {
        let given = match &*branch.cond {
            Expr::Let(condition) => names_of(&condition.pat).zip(variable(&condition.expr)),
            _ => None,
        };
        let count = self.given.len();
        self.given.extend(given);
        visit::visit_expr_if(self, branch);
        self.given.truncate(count);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.read_call(call);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.read_path(call);
    }
}

/// `x` of `Some(x)`.
fn names_of(pattern: &Pat) -> Option<Ident> {
    match pattern {
        Pat::TupleStruct(pattern) => match pattern.elems.first()? {
            Pat::Ident(name) => Some(name.ident.clone()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use syn::{Block, parse_quote};

    use super::{Sent, Value};

    /// What is sent, one line each.
    fn read(send: &Block, path: &str) -> (String, Vec<String>) {
        let sent = Sent::read(send, path);
        let lines = sent.values.iter().map(|(setter, value)| {
            let text = match value {
                Value::Path(name, None) => format!("path {name}"),
                Value::Path(name, Some(parameter)) => format!("path {name} {parameter}"),
                Value::Query(parameter) => format!("query {parameter}"),
                Value::Header(parameter) => format!("header {parameter}"),
                Value::PlainHeader(name) => format!("header {name}"),
                Value::Cookie(parameter) => format!("cookie {parameter}"),
                Value::Body(body) => format!("{} {}", body.method, body.body),
            };
            let text = text.replace(' ', "").replace("::client_runtime::", "");
            format!("{setter}: {text}")
        });
        (sent.path.clone(), lines.collect())
    }

    #[test]
    fn each_value_goes_where_the_statement_writes_it() {
        let send: Block = parse_quote!({
            let url = format!(
                "{}/a/{}.{}",
                client.baseurl,
                ::client_runtime::encode_path(&id.to_string()),
                Parameter::label("x").to_path(&y)?,
            );
            header_map.append("X-Must", must.to_string().try_into()?);
            if let Some(value) = may {
                header_map.append("X-May", value.to_string().try_into()?);
            }
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("a/b"),
                )
                .header(
                    ::reqwest::header::CONTENT_TYPE,
                    ::reqwest::header::HeaderValue::from_static("c/d"),
                )
                .query(&::client_runtime::QueryParam::new("q", &q_))
                .body(body)
                .build()?;
            Parameter::deep_object("f").to_query(&mut request, &filter)?;
            Parameter::form("c").to_cookie(&mut request, &cookie)?;
            Parameter::simple("h").to_header(&mut request, &header)?;
        });
        let (path, lines) = read(&send, "/a/{id}.{x}");
        assert_eq!(path, "/a/{id}.{x}");
        assert_eq!(
            lines,
            [
                r#"body: rawRequestBody::new("c/d")"#,
                r#"cookie: cookieParameter::form("c")"#,
                r#"filter: queryParameter::deep_object("f")"#,
                r#"header: headerParameter::simple("h")"#,
                "id: pathid",
                "may: headerX-May",
                "must: headerX-Must",
                r#"q_: queryParameter::form("q")"#,
                r#"y: pathxParameter::label("x")"#,
            ]
        );
    }

    #[test]
    fn a_body_may_be_written_by_reqwest_or_by_the_runtime() {
        let cases: [(Block, &str); 3] = [
            (
                parse_quote!({
                    client.client.post(url).json(&body).build()?;
                }),
                r#"body: jsonRequestBody::new("application/json")"#,
            ),
            (
                parse_quote!({
                    client.client.post(url).form_urlencoded(&body)?.build()?;
                }),
                r#"body: formRequestBody::new("application/x-www-form-urlencoded")"#,
            ),
            (
                parse_quote!({
                    if let Some(body) = body {
                        RequestBody::new("multipart/x")
                            .part("a", "b/c")
                            .multipart(&mut request, &body)?;
                    }
                }),
                r#"body: multipartRequestBody::new("multipart/x").part("a","b/c")"#,
            ),
        ];
        for (send, expected) in cases {
            assert_eq!(read(&send, "/").1, [expected]);
        }
    }
}
