//! Code that goes along a walk.

use proc_macro2::TokenStream;
use quote::quote;

use super::walk::Step;

/// An expression for what a walk leads to.
#[derive(Clone, Debug)]
pub(in crate::finish) enum Read {
    /// It is always there. A place, not a reference to it.
    Always(TokenStream),
    /// An option of it.
    Maybe(TokenStream),
}

impl Read {
    /// An option of it, or of a reference to it.
    pub(in crate::finish) fn option(self, of_reference: bool) -> TokenStream {
        match self {
            Self::Always(place) if of_reference => quote!(Some(&#place)),
            Self::Always(place) => quote!(Some(#place)),
            Self::Maybe(option) => option,
        }
    }
}

/// From `start`, which is a place, or a reference to one.
pub(in crate::finish) fn by_reference(
    start: TokenStream,
    is_reference: bool,
    steps: &[Step],
) -> Read {
    along(start, is_reference, steps, true)
}

/// From `start`, which is a value, and is used up.
pub(in crate::finish) fn by_value(start: TokenStream, steps: &[Step]) -> Read {
    along(start, false, steps, false)
}

fn along(start: TokenStream, mut is_reference: bool, steps: &[Step], borrows: bool) -> Read {
    let mut chain: Option<TokenStream> = None;
    let mut place = start;
    let mut is_bare = false;
    for step in steps {
        let inner = match (step, borrows) {
            (Step::Field(_) | Step::Newtype(_) | Step::Boxed, _) => {
                place = match step {
                    Step::Field(name) => quote!(#place.#name),
                    Step::Boxed if is_reference => quote!((**#place)),
                    Step::Boxed => quote!((*#place)),
                    _ => quote!(#place.0),
                };
                (is_reference, is_bare) = (false, false);
                continue;
            }
            (Step::Option, true) => quote!(#place.as_ref()),
            (Step::Nullable, true) => quote!(#place.as_option()),
            (Step::Option, false) => place.clone(),
            (Step::Nullable, false) => quote!(#place.into_option()),
        };
        chain = Some(match chain {
            None => inner,
            Some(chain) => quote!(#chain.and_then(|value| #inner)),
        });
        place = quote!(value);
        (is_reference, is_bare) = (borrows, true);
    }
    match chain {
        None => Read::Always(place),
        Some(chain) if is_bare => Read::Maybe(chain),
        Some(chain) if borrows => Read::Maybe(quote!(#chain.map(|value| &#place))),
        Some(chain) => Read::Maybe(quote!(#chain.map(|value| #place))),
    }
}

/// The value that a walk without fields leads to `inner` from.
pub(in crate::finish) fn wrapped(inner: TokenStream, steps: &[Step]) -> TokenStream {
    steps.iter().rev().fold(inner, |inner, step| match step {
        Step::Newtype(name) => quote!(types::#name(#inner)),
        Step::Boxed => quote!(::std::boxed::Box::new(#inner)),
        Step::Option => quote!(Some(#inner)),
        Step::Nullable => quote!(::client_runtime::Nullable::Value(#inner)),
        Step::Field(_) => inner,
    })
}

#[cfg(test)]
mod tests {
    use quote::{format_ident, quote};

    use super::{by_reference, by_value, wrapped};
    use crate::finish::pointers::walk::Step::{self, Boxed, Newtype, Nullable, Option};

    fn field(name: &str) -> Step {
        Step::Field(format_ident!("{name}"))
    }

    #[test]
    fn values_are_reached_by_reference_and_by_value() {
        let newtype = Newtype(format_ident!("X"));
        for (steps, reference, value) in [
            (
                vec![field("a"), field("b")],
                "Some(&page.a.b)",
                "Some(page.a.b)",
            ),
            (
                vec![field("a"), Option, field("b"), newtype.clone(), Nullable],
                "page.a.as_ref().and_then(|value|value.b.0.as_option())",
                "page.a.and_then(|value|value.b.0.into_option())",
            ),
            (
                vec![field("a"), Nullable, Boxed, field("b")],
                "page.a.as_option().map(|value|&(**value).b)",
                "page.a.into_option().map(|value|(*value).b)",
            ),
            (
                vec![Option, newtype],
                "page.as_ref().map(|value|&value.0)",
                "page.map(|value|value.0)",
            ),
        ] {
            let text = |tokens: proc_macro2::TokenStream| tokens.to_string().replace(' ', "");
            let by_ref = by_reference(quote!(page), true, &steps).option(true);
            assert_eq!(text(by_ref), reference);
            assert_eq!(text(by_value(quote!(page), &steps).option(false)), value);
        }
    }

    #[test]
    fn a_parameter_is_wrapped_as_its_type_wants() {
        let steps = [Option, Newtype(format_ident!("X"))];
        let text = wrapped(quote!(next), &steps).to_string().replace(' ', "");
        assert_eq!(text, "Some(types::X(next))");
    }
}
