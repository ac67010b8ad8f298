//! One version.

use super::resolved::wanted;
use super::{ResolveError, Resolved};
use crate::types::NodeVersionStatus;
use crate::{Client, VersionNumber};

/// Which version of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wanted {
    /// The greatest active one that is a release.
    Latest,
    /// The greatest active one, also one before a release.
    LatestOrPrerelease,
    /// This one, in whatever state it is.
    Exact(VersionNumber),
}

/// A number; `latest` is not one.
impl From<&str> for Wanted {
    #[inline]
    fn from(number: &str) -> Self {
        Self::Exact(number.into())
    }
}

impl Client {
    /// Finds a version of a node, and does not count a download as `install_node` does.
    ///
    /// The latest one is the greatest by SemVer of those that are active now: `latest_version` of `get_node` can be missing or hours old,
    /// and has been chosen by the order of texts. An answer about another node or another version is an error, so nothing
    /// else is installed in its place. Whether the version is deprecated, and whether an exact one is active, is for the caller to look at.
    ///
    /// # Errors
    ///
    /// See [`ResolveError`].
    ///
    /// ```no_run
    /// # async fn f(client: comfy_registry_client::Client) -> Result<(), comfy_registry_client::ResolveError> {
    /// use comfy_registry_client::Wanted;
    ///
    /// let latest = client.resolve("example-upscalers", Wanted::Latest).await?;
    /// println!("{} is at {:?}", latest.number, latest.download_url());
    /// let exact = client.resolve("example-upscalers", "1.2.0").await?;
    /// println!("active: {}, deprecated: {}", exact.is_active(), exact.is_deprecated());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn resolve(
        &self,
        node_id: &str,
        version: impl Into<Wanted>,
    ) -> Result<Resolved, ResolveError> {
        match version.into() {
            Wanted::Exact(number) => self.exact(node_id, &number).await,
            Wanted::Latest => self.latest(node_id, false).await,
            Wanted::LatestOrPrerelease => self.latest(node_id, true).await,
        }
    }

    async fn exact(&self, node_id: &str, number: &VersionNumber) -> Result<Resolved, ResolveError> {
        let call = self.get_node_version().node_id(node_id);
        let call = call.version_id(number.as_str().trim());
        let answer = call.send().await;
        let release = answer
            .map_err(|error| ResolveError::of_call(error, || wanted(node_id, Some(number))))?;
        Resolved::check(release.into_inner(), node_id, Some(number))
    }

    async fn latest(&self, node_id: &str, prereleases: bool) -> Result<Resolved, ResolveError> {
        let call = self.list_node_versions().node_id(node_id);
        let call = call.statuses(vec![NodeVersionStatus::Active]);
        let answer = call.send().await;
        let releases =
            answer.map_err(|error| ResolveError::of_call(error, || wanted(node_id, None)))?;
        let releases = releases.into_inner().into_iter();
        // The registry has not always looked at what it was asked for.
        let active = releases.filter(|release| release.status == Some(NodeVersionStatus::Active));
        let active = active.map(|release| Resolved::check(release, node_id, None));
        let mut active = active.collect::<Result<Vec<_>, _>>()?;
        active.sort_by(|one, other| one.number.cmp(&other.number));
        let is_wanted = |one: &Resolved| prereleases || !one.number.is_prerelease();
        match active.iter().rposition(is_wanted) {
            Some(index) => Ok(active.swap_remove(index)),
            None => Err(ResolveError::NoneActive {
                node_id: node_id.to_owned(),
                prerelease: active.last().map(|one| one.number.to_string()),
            }),
        }
    }
}
