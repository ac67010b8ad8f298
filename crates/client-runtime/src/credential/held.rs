//! The credentials of a client, as they are at the time of a call.

use std::fmt;
use std::sync::Arc;

use tokio::sync::Mutex;

use super::provider::Unavailable;
use super::value::Flaw;
use super::{Credential, Prepared};
use crate::secrets::Secrets;

/// Credentials that can be sent, and what must not be shown of them.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) credentials: Vec<Prepared>,
    pub(crate) secrets: Secrets,
}

impl Ready {
    fn of<'c>(credentials: impl Iterator<Item = &'c Credential> + Clone) -> Result<Self, Flaw> {
        let prepared = credentials.clone().map(Credential::prepare);
        Ok(Self {
            credentials: prepared.collect::<Result<_, _>>()?,
            secrets: Secrets::new(credentials.flat_map(Credential::secrets)),
        })
    }
}

/// What a client was given.
pub(crate) struct Held {
    /// Those whose value is known, ready to be sent.
    known: Arc<Ready>,
    given: Vec<Credential>,
    /// All of them, once providers were asked; the same value until they are asked again.
    current: Option<Mutex<Option<Arc<Ready>>>>,
}

impl Held {
    /// # Errors
    /// What is wrong with a value that is known.
    pub(crate) fn new(given: Vec<Credential>) -> Result<Self, Flaw> {
        let known = given.iter().filter(|one| one.provider().is_none());
        let known = Arc::new(Ready::of(known)?);
        let has_provider = given.iter().any(|one| one.provider().is_some());
        Ok(Self {
            known,
            given,
            current: has_provider.then(Mutex::default),
        })
    }

    /// Those whose value is known without asking anybody.
    pub(crate) fn known(&self) -> &Arc<Ready> {
        &self.known
    }

    /// All of them. Providers are asked if they were not yet; calls at the same time wait for one answer.
    pub(crate) async fn ready(&self) -> Result<Arc<Ready>, Unavailable> {
        let Some(current) = &self.current else {
            return Ok(self.known.clone());
        };
        let mut current = current.lock().await;
        if let Some(ready) = &*current {
            return Ok(ready.clone());
        }
        let ready = self.ask().await?;
        *current = Some(ready.clone());
        Ok(ready)
    }

    /// Others than the `refused` ones: providers are asked again, unless another call has done so since. `None` if there is
    /// nobody to ask.
    pub(crate) async fn others_than(
        &self,
        refused: &Arc<Ready>,
    ) -> Option<Result<Arc<Ready>, Unavailable>> {
        let mut current = self.current.as_ref()?.lock().await;
        if let Some(ready) = &*current
            && !Arc::ptr_eq(ready, refused)
        {
            return Some(Ok(ready.clone()));
        }
        *current = None;
        let asked = self.ask().await;
        if let Ok(ready) = &asked {
            *current = Some(ready.clone());
        }
        Some(asked)
    }

    async fn ask(&self) -> Result<Arc<Ready>, Unavailable> {
        let mut all = Vec::with_capacity(self.given.len());
        for given in &self.given {
            all.push(match given.provider() {
                Some(provider) => provider.credential().await?,
                None => given.clone(),
            });
        }
        let ready = Ready::of(all.iter());
        ready
            .map(Arc::new)
            .map_err(|flaw| Unavailable::Flawed(flaw.to_string()))
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.given.fmt(f)
    }
}
