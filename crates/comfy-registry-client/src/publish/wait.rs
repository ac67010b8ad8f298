//! Waiting for the scan.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{PublishError, Published};
use crate::Client;
use crate::types::{NodeVersion, NodeVersionStatus};

/// The first wait between two looks; each is twice as long as the one before.
const FIRST: Duration = Duration::from_secs(2);

/// The longest wait between two looks.
const LONGEST: Duration = Duration::from_secs(30);

/// Looks at the version until it is scanned. A state that is empty or not known is one before the scan is over.
///
/// A call that fails and may succeed later is a look that saw nothing.
pub(super) async fn until_scanned(
    client: &Client,
    node_id: &str,
    number: &str,
    mut version: NodeVersion,
    patience: Duration,
) -> Result<Published, PublishError> {
    let began = Instant::now();
    let mut wait = FIRST;
    loop {
        let call = client.get_node_version().node_id(node_id);
        let failure = match call.version_id(number).send().await {
            Ok(seen) => {
                version = seen.into_inner();
                match version.status {
                    Some(NodeVersionStatus::Active) => return Ok(Published::Active(version)),
                    Some(NodeVersionStatus::Flagged) => return Ok(Published::Flagged(version)),
                    Some(NodeVersionStatus::Banned | NodeVersionStatus::Deleted) => {
                        let version = Box::new(version);
                        return Err(PublishError::Ended { version });
                    }
                    _ => None,
                }
            }
            Err(error) => Some(error.into_untyped()),
        };
        let waited = began.elapsed();
        let is_last = waited.saturating_add(wait) > patience;
        let version_now = || Box::new(version.clone());
        match failure {
            Some(source) if is_last || !source.is_retryable() => {
                let version = version_now();
                return Err(PublishError::Wait { version, source });
            }
            None if is_last => {
                let version = version_now();
                return Err(PublishError::Pending { version, waited });
            }
            _ => {}
        }
        sleep(wait).await;
        wait = wait.saturating_mul(2).min(LONGEST);
    }
}
