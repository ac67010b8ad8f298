//! Ties what an extension says to the parameters and the types of the operation.

use std::collections::BTreeMap;

use quote::format_ident;
use syn::{Ident, Type};

use super::declared::{Declared, Style};
use crate::finish::builder_code::{field_type, method};
use crate::finish::mocks::{Sent, Value};
use crate::finish::operations::OperationCode;
use crate::finish::parts::{only_type_argument, standard};
use crate::finish::pointers::{Answer, Failure, Fault, Step, Types, Walk, is_one, is_whole_number};

/// Everything that the code of pages is made of.
#[derive(Debug)]
pub(super) struct Paging {
    /// The body of an answer.
    pub(super) page: Type,
    /// The operation's error type.
    pub(super) error: Type,
    /// The field of the builder that says which page is asked for, and what its value wraps.
    pub(super) parameter: Ident,
    pub(super) wraps: Vec<Step>,
    pub(super) items: Walk,
    pub(super) item: Type,
    pub(super) way: Way,
    pub(super) pages: Option<Walk>,
    pub(super) total: Option<Walk>,
    /// With its pointer.
    pub(super) more: Option<(Walk, String)>,
    /// The setter of how long a page may be.
    pub(super) size: Option<Ident>,
}

#[derive(Debug)]
pub(super) enum Way {
    Page { first: u8 },
    Token { next: Box<Walk>, place: String },
    Offset,
}

/// Finds all that an extension names, and says what of it is not there.
pub(super) fn resolve(
    declared: &Declared,
    operation: &mut OperationCode,
    types: &Types<'_>,
) -> Result<Paging, Failure> {
    let path = operation.operation.path.clone();
    let send = method(operation, "send").map_err(Failure::Unexpected)?;
    let parameters = query_parameters(&Sent::read(&send.block, &path));
    let answer = Answer::of(operation, types, "a page")?;
    let mut resolver = Resolver {
        answer,
        parameters: &parameters,
    };
    let key = match declared.style {
        Style::Page { .. } => "page",
        Style::Token { .. } => "token",
        Style::Offset => "offset",
    };
    let parameter = resolver.parameter(key, &declared.parameter);
    let size = declared.size.as_ref();
    let size = size.and_then(|size| resolver.parameter("size", size));
    let items = resolver.list(&declared.items);
    let pages = resolver.stated("pages", &declared.pages, "number", is_number);
    let total = resolver.stated("total", &declared.total, "number", is_number);
    let more = resolver.stated("more", &declared.more, "boolean", |ty| {
        is_one(ty, &["bool"])
    });
    let way = match &declared.style {
        Style::Page { first } => Some(Way::Page { first: *first }),
        Style::Token { next } => {
            let walk = resolver
                .answer
                .leading("next", next, "text or integer", is_token);
            walk.map(|walk| Way::Token {
                next: Box::new(walk),
                place: next.clone(),
            })
        }
        Style::Offset => Some(Way::Offset),
    };
    let Answer {
        body: page,
        error,
        mut faults,
        ..
    } = resolver.answer;
    let wraps = match &parameter {
        Some(parameter) => {
            let ty = field_type(operation, parameter).map_err(Failure::Unexpected)?;
            let is_token = matches!(declared.style, Style::Token { .. });
            wraps(ty, key, is_token, types)
                .map_err(|fault| faults.push(fault))
                .ok()
        }
        None => None,
    };
    match (parameter, wraps, items, way) {
        (Some(parameter), Some(wraps), Some((items, item)), Some(way)) if faults.is_empty() => {
            Ok(Paging {
                page,
                error,
                parameter,
                wraps,
                items,
                item,
                way,
                pages,
                total,
                more: more.zip(declared.more.clone()),
                size,
            })
        }
        _ => Err(Failure::Faults(faults)),
    }
}

/// The fields of the builder that are sent in the query, by the name there.
fn query_parameters(sent: &Sent) -> BTreeMap<String, Ident> {
    let in_query = sent.values.iter().filter_map(|(setter, value)| {
        let Value::Query(parameter) = value else {
            return None;
        };
        // `Parameter::form("page")`
        let call: syn::ExprCall = syn::parse2(parameter.clone()).ok()?;
        match call.args.first()? {
            syn::Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Str(name) => Some((name.value(), format_ident!("{setter}"))),
                _ => None,
            },
            _ => None,
        }
    });
    in_query.collect()
}

struct Resolver<'r> {
    answer: Answer<'r>,
    parameters: &'r BTreeMap<String, Ident>,
}

impl Resolver<'_> {
    fn parameter(&mut self, key: &str, name: &str) -> Option<Ident> {
        let found = self.parameters.get(name);
        if found.is_none() {
            let known: Vec<&str> = self.parameters.keys().map(String::as_str).collect();
            let help = match known.as_slice() {
                [] => "the operation has none".to_owned(),
                known => format!("the operation has `{}`", known.join("`, `")),
            };
            let message = format!("there is no query parameter `{name}`");
            self.answer.faults.push(Fault::of(key, message, &help));
        }
        found.cloned()
    }

    fn stated(
        &mut self,
        key: &str,
        pointer: &Option<String>,
        what: &str,
        is_it: fn(&Type) -> bool,
    ) -> Option<Walk> {
        self.answer.leading(key, pointer.as_ref()?, what, is_it)
    }

    fn list(&mut self, pointer: &str) -> Option<(Walk, Type)> {
        let is_list = |ty: &Type| standard(ty, &["Vec"]);
        let walk = self.answer.leading("items", pointer, "list", is_list)?;
        let item = only_type_argument(&walk.leaf)?.clone();
        Some((walk, item))
    }
}

/// What a value of the parameter that says which page is asked for wraps.
fn wraps(ty: &Type, key: &str, is_token: bool, types: &Types<'_>) -> Result<Vec<Step>, Fault> {
    let (fits, what): (fn(&Type) -> bool, _) = if is_token {
        (|ty| is_token_parameter(ty), "a text or an integer")
    } else {
        (is_number, "a number")
    };
    let fault = |reason: &str| {
        let help = format!("its schema has to be that of {what}");
        let message = format!("the query parameter of `{key}` is not {what}{reason}");
        Fault::of(key, message, &help)
    };
    let walk = types
        .walk(ty, "")
        .map_err(|reason| fault(&format!(": {reason}")))?;
    if fits(&walk.leaf) {
        Ok(walk.steps)
    } else {
        Err(fault(""))
    }
}

fn is_number(ty: &Type) -> bool {
    is_whole_number(ty) || is_one(ty, &["f64"])
}

/// What a token is sent as. A fraction has several spellings.
fn is_token_parameter(ty: &Type) -> bool {
    standard(ty, &["String"]) || is_whole_number(ty)
}

/// What a token is read as.
fn is_token(ty: &Type) -> bool {
    standard(ty, &["Formatted"]) || is_token_parameter(ty)
}
