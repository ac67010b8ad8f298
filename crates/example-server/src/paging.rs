//! `x-pagination`: a list that is asked for page by page has an end.

use http::request::Parts;
use serde_json::{Value, json};

use crate::document::At;
use crate::request::query;

/// The extension `x-pagination` of an operation, as README.md describes it.
#[derive(Clone, Debug)]
pub(crate) struct Paging {
    parameter: String,
    /// How the first page is named, if it has a name.
    first: Option<&'static str>,
    /// What is empty on the last page, where nothing else says that it is the last.
    items: Option<String>,
    next: Option<String>,
    more: Option<String>,
}

impl Paging {
    /// `None` for an operation without it. What is wrong with it is for `codegen` to say.
    pub(crate) fn read(operation: &At<'_>) -> Option<Self> {
        let stated = operation.get("x-pagination")?;
        let starts_at_0 = stated.value.get("first").and_then(Value::as_u64) == Some(0);
        let styles = [
            ("page", Some(if starts_at_0 { "0" } else { "1" })),
            ("offset", Some("0")),
            ("token", None),
        ];
        let (style, first) = styles
            .into_iter()
            .find(|(style, _)| stated.text(style).is_some())?;
        let text = |key: &str| stated.text(key).map(str::to_owned);
        Some(Self {
            parameter: text(style)?,
            first,
            items: text("items").filter(|_| style != "token"),
            next: text("next"),
            more: text("more"),
        })
    }

    /// Whether a request is for another page than the first, which is the one that the document has values for.
    pub(crate) fn is_later(&self, request: &Parts) -> bool {
        query(request).any(|(name, value)| name == self.parameter && Some(&*value) != self.first)
    }

    /// Makes a page the last one: without a token of the next, or without items where pages have none. Of the ways to have no
    /// token it is the first that is `allowed`.
    pub(crate) fn end(&self, page: &mut Value, allowed: impl Fn(&Value) -> bool) {
        let place = |page: &mut Value, pointer: &Option<String>, value: Value| {
            if let Some(place) = pointer.as_ref().and_then(|at| page.pointer_mut(at)) {
                *place = value;
            }
        };
        if let Some(Value::Array(items)) = self.items.as_ref().and_then(|at| page.pointer_mut(at)) {
            items.clear();
        }
        place(page, &self.more, json!(false));
        let Some((object, key)) = self.next.as_ref().and_then(|next| next.rsplit_once('/')) else {
            return;
        };
        let key = key.replace("~1", "/").replace("~0", "~");
        if let Some(Value::Object(object)) = page.pointer_mut(object) {
            object.remove(&key);
        }
        for none in [Value::Null, json!("")] {
            if allowed(page) {
                return;
            }
            if let Some(Value::Object(object)) = page.pointer_mut(object) {
                object.insert(key.clone(), none);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(stated: Value) -> Paging {
        let document = json!({"op": {"x-pagination": stated}});
        Paging::read(&At::pointer(&document, "/op").unwrap()).unwrap()
    }

    #[test]
    fn the_first_page_is_the_documented_one() {
        for (stated, later) in [
            (json!({"page": "p[]"}), [false, true, false, true]),
            (
                json!({"page": "p[]", "first": 0}),
                [false, false, true, true],
            ),
            (json!({"offset": "p[]"}), [false, false, true, true]),
            (json!({"token": "p[]"}), [false, true, true, true]),
        ] {
            let paging = paging(stated.clone());
            let queries = ["/?p=9", "/?p%5B%5D=0", "/?a=b&p[]=1", "/?p[]=x"];
            let found = queries.map(|uri| {
                let request = http::Request::builder().uri(uri).body(()).unwrap();
                paging.is_later(&request.into_parts().0)
            });
            assert_eq!(found, later, "{stated}");
        }
    }

    #[test]
    fn nothing_follows_the_last_page() {
        let by_number = paging(json!({"page": "p", "items": "/data", "more": "/more"}));
        let mut page = json!({"data": [1], "more": true, "all": 5});
        by_number.end(&mut page, |_| true);
        assert_eq!(page, json!({"data": [], "more": false, "all": 5}));

        let paging = paging(
            json!({"token": "t", "items": "/data", "next": "/of/next~1token", "more": "/more"}),
        );
        let page = json!({"data": [1], "of": {"next/token": "a", "all": 5}, "more": true});
        for (allowed, next) in [
            (json!({"all": 5}), None),
            (json!({"all": 5, "next/token": null}), Some(Value::Null)),
            (json!({"all": 5, "next/token": ""}), Some(json!(""))),
        ] {
            let mut last = page.clone();
            paging.end(&mut last, |page| page["of"] == allowed);
            assert_eq!(last["of"].get("next/token"), next.as_ref());
            assert_eq!((&last["data"], &last["more"]), (&json!([1]), &json!(false)));
            assert_eq!(last["of"]["all"], 5);
        }
        let mut other = json!("x");
        paging.end(&mut other, |_| true);
        assert_eq!(other, "x");
    }
}
