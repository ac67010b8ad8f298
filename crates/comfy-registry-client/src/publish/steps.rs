//! The steps of publishing.

use std::fmt;
use std::time::Duration;

use client_runtime::{ExposeSecret, FilePart, Progress, SecretString, TransferExt as _, Upload};

use super::PublishError;
use super::wait::{Patience, until_scanned};
use crate::Client;
use crate::types::{Node, NodeVersion, PublishNodeVersionRequest};

type Listener = Box<dyn Fn(Progress) + Send + Sync>;

/// A version that is to be published: say what it needs, then send it. Made by [`Client::publish`].
#[must_use = "nothing is published until it is sent"]
pub struct Publish<'c> {
    client: &'c Client,
    node: Node,
    version: NodeVersion,
    publisher_id: Option<String>,
    token: Option<SecretString>,
    archive: Option<FilePart>,
    listener: Option<Listener>,
    storage_url: Option<String>,
    patience: Patience,
}

/// What came of the scan.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[must_use = "a version that was flagged cannot be installed"]
pub enum Published {
    /// The version can be installed.
    Active(NodeVersion),
    /// The scan found something, and people look at the version before it can be installed.
    /// [`parsed_status_reason`](NodeVersion::parsed_status_reason) may say what.
    Flagged(NodeVersion),
}

impl Client {
    /// Starts to publish a version: the version is made, its archive is uploaded without a credential, and the scan is waited for.
    ///
    /// The node is made or changed by the same call. It has its `id`, the version its `version`, and both what else there is to say.
    ///
    /// ```no_run
    /// # async fn f(client: comfy_registry_client::Client, token: String) -> Result<(), Box<dyn std::error::Error>> {
    /// use comfy_registry_client::types::{Node, NodeVersion};
    /// use comfy_registry_client::{FilePart, Published};
    ///
    /// let node = Node::new().id("example-upscalers").license(r#"{"file": "LICENSE"}"#);
    /// let published = client
    ///     .publish(node, NodeVersion::new().version("1.2.0"))
    ///     .publisher_id("example-labs")
    ///     .token(token)
    ///     .archive(FilePart::open("node.zip").await?)
    ///     .on_progress(|at| println!("{} of {:?} bytes", at.bytes, at.total))
    ///     .send()
    ///     .await?;
    /// if let Published::Flagged(version) = published {
    ///     println!("flagged: {:?}", version.parsed_status_reason());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn publish(&self, node: Node, version: NodeVersion) -> Publish<'_> {
        Publish {
            client: self,
            node,
            version,
            publisher_id: None,
            token: None,
            archive: None,
            listener: None,
            storage_url: None,
            patience: Patience::default(),
        }
    }
}

impl Publish<'_> {
    /// Sets the id of the publisher. Capitals matter; a wrong spelling may be answered as if the token were wrong.
    pub fn publisher_id(mut self, id: impl Into<String>) -> Self {
        self.publisher_id = Some(id.into());
        self
    }

    /// Sets the personal access token of the publisher, which is sent in the body of the first call and nowhere else.
    pub fn token(mut self, token: impl Into<SecretString>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Sets the archive, a zip file.
    pub fn archive(mut self, archive: impl Into<FilePart>) -> Self {
        self.archive = Some(archive.into());
        self
    }

    /// Has somebody told how far the upload is; see [`Upload::on_progress`].
    pub fn on_progress(mut self, listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.listener = Some(Box::new(listener));
        self
    }

    /// Where the archive goes in place of the address that the registry gives: for a registry on your own machine, whose storage is not there.
    pub fn storage_url(mut self, url: impl Into<String>) -> Self {
        self.storage_url = Some(url.into());
        self
    }

    /// How long the scan is waited for, from the end of the upload: ten minutes unless set. Looks that fail in a way that may pass are made up
    /// for all that time.
    #[inline]
    pub fn wait_at_most(mut self, time: Duration) -> Self {
        self.patience.timeout = time;
        self
    }

    /// The longest wait between two looks at the version; see [`Wait::max_delay`](crate::Wait::max_delay).
    #[inline]
    pub fn max_delay(mut self, max_delay: Duration) -> Self {
        self.patience.max_delay = Some(max_delay);
        self
    }

    /// Makes the version, uploads its archive, and waits until it is active or flagged.
    ///
    /// # Errors
    ///
    /// See [`PublishError`], which says which step failed and what there is now.
    pub async fn send(self) -> Result<Published, PublishError> {
        let Self {
            client,
            node,
            version,
            ..
        } = self;
        let missing = PublishError::Invalid;
        let node_id = filled(node.id.clone()).ok_or(missing("the node has no id"))?;
        let number = filled(version.version.clone()).ok_or(missing("the version has no number"))?;
        let publisher = filled(self.publisher_id).ok_or(missing("there is no publisher id"))?;
        let token = self.token.ok_or(missing("there is no token"))?;
        let archive = self.archive.ok_or(missing("there is no archive"))?;
        let is_odd = |c: char| c.is_control() || c.is_whitespace();
        // Terminals put such characters into tokens that are pasted.
        if token.expose_secret().is_empty() || token.expose_secret().contains(is_odd) {
            return Err(missing(
                "the token is empty, or holds white space or a control character",
            ));
        }

        let body = PublishNodeVersionRequest::new(node, version, token.expose_secret());
        let call = client.publish_node_version().publisher_id(publisher);
        let made = call.node_id(node_id.as_str()).body(body).send().await;
        let made = made.map_err(PublishError::Create)?.into_inner();
        // An answer that does not repeat the version is about it all the same.
        let version = made.node_version.unwrap_or_default();
        let number = filled(version.version.clone()).unwrap_or(number);
        let Some(url) = self.storage_url.or(filled(made.signed_url)) else {
            return Err(PublishError::NoAddress {
                version: Box::new(version),
            });
        };

        let upload: Upload = client.transfer().upload(url, archive);
        let upload = upload.header("Content-Type", "application/zip");
        let upload = match self.listener {
            Some(listener) => upload.on_progress(listener),
            None => upload,
        };
        match upload.send().await {
            Ok(_) => until_scanned(client, &node_id, &number, version, self.patience).await,
            Err(source) => Err(PublishError::Upload {
                version: Box::new(version),
                source,
            }),
        }
    }
}

/// A text that says something.
#[inline]
fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// Neither the token nor what is published.
impl fmt::Debug for Publish<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Publish")
            .field("node_id", &self.node.id)
            .field("version", &self.version.version)
            .field("publisher_id", &self.publisher_id)
            .field("archive", &self.archive)
            .finish_non_exhaustive()
    }
}
