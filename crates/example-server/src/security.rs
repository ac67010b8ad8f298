//! What an operation demands: alternatives of schemes.

use http::request::Parts;
use serde_json::{Value, json};

use crate::credentials::Credential;
use crate::document::At;
use crate::schemes::{Fault, Scheme};

/// `security` of an operation, or of the document where the operation has none: one alternative is enough, of which all
/// schemes are demanded (OpenAPI 3.1.0 §4.8.30). Empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Security {
    alternatives: Vec<Vec<Scheme>>,
}

/// Why a request is refused: each alternative, and what is wrong with which of its schemes.
#[derive(Debug)]
pub(crate) struct Refused {
    alternatives: Vec<Vec<(Scheme, Fault)>>,
}

impl Security {
    /// Reads what is demanded of `operation`.
    pub(crate) fn read(document: &At<'_>, operation: &At<'_>) -> Self {
        let Some(stated) = operation
            .get("security")
            .or_else(|| document.get("security"))
        else {
            return Self::default();
        };
        let schemes = document
            .get("components")
            .and_then(|components| components.get("securitySchemes"));
        let scheme = |name: &str| {
            let stated = schemes.as_ref().and_then(|schemes| schemes.get(name));
            Scheme::read(name, stated.as_ref())
        };
        let alternatives = stated.items().map(|alternative| {
            let names = alternative.value.as_object().into_iter().flatten();
            names.map(|(name, _)| scheme(name)).collect()
        });
        Self {
            alternatives: alternatives.collect(),
        }
    }

    /// Whether a request may pass.
    ///
    /// `only` is then demanded: an alternative without a scheme is not enough, unless it is the only one.
    pub(crate) fn check(&self, request: &Parts, only: Option<&Credential>) -> Result<(), Refused> {
        let counts = |alternative: &&Vec<Scheme>| only.is_none() || !alternative.is_empty();
        let mut alternatives = Vec::new();
        for alternative in self.alternatives.iter().filter(counts) {
            let faults: Vec<(Scheme, Fault)> = alternative
                .iter()
                .filter_map(|scheme| Some((scheme.clone(), scheme.fault(request, only)?)))
                .collect();
            if faults.is_empty() {
                return Ok(());
            }
            alternatives.push(faults);
        }
        match alternatives.is_empty() {
            true => Ok(()),
            false => Err(Refused { alternatives }),
        }
    }
}

impl Refused {
    /// What is wrong, in one line: `bearer is missing; or apiKey is malformed`. No value of a credential is in it.
    pub(crate) fn text(&self) -> String {
        let one = |faults: &Vec<(Scheme, Fault)>| {
            let faults = faults
                .iter()
                .map(|(scheme, fault)| format!("{} is {}", scheme.name, fault.text()));
            faults.collect::<Vec<_>>().join(" and ")
        };
        let all: Vec<String> = self.alternatives.iter().map(one).collect();
        all.join("; or ")
    }

    /// The same for programs: a list of alternatives, each a list of schemes.
    pub(crate) fn json(&self) -> Value {
        let one = |(scheme, fault): &(Scheme, Fault)| json!({"scheme": scheme.name, "in": scheme.place(), "fault": fault.text()});
        let all = self.alternatives.iter();
        all.map(|faults| faults.iter().map(one).collect::<Value>())
            .collect()
    }

    /// The values of `WWW-Authenticate`, each once.
    pub(crate) fn challenges(&self) -> Vec<String> {
        let mut challenges: Vec<String> = Vec::new();
        for (scheme, _) in self.alternatives.iter().flatten() {
            let challenge = scheme.challenge();
            challenges.extend(challenge.filter(|one| !challenges.contains(one)));
        }
        challenges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        security: Value,
        operation: Value,
        headers: &[(&str, &str)],
        only: Option<&str>,
    ) -> String {
        let document = json!({
            "security": security,
            "components": {"securitySchemes": {
                "b": {"type": "http", "scheme": "bearer"},
                "k": {"type": "apiKey", "in": "header", "name": "k"}
            }},
            "op": operation
        });
        let root = At::pointer(&document, "").unwrap();
        let mut request = http::Request::get("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let security = Security::read(&root, &root.get("op").unwrap());
        match security.check(&parts, only.map(Credential::new).as_ref()) {
            Ok(()) => "passes".to_owned(),
            Err(refused) => refused.text(),
        }
    }

    #[test]
    fn alternatives_are_or_and_the_schemes_of_one_are_and() {
        let token = &[("authorization", "Bearer t")][..];
        let key = &[("k", "t")][..];
        let both = &[("authorization", "Bearer t"), ("k", "t")][..];
        let either = json!([{"b": []}, {"k": []}]);
        let all = json!([{"b": [], "k": []}]);
        let own = json!({});
        for (security, headers, said) in [
            (&either, &[][..], "b is missing; or k is missing"),
            (&either, token, "passes"),
            (&either, key, "passes"),
            (&either, both, "passes"),
            (&either, &[("authorization", "t"), ("k", "t")], "passes"),
            (&all, &[], "b is missing and k is missing"),
            (&all, token, "k is missing"),
            (&all, both, "passes"),
            (&json!([]), &[], "passes"),
            (&json!([{"unknown": []}]), &[], "passes"),
            (&json!([{}, {"k": []}]), &[], "passes"),
        ] {
            assert_eq!(
                check(security.clone(), own.clone(), headers, None),
                said,
                "{security} {headers:?}"
            );
        }
    }

    #[test]
    fn the_operation_is_asked_before_the_document() {
        let key = json!([{"k": []}]);
        assert_eq!(
            check(key.clone(), json!({"security": []}), &[], None),
            "passes"
        );
        assert_eq!(
            check(key, json!({"security": [{"b": []}]}), &[], None),
            "b is missing"
        );
    }

    #[test]
    fn a_credential_of_the_server_is_demanded_also_where_it_is_optional() {
        let optional = json!([{}, {"k": []}]);
        assert_eq!(
            check(optional.clone(), json!({}), &[], Some("t")),
            "k is missing"
        );
        assert_eq!(
            check(optional.clone(), json!({}), &[("k", "x")], Some("t")),
            "k is wrong"
        );
        assert_eq!(
            check(optional, json!({}), &[("k", "t")], Some("t")),
            "passes"
        );
        assert_eq!(check(json!([{}]), json!({}), &[], Some("t")), "passes");
    }
}
