//! From security schemes to the setters of a client's builder.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase, ToSnakeCase};
use openapi_pages::escape;
use serde_json::Value;

use super::settings::Settings;
use crate::problem::Problem;

/// How a credential is put on a request (OpenAPI 3.0.3, Security Scheme Object).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// `Authorization: Bearer …`: schemes `http` bearer, `oauth2` and `openIdConnect`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// `apiKey` in the header of this name.
    Header(String),
    /// `apiKey` in the query parameter of this name.
    Query(String),
    /// `apiKey` in the cookie of this name.
    Cookie(String),
}

/// Methods that every `ClientBuilder` has.
pub(super) const BUILDER_METHODS: [&str; 15] = [
    "allow_http",
    "base_url",
    "build",
    "clone",
    "configure_http",
    "connect_timeout",
    "decompress",
    "from_env",
    "max_response_bytes",
    "new",
    "retry",
    "server_url",
    "timeout",
    "user_agent",
    "user_agent_prefix",
];

/// How the setters of providers of credentials end.
const PROVIDER: &str = "_provider";

/// One setter of the generated `ClientBuilder`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialSetter {
    /// The method's name, such as `api_key`.
    pub name: String,
    /// The security scheme's name in the document.
    pub scheme: String,
    /// Where the credential goes.
    pub kind: CredentialKind,
}

impl CredentialSetter {
    /// The environment variables that hold the credential's parts, with the client's prefix.
    #[must_use]
    pub fn variables(&self, prefix: &str) -> Vec<String> {
        let name = self.name.to_shouty_snake_case();
        match self.kind {
            CredentialKind::Basic if self.name == default_name(&self.kind) => {
                vec![format!("{prefix}_USER"), format!("{prefix}_PASSWORD")]
            }
            CredentialKind::Basic => {
                vec![
                    format!("{prefix}_{name}_USER"),
                    format!("{prefix}_{name}_PASSWORD"),
                ]
            }
            _ => vec![format!("{prefix}_{name}")],
        }
    }

    /// The setter of who is asked for the credential, such as `token_provider`; none for a user and a password.
    pub(super) fn provider(&self) -> Option<String> {
        let is_one_secret = self.kind != CredentialKind::Basic;
        is_one_secret.then(|| format!("{}{PROVIDER}", self.name))
    }
}

/// The setters that the security schemes of `document` ask for, sorted by name.
///
/// A scheme gets the name that the manifest gives it, else the one of its kind: `token`, `api_key`,
/// `basic_auth`.
///
/// # Errors
/// Manifest entries for schemes that do not exist, and two
/// schemes that would share a setter.
pub(super) fn setters(
    document: &Value,
    settings: &Settings,
) -> Result<Vec<CredentialSetter>, Vec<Problem>> {
    let empty = serde_json::Map::new();
    let schemes = document
        .pointer("/components/securitySchemes")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let mut problems = Vec::new();
    let mut by_name: BTreeMap<String, CredentialSetter> = BTreeMap::new();
    let mut sorted: Vec<(&String, &Value)> = schemes.iter().collect();
    sorted.sort_by_key(|(name, _)| *name);
    for (scheme, definition) in sorted {
        let pointer = format!("/components/securitySchemes/{}", escape(scheme));
        let Some(kind) = kind(definition) else {
            continue;
        };
        let name = settings
            .credentials
            .get(scheme)
            .cloned()
            .unwrap_or_else(|| default_name(&kind).to_owned());
        let setter = CredentialSetter {
            name,
            scheme: scheme.clone(),
            kind,
        };
        if BUILDER_METHODS.contains(&setter.name.as_str()) || setter.name.ends_with(PROVIDER) {
            problems.push(Problem {
                code: "finish::credential_clash",
                pointer,
                message: format!(
                    "the setter of security scheme {scheme} cannot be named `{}`: the builder has a method of that name",
                    setter.name
                ),
                help: "choose another name in specs/apis.toml".to_owned(),
            });
            continue;
        }
        match by_name.get(&setter.name) {
            // The same credential under two names, as when pages name their schemes themselves.
            Some(other) if other.kind == setter.kind => {}
            Some(other) => problems.push(Problem {
                code: "finish::credential_clash",
                pointer,
                message: format!(
                    "security schemes {} and {scheme} would both get the setter `{}`",
                    other.scheme, setter.name
                ),
                help: "name them in specs/apis.toml: `credentials = { scheme = \"setter_name\" }`"
                    .to_owned(),
            }),
            None => {
                by_name.insert(setter.name.clone(), setter);
            }
        }
    }
    for scheme in settings
        .credentials
        .keys()
        .filter(|scheme| !schemes.contains_key(*scheme))
    {
        problems.push(Problem {
            code: "finish::unknown_security_scheme",
            // The entry is in the manifest, so no place of the document is the one to look at.
            pointer: String::new(),
            message: format!(
                "`credentials` in specs/apis.toml has security scheme {scheme}, which the document does not have"
            ),
            help: match schemes.keys().cloned().collect::<Vec<_>>().join(", ") {
                known if known.is_empty() => {
                    "remove the entry: the document has no security schemes".to_owned()
                }
                known => format!("the document has: {known}"),
            },
        });
    }
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    for setter in by_name.values() {
        for variable in setter.variables("PREFIX") {
            if let Some(other) = variables.insert(variable, setter.name.clone()) {
                problems.push(Problem {
                    code: "finish::credential_clash",
                    pointer: format!("/components/securitySchemes/{}", escape(&setter.scheme)),
                    message: format!(
                        "the setters `{other}` and `{}` would both be read from one environment variable",
                        setter.name
                    ),
                    help: "name one of them otherwise in specs/apis.toml: `credentials = { scheme = \"setter_name\" }`"
                        .to_owned(),
                });
            }
        }
    }
    if problems.is_empty() {
        Ok(by_name.into_values().collect())
    } else {
        Err(problems)
    }
}

/// The security schemes that clients cannot send: one warning each, because an API may take another one as well.
#[must_use]
pub fn unsupported_schemes(document: &Value) -> Vec<Problem> {
    let schemes = document
        .pointer("/components/securitySchemes")
        .and_then(Value::as_object);
    let unsupported = schemes
        .into_iter()
        .flatten()
        .filter(|(_, definition)| kind(definition).is_none());
    unsupported
        .map(|(scheme, _)| Problem {
            code: "finish::unsupported_security",
            pointer: format!("/components/securitySchemes/{}", escape(scheme)),
            message: format!(
                "security scheme {scheme} is of a kind that clients cannot send, so their builder has no setter for it"
            ),
            help: "supported are http bearer and basic, apiKey, oauth2 and openIdConnect; remove the scheme with an \
                overlay if the API can be used without it"
                .to_owned(),
        })
        .collect()
}

/// Names for the setters of those schemes that would share one: each is called like its scheme.
///
/// They go into the manifest when an API is taken in, so that a scheme that comes later renames none of them.
#[must_use]
pub fn suggested_names(document: &Value) -> BTreeMap<String, String> {
    let schemes = document
        .pointer("/components/securitySchemes")
        .and_then(Value::as_object);
    let mut by_setter: BTreeMap<&str, Vec<(&String, CredentialKind)>> = BTreeMap::new();
    for (scheme, definition) in schemes.into_iter().flatten() {
        if let Some(kind) = kind(definition) {
            let setter = default_name(&kind);
            by_setter.entry(setter).or_default().push((scheme, kind));
        }
    }
    let mut names = BTreeMap::new();
    let mut taken: BTreeSet<String> = BUILDER_METHODS.map(str::to_owned).into();
    taken.extend(by_setter.keys().map(|name| (*name).to_owned()));
    for (setter, sharing) in by_setter {
        if sharing.windows(2).all(|pair| pair[0].1 == pair[1].1) {
            continue;
        }
        for (scheme, _) in sharing {
            let snake = scheme.to_snake_case();
            let wanted = match syn::parse_str::<syn::Ident>(&snake) {
                Ok(_) if !taken.contains(&snake) => snake,
                _ => format!("{setter}_{}", snake.trim_matches('_')),
            };
            // The builder has methods for providers of credentials, which end like that.
            let wanted = match wanted.ends_with(PROVIDER) {
                true => format!("{wanted}_key"),
                false => wanted,
            };
            let is_name = syn::parse_str::<syn::Ident>(&wanted).is_ok();
            if is_name && taken.insert(wanted.clone()) {
                names.insert(scheme.clone(), wanted);
            }
        }
    }
    names
}

fn default_name(kind: &CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Bearer => "token",
        CredentialKind::Basic => "basic_auth",
        CredentialKind::Header(_) | CredentialKind::Query(_) | CredentialKind::Cookie(_) => {
            "api_key"
        }
    }
}

pub(super) fn kind(definition: &Value) -> Option<CredentialKind> {
    let text = |key: &str| definition.get(key).and_then(Value::as_str);
    match text("type")? {
        "http" => match text("scheme")?.to_ascii_lowercase().as_str() {
            "bearer" => Some(CredentialKind::Bearer),
            "basic" => Some(CredentialKind::Basic),
            _ => None,
        },
        "oauth2" | "openIdConnect" => Some(CredentialKind::Bearer),
        "apiKey" => {
            let name = text("name")?.to_owned();
            match text("in")? {
                "header" => Some(CredentialKind::Header(name)),
                "query" => Some(CredentialKind::Query(name)),
                "cookie" => Some(CredentialKind::Cookie(name)),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{CredentialKind, setters, suggested_names, unsupported_schemes};
    use crate::finish::Settings;

    #[test]
    fn each_kind_has_its_name_and_place() {
        let document = json!({ "components": { "securitySchemes": {
            "one": { "type": "http", "scheme": "Bearer" },
            "two": { "type": "apiKey", "in": "query", "name": "k" },
            "three": { "type": "http", "scheme": "basic" },
        }}});
        let setters = setters(&document, &Settings::default()).unwrap();
        let seen: Vec<_> = setters
            .iter()
            .map(|s| (s.name.as_str(), s.kind.clone()))
            .collect();
        assert_eq!(
            seen,
            [
                ("api_key", CredentialKind::Query("k".to_owned())),
                ("basic_auth", CredentialKind::Basic),
                ("token", CredentialKind::Bearer),
            ]
        );
    }

    #[test]
    fn two_keys_must_be_named_in_the_manifest() {
        let document = json!({ "components": { "securitySchemes": {
            "admin": { "type": "apiKey", "in": "header", "name": "x-admin" },
            "user": { "type": "apiKey", "in": "header", "name": "x-user" },
        }}});
        let problems = setters(&document, &Settings::default()).unwrap_err();
        assert_eq!(problems[0].code, "finish::credential_clash");
        assert_eq!(problems[0].pointer, "/components/securitySchemes/user");

        let settings = Settings {
            credentials: [("admin".to_owned(), "admin_key".to_owned())].into(),
            ..Settings::default()
        };
        let names: Vec<_> = setters(&document, &settings)
            .unwrap()
            .into_iter()
            .map(|s| s.name)
            .collect();
        assert_eq!(names, ["admin_key", "api_key"]);
    }

    #[test]
    fn schemes_that_share_a_setter_are_called_like_themselves() {
        let document = json!({ "components": { "securitySchemes": {
            "AdminKey": { "type": "apiKey", "in": "header", "name": "x-admin" },
            "api-key": { "type": "apiKey", "in": "query", "name": "k" },
            "2nd": { "type": "apiKey", "in": "cookie", "name": "c" },
            "bearer": { "type": "http", "scheme": "bearer" },
        }}});
        let credentials = suggested_names(&document);
        let pairs: Vec<_> = credentials
            .iter()
            .map(|(scheme, name)| (scheme.as_str(), name.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("2nd", "api_key_2nd"),
                ("AdminKey", "admin_key"),
                ("api-key", "api_key_api_key")
            ]
        );
        let settings = Settings {
            credentials,
            ..Settings::default()
        };
        assert_eq!(setters(&document, &settings).unwrap().len(), 4);
    }

    #[test]
    fn a_setter_cannot_be_a_method_of_the_builder() {
        let document = json!({ "components": { "securitySchemes": { "a": { "type": "http", "scheme": "bearer" } } } });
        let settings = Settings {
            credentials: [("a".to_owned(), "build".to_owned())].into(),
            ..Settings::default()
        };
        let problems = setters(&document, &settings).unwrap_err();
        assert_eq!(problems[0].code, "finish::credential_clash");
    }

    #[test]
    fn two_setters_cannot_be_read_from_one_variable() {
        let document = json!({ "components": { "securitySchemes": {
            "a": { "type": "http", "scheme": "basic" },
            "b": { "type": "apiKey", "in": "header", "name": "x-user" },
        } } });
        let settings = Settings {
            credentials: [("b".to_owned(), "user".to_owned())].into(),
            ..Settings::default()
        };
        let problems = setters(&document, &settings).unwrap_err();
        assert_eq!(problems[0].code, "finish::credential_clash");
        assert!(problems[0].message.contains("environment variable"));
    }

    #[test]
    fn the_same_key_under_two_names_is_one_setter() {
        let key = json!({ "type": "apiKey", "in": "header", "name": "x-api-key" });
        let document = json!({ "components": { "securitySchemes": { "sec0": key, "sec1": key } } });
        assert_eq!(setters(&document, &Settings::default()).unwrap().len(), 1);
    }

    #[test]
    fn what_cannot_be_sent_has_no_setter_and_what_does_not_exist_is_refused() {
        let document = json!({ "components": { "securitySchemes": { "d": { "type": "http", "scheme": "digest" } } } });
        assert_eq!(setters(&document, &Settings::default()), Ok(Vec::new()));
        let unsupported = unsupported_schemes(&document);
        assert_eq!(unsupported[0].code, "finish::unsupported_security");
        assert_eq!(unsupported[0].pointer, "/components/securitySchemes/d");
        let settings = Settings {
            credentials: [("x".to_owned(), "y".to_owned())].into(),
            ..Settings::default()
        };
        let problems = setters(&document, &settings).unwrap_err();
        assert_eq!(problems[0].code, "finish::unknown_security_scheme");
    }
}
