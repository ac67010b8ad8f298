//! The places of a builder's code that a stand-in is found in.

use syn::visit_mut::{self, VisitMut};
use syn::{
    Block, Expr, ExprMethodCall, GenericArgument, Ident, ImplItem, ImplItemFn, Local, Pat,
    PathArguments, ReturnType, Signature, Stmt, Type, parse_quote,
};

use super::operations::OperationCode;
use super::parts::{last_ident, only_type_argument};
use super::run::unexpected_output;
use crate::problem::Problem;

/// The builder's method of that name.
pub(super) fn method<'c>(
    operation: &'c mut OperationCode,
    name: &str,
) -> Result<&'c mut ImplItemFn, Problem> {
    let owner = operation.rust_name();
    let found = operation
        .implementation
        .items
        .iter_mut()
        .find_map(|item| match item {
            ImplItem::Fn(function) if function.sig.ident == name => Some(function),
            _ => None,
        });
    found.ok_or_else(|| unexpected_output(&format!("builder of `{owner}` has no method `{name}`")))
}

/// `T` of the field `Result<T, String>` that holds a parameter until the request is sent.
pub(super) fn field_type<'c>(
    operation: &'c mut OperationCode,
    name: &Ident,
) -> Result<&'c mut Type, Problem> {
    let owner = operation.rust_name();
    let mut fields = operation.definition.fields.iter_mut();
    let field = fields.find(|field| field.ident.as_ref() == Some(name));
    field
        .and_then(|field| first_argument(&mut field.ty))
        .ok_or_else(|| unexpected_output(&format!("builder of `{owner}` has no field `{name}`")))
}

/// `T` and `E` of the `Result<ResponseValue<T>, Error<E>>` that `send` returns, with what `E` is by default.
pub(super) fn answer_types(send: &Signature) -> Option<(Type, Type)> {
    let ReturnType::Type(_, ty) = &send.output else {
        return None;
    };
    let Type::Path(path) = ty.as_ref() else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let (value, error) = (types.next()?, types.next()?);
    let value = only_type_argument(value)
        .filter(|_| last_ident(value).is_some_and(|name| name == "ResponseValue"));
    let untyped = parse_quote!(::client_runtime::Untyped);
    Some((
        value?.clone(),
        only_type_argument(error).cloned().unwrap_or(untyped),
    ))
}

/// `T` of `X<T, …>`.
fn first_argument(ty: &mut Type) -> Option<&mut Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &mut path.path.segments.last_mut()?.arguments
    else {
        return None;
    };
    arguments
        .args
        .iter_mut()
        .find_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
}

/// Not a type of the client of that name.
pub(super) fn is_option(ty: &Type) -> bool {
    last_ident(ty).is_some_and(|name| name == "Option") && only_type_argument(ty).is_some()
}

/// The initializer of `let name = …;`.
pub(super) fn initializer<'c>(block: &'c mut Block, name: &Ident) -> Option<&'c mut Expr> {
    block
        .stmts
        .iter_mut()
        .find_map(|statement| match statement {
            Stmt::Local(Local {
                pat: Pat::Ident(pattern),
                init: Some(init),
                ..
            }) if pattern.ident == *name => Some(&mut *init.expr),
            _ => None,
        })
}

/// Takes `let name = …;` out.
pub(super) fn remove_variable(block: &mut Block, name: &Ident) {
    let is_one = |statement: &Stmt| matches!(statement, Stmt::Local(Local { pat: Pat::Ident(pattern), .. }) if pattern.ident == *name);
    if let Some(position) = block.stmts.iter().position(is_one) {
        block.stmts.remove(position);
    }
}

/// Puts statements behind the one that builds the request, in which that has the name `request`.
pub(super) fn after_build(
    block: &mut Block,
    statements: impl FnOnce(&Ident) -> Vec<Stmt>,
) -> Result<(), Problem> {
    let built = block.stmts.iter().enumerate().find_map(|(at, statement)| {
        let Stmt::Local(Local {
            pat: Pat::Ident(pattern),
            init: Some(init),
            ..
        }) = statement
        else {
            return None;
        };
        let Expr::Try(tried) = init.expr.as_ref() else {
            return None;
        };
        match tried.expr.as_ref() {
            Expr::MethodCall(call) if call.method == "build" => Some((at, pattern.ident.clone())),
            _ => None,
        }
    });
    let Some((at, request)) = built else {
        return Err(unexpected_output("no statement of `send` builds a request"));
    };
    let after = block.stmts.split_off(at + 1);
    // What an earlier pass put there stays first.
    let is_written = |statement: &Stmt| !matches!(statement, Stmt::Local(_));
    let own = after
        .iter()
        .take_while(|statement| is_written(statement))
        .count();
    let mut after = after.into_iter();
    block.stmts.extend(after.by_ref().take(own));
    block.stmts.extend(statements(&request));
    block.stmts.extend(after);
    Ok(())
}

/// Takes calls out of chains of methods: `a.b(x).c()` to `a.c()` where `is_taken` says so of `b`.
pub(super) fn take_calls(
    block: &mut Block,
    is_taken: impl FnMut(&ExprMethodCall) -> bool,
) -> usize {
    let mut taker = Taker { is_taken, count: 0 };
    taker.visit_block_mut(block);
    taker.count
}

struct Taker<F> {
    is_taken: F,
    count: usize,
}

impl<F: FnMut(&ExprMethodCall) -> bool> VisitMut for Taker<F> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        loop {
            // `a.b(x)?` goes as a whole: it is there for the error of `b` alone.
            let call = match &mut *expression {
                Expr::MethodCall(call) => call,
                Expr::Try(tried) => match tried.expr.as_mut() {
                    Expr::MethodCall(call) => call,
                    _ => break,
                },
                _ => break,
            };
            if !(self.is_taken)(call) {
                break;
            }
            let receiver = std::mem::replace(&mut *call.receiver, parse_quote!(()));
            *expression = receiver;
            self.count += 1;
        }
        visit_mut::visit_expr_mut(self, expression);
    }
}
