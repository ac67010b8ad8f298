//! Which operation a request is for.

use std::collections::{BTreeMap, BTreeSet};

use http::Method;

use crate::template::{Rank, RequestPath, Template};

/// What a method and a path lead to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<'a, T> {
    /// An operation.
    Operation(&'a T),
    /// A path that has other methods, sorted.
    OtherMethods(Vec<String>),
    /// No path.
    Nothing,
}

/// The operations by path and method.
#[derive(Debug)]
pub(crate) struct Routes<T> {
    /// By the number of segments, the special ones first.
    by_length: BTreeMap<usize, Vec<Route<T>>>,
}

#[derive(Debug)]
struct Route<T> {
    template: Template,
    rank: (Rank, String),
    method: Method,
    target: T,
}

impl<T> Default for Routes<T> {
    fn default() -> Self {
        Self {
            by_length: BTreeMap::new(),
        }
    }
}

impl<T> Routes<T> {
    /// Adds an operation. Where two have the same method and match the same paths, the first one that was added is found.
    pub(crate) fn add(&mut self, method: Method, path: &str, target: T) {
        let template = Template::parse(path);
        let routes = self.by_length.entry(template.len()).or_default();
        let rank = (template.rank(), path.to_owned());
        let place = routes.partition_point(|route| route.rank <= rank);
        let route = Route {
            template,
            rank,
            method,
            target,
        };
        routes.insert(place, route);
    }

    /// Finds the operation of a request.
    ///
    /// A literal segment wins over a parameter where both paths have the method: `GET /widgets/batch` is `GET /widgets/{id}`
    /// where `/widgets/batch` has only `POST`, as with most servers' routers. HEAD is GET where it is not documented (RFC 9110
    /// §9.3.2).
    pub(crate) fn find(&self, method: &Method, path: &str) -> Found<'_, T> {
        let path = RequestPath::parse(path);
        let routes = self.by_length.get(&path.len()).into_iter().flatten();
        let matching: Vec<&Route<T>> = routes
            .filter(|route| route.template.matches(&path))
            .collect();
        let of = |method: &Method| matching.iter().find(|route| route.method == *method);
        let found = of(method).or_else(|| match *method {
            Method::HEAD => of(&Method::GET),
            _ => None,
        });
        if let Some(route) = found {
            return Found::Operation(&route.target);
        }
        if matching.is_empty() {
            return Found::Nothing;
        }
        let mut methods: BTreeSet<&str> =
            matching.iter().map(|route| route.method.as_str()).collect();
        if methods.contains("GET") {
            methods.insert("HEAD");
        }
        Found::OtherMethods(methods.into_iter().map(str::to_owned).collect())
    }

    /// `GET /widgets/{id}` of each route, sorted by path.
    pub(crate) fn described(&self) -> Vec<String> {
        let routes = self.by_length.values().flatten();
        let mut all: Vec<(&str, &str)> = routes
            .map(|route| (route.rank.1.as_str(), route.method.as_str()))
            .collect();
        all.sort_unstable();
        all.iter()
            .map(|(path, method)| format!("{method} {path}"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes() -> Routes<&'static str> {
        let mut routes = Routes::default();
        for (method, path, name) in [
            (Method::GET, "/widgets/{id}", "get"),
            (Method::PATCH, "/widgets/{other}", "patch"),
            (Method::POST, "/widgets/batch", "batch"),
            (Method::GET, "/widgets/{id}.json", "json"),
            (Method::GET, "/{kind}/top", "top"),
            (Method::HEAD, "/health", "head"),
            (Method::GET, "/health", "health"),
        ] {
            routes.add(method, path, name);
        }
        routes
    }

    #[test]
    fn the_most_special_path_that_has_the_method_is_found() {
        let routes = routes();
        for (method, path, name) in [
            ("GET", "/widgets/1", "get"),
            ("GET", "/widgets/1.json", "json"),
            ("PATCH", "/widgets/1.json", "patch"),
            ("POST", "/widgets/batch", "batch"),
            ("GET", "/widgets/batch", "get"),
            ("GET", "/widgets/top", "get"),
            ("GET", "/things/top", "top"),
            ("HEAD", "/things/top", "top"),
            ("HEAD", "/health", "head"),
        ] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            assert_eq!(
                routes.find(&method, path),
                Found::Operation(&name),
                "{method} {path}"
            );
        }
    }

    #[test]
    fn other_methods_are_told_apart_from_nothing() {
        let routes = routes();
        let allowed = |path| match routes.find(&Method::DELETE, path) {
            Found::OtherMethods(methods) => methods.join(", "),
            other => format!("{other:?}"),
        };
        assert_eq!(allowed("/widgets/batch"), "GET, HEAD, PATCH, POST");
        assert_eq!(allowed("/health"), "GET, HEAD");
        assert_eq!(allowed("/widgets"), "Nothing");
        assert_eq!(allowed("*"), "Nothing");
        assert_eq!(allowed(""), "Nothing");
    }
}
