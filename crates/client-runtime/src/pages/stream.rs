//! Pages, as they are asked for.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::following::PageFailure;
use super::items::Items;
use super::paged::Paged;
use super::seen::SeenTokens;
use crate::error::Error;
use crate::response::ResponseValue;
use crate::resume::Exclusive;

/// The pages of a list, asked for one after the other. Made by the method `pages` of an operation's builder.
///
/// Each page is a call like any other, with the client's credentials, retries and time. Nothing is asked for before it is wanted, and one
/// page is held at most.
///
/// **An error does not end it**: whoever goes on after an error asks for the same page again, and no item comes twice. A program that does
/// not want that stops at the first error, as `?` does. The end is what the API says it is; a page that says that there are more but not
/// which, or that leads back to one that was there, is an error ([`is_decode`](Error::is_decode)) after that page.
///
/// It is a [`Stream`]; programs without a crate for streams call [`next_page`](Self::next_page).
pub struct Pages<B: Paged> {
    /// The call of the next page, or of one that was given and does not say which is next; `None` at the end.
    builder: Option<B>,
    /// That call, once it is under way.
    call: Option<Exclusive<B::Call>>,
    /// What is wrong with the page that was given last.
    failure: Option<Error<B::Error>>,
    /// Whether the page of `builder` was given already.
    was_given: bool,
    seen: SeenTokens,
}

impl<B: Paged> Pages<B> {
    /// The pages from the one that `builder` asks for. Generated code calls it.
    #[must_use]
    pub fn new(builder: B) -> Self {
        Self {
            builder: Some(builder),
            call: None,
            failure: None,
            was_given: false,
            seen: SeenTokens::default(),
        }
    }

    /// What is on the pages, one by one.
    #[must_use]
    pub fn items(self) -> Items<B> {
        Items::new(self)
    }

    /// The next page, or `None` at the end. The same as `next` of a [`Stream`], for programs without a crate for streams. It may be
    /// dropped while it waits: the call goes on with the next one.
    ///
    /// # Errors
    ///
    /// Those of the operation, and that of a page that does not say which is next although there is one.
    pub async fn next_page(&mut self) -> Result<Option<ResponseValue<B::Page>>, Error<B::Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// Turns to the page after `page`. What is wrong is an error after this page.
    fn turn(&mut self, page: &ResponseValue<B::Page>) {
        let Some(builder) = &self.builder else { return };
        match builder.following(page, &mut self.seen) {
            Ok(next) => {
                self.builder = next;
                self.was_given = false;
            }
            Err(PageFailure { place, reason }) => {
                self.failure = Some(match place {
                    Some(place) => Error::of_page(B::OPERATION, page, place, reason),
                    None => Error::of_next_page(B::OPERATION, reason),
                });
                self.was_given = true;
            }
        }
    }
}

impl<B: Paged> Stream for Pages<B> {
    type Item = Result<ResponseValue<B::Page>, Error<B::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pages = &mut *self;
        loop {
            if let Some(error) = pages.failure.take() {
                return Poll::Ready(Some(Err(error)));
            }
            let Some(builder) = &pages.builder else {
                return Poll::Ready(None);
            };
            let call = pages
                .call
                .get_or_insert_with(|| Exclusive::new(builder.clone().call()));
            let answer = ready!(Pin::new(call.get_mut()).poll(context));
            pages.call = None;
            let page = match answer {
                Ok(page) => page,
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            let was_given = pages.was_given;
            pages.turn(&page);
            // One that was given is asked for again only because of what it says of the next.
            if !was_given {
                return Poll::Ready(Some(Ok(page)));
            }
        }
    }
}

/// Nothing in it is pinned.
impl<B: Paged> Unpin for Pages<B> {}

impl<B: Paged> fmt::Debug for Pages<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}
