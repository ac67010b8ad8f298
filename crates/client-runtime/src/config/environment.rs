//! Settings from the environment. Nothing else reads it.

use std::env;

use secrecy::SecretString;

use super::{BuildError, Config};
use crate::credential::Credential;

/// Which settings came from which variables, so that errors can name these.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables {
    used: Vec<(&'static str, &'static str)>,
    /// Settings whose variable has a value that cannot be used, and why.
    unusable: Vec<(&'static str, &'static str, &'static str)>,
}

impl Variables {
    /// The value of a variable; an empty one counts as unset.
    fn read(&mut self, setting: &'static str, variable: &'static str) -> Option<String> {
        let value = env::var_os(variable).filter(|value| !value.is_empty())?;
        let text = value.into_string().ok();
        if text.is_none() {
            self.refuse(setting, variable, "its value is not UTF-8");
        }
        text
    }

    fn refuse(&mut self, setting: &'static str, variable: &'static str, problem: &'static str) {
        self.unusable.push((setting, variable, problem));
    }

    pub(super) fn has(&self, setting: &str) -> bool {
        self.used.iter().any(|(have, _)| *have == setting)
    }

    fn remember(&mut self, setting: &'static str, variable: &'static str) {
        self.forget(setting);
        self.used.push((setting, variable));
    }

    /// The setting has a value from elsewhere now.
    pub(super) fn forget(&mut self, setting: &str) {
        self.used.retain(|(have, _)| *have != setting);
        self.unusable.retain(|(have, ..)| *have != setting);
    }

    /// What people know a setting by.
    pub(super) fn name_of(&self, setting: &'static str) -> &'static str {
        let found = self.used.iter().find(|(have, _)| *have == setting);
        found.map_or(setting, |(_, variable)| variable)
    }

    pub(super) fn named(&self, error: BuildError) -> BuildError {
        let setting = self.name_of(error.setting);
        BuildError { setting, ..error }
    }

    pub(super) fn check(&self) -> Result<(), BuildError> {
        match self.unusable.first() {
            Some((_, variable, problem)) => Err(BuildError::new(variable, problem)),
            None => Ok(()),
        }
    }
}

impl Config {
    /// The base URL from an environment variable, if that is set and not empty.
    #[must_use]
    pub fn base_url_from_env(mut self, variable: &'static str) -> Self {
        match self.variables.read("base_url", variable) {
            Some(url) => {
                let mut config = self.base_url(url);
                config.variables.remember("base_url", variable);
                config
            }
            None => self,
        }
    }

    /// A credential from environment variables, if the first is set and not empty; one of the others that is not is an empty
    /// text. Without the first the others must not be set.
    #[must_use]
    pub fn credential_from_env<const N: usize>(
        mut self,
        setting: &'static str,
        variables: [&'static str; N],
        make: impl FnOnce([SecretString; N]) -> Credential,
    ) -> Self {
        let Some(first) = variables.first().copied() else {
            return self;
        };
        let values = variables.map(|variable| self.variables.read(setting, variable));
        if values.first().is_none_or(Option::is_none) {
            if values.iter().any(Option::is_some) {
                let problem = "it is not set, and what goes with it is";
                self.variables.refuse(setting, first, problem);
            }
            return self;
        }
        let secrets = values.map(|value| SecretString::from(value.unwrap_or_default()));
        let mut config = self.put_credential(setting, make(secrets));
        config.variables.remember(setting, first);
        config
    }
}
