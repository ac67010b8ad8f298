//! Which page comes after one: the three ways that APIs have for it.

use std::fmt::Display;
use std::str::FromStr;

use super::number::PageNumber;
use super::seen::SeenTokens;

/// Why there is no telling which page is next.
#[derive(Debug)]
pub struct PageFailure {
    /// What in the page is wrong, as a JSON pointer; `None` if it is the number that cannot grow.
    pub(super) place: Option<&'static str>,
    pub(super) reason: String,
}

impl PageFailure {
    fn at(place: &'static str, reason: &str) -> Self {
        Self {
            place: Some(place),
            reason: reason.to_owned(),
        }
    }

    fn too_far(number: i128) -> Self {
        Self {
            place: None,
            reason: format!("{number} is more than the parameter of the next page can be"),
        }
    }
}

/// What a page says of those after it. Generated code fills it from the fields of the answer that the document names.
#[derive(Debug, Default)]
pub struct Following {
    items: i128,
    pages: Option<i128>,
    total: Option<i128>,
    more: Option<(bool, &'static str)>,
}

impl Following {
    /// After a page with so many items.
    #[must_use]
    pub fn after(items: usize) -> Self {
        Self {
            items: i128::try_from(items).unwrap_or(i128::MAX),
            ..Self::default()
        }
    }

    /// How many pages there are. A negative number, which some servers send, is none.
    #[must_use]
    pub fn pages<N: PageNumber>(self, pages: Option<&N>) -> Self {
        Self {
            pages: count(pages),
            ..self
        }
    }

    /// How many items there are on all pages. A negative number is none.
    #[must_use]
    pub fn total<N: PageNumber>(self, total: Option<&N>) -> Self {
        Self {
            total: count(total),
            ..self
        }
    }

    /// Whether there are more pages, and where in the answer that is said (a JSON pointer).
    #[must_use]
    pub fn more(self, more: Option<&bool>, place: &'static str) -> Self {
        Self {
            more: more.map(|more| (*more, place)),
            ..self
        }
    }

    /// The number of the next page after the page `number`, which is the first one (0 or 1) if it was not stated. The end is what
    /// the page says (`more`, else `pages` or `total`), or else a page without items. A total is compared with the number of
    /// this page times its items, so that a last page that is short is found by the empty one behind it: what a caller asks for
    /// is not what a page has, since servers cap it.
    ///
    /// # Errors
    ///
    /// If the page says that there are more and has no items, or if the number is the largest of its type.
    pub fn number<N: PageNumber>(
        &self,
        number: Option<&N>,
        first: u8,
    ) -> Result<Option<N>, PageFailure> {
        let first = i128::from(first);
        // There is no page before the first; what a server makes of such a number is the first.
        let number = number
            .and_then(N::to_integer)
            .map_or(first, |number| number.max(first));
        let pages = number - first + 1;
        let items = pages.saturating_mul(self.items);
        let is_last = self.pages.is_some_and(|all| pages >= all)
            || self.total.is_some_and(|all| items >= all);
        self.unless_end(is_last, number + 1)
    }

    /// The place of the first item of the next page after the page that began at `offset`, which is 0 if it was not stated. The end is
    /// found as with [`number`](Self::number).
    ///
    /// # Errors
    ///
    /// Those of [`number`](Self::number).
    pub fn offset<N: PageNumber>(&self, offset: Option<&N>) -> Result<Option<N>, PageFailure> {
        let offset = offset.and_then(N::to_integer).unwrap_or(0).max(0);
        let next = offset.saturating_add(self.items);
        self.unless_end(self.total.is_some_and(|all| next >= all), next)
    }

    fn unless_end<N: PageNumber>(
        &self,
        is_last: bool,
        next: i128,
    ) -> Result<Option<N>, PageFailure> {
        match self.more {
            Some((false, _)) => return Ok(None),
            Some((true, place)) if self.items == 0 => {
                let reason = "the page says that there are more, and has no items";
                return Err(PageFailure::at(place, reason));
            }
            None if is_last || self.items == 0 => return Ok(None),
            Some((true, _)) | None => {}
        }
        N::from_integer(next)
            .map(Some)
            .ok_or_else(|| PageFailure::too_far(next))
    }

    /// The token of the next page, which stands at `place` (a JSON pointer), after the page of the token `own`. The end is a page
    /// without one, with an empty one, or that says that there are no more; a page without items is none.
    ///
    /// # Errors
    ///
    /// If the page says that there are more and has no token, or has one that was there before or that the parameter cannot be.
    pub fn token<T: Display, P: FromStr + Display>(
        &self,
        next: Option<&T>,
        own: Option<&P>,
        place: &'static str,
        seen: &mut SeenTokens,
    ) -> Result<Option<P>, PageFailure> {
        let next = next.map(T::to_string).filter(|token| !token.is_empty());
        let next = match (self.more, next) {
            (Some((false, _)), _) | (None, None) => return Ok(None),
            (Some((true, _)), None) => {
                let reason = "the page says that there are more, and has no token of the next one";
                return Err(PageFailure::at(place, reason));
            }
            (_, Some(next)) => next,
        };
        let token = next.parse().map_err(|_| {
            PageFailure::at(place, "the token is not one that the parameter can be")
        })?;
        if seen.repeats(own.map(P::to_string).as_deref(), &next) {
            let reason = "the token is one of a page that was there before";
            return Err(PageFailure::at(place, reason));
        }
        Ok(Some(token))
    }
}

fn count<N: PageNumber>(stated: Option<&N>) -> Option<i128> {
    stated.and_then(N::to_integer).filter(|stated| *stated >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(items: usize) -> Following {
        Following::after(items)
    }

    #[track_caller]
    fn next<N>(result: Result<Option<N>, PageFailure>) -> Option<N> {
        result.unwrap_or_else(|failure| panic!("{failure:?}"))
    }

    #[test]
    fn pages_are_numbered_from_the_first() {
        let pages = |all: i64| after(10).pages(Some(&all));
        for (number, first, expected) in [
            (None, 1, Some(2)),
            (Some(1), 1, Some(2)),
            (Some(0), 1, Some(2)),
            (Some(-5), 1, Some(2)),
            (Some(2), 1, Some(3)),
            (Some(3), 1, None),
            (Some(9), 1, None),
            (None, 0, Some(1)),
            (Some(1), 0, Some(2)),
            (Some(2), 0, None),
        ] {
            let found = next(pages(3).number(number.as_ref(), first));
            assert_eq!(found, expected, "{number:?} {first}");
        }
        assert_eq!(next(pages(0).number(None::<&i32>, 1)), None);
        assert_eq!(next(pages(-1).number(Some(&9_i32), 1)), Some(10));
        assert_eq!(next(after(1).number(Some(&9_u8), 1)), Some(10));
        assert_eq!(next(after(0).number(Some(&9_u8), 1)), None);
    }

    #[test]
    fn a_total_ends_pages_that_are_all_as_long() {
        let page =
            |items, number: i32| next(after(items).total(Some(&25_i64)).number(Some(&number), 1));
        assert_eq!(page(10, 1), Some(2));
        assert_eq!(page(10, 2), Some(3));
        assert_eq!(page(10, 3), None);
        // Five on the third page may be all that were asked for, or the rest: the next page tells.
        assert_eq!(page(5, 3), Some(4));
        assert_eq!(page(0, 4), None);
        assert_eq!(page(25, 1), None);
    }

    #[test]
    fn what_a_page_says_of_more_is_believed_before_counts() {
        let page = |more: bool| {
            let following = after(10).pages(Some(&1_i32)).more(Some(&more), "/more");
            next(following.number(Some(&1_i32), 1))
        };
        assert_eq!((page(true), page(false)), (Some(2), None));
        let failure = after(0).more(Some(&true), "/more").number(None::<&i32>, 1);
        assert_eq!(failure.unwrap_err().place, Some("/more"));
    }

    #[test]
    fn offsets_grow_by_what_came() {
        let page = |items, offset: Option<i64>| {
            next(after(items).total(Some(&25_u64)).offset(offset.as_ref()))
        };
        assert_eq!(page(10, None), Some(10));
        assert_eq!(page(3, Some(10)), Some(13));
        assert_eq!(page(5, Some(20)), None);
        assert_eq!(page(0, Some(20)), None);
        assert_eq!(next(after(7).offset(Some(&1_u8))), Some(8));
    }

    #[test]
    fn a_number_that_cannot_grow_is_a_failure() {
        let failure = after(1).number(Some(&i32::MAX), 1).unwrap_err();
        assert_eq!(failure.place, None);
        assert!(failure.reason.starts_with("2147483648 "), "{failure:?}");
        assert!(after(1).number(Some(&u64::MAX), 0).is_err());
        assert!(after(2).offset(Some(&254_u8)).is_err());
        assert_eq!(next(after(1).offset(Some(&254_u8))), Some(255));
    }

    fn token(
        following: &Following,
        token: Option<&str>,
        own: Option<&str>,
    ) -> Result<Option<String>, PageFailure> {
        let (token, own) = (token.map(str::to_owned), own.map(str::to_owned));
        let mut seen = SeenTokens::default();
        following.token(token.as_ref(), own.as_ref(), "/next", &mut seen)
    }

    #[test]
    fn a_token_leads_on_until_there_is_none() {
        let silent = after(0);
        let more = after(0).more(Some(&true), "/more");
        let end = after(5).more(Some(&false), "/more");
        assert_eq!(
            next(token(&silent, Some("b"), Some("a"))).as_deref(),
            Some("b")
        );
        assert_eq!(next(token(&silent, None, Some("a"))), None);
        assert_eq!(next(token(&silent, Some(""), Some("a"))), None);
        assert_eq!(next(token(&more, Some("b"), None)).as_deref(), Some("b"));
        assert_eq!(next(token(&end, Some("b"), None)), None);
        for (following, given) in [(&more, None), (&more, Some("")), (&silent, Some("a"))] {
            let failure = token(following, given, Some("a")).unwrap_err();
            assert_eq!(failure.place, Some("/next"), "{given:?}");
        }
    }

    #[test]
    fn tokens_may_be_numbers() {
        let mut seen = SeenTokens::default();
        let mut step =
            |next: i64, own: i32| after(1).token(Some(&next), Some(&own), "/next", &mut seen);
        assert_eq!(next(step(2, 1)), Some(2));
        assert!(step(1 << 40, 2).is_err());
    }
}
