//! A version that is what was asked for.

use crate::VersionNumber;
use crate::resolve::ResolveError;
use crate::types::{NodeVersion, NodeVersionStatus};

/// A version of a node, of which the registry has repeated what was asked for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Resolved {
    /// The id of the node, in the node's own capitals.
    pub node_id: String,
    /// The number of the version, in the registry's own form.
    pub number: VersionNumber,
    /// All that the registry says of it.
    pub release: NodeVersion,
}

impl Resolved {
    /// The address of the archive; `None` for a version without a file.
    #[must_use]
    #[inline]
    pub fn download_url(&self) -> Option<&str> {
        let url = self.release.download_url.as_deref()?;
        (!url.is_empty()).then_some(url)
    }

    /// Whether the scan found nothing and nobody has taken it back. The registry also gives versions that are pending, flagged or banned.
    #[must_use]
    #[inline]
    pub fn is_active(&self) -> bool {
        self.release.status == Some(NodeVersionStatus::Active)
    }

    /// Whether users should take another version, as older ones become when a new one is published.
    #[must_use]
    #[inline]
    pub fn is_deprecated(&self) -> bool {
        self.release.deprecated == Some(true)
    }

    /// Takes a version if it is one of this node and has this number, unless any will do. Ids that differ in capitals alone are those of one node.
    #[inline]
    pub(super) fn check(
        release: NodeVersion,
        node_id: &str,
        number: Option<&VersionNumber>,
    ) -> Result<Self, ResolveError> {
        let found_id = release.node_id.as_deref().unwrap_or_default();
        let found = release.number();
        let is_same = |found: &VersionNumber| number.is_none_or(|number| number.is_same(found));
        match found.clone().filter(is_same) {
            Some(number) if found_id.eq_ignore_ascii_case(node_id) => Ok(Self {
                node_id: found_id.to_owned(),
                number,
                release,
            }),
            _ => Err(ResolveError::Unexpected {
                wanted: wanted(node_id, number),
                found: wanted(found_id, found.as_ref()),
            }),
        }
    }
}

/// As errors name it.
#[inline]
pub(super) fn wanted(node_id: &str, number: Option<&VersionNumber>) -> String {
    match number {
        Some(number) => format!("{node_id} {number}"),
        None => node_id.to_owned(),
    }
}
