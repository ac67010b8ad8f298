//! Waiting for the scan.

use std::time::Duration;

use super::{PublishError, Published};
use crate::Client;
use crate::types::{NodeVersion, NodeVersionStatus};

/// How the scan is waited for; see [`Wait`](crate::Wait).
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    pub(super) timeout: Duration,
    pub(super) max_delay: Option<Duration>,
}

impl Default for Patience {
    #[inline]
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10 * 60),
            max_delay: None,
        }
    }
}

/// Waits for the version that was `made`. To be flagged is an outcome here, where the document has it among the failures.
pub(super) async fn until_scanned(
    client: &Client,
    node_id: &str,
    number: &str,
    made: NodeVersion,
    patience: Patience,
) -> Result<Published, PublishError> {
    let call = client.get_node_version().node_id(node_id);
    // The archive is there, so an outage costs nothing but the time that is waited anyway.
    let wait = call.version_id(number).wait().max_failures(u32::MAX);
    let mut wait = wait.timeout(patience.timeout);
    if let Some(max_delay) = patience.max_delay {
        wait = wait.max_delay(max_delay);
    }
    let error = match wait.await {
        Ok(seen) => return Ok(Published::Active(seen.into_inner())),
        Err(error) => error,
    };
    let has_ended = error.is_failed();
    let seen = error.answer().map(|seen| NodeVersion::clone(seen));
    let version = seen.unwrap_or(made);
    if has_ended {
        return match version.status {
            Some(NodeVersionStatus::Flagged) => Ok(Published::Flagged(version)),
            _ => Err(PublishError::Ended {
                version: Box::new(version),
            }),
        };
    }
    let version = Box::new(version);
    Err(match error.into_call() {
        Ok(source) => PublishError::Wait {
            version,
            source: source.into_untyped(),
        },
        Err(_) => PublishError::Pending {
            version,
            waited: patience.timeout,
        },
    })
}
