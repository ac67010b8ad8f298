//! Which node has a class.

use client_runtime::Error;

use crate::Client;
use crate::types::Node;

impl Client {
    /// Finds the node that has a class of this name, as workflows name it. `None` for a class that no node has, which those of ComfyUI itself
    /// are: `get_node_by_comfy_node_name` answers 404 then.
    ///
    /// # Errors
    ///
    /// Any status but 200 and 404, and whatever else goes wrong.
    ///
    /// ```no_run
    /// # async fn f(client: comfy_registry_client::Client) -> Result<(), comfy_registry_client::Error> {
    /// match client.node_of_class("ExampleUpscale").await? {
    ///     Some(node) => println!("it is in {:?}", node.id),
    ///     None => println!("it is of ComfyUI, or unknown"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn node_of_class(&self, class: &str) -> Result<Option<Node>, Error> {
        let call = self.get_node_by_comfy_node_name().comfy_node_name(class);
        match call.send().await {
            Ok(node) => Ok(Some(node.into_inner())),
            Err(error) if error.status().is_some_and(|status| status == 404) => Ok(None),
            Err(error) => Err(error.into_untyped()),
        }
    }
}
