//! What generated code says of an operation whose answers are pages.

use std::future::Future;
use std::pin::Pin;

use super::following::PageFailure;
use super::seen::SeenTokens;
use crate::error::Error;
use crate::response::ResponseValue;

/// A call whose answer is one page of a list. Generated code implements it for the builders of such operations; it is
/// [`Pages`](super::Pages) that calls it.
pub trait Paged: Clone + Send {
    /// The operation's name in Rust.
    const OPERATION: &'static str;
    /// The body of an answer.
    type Page;
    /// One of the things that are listed.
    type Item;
    /// The operation's error type.
    type Error;
    /// A call that is under way.
    type Call: Future<Output = Result<ResponseValue<Self::Page>, Error<Self::Error>>> + Send + Unpin;

    /// Sends the call.
    fn call(self) -> Self::Call;

    /// The call of the page after the one that this call was answered with; `None` after the last one.
    ///
    /// # Errors
    ///
    /// If the page does not say which is next although there is one.
    fn following(
        &self,
        page: &Self::Page,
        seen: &mut SeenTokens,
    ) -> Result<Option<Self>, PageFailure>;

    /// What the page lists; nothing if it has no list.
    fn items(page: Self::Page) -> Vec<Self::Item>;
}

/// A call of a page, as generated code makes it.
pub type PageCall<'a, P, E> =
    Pin<Box<dyn Future<Output = Result<ResponseValue<P>, Error<E>>> + Send + 'a>>;
