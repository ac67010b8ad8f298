//! Servers: where calls go.

use serde_json::Value;

use crate::calls::Operation;
use crate::change::Class;
use crate::compare::Comparison;
use crate::document::{Placed, join};
use crate::kind::Kind;
use crate::subject::{code, list};

/// The URLs of servers, with the defaults of their variables. The first one is the client's.
fn urls(place: &Placed<'_>) -> Vec<String> {
    let servers = place.items("servers").into_iter();
    servers
        .filter_map(|server| {
            let mut url = server.text("url")?.to_owned();
            for (name, variable) in server.members("variables") {
                url = url.replace(
                    &format!("{{{name}}}"),
                    variable.text("default").unwrap_or_default(),
                );
            }
            let trimmed = url.trim_end_matches('/');
            Some(trimmed.to_owned())
        })
        .collect()
}

/// Scheme and host of a URL; none for one that is relative.
fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("//")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    Some(format!("{scheme}//{host}").to_ascii_lowercase())
}

impl<'d> Comparison<'d> {
    pub(crate) fn servers(&mut self) {
        let (old, new) = (urls(&self.old.whole()), urls(&self.new.whole()));
        let at = "/servers";
        match (old.first(), new.first()) {
            (one, other) if one == other => {}
            (Some(one), Some(other)) => {
                let summary = format!("calls go to {} in place of {}", code(other), code(one));
                self.add_as_it_is(Class::Compatible, Kind::ServerChanged, at, summary);
            }
            (None, Some(other)) => {
                let summary = format!("calls go to {}, where no server was stated", code(other));
                self.add_as_it_is(Class::Compatible, Kind::ServerAdded, at, summary);
            }
            (Some(one), None) => {
                let summary = format!("no server is stated, where it was {}", code(one));
                self.add_as_it_is(Class::Breaking, Kind::ServerRemoved, at, summary);
            }
            (None, None) => {}
        }
        if old.is_empty() || new.is_empty() {
            return;
        }
        let come: Vec<&str> = new
            .iter()
            .skip(1)
            .filter(|url| !old.contains(url))
            .map(String::as_str)
            .collect();
        let gone: Vec<&str> = old
            .iter()
            .skip(1)
            .filter(|url| !new.contains(url))
            .map(String::as_str)
            .collect();
        if !come.is_empty() {
            let summary = format!(
                "{} can be called instead, if the client is told so",
                list(come.into_iter())
            );
            self.add_as_it_is(Class::Compatible, Kind::ServerAdded, at, summary);
        }
        if !gone.is_empty() {
            let summary = format!(
                "{} is not among the servers any more",
                list(gone.into_iter())
            );
            self.add_as_it_is(Class::Compatible, Kind::ServerRemoved, at, summary);
        }
    }

    /// Servers of one operation, or of its path.
    pub(crate) fn operation_servers(&mut self, old: &Operation<'d>, new: &Operation<'d>) {
        let own = |operation: &Operation<'d>| {
            let stated = [&operation.place, &operation.item].into_iter();
            let mut stated = stated.filter(|place| {
                place
                    .get("servers")
                    .and_then(Value::as_array)
                    .is_some_and(|all| !all.is_empty())
            });
            stated.next().map(urls)
        };
        let (one, other) = (own(old), own(new));
        // The same URL as the document's is no server of its own.
        let top = (urls(&self.old.whole()), urls(&self.new.whole()));
        let first = |own: &Option<Vec<String>>, top: &[String]| {
            own.as_ref().unwrap_or(&top.to_vec()).first().cloned()
        };
        let (was, is) = (first(&one, &top.0), first(&other, &top.1));
        if (one.is_none() && other.is_none()) || was == is {
            return;
        }
        let base = top.1.first().and_then(|url| host(url));
        let hosts = |url: &Option<String>| {
            url.as_ref()
                .and_then(|url| host(url))
                .or_else(|| base.clone())
        };
        // Credentials go to the base URL's host, and elsewhere only if the manifest says so.
        let leaves = hosts(&is) != base && hosts(&is) != hosts(&was);
        let class = if leaves {
            Class::Breaking
        } else {
            Class::Compatible
        };
        let place = |url: &Option<String>| {
            url.as_ref()
                .map_or_else(|| "the server of the document".to_owned(), |url| code(url))
        };
        let summary = format!("calls go to {} in place of {}", place(&is), place(&was));
        self.add_as_it_is(
            class,
            Kind::ServerChanged,
            &join(&new.place.pointer, "servers"),
            summary,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn hosts_are_compared_without_paths() {
        assert_eq!(
            host("https://A.example/v1").as_deref(),
            Some("https://a.example")
        );
        assert_eq!(host("//a.example").as_deref(), Some("//a.example"));
        assert_eq!(host("/v1"), None);
    }
}
