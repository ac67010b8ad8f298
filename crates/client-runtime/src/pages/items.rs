//! What is on pages, one by one.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use super::paged::Paged;
use super::stream::Pages;
use crate::error::Error;

/// The items of a list that comes in pages. Made by [`Pages::items`].
///
/// It holds the rest of one page at most, and asks for the next one when an item of it is wanted. As with [`Pages`], an error does not
/// end it, and no item comes twice.
pub struct Items<B: Paged> {
    pages: Pages<B>,
    rest: IntoIter<B::Item>,
}

impl<B: Paged> Items<B> {
    pub(super) fn new(pages: Pages<B>) -> Self {
        Self {
            pages,
            rest: Vec::new().into_iter(),
        }
    }

    /// The next item, or `None` at the end. The same as `next` of a [`Stream`], for programs without a crate for streams.
    ///
    /// # Errors
    ///
    /// Those of [`Pages::next_page`].
    pub async fn next_item(&mut self) -> Result<Option<B::Item>, Error<B::Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<B: Paged> Stream for Items<B> {
    type Item = Result<B::Item, Error<B::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let items = &mut *self;
        loop {
            if let Some(item) = items.rest.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut items.pages).poll_next(context)) {
                Some(Ok(page)) => items.rest = B::items(page.into_inner()).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Nothing in it is pinned.
impl<B: Paged> Unpin for Items<B> {}

impl<B: Paged> fmt::Debug for Items<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
