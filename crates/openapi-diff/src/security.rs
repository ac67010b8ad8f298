//! Credentials: each is a setter of the client's builder, and what calls need of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::change::Class;
use crate::compare::Comparison;
use crate::document::{Document, Placed, join};
use crate::kind::Kind;

/// The setter that a scheme gets, if the manifest says nothing else. None for what clients cannot send.
fn setter(scheme: &Placed<'_>) -> Option<&'static str> {
    let is = |key: &str, value: &str| {
        scheme
            .text(key)
            .is_some_and(|found| found.eq_ignore_ascii_case(value))
    };
    match scheme.text("type")? {
        "apiKey" => Some("api_key"),
        "oauth2" | "openIdConnect" => Some("token"),
        "http" if is("scheme", "bearer") => Some("token"),
        "http" if is("scheme", "basic") => Some("basic_auth"),
        _ => None,
    }
}

fn schemes<'d>(document: Document<'d>) -> BTreeMap<&'d str, Placed<'d>> {
    let stated = document.components("securitySchemes").into_iter();
    stated
        .map(|(name, scheme)| (name, document.resolved(scheme)))
        .collect()
}

/// Lists of schemes that are each enough, with the scopes that they need.
type Alternatives<'d> = BTreeMap<BTreeSet<&'d str>, BTreeSet<&'d str>>;

fn alternatives(security: Option<&Value>) -> Alternatives<'_> {
    let mut found = Alternatives::new();
    for needed in security.and_then(Value::as_array).into_iter().flatten() {
        let Some(needed) = needed.as_object() else {
            continue;
        };
        let names = needed.keys().map(String::as_str).collect();
        let scopes = needed.values().filter_map(Value::as_array).flatten();
        found
            .entry(names)
            .or_default()
            .extend(scopes.filter_map(Value::as_str));
    }
    found
}

impl<'d> Comparison<'d> {
    pub(crate) fn security_schemes(&mut self) {
        let (old, new) = (schemes(self.old), schemes(self.new));
        let setters = |all: &BTreeMap<&'d str, Placed<'d>>| -> BTreeSet<&'static str> {
            all.values().filter_map(setter).collect()
        };
        let (had, has) = (setters(&old), setters(&new));
        for (name, scheme) in &old {
            let Some(other) = new.get(name) else {
                let is_kept = setter(scheme).is_none_or(|setter| has.contains(setter));
                let class = if is_kept {
                    Class::Compatible
                } else {
                    Class::Breaking
                };
                self.add_gone(class, Kind::SecuritySchemeRemoved, &place(name), "is gone");
                continue;
            };
            let at = place(name);
            if setter(scheme) != setter(other) {
                let is_kept = setter(scheme).is_none_or(|setter| has.contains(setter));
                let class = if is_kept {
                    Class::Compatible
                } else {
                    Class::Breaking
                };
                self.add(
                    class,
                    Kind::SecuritySchemeChanged,
                    &at,
                    "is of another kind",
                );
            } else if ["type", "scheme", "name", "in"]
                .iter()
                .any(|key| scheme.get(key) != other.get(key))
            {
                self.add(
                    Class::Compatible,
                    Kind::SecuritySchemeChanged,
                    &at,
                    "is sent in another way",
                );
            }
            self.texts(scheme, other, Class::Docs);
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            self.add(
                Class::Compatible,
                Kind::SecuritySchemeAdded,
                &place(name),
                "is new",
            );
        }
        drop(had);
        if self.old.root.get("security") != self.new.root.get("security") {
            let said = (self.old.root.get("security"), self.new.root.get("security"));
            self.alternatives(&alternatives(said.0), &alternatives(said.1), "/security");
        }
    }

    pub(crate) fn security(&mut self, old: &Placed<'d>, new: &Placed<'d>) {
        let own = (old.get("security"), new.get("security"));
        // What holds for the whole document is named once, there.
        if own == (None, None) {
            return;
        }
        let effective = |own: Option<&'d Value>, document: Document<'d>| {
            alternatives(own.or_else(|| document.root.get("security")))
        };
        let (one, other) = (effective(own.0, self.old), effective(own.1, self.new));
        self.alternatives(&one, &other, &join(&new.pointer, "security"));
    }

    fn alternatives(&mut self, old: &Alternatives<'d>, new: &Alternatives<'d>, at: &str) {
        let what = if at == "/security" {
            "calls"
        } else {
            "the operation"
        };
        let mut say = |class: Class, kind: Kind, said: &str| {
            let verb = |plural: &str, singular: &str| {
                if what == "calls" {
                    plural.to_owned()
                } else {
                    singular.to_owned()
                }
            };
            let said = said
                .replace("NEED", &verb("need", "needs"))
                .replace("TAKE", &verb("take", "takes"));
            self.add_as_it_is(class, kind, at, format!("{what} {said}"));
        };
        let is_open = |all: &Alternatives<'d>| all.is_empty() || all.contains_key(&BTreeSet::new());
        match (is_open(old), is_open(new)) {
            (true, true) => return,
            (true, false) => {
                return say(
                    Class::Breaking,
                    Kind::SecurityRequired,
                    "NEED a credential now",
                );
            }
            (false, true) => {
                return say(
                    Class::Compatible,
                    Kind::SecurityRelaxed,
                    "NEED no credential any more",
                );
            }
            (false, false) => {}
        }
        // What was enough is enough if no more is asked for.
        let is_enough = |had: &BTreeSet<&str>| new.keys().any(|needed| needed.is_subset(had));
        if !old.keys().all(is_enough) {
            say(
                Class::Breaking,
                Kind::SecurityAlternativeRemoved,
                "TAKE no longer every credential that was enough",
            );
        }
        let was_enough = |needed: &BTreeSet<&str>| old.keys().any(|had| had.is_subset(needed));
        if !new.keys().all(was_enough) {
            say(
                Class::Compatible,
                Kind::SecurityAlternativeAdded,
                "TAKE a credential that was not enough before",
            );
        }
        let scopes = |all: &Alternatives<'d>, names: &BTreeSet<&'d str>| {
            all.get(names).cloned().unwrap_or_default()
        };
        let (mut more, mut fewer) = (false, false);
        for names in old.keys().filter(|names| new.contains_key(*names)) {
            let (had, has) = (scopes(old, names), scopes(new, names));
            more |= !has.is_subset(&had);
            fewer |= !had.is_subset(&has);
        }
        match (more, fewer) {
            (true, _) => say(
                Class::Breaking,
                Kind::SecurityScopesChanged,
                "NEED scopes that were not needed",
            ),
            (false, true) => say(
                Class::Compatible,
                Kind::SecurityScopesChanged,
                "NEED fewer scopes",
            ),
            _ => {}
        }
    }
}

fn place(name: &str) -> String {
    join("/components/securitySchemes", name)
}
