//! URLs of servers.

use serde_json::Value;

/// The URL of a Server Object with the defaults of its variables (OpenAPI 3.1.1 §4.8.5) and without slashes at its end. It may
/// be relative. `None` if there is no URL, or a variable without a default.
///
/// ```
/// use serde_json::json;
///
/// let server = json!({"url": "https://{region}.example/v1/", "variables": {"region": {"default": "eu"}}});
/// assert_eq!(openapi_lower::server_url(&server).as_deref(), Some("https://eu.example/v1"));
/// assert_eq!(openapi_lower::server_url(&json!({"url": "https://{region}.example"})), None);
/// ```
#[must_use]
pub fn server_url(server: &Value) -> Option<String> {
    let stated = server.get("url")?.as_str()?.trim();
    let default = |name: &str| server["variables"][name]["default"].as_str();
    let mut url = String::with_capacity(stated.len());
    let mut rest = stated;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        url.push_str(before);
        url.push_str(default(name)?);
        rest = after;
    }
    url.push_str(rest);
    // `/` alone is the root of the host that the document came from.
    let trimmed = url.trim_end_matches('/');
    let is_root = trimmed.is_empty() && !url.is_empty();
    Some(if is_root {
        "/".to_owned()
    } else {
        trimmed.to_owned()
    })
}
