//! The credentials of a client, as they are at the time of a call.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;
use tokio::task_local;

use super::provider::Unavailable;
use super::value::Flaw;
use super::{Credential, Prepared};
use crate::secrets::Secrets;

/// How many secrets that were in use before are still looked for: a server may quote the one that it does not take any more.
const PAST: usize = 8;

task_local! {
    /// Whose providers are being asked, so that a provider that makes calls with its own client does not wait for itself.
    static ASKING: usize;
}

/// Credentials that can be sent, and what must not be shown of them.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) credentials: Vec<Prepared>,
    pub(crate) secrets: Secrets,
    /// The newest first.
    known: Vec<SecretString>,
}

impl Ready {
    fn of(credentials: &[Credential], past: &[SecretString]) -> Result<Self, Flaw> {
        let prepared = credentials.iter().map(Credential::prepare);
        let own = credentials.iter().flat_map(Credential::secrets);
        let mut known: Vec<SecretString> = own.map(SecretString::from).collect();
        let is_new = |past: &&SecretString| {
            let past = past.expose_secret();
            known.iter().all(|own| own.expose_secret() != past)
        };
        let past: Vec<SecretString> = past.iter().filter(is_new).take(PAST).cloned().collect();
        known.extend(past);
        let texts = known.iter().map(|secret| secret.expose_secret().to_owned());
        Ok(Self {
            credentials: prepared.collect::<Result<_, _>>()?,
            secrets: Secrets::new(texts),
            known,
        })
    }

    /// No credentials, and other texts that must not be shown.
    pub(crate) fn nothing_but(secrets: Secrets) -> Self {
        Self {
            credentials: Vec::new(),
            secrets,
            known: Vec::new(),
        }
    }

    /// Whether the same would be sent.
    pub(crate) fn sends_the_same_as(&self, other: &Self) -> bool {
        let mut pairs = self.credentials.iter().zip(&other.credentials);
        self.credentials.len() == other.credentials.len() && pairs.all(|(a, b)| a.is_same(b))
    }
}

type Outcome = Result<Arc<Ready>, Unavailable>;

/// What came of asking, once something has.
type Asked = watch::Receiver<Option<Outcome>>;

/// What a client was given.
pub(crate) struct Held(Arc<Given>);

struct Given {
    /// Those whose value is known, ready to be sent.
    known: Arc<Ready>,
    all: Vec<Credential>,
    /// What came of asking the last time, or will.
    asked: Mutex<Option<Asked>>,
}

impl Held {
    /// # Errors
    /// What is wrong with a value that is known.
    pub(crate) fn new(all: Vec<Credential>) -> Result<Self, Flaw> {
        let known: Vec<Credential> = all
            .iter()
            .filter(|one| one.provider().is_none())
            .cloned()
            .collect();
        Ok(Self(Arc::new(Given {
            known: Arc::new(Ready::of(&known, &[])?),
            all,
            asked: Mutex::default(),
        })))
    }

    /// Those whose value is known without asking anybody.
    pub(crate) fn known(&self) -> &Arc<Ready> {
        &self.0.known
    }

    /// All of them. Providers are asked if they were not yet; calls at the same time wait for one answer, and a call that is
    /// given up does not end the asking. Calls that a provider makes itself go without what it is asked for.
    pub(crate) async fn ready(&self) -> Outcome {
        self.other_than(None).await
    }

    /// The same once the `refused` ones are of no use: providers are asked again, unless that has happened since.
    pub(crate) async fn other_than(&self, refused: Option<&Arc<Ready>>) -> Outcome {
        let has_provider = self.0.all.iter().any(|one| one.provider().is_some());
        let asks_itself = ASKING.try_with(|whose| *whose == self.0.address());
        if !has_provider || asks_itself == Ok(true) {
            return Ok(self.0.known.clone());
        }
        let mut asked = self.asked(refused);
        let outcome = asked.wait_for(Option::is_some).await;
        match outcome.ok().and_then(|outcome| outcome.clone()) {
            Some(outcome) => outcome,
            // Who would have told it is gone.
            None => Err(Unavailable::Gone),
        }
    }

    /// Those that were refused are not used again, although nobody waits for others now.
    pub(crate) fn forget(&self, refused: &Arc<Ready>) {
        let mut asked = self.0.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let is_current = asked.as_ref().is_some_and(
            |asked| matches!(&*asked.borrow(), Some(Ok(ready)) if Arc::ptr_eq(ready, refused)),
        );
        if is_current {
            *asked = None;
        }
    }

    /// What came of asking, or who will tell it.
    fn asked(&self, refused: Option<&Arc<Ready>>) -> Asked {
        let mut current = self.0.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let is_refused = |ready| refused.is_some_and(|refused| Arc::ptr_eq(ready, refused));
        if let Some(asked) = &*current {
            let is_of_use = match &*asked.borrow() {
                None => asked.has_changed().is_ok(),
                Some(Ok(ready)) => !is_refused(ready),
                Some(Err(_)) => false,
            };
            if is_of_use {
                return asked.clone();
            }
        }
        let (tell, asked) = watch::channel(None);
        let given = self.0.clone();
        let past = refused.map_or_else(Vec::new, |refused| refused.known.clone());
        // A task of its own: a token may be gone for good if nobody takes it when it comes.
        tokio::spawn(ASKING.scope(given.address(), async move {
            let outcome = given.ask(&past).await;
            let _ = tell.send(Some(outcome));
        }));
        *current = Some(asked.clone());
        asked
    }
}

impl Given {
    fn address(self: &Arc<Self>) -> usize {
        Arc::as_ptr(self).addr()
    }

    async fn ask(&self, past: &[SecretString]) -> Outcome {
        let mut all = Vec::with_capacity(self.all.len());
        for given in &self.all {
            all.push(match given.provider() {
                Some(provider) => given.with_secret(provider.secret(&self.known.secrets).await?),
                None => given.clone(),
            });
        }
        Ready::of(&all, past)
            .map(Arc::new)
            .map_err(|flaw| Unavailable::Flawed(flaw.to_string()))
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.all.fmt(f)
    }
}
