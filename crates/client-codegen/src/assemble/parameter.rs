//! What tells one parameter from another.

use serde_json::Value;

use super::reference::local_pointer;

/// Name and place of a parameter, through a reference to the fragment's own components (OpenAPI 3.1.1 §4.8.12).
pub(super) fn identity(parameter: &Value, components: Option<&Value>) -> Option<(String, String)> {
    let text = |key: &str| parameter.get(key)?.as_str().map(str::to_owned);
    if let Some(reference) = parameter.get("$ref") {
        let pointer = local_pointer(reference)?;
        let target = components?.pointer(pointer.strip_prefix("/components")?)?;
        // A reference to a reference is not followed: components of components are not parameters by themselves.
        return target
            .get("$ref")
            .is_none()
            .then(|| identity(target, None))
            .flatten();
    }
    Some((text("name")?, text("in")?))
}
