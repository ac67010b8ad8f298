//! Sends the request of an operation by one call of the runtime.
//!
//! progenitor calls three hooks of a trait: before sending, for sending, and after it. Here they are always the same, and written
//! out in each `send` they are most of what the compiler has to check of it. Behind one call that gives a boxed future they are
//! compiled with the runtime.

use syn::visit_mut::{self, VisitMut};
use syn::{
    Block, Expr, ExprAwait, ExprMethodCall, ExprReference, Ident, Local, Pat, Stmt, parse_quote,
};

use super::builder_code::method;
use super::operations::OperationCode;
use super::run::unexpected_output;
use crate::problem::Problem;

/// Puts the call in the place of the hooks.
pub(super) fn once(operation: &mut OperationCode) -> Result<(), Problem> {
    let owner = operation.rust_name();
    rewrite(&mut method(operation, "send")?.block)
        .ok_or_else(|| unexpected_output(&format!("`send` of `{owner}` calls other hooks")))
}

/// ```ignore
/// client.pre(&mut request, &info).await?;
/// let result = client.exec(request, &info).await;
/// client.post(&result, &info).await?;
/// let response = result?;
/// ```
/// to `let response = perform(client, request, &info).await?;`.
fn rewrite(block: &mut Block) -> Option<()> {
    let first = block
        .stmts
        .iter()
        .position(|statement| is_hook(statement, "pre"))?;
    let [_, exec, post, taken] = block.stmts.get(first..first + 4)? else {
        return None;
    };
    let (Stmt::Local(exec), true, Stmt::Local(taken)) = (exec, is_hook(post, "post"), taken) else {
        return None;
    };
    let call = awaited(&exec.init.as_ref()?.expr).filter(|call| call.method == "exec")?;
    let (client, arguments, response) = (&call.receiver, &call.args, &taken.pat);
    let request = name(arguments.first()?)?.clone();
    let performed: Stmt =
        parse_quote!(let #response = ::client_runtime::perform(#client, #arguments).await?;);
    block.stmts.splice(first..first + 4, [performed]);
    settle(block, &request);
    Some(())
}

/// Whether a statement is `client.HOOK(…).await?;`.
fn is_hook(statement: &Stmt, hook: &str) -> bool {
    let Stmt::Expr(Expr::Try(tried), Some(_)) = statement else {
        return false;
    };
    awaited(&tried.expr).is_some_and(|call| call.method == hook)
}

fn awaited(expression: &Expr) -> Option<&ExprMethodCall> {
    match expression {
        Expr::Await(ExprAwait { base, .. }) => match base.as_ref() {
            Expr::MethodCall(call) => Some(call),
            _ => None,
        },
        _ => None,
    }
}

fn name(expression: &Expr) -> Option<&Ident> {
    match expression {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

/// Takes the `mut` from the request if no other pass made something write into it: before, `pre` did.
fn settle(block: &mut Block, request: &Ident) {
    let mut written = Written {
        request,
        found: false,
    };
    written.visit_block_mut(block);
    if written.found {
        return;
    }
    for statement in &mut block.stmts {
        if let Stmt::Local(Local {
            pat: Pat::Ident(pattern),
            ..
        }) = statement
            && pattern.ident == *request
        {
            pattern.mutability = None;
        }
    }
}

/// Whether `&mut request` stands somewhere.
struct Written<'r> {
    request: &'r Ident,
    found: bool,
}

impl VisitMut for Written<'_> {
    fn visit_expr_reference_mut(&mut self, reference: &mut ExprReference) {
        self.found |= reference.mutability.is_some() && name(&reference.expr) == Some(self.request);
        visit_mut::visit_expr_reference_mut(self, reference);
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Block, parse_quote};

    use super::rewrite;

    #[test]
    fn the_hooks_become_one_call_whatever_the_names() {
        let rewritten =
            |mut block: Block| rewrite(&mut block).map(|()| block.to_token_stream().to_string());
        let hooks: Block = parse_quote!({
            let mut _request = client.client.get(url).build()?;
            let info = info();
            client.pre(&mut _request, &info).await?;
            let _result = client.exec(_request, &info).await;
            client.post(&_result, &info).await?;
            let _response = _result?;
            use_of(_response)
        });
        let expected: Block = parse_quote!({
            let _request = client.client.get(url).build()?;
            let info = info();
            let _response = ::client_runtime::perform(client, _request, &info).await?;
            use_of(_response)
        });
        assert_eq!(
            rewritten(hooks.clone()),
            Some(expected.to_token_stream().to_string())
        );

        let mut written = hooks.clone();
        written
            .stmts
            .insert(1, parse_quote!(body.json(&mut _request)?;));
        assert!(rewritten(written).is_some_and(|code| code.contains("let mut _request")));

        let mut other = hooks;
        other.stmts.remove(4);
        assert_eq!(rewritten(other), None);
    }
}
