//! What finishing needs to know about an API beside its lowered document.

use std::collections::BTreeMap;

use crate::manifest::Api;

/// Facts about one API that come from the manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The API's name for people, such as `HeyGen`.
    pub title: String,
    /// The base URL if the manifest states one; it wins over the document's `servers`.
    pub base_url: Option<String>,
    /// Setter names by security scheme name, where the manifest chooses them.
    pub credentials: BTreeMap<String, String>,
    /// The origins beside the base URL's that credentials may go to, as `https://upload.example.com`.
    pub credential_origins: Vec<String>,
    /// The start of the client's environment variables, such as `HEYGEN`.
    pub environment_prefix: String,
    /// The header field by which the API knows a call that is made again, if it has one.
    pub idempotency_key: Option<String>,
    /// Whether fields of numbers also read a number in a text.
    pub numbers_as_strings: bool,
}

impl From<&Api> for Settings {
    fn from(api: &Api) -> Self {
        Self {
            title: api.title.clone(),
            base_url: api.base_url.clone(),
            credentials: api.credentials.clone(),
            credential_origins: api.credential_origins.clone(),
            environment_prefix: api.environment_prefix.clone(),
            idempotency_key: api.idempotency_key.clone(),
            numbers_as_strings: api.numbers_as_strings,
        }
    }
}
