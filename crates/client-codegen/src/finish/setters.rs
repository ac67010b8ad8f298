//! Lets an operation's builder hold plain values: progenitor's one converts whatever it is given, and keeps what went
//! wrong until the request is sent.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprStruct, Ident, ImplItem, ItemStruct, Member, Type, parse_quote};

use super::arguments::{Argument, Conversions};
use super::builder_code::{field_type, initializer, is_option, method, remove_variable};
use super::operations::OperationCode;
use super::parts::only_type_argument;
use super::run::unexpected_output;
use crate::problem::Problem;

pub(super) fn rewrite(
    operation: &mut OperationCode,
    conversions: &Conversions,
) -> Result<(), Problem> {
    operation.implementation.items.retain(|item| {
        // A body is made with the setters of its own type.
        !matches!(item, ImplItem::Fn(function) if function.sig.ident == "body_map" && takes_a_function(function))
    });
    operation
        .definition
        .attrs
        .push(parse_quote!(#[must_use = "a call is made when it is sent"]));
    let names = parameters(&operation.definition);
    Unwrapped(&names).visit_item_impl_mut(&mut operation.implementation);
    for name in names {
        let (ty, is_optional) = value_type(operation, &name)?;
        set_field(operation, &name, &ty);
        set_setter(
            operation,
            &name,
            conversions.argument(&ty, &parse_quote!(value)),
        )?;
        set_variable(operation, &name, is_optional)?;
    }
    Ok(())
}

/// Not the setter of a parameter of that name.
fn takes_a_function(function: &syn::ImplItemFn) -> bool {
    let bounds = function.sig.generics.where_clause.iter();
    bounds
        .flat_map(|bounds| &bounds.predicates)
        .any(|bound| bound.to_token_stream().to_string().contains("FnOnce"))
}

/// All fields but the client, which is borrowed.
pub(super) fn parameters(definition: &ItemStruct) -> Vec<Ident> {
    let values = definition
        .fields
        .iter()
        .filter(|field| !matches!(field.ty, Type::Reference(_)));
    values.filter_map(|field| field.ident.clone()).collect()
}

/// The type of the value, and whether it may be absent.
fn value_type(operation: &mut OperationCode, name: &Ident) -> Result<(Type, bool), Problem> {
    let held = field_type(operation, name)?;
    let is_optional = is_option(held);
    let mut ty = held.clone();
    if is_optional {
        let inner = only_type_argument(&ty).cloned();
        ty = inner.ok_or_else(|| unexpected_output("an option of nothing"))?;
    }
    Ok((built(ty), is_optional))
}

/// `types::X` of `types::builder::X`.
fn built(ty: Type) -> Type {
    let Type::Path(mut path) = ty else { return ty };
    let names = path
        .path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string());
    if let [first, second, _] = names.collect::<Vec<_>>().as_slice()
        && first == "types"
        && second == "builder"
    {
        let last = path.path.segments.last().cloned();
        path.path = parse_quote!(types::#last);
    }
    Type::Path(path)
}

fn set_field(operation: &mut OperationCode, name: &Ident, ty: &Type) {
    let mut fields = operation.definition.fields.iter_mut();
    if let Some(field) = fields.find(|field| field.ident.as_ref() == Some(name)) {
        field.ty = parse_quote!(Option<#ty>);
    }
}

/// Makes builders of plain values: `Self { limit: Ok(x) }` to `Self { limit: x }`.
struct Unwrapped<'n>(&'n [Ident]);

impl VisitMut for Unwrapped<'_> {
    fn visit_expr_struct_mut(&mut self, builder: &mut ExprStruct) {
        let is_parameter =
            |member: &Member| matches!(member, Member::Named(name) if self.0.contains(name));
        // Not what else has fields of such names.
        let is_own = builder.path.is_ident("Self");
        let values = builder.fields.iter_mut().filter(|_| is_own);
        for field in values.filter(|field| is_parameter(&field.member)) {
            let ok = match &field.expr {
                Expr::Call(call) if is_ok(&call.func) => call.args.first(),
                _ => None,
            };
            // What is required starts as an error, or as an object's builder.
            field.expr = match ok {
                Some(value @ Expr::Path(_)) => value.clone(),
                _ => parse_quote!(None),
            };
        }
        visit_mut::visit_expr_struct_mut(self, builder);
    }
}

fn is_ok(function: &Expr) -> bool {
    matches!(function, Expr::Path(path) if path.path.is_ident("Ok"))
}

fn set_setter(
    operation: &mut OperationCode,
    name: &Ident,
    argument: Argument,
) -> Result<(), Problem> {
    let Argument { ty, value } = argument;
    let setter = method(operation, &name.to_string())?;
    setter.sig.generics = syn::Generics::default();
    setter.sig.inputs = parse_quote!(mut self, value: #ty);
    setter.block = parse_quote!({
        self.#name = Some(#value);
        self
    });
    Ok(())
}

/// `let name = name.map_err(…)?;` in `send`.
fn set_variable(
    operation: &mut OperationCode,
    name: &Ident,
    is_optional: bool,
) -> Result<(), Problem> {
    let block = &mut method(operation, "send")?.block;
    let value = initializer(block, name)
        .ok_or_else(|| unexpected_output(&format!("`send` has no variable `{name}`")))?;
    if is_optional {
        remove_variable(block, name);
    } else {
        let message = format!("`{name}` was not set");
        *value = parse_quote!(
            #name.ok_or_else(|| ::client_runtime::Error::invalid_request(#message.to_owned()))?
        );
    }
    Ok(())
}
