//! Finds what a failure is due to, with few calls of progenitor.
//!
//! Each part is tried only together with what it needs, so that a broken component is blamed on nothing else than what
//! reaches it. Where many parts go well together they are tried together: one culprit among a thousand operations costs
//! about twenty calls, which together are as long as two of the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::failure::Failure;
use super::parts::{Part, Parts};

/// A search that takes longer names the whole document instead.
const TIME_LIMIT: Duration = Duration::from_secs(900);

/// Why a part is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Blame<'l> {
    /// It fails with what it needs and nothing else.
    Alone(Failure),
    /// It fails beside parts that do not fail without it.
    Beside(Failure),
    /// It needs this component, which fails.
    Needs(&'l str),
}

/// The search gave up.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GivenUp;

/// The parts without which the rest can be generated.
///
/// `attempt` generates the document of the parts that it is given.
pub(super) fn culprits<'l>(
    parts: &Parts<'l>,
    attempt: impl FnMut(&[Part<'l>]) -> Result<(), Failure>,
) -> Result<BTreeMap<Part<'l>, Blame<'l>>, GivenUp> {
    let mut search = Search::new(parts, attempt);
    if search.fails(&[])?.is_some() {
        return Err(GivenUp);
    }
    // What needs little comes first: what needs a culprit is then known to fail without being tried.
    let mut components: Vec<Part<'l>> = parts.components().map(Part::Component).collect();
    components.sort_by_key(|part| (search.needs[part].len(), *part));
    let operations: Vec<Part<'l>> = parts.operations().map(Part::Operation).collect();
    let mut all = components.clone();
    all.extend(&operations);
    search.alone(&components)?;
    search.alone(&operations)?;
    search.beside(&all)?;
    Ok(search.found)
}

struct Search<'l, F> {
    attempt: F,
    needs: BTreeMap<Part<'l>, BTreeSet<&'l str>>,
    found: BTreeMap<Part<'l>, Blame<'l>>,
    end: Instant,
}

impl<'l, F: FnMut(&[Part<'l>]) -> Result<(), Failure>> Search<'l, F> {
    fn new(parts: &Parts<'l>, attempt: F) -> Self {
        let components = parts.components().map(Part::Component);
        let all = components.chain(parts.operations().map(Part::Operation));
        Self {
            attempt,
            needs: all.map(|part| (part, parts.needs(part))).collect(),
            found: BTreeMap::new(),
            end: Instant::now() + TIME_LIMIT,
        }
    }

    fn fails(&mut self, parts: &[Part<'l>]) -> Result<Option<Failure>, GivenUp> {
        if Instant::now() > self.end {
            return Err(GivenUp);
        }
        match (self.attempt)(parts) {
            Ok(()) => Ok(None),
            // Without a process nothing can be said of any part.
            Err(Failure::NotStarted(_)) => Err(GivenUp),
            Err(failure) => Ok(Some(failure)),
        }
    }

    /// Those of the parts that need no culprit and are none; what needs one is blamed.
    fn sound(&mut self, parts: &[Part<'l>]) -> Vec<Part<'l>> {
        let mut sound = Vec::with_capacity(parts.len());
        for part in parts {
            if self.found.contains_key(part) {
                continue;
            }
            let needs = self.needs[part].iter();
            let culprit = needs.copied().find(|name| {
                matches!(
                    self.found.get(&Part::Component(name)),
                    Some(Blame::Alone(_) | Blame::Beside(_))
                )
            });
            match culprit {
                Some(name) => {
                    self.found.insert(*part, Blame::Needs(name));
                }
                None => sound.push(*part),
            }
        }
        sound
    }

    /// Finds the parts that fail alone, by halves.
    fn alone(&mut self, parts: &[Part<'l>]) -> Result<(), GivenUp> {
        let parts = self.sound(parts);
        if parts.is_empty() {
            return Ok(());
        }
        let Some(failure) = self.fails(&parts)? else {
            return Ok(());
        };
        if let [only] = parts.as_slice() {
            self.found.insert(*only, Blame::Alone(failure));
            return Ok(());
        }
        let (first, second) = parts.split_at(parts.len() / 2);
        self.alone(first)?;
        self.alone(second)
    }

    /// Finds the parts that fail only beside others: of each such group the one that comes last.
    fn beside(&mut self, parts: &[Part<'l>]) -> Result<(), GivenUp> {
        let mut good: Vec<Part<'l>> = Vec::new();
        let mut rest = self.sound(parts);
        loop {
            let with = |count: usize| [&good[..], &rest[..count]].concat();
            let Some(mut failure) = self.fails(&with(rest.len()))? else {
                return Ok(());
            };
            // `low` more parts are good, `high` more are not.
            let (mut low, mut high) = (0, rest.len());
            while high - low > 1 {
                let middle = low.midpoint(high);
                match self.fails(&with(middle))? {
                    Some(found) => (high, failure) = (middle, found),
                    None => low = middle,
                }
            }
            if high == 0 {
                return Err(GivenUp);
            }
            self.found.insert(rest[high - 1], Blame::Beside(failure));
            let later = rest.split_off(high);
            good.extend(&rest[..high - 1]);
            rest = self.sound(&later);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi_lower::{Lowered, Options, lower};
    use serde_json::{Value, json};

    /// A document of `count` operations, each of which needs a component `C<its number / 10>`.
    fn lowered(count: usize) -> Lowered {
        let mut paths = serde_json::Map::new();
        let mut schemas = serde_json::Map::new();
        for number in 0..count {
            let component = format!("C{}", number / 10);
            let schema = json!({"$ref": format!("#/components/schemas/{component}")});
            let operation = json!({"operationId": format!("o{number:04}"), "responses": {"200":
                {"description": "", "content": {"application/json": {"schema": schema}}}}});
            paths.insert(format!("/o{number:04}"), json!({"get": operation}));
            schemas.insert(
                component,
                json!({"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Deep"}}}),
            );
        }
        schemas.insert("Deep".to_owned(), json!({"type": "object"}));
        schemas.insert("Unused".to_owned(), json!({"type": "object"}));
        let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"},
            "paths": Value::Object(paths), "components": {"schemas": schemas}});
        lower(document, &Options::default()).unwrap()
    }

    fn failure() -> Failure {
        Failure::Refused("no".to_owned())
    }

    /// Searches where the document fails for which `is_bad` says so; also gives the number of attempts.
    fn search<'l>(
        lowered: &'l Lowered,
        is_bad: impl Fn(&Lowered) -> bool,
    ) -> (BTreeMap<Part<'l>, Blame<'l>>, usize) {
        let parts = Parts::new(lowered);
        let mut attempts = 0;
        let found = culprits(&parts, |chosen| {
            attempts += 1;
            match is_bad(&parts.only(chosen)) {
                true => Err(failure()),
                false => Ok(()),
            }
        });
        (found.unwrap(), attempts)
    }

    fn has(lowered: &Lowered, id: &str) -> bool {
        lowered.operations.contains_key(id)
    }

    fn knows(lowered: &Lowered, name: &str) -> bool {
        lowered.document["components"]["schemas"]
            .get(name)
            .is_some()
    }

    #[test]
    fn one_culprit_among_a_thousand_takes_few_attempts() {
        let lowered = lowered(1000);
        let (found, attempts) = search(&lowered, |part| has(part, "o0421"));
        assert_eq!(
            found,
            BTreeMap::from([(Part::Operation("o0421"), Blame::Alone(failure()))])
        );
        assert!(attempts <= 30, "{attempts}");
    }

    #[test]
    fn all_culprits_are_found() {
        let lowered = lowered(100);
        let bad = ["o0003", "o0004", "o0077", "o0099"];
        let (found, _) = search(&lowered, |part| bad.iter().any(|id| has(part, id)));
        let named: Vec<Part<'_>> = found.into_keys().collect();
        assert_eq!(named, bad.map(Part::Operation));
    }

    #[test]
    fn a_component_is_blamed_on_what_reaches_it_and_nothing_else() {
        let lowered = lowered(30);
        let (found, attempts) = search(&lowered, |part| knows(part, "C1"));
        assert_eq!(found[&Part::Component("C1")], Blame::Alone(failure()));
        let operations: Vec<_> = found.iter().skip(1).collect();
        assert_eq!(operations.len(), 10);
        assert_eq!(
            operations[0],
            (&Part::Operation("o0010"), &Blame::Needs("C1"))
        );
        assert!(attempts <= 12, "{attempts}");
        let (found, _) = search(&lowered, |part| knows(part, "Unused"));
        assert_eq!(found.len(), 1);
        let (found, attempts) = search(&lowered, |part| knows(part, "Deep"));
        assert_eq!(found[&Part::Component("C0")], Blame::Needs("Deep"));
        assert_eq!(found.len(), 1 + 3 + 30);
        assert!(attempts <= 12, "{attempts}");
    }

    #[test]
    fn of_parts_that_clash_the_last_is_left_out() {
        let lowered = lowered(100);
        let (found, _) = search(&lowered, |part| has(part, "o0003") && has(part, "o0077"));
        assert_eq!(
            found,
            BTreeMap::from([(Part::Operation("o0077"), Blame::Beside(failure()))])
        );
    }

    #[test]
    fn a_document_that_fails_without_any_part_is_given_up() {
        let lowered = lowered(3);
        let parts = Parts::new(&lowered);
        let found = culprits(&parts, |_| Err(failure()));
        assert_eq!(found, Err(GivenUp));
    }
}
