//! What is said once per document: version, `info`, tags, servers.

use openapi_pages::escape;
use serde_json::{Value, json};

use super::joined::Joined;
use super::part::Part;

impl Joined {
    /// What is said once per document. These never conflict: the first fragment that says something is believed.
    pub(super) fn head(&mut self, part: &Part) {
        for (key, value) in &part.document {
            match key.as_str() {
                "paths" | "webhooks" | "components" => {}
                "openapi" => self.version(part, value),
                "info" => self.info(part, value),
                "tags" => self.tags(part, value),
                _ if self.root.contains_key(key) => {}
                _ => {
                    self.root.insert(key.clone(), value.clone());
                    self.came_from(part, &format!("/{}", escape(key)));
                }
            }
        }
    }

    /// The highest version: 3.1 can say all that 3.0 says, which is not so the other way round.
    fn version(&mut self, part: &Part, value: &Value) {
        let number = |value: &Value| -> Vec<u32> {
            let parts = value.as_str().unwrap_or_default().split('.');
            parts.map_while(|part| part.parse().ok()).collect()
        };
        if self
            .root
            .get("openapi")
            .is_none_or(|had| number(value) > number(had))
        {
            self.root.insert("openapi".to_owned(), value.clone());
            self.came_from(part, "/openapi");
        }
    }

    fn info(&mut self, part: &Part, value: &Value) {
        if !self.root.contains_key("info") {
            self.root.insert("info".to_owned(), json!({}));
            self.came_from(part, "/info");
        }
        let info = self.root.get_mut("info").and_then(Value::as_object_mut);
        let (Some(info), Some(value)) = (info, value.as_object()) else {
            return;
        };
        let mut taken = Vec::new();
        for (key, value) in value {
            // Pages that carry no head have empty strings there.
            if value.as_str() != Some("") && !info.contains_key(key) {
                info.insert(key.clone(), value.clone());
                taken.push(format!("/info/{}", escape(key)));
            }
        }
        for pointer in taken {
            self.came_from(part, &pointer);
        }
    }

    /// Tags are described by name (OpenAPI 3.1.1 §4.8.22), so the lists are joined by it.
    fn tags(&mut self, part: &Part, value: &Value) {
        let tags = self.root.entry("tags").or_insert_with(|| json!([]));
        let (Some(tags), Some(value)) = (tags.as_array_mut(), value.as_array()) else {
            return;
        };
        let mut taken = Vec::new();
        for (index, tag) in value.iter().enumerate() {
            if !tags.iter().any(|had| had.get("name") == tag.get("name")) {
                taken.push((format!("/tags/{}", tags.len()), format!("/tags/{index}")));
                tags.push(tag.clone());
            }
        }
        for (pointer, source) in taken {
            self.origins.set(&pointer, part.number, &source);
        }
    }
}
