//! Reads an overlay file: Overlay 1.0.0, "Overlay Object", "Info Object" and "Action Object".

use std::sync::Arc;

use openapi_pages::{SourceMap, escape, parse_json, parse_yaml};
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, from_pages};

/// An overlay that has the form of one. Its targets are not parsed yet, so that one run tells about all of them.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// In the order in which they are applied. Never empty.
    pub actions: Vec<Action>,
    /// The overlay's file.
    pub file: Arc<SourceFile>,
    /// Where in the file each of its values is.
    pub spans: SourceMap,
}

/// One change to all values that a target selects.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The action's pointer in the overlay file.
    pub pointer: String,
    /// A JSONPath expression (RFC 9535).
    pub target: String,
    /// What is merged into, or appended to, each selected value. Without effect if `remove` is set.
    pub update: Option<Value>,
    /// Whether each selected value is removed.
    pub remove: bool,
}

impl Overlay {
    /// Reads the bytes of an overlay file, JSON or YAML; `name` is what diagnostics call it.
    pub fn parse(name: &str, bytes: Vec<u8>) -> Result<Self, Diagnostics> {
        let file = SourceFile::new(name, bytes);
        let text = file.text().ok_or_else(|| {
            let message = format!("{name} is not UTF-8");
            Diagnostic::error("overlay::invalid", message, "save the file as UTF-8")
        })?;
        // JSON is nearly YAML, but not where strings hold escapes or lines are indented by tabs.
        let parsed = if text.trim_start().starts_with('{') {
            parse_json(text)
        } else {
            parse_yaml(text)
        };
        let (value, spans) = parsed.map_err(|problem| from_pages(problem, &file))?;
        let mut reader = Reader {
            file: &file,
            spans: &spans,
            problems: Diagnostics::new(),
        };
        let actions = reader.root(&value);
        reader.problems.or_value(()).map(|()| Self {
            actions,
            file: Arc::clone(&file),
            spans: spans.clone(),
        })
    }
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    spans: &'a SourceMap,
    problems: Diagnostics,
}

impl Reader<'_> {
    fn root(&mut self, value: &Value) -> Vec<Action> {
        let Some(root) = self.object(value, "", &["overlay", "info", "extends", "actions"]) else {
            return Vec::new();
        };
        match root.get("overlay").and_then(Value::as_str) {
            None => self.invalid(
                "",
                "the overlay does not say its version",
                "add `overlay: 1.0.0` at its top",
            ),
            Some(version) if is_supported(version) => {}
            Some(version) => self.raise(
                "/overlay",
                "overlay::version",
                format!("the overlay is of version `{version}`; versions 1.0.x are read"),
                "write the overlay in the terms of Overlay 1.0.0 and say `overlay: 1.0.0`",
            ),
        }
        match root.get("info") {
            None => self.invalid(
                "",
                "the overlay has no `info`",
                "add `info` with a `title` and a `version`",
            ),
            Some(info) => {
                if let Some(info) = self.object(info, "/info", &["title", "version"]) {
                    self.text(info, "/info", "title", true);
                    self.text(info, "/info", "version", true);
                }
            }
        }
        self.text(root, "", "extends", false);
        match root.get("actions").and_then(Value::as_array) {
            Some(actions) if !actions.is_empty() => {
                let actions = actions.iter().enumerate();
                actions
                    .filter_map(|(index, action)| self.action(action, format!("/actions/{index}")))
                    .collect()
            }
            _ => {
                self.invalid(
                    "/actions",
                    "`actions` is not a list of at least one action",
                    "add an action, or remove the overlay",
                );
                Vec::new()
            }
        }
    }

    fn action(&mut self, value: &Value, pointer: String) -> Option<Action> {
        let action = self.object(
            value,
            &pointer,
            &["target", "description", "update", "remove"],
        )?;
        self.text(action, &pointer, "description", false);
        let target = self.text(action, &pointer, "target", true);
        let remove = match action.get("remove") {
            None => false,
            Some(Value::Bool(remove)) => *remove,
            Some(_) => {
                self.invalid(
                    &format!("{pointer}/remove"),
                    "`remove` is not a boolean",
                    "write `remove: true`, or leave it out",
                );
                false
            }
        };
        let update = action.get("update").cloned();
        Some(Action {
            target: target?,
            update,
            remove,
            pointer,
        })
    }

    /// The object at a pointer; a problem for each of its keys that is neither known nor an extension.
    fn object<'v>(
        &mut self,
        value: &'v Value,
        pointer: &str,
        known: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Some(object) = value.as_object() else {
            let what = if pointer.is_empty() {
                "the overlay".to_owned()
            } else {
                format!("`{pointer}` of the overlay")
            };
            self.invalid(
                pointer,
                &format!("{what} is not an object"),
                "see the Overlay specification 1.0.0 for its form",
            );
            return None;
        };
        for key in object
            .keys()
            .filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-"))
        {
            self.raise(
                &format!("{pointer}/{}", escape(key)),
                "overlay::unknown_key",
                format!("`{key}` is not a key that Overlay 1.0 knows here"),
                &format!(
                    "use one of `{}`, or a name that starts with `x-`",
                    known.join("`, `")
                ),
            );
        }
        Some(object)
    }

    fn text(
        &mut self,
        object: &Map<String, Value>,
        pointer: &str,
        key: &str,
        required: bool,
    ) -> Option<String> {
        match object.get(key) {
            Some(Value::String(text)) => return Some(text.clone()),
            None if !required => {}
            None => self.invalid(
                pointer,
                &format!("`{key}` is missing"),
                &format!("add a string `{key}`"),
            ),
            Some(_) => {
                let pointer = format!("{pointer}/{key}");
                self.invalid(
                    &pointer,
                    &format!("`{key}` is not a string"),
                    "put the value in quotes",
                );
            }
        }
        None
    }

    fn invalid(&mut self, pointer: &str, message: &str, help: &str) {
        self.raise(pointer, "overlay::invalid", message.to_owned(), help);
    }

    fn raise(&mut self, pointer: &str, code: &'static str, message: String, help: &str) {
        let problem = Diagnostic::error(code, message, help).with_pointer(pointer);
        self.problems.push(match self.spans.nearest(pointer) {
            Some(range) => problem.with_label(self.file, range, "here"),
            None => problem,
        });
    }
}

/// "The patch version SHOULD NOT be considered by tooling" (Overlay 1.0.0, "Versions").
fn is_supported(version: &str) -> bool {
    let patch = version.strip_prefix("1.0.");
    patch.is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
}
