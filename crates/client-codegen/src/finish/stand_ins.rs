//! Puts parameters in the place of the texts that stand in for them.
//!
//! The setter takes the parameter's own type, and the value is written by the runtime, in the style and to the place that
//! the document says, into the request that progenitor's code has built.

use std::collections::BTreeMap;

use openapi_lower::{Location, Marks, ParameterMark, Style};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, Ident, Lit, Macro, Stmt, Token, Type, TypePath, parse_quote};

use super::builder_code::{after_build, field_type, is_option, method, take_calls};
use super::operations::OperationCode;
use super::probe::ProbedTypes;
use super::run::unexpected_output;
use crate::problem::Problem;

/// Rewrites the code of all marked parameters of an operation.
pub(super) fn replace(
    operation: &mut OperationCode,
    marks: &Marks,
    types: &ProbedTypes,
) -> Result<(), Problem> {
    let Some(marks) = marks.parameters.get(&operation.id) else {
        return Ok(());
    };
    let mut variables = take_queries(operation, marks)?;
    variables.extend(replace_in_path(operation, marks)?);
    for (name, mark) in marks {
        let missing = |what: &str| {
            unexpected_output(&format!(
                "{what} the stand-in `{name}` of `{}`",
                operation.id
            ))
        };
        let ty = types
            .of(&mark.schema)
            .ok_or_else(|| missing("the probe has no type for"))?;
        let variable = variables
            .get(name)
            .ok_or_else(|| missing("nothing sends"))?
            .clone();
        set_type(operation, &variable, ty)?;
    }
    let writes = |request: &Ident| -> Vec<Stmt> {
        let marks = marks.iter().filter_map(|(name, mark)| {
            let write: Ident = match mark.location {
                Location::Path => return None,
                Location::Header => parse_quote!(to_header),
                Location::Cookie => parse_quote!(to_cookie),
                _ => parse_quote!(to_query),
            };
            let (parameter, variable) = (parameter(mark), variables.get(name)?);
            Some(parse_quote!(#parameter.#write(&mut #request, &#variable)?;))
        });
        marks.collect()
    };
    after_build(&mut method(operation, "send")?.block, writes)
}

/// Takes the stand-ins out of the query; gives the variables that hold the values.
fn take_queries(
    operation: &mut OperationCode,
    marks: &BTreeMap<String, ParameterMark>,
) -> Result<BTreeMap<String, Ident>, Problem> {
    let mut variables = BTreeMap::new();
    let send = method(operation, "send")?;
    take_calls(&mut send.block, |call| {
        let Some((name, variable)) = query_parameter(call) else {
            return false;
        };
        let is_stand_in = marks
            .get(&name)
            .is_some_and(|mark| mark.location != Location::Path);
        if is_stand_in {
            variables.insert(name, variable);
        }
        is_stand_in
    });
    Ok(variables)
}

/// `name` and `value` of `.query(&QueryParam::new("name", &value))`.
pub(super) fn query_parameter(call: &ExprMethodCall) -> Option<(String, Ident)> {
    if call.method != "query" {
        return None;
    }
    let Expr::Reference(argument) = call.args.first()? else {
        return None;
    };
    let Expr::Call(parameter) = argument.expr.as_ref() else {
        return None;
    };
    let (name, value) = (parameter.args.first()?, parameter.args.get(1)?);
    let Expr::Lit(name) = name else { return None };
    let Lit::Str(name) = &name.lit else {
        return None;
    };
    Some((name.value(), variable(value)?))
}

/// `x` of `&x` and of `encode_path(&x.to_string())`.
pub(super) fn variable(expression: &Expr) -> Option<Ident> {
    match expression {
        Expr::Reference(reference) => variable(&reference.expr),
        Expr::Call(call) => variable(call.args.first()?),
        Expr::MethodCall(call) => variable(&call.receiver),
        Expr::Path(path) => path.path.get_ident().cloned(),
        _ => None,
    }
}

/// Writes marked parameters of the path by the runtime.
fn replace_in_path(
    operation: &mut OperationCode,
    marks: &BTreeMap<String, ParameterMark>,
) -> Result<BTreeMap<String, Ident>, Problem> {
    let in_path = |mark: &ParameterMark| mark.location == Location::Path;
    if !marks.values().any(in_path) {
        return Ok(BTreeMap::new());
    }
    let names = placeholders(&operation.operation.path);
    let mut formats = Formats {
        names: &names,
        marks,
        variables: BTreeMap::new(),
    };
    formats.visit_block_mut(&mut method(operation, "send")?.block);
    Ok(formats.variables)
}

/// Names in braces, in order and as often as they stand there.
pub(super) fn placeholders(path: &str) -> Vec<String> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

struct Formats<'m> {
    names: &'m [String],
    marks: &'m BTreeMap<String, ParameterMark>,
    variables: BTreeMap<String, Ident>,
}

impl VisitMut for Formats<'_> {
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        // The text and the base URL, then one argument per placeholder.
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        if !call.path.is_ident("format") {
            return;
        }
        let Ok(mut arguments) = parser.parse2(call.tokens.clone()) else {
            return;
        };
        if arguments.len() != self.names.len() + 2 {
            return;
        }
        for (argument, name) in arguments.iter_mut().skip(2).zip(self.names) {
            if let Some(mark) = self.marks.get(name)
                && mark.location == Location::Path
                && let Some(variable) = variable(argument)
            {
                let parameter = parameter(mark);
                *argument = parse_quote!(#parameter.to_path(&#variable)?);
                self.variables.insert(name.clone(), variable);
            }
        }
        call.tokens = arguments.to_token_stream();
    }
}

/// The runtime's parameter: name, style, and what is not usual of the style.
fn parameter(mark: &ParameterMark) -> TokenStream {
    match &mark.media_type {
        Some(media_type) => {
            let name = &mark.name;
            if is_json(media_type) {
                quote!(::client_runtime::Parameter::json(#name))
            } else {
                quote!(::client_runtime::Parameter::content(#name))
            }
        }
        None => {
            let styled = styled(&mark.name, mark.style, mark.explode);
            let reserved = mark.allow_reserved.then(|| quote!(.reserved()));
            quote!(#styled #reserved)
        }
    }
}

/// A parameter or a field of a form in its style.
pub(super) fn styled(name: &str, style: Style, explode: bool) -> TokenStream {
    let (constructor, is_usual) = match style {
        Style::Matrix => (quote!(matrix), !explode),
        Style::Label => (quote!(label), !explode),
        Style::Simple => (quote!(simple), !explode),
        Style::SpaceDelimited => (quote!(space_delimited), !explode),
        Style::PipeDelimited => (quote!(pipe_delimited), !explode),
        // There is one way to write it.
        Style::DeepObject => (quote!(deep_object), true),
        _ => (quote!(form), explode),
    };
    let change = (!is_usual).then(|| {
        if explode {
            quote!(.exploded())
        } else {
            quote!(.joined())
        }
    });
    quote!(::client_runtime::Parameter::#constructor(#name)#change)
}

pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// The type as a module beside `types` names it.
pub(super) fn in_types(mut ty: Type) -> Type {
    struct Qualify;
    impl VisitMut for Qualify {
        fn visit_type_path_mut(&mut self, ty: &mut TypePath) {
            visit_mut::visit_type_path_mut(self, ty);
            let path = &mut ty.path;
            // Primitive types are in lower case, which not every script has, and everything else that is not ours has a
            // full path.
            let is_ours = path.leading_colon.is_none()
                && path.segments.len() == 1
                && !path.segments[0]
                    .ident
                    .to_string()
                    .starts_with(|first: char| first.is_ascii_lowercase());
            if is_ours {
                path.segments.insert(0, parse_quote!(types));
            }
        }
    }
    Qualify.visit_type_mut(&mut ty);
    ty
}

/// Gives the field of a parameter its type, which `setters` writes the code for.
fn set_type(operation: &mut OperationCode, name: &Ident, ty: &Type) -> Result<(), Problem> {
    let ty = in_types(ty.clone());
    let field = field_type(operation, name)?;
    *field = if is_option(field) {
        parse_quote!(Option<#ty>)
    } else {
        ty
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use openapi_lower::Style;
    use quote::ToTokens;
    use syn::{Type, parse_quote};

    use super::{in_types, placeholders, styled};

    #[test]
    fn types_of_ours_are_in_their_module() {
        let ty: Type = parse_quote!(::std::vec::Vec<(Color, f64, ::std::string::String)>);
        let expected: Type =
            parse_quote!(::std::vec::Vec<(types::Color, f64, ::std::string::String)>);
        assert_eq!(in_types(ty), expected);
    }

    #[test]
    fn what_is_usual_is_not_said() {
        let text = |style, explode| {
            let tokens = styled("x", style, explode).into_token_stream().to_string();
            tokens
                .replace(' ', "")
                .replace("::client_runtime::Parameter::", "")
        };
        assert_eq!(text(Style::Form, true), r#"form("x")"#);
        assert_eq!(text(Style::Form, false), r#"form("x").joined()"#);
        assert_eq!(text(Style::Simple, true), r#"simple("x").exploded()"#);
        assert_eq!(text(Style::DeepObject, false), r#"deep_object("x")"#);
    }

    #[test]
    fn placeholders_count_as_often_as_they_stand_there() {
        assert_eq!(placeholders("/{a}/b{c}-{a}"), ["a", "c", "a"]);
    }
}
