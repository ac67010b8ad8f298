//! Many versions at once.

use client_runtime::Error;

use super::resolved::wanted;
use super::{ResolveError, Resolved};
use crate::types::{
    BulkNodeVersionResult, BulkNodeVersionStatus, BulkNodeVersionsRequest, NodeVersionIdentifier,
};
use crate::{Client, VersionNumber};

/// How many are asked for in one call. The registry documents no limit; this is the one that its pages have.
const CHUNK: usize = 100;

impl Client {
    /// Finds many versions, such as those of a lock file, and counts no downloads. Gives a result for each, in the given order; of one that is
    /// not there it is an error of its own. A call is made for each hundred.
    ///
    /// # Errors
    ///
    /// If a call fails, for all of them: the calls only read, and can be made again.
    ///
    /// ```no_run
    /// # async fn f(client: comfy_registry_client::Client) -> Result<(), comfy_registry_client::Error> {
    /// let wanted = [("example-upscalers", "1.2.0"), ("example-masks", "0.3.1")];
    /// for ((node, version), found) in wanted.iter().zip(client.resolve_all(wanted).await?) {
    ///     match found {
    ///         Ok(found) => println!("{node} {version}: {:?}", found.download_url()),
    ///         Err(error) => println!("{error}"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn resolve_all<N: Into<String>, V: Into<String>>(
        &self,
        versions: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Vec<Result<Resolved, ResolveError>>, Error> {
        let versions = versions.into_iter();
        let asked: Vec<NodeVersionIdentifier> = versions
            .map(|(node, version)| NodeVersionIdentifier::new(node, version.into().trim()))
            .collect();
        let mut found = Vec::with_capacity(asked.len());
        for chunk in asked.chunks(CHUNK) {
            let body = BulkNodeVersionsRequest::new(chunk.to_vec());
            let call = self.get_bulk_node_versions().body(body);
            let answer = call.send().await.map_err(Error::into_untyped)?;
            let results = answer.into_inner().node_versions;
            found.extend(chunk.iter().map(|asked| of(asked, &results)));
        }
        Ok(found)
    }
}

/// What came of this one, wherever in the answer it stands.
#[inline]
fn of(
    asked: &NodeVersionIdentifier,
    results: &[BulkNodeVersionResult],
) -> Result<Resolved, ResolveError> {
    let number = VersionNumber::new(asked.version.as_str());
    let wanted = || wanted(&asked.node_id, Some(&number));
    let unexpected = |found: &str| ResolveError::Unexpected {
        wanted: wanted(),
        found: found.to_owned(),
    };
    let is_this = |result: &&BulkNodeVersionResult| {
        let found = &result.identifier;
        found.node_id.eq_ignore_ascii_case(&asked.node_id)
            && number.is_same(&found.version.as_str().into())
    };
    let result = results.iter().find(is_this);
    let result = result.ok_or_else(|| unexpected("nothing about it"))?;
    match (&result.status, &result.node_version) {
        (BulkNodeVersionStatus::Success, Some(release)) => {
            Resolved::check(release.clone(), &asked.node_id, Some(&number))
        }
        (BulkNodeVersionStatus::Success, None) => Err(unexpected("a success without a version")),
        (BulkNodeVersionStatus::NotFound, _) => Err(ResolveError::NotFound {
            wanted: wanted(),
            source: None,
        }),
        _ => Err(ResolveError::Refused {
            wanted: wanted(),
            message: result.error_message.clone(),
        }),
    }
}
