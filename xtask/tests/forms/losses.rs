//! What Mintlify's resolved form is known to lose: the closed list.

use serde_json::{Value, json};

/// The loss that explains why the value at `pointer` of a lowered operation differs, `None` if none does.
pub(crate) fn explain(
    pointer: &str,
    resolved: Option<&Value>,
    embedded: Option<&Value>,
) -> Option<&'static str> {
    let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
    let last = *tokens.last()?;
    // Only the embedded form may say more.
    let is_lost = resolved.is_none() && embedded.is_some();
    match tokens[..] {
        ["info", ..] => Some("info"),
        ["tags", ..] if is_lost => Some("tags"),
        ["paths", _, _, "tags"] if is_lost => Some("tags"),
        ["paths", _, _, "summary"] if is_lost => Some("summary"),
        ["paths", _, _, "parameters", _, "description"] if adds_a_pattern(resolved, embedded?) => {
            Some("parameter pattern")
        }
        ["paths", _, _, "responses", _, "headers" | "links"] if is_lost => {
            Some("response headers and links")
        }
        // A response without content that is referred to is `{}`.
        ["paths", _, _, "responses", _, "description"] if resolved == Some(&json!("")) => {
            Some("description of a bare response")
        }
        ["components", "securitySchemes", _, "bearerFormat"] if is_lost => Some("bearerFormat"),
        ["components", "securitySchemes", _, "flows", ..] if is_lost => Some("oauth2 flows"),
        ["paths", _, _, .., "content", _, "example" | "examples"] if embedded.is_none() => {
            Some("synthesised examples")
        }
        ["paths", _, _, "security", _, _] if *resolved? == json!([]) => Some("oauth2 scopes"),
        // Not a loss: the form always writes the key.
        _ if last == "properties" && resolved == Some(&json!({})) && embedded.is_none() => {
            Some("empty properties")
        }
        _ if last == "discriminator" && is_lost => Some("discriminator"),
        _ => None,
    }
}

/// Whether the second text is the first and what the lowering says of a pattern.
fn adds_a_pattern(resolved: Option<&Value>, embedded: &Value) -> bool {
    let resolved = resolved.and_then(Value::as_str).unwrap_or_default();
    let added = embedded
        .as_str()
        .and_then(|text| text.strip_prefix(resolved));
    added.is_some_and(|added| {
        added
            .trim_start_matches(['.', ' '])
            .starts_with("Limits: matches `")
    })
}
