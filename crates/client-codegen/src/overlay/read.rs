//! Reads an overlay file: Overlay 1.0.0 and 1.1.0, "Overlay Object", "Info Object" and "Action Object".

use std::sync::Arc;

use openapi_pages::{SourceMap, escape, parse_json, parse_yaml};
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, from_pages};

/// The feature set that an overlay asks for. "The patch version SHOULD NOT be considered by tooling" ("Versions").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 1.0.x.
    V1_0,
    /// 1.1.x: adds `copy`, targets that are primitives, and a `description` of the whole overlay.
    V1_1,
}

/// An overlay that has the form of one. Its targets are not parsed yet, so that one run tells about all of them.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// The version that the file states.
    pub version: Version,
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
    /// A JSONPath expression for the one value of the document to use in place of `update`. Without effect if `remove` is
    /// set; never there together with an `update` that has an effect.
    pub copy: Option<String>,
    /// Whether each selected value is removed.
    pub remove: bool,
}

impl Overlay {
    /// Reads the bytes of an overlay file, JSON or YAML; `name` is what diagnostics call it.
    pub fn parse(name: &str, bytes: Vec<u8>) -> Result<Self, Diagnostics> {
        let not_utf8 = std::str::from_utf8(&bytes).err().map(|error| {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
            (line, valid.len()..bytes.len())
        });
        let file = SourceFile::new(name, bytes);
        let invalid = |range, message: String, help| {
            Diagnostic::error("overlay::invalid", message, help).with_label(&file, range, "here")
        };
        let text = file.text().unwrap_or_default();
        if let Some((line, range)) = not_utf8 {
            let message = format!(
                "the overlay is not UTF-8 text in line {line}, from byte {} on",
                range.start
            );
            return Err(invalid(range, message, "save the file as UTF-8").into());
        }
        // JSON is nearly YAML, but not where strings hold escapes or lines are indented by tabs.
        let parsed = if text.trim_start().starts_with('{') {
            parse_json(text)
        } else {
            parse_yaml(text)
        };
        let (value, spans) = parsed.map_err(|problem| match problem.code {
            "pages::empty" => invalid(
                0..text.len(),
                "the overlay is empty".to_owned(),
                "write `overlay`, `info` and `actions`, or take the key `overlay` out of the manifest",
            ),
            _ => from_pages(problem, &file),
        })?;
        let mut reader = Reader {
            file: &file,
            spans: &spans,
            version: version(&value).ok(),
            problems: Diagnostics::new(),
        };
        let actions = reader.root(&value);
        let version = reader.version;
        reader.problems.or_value(()).map(|()| Self {
            // Without a known version there is a problem, so this is never the version of an overlay that is used.
            version: version.unwrap_or(Version::V1_0),
            actions,
            file: Arc::clone(&file),
            spans: spans.clone(),
        })
    }
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    spans: &'a SourceMap,
    /// `None` if the file states none that is known; then the keys of all versions are taken.
    version: Option<Version>,
    problems: Diagnostics,
}

impl Reader<'_> {
    fn root(&mut self, value: &Value) -> Vec<Action> {
        let Some(root) = self.object(value, "", &["overlay", "info", "extends", "actions"], &[])
        else {
            return Vec::new();
        };
        match version(value) {
            Ok(_) => {}
            Err(None) => self.invalid(
                "",
                "the overlay does not say its version",
                "add `overlay: 1.0.0` at its top",
            ),
            Err(Some(version)) => self.raise(
                "/overlay",
                "overlay::version",
                format!("the overlay is of version `{version}`; versions 1.0.x and 1.1.x are read"),
                "say `overlay: 1.0.0` or `overlay: 1.1.0`, and write the overlay in the terms of that version",
            ),
        }
        match root.get("info") {
            None => self.invalid(
                "",
                "the overlay has no `info`",
                "add `info` with a `title` and a `version`",
            ),
            Some(info) => {
                if let Some(info) =
                    self.object(info, "/info", &["title", "version"], &["description"])
                {
                    self.text(info, "/info", "title", true);
                    self.text(info, "/info", "version", true);
                    self.text(info, "/info", "description", false);
                }
            }
        }
        self.text(root, "", "extends", false);
        match root.get("actions").and_then(Value::as_array) {
            Some(actions) if !actions.is_empty() => {
                self.repeated(actions);
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
            &["copy"],
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
        let copy = match self.version {
            // It is an unknown key then, which is told already.
            Some(Version::V1_0) => None,
            _ => self.text(action, &pointer, "copy", false),
        };
        let update = action.get("update").cloned();
        if !remove && copy.is_some() && update.is_some() {
            self.invalid(
                &pointer,
                "the action has both `update` and `copy`, and each of them takes the effect of the other",
                "make two actions of it, in the order in which they are to be applied",
            );
        }
        Some(Action {
            target: target?,
            update,
            copy,
            remove,
            pointer,
        })
    }

    /// The published schemas ask for actions that differ; the one that is there twice is mostly a slip of the clipboard,
    /// and it would append to a list twice.
    fn repeated(&mut self, actions: &[Value]) {
        for (index, action) in actions.iter().enumerate() {
            let first = actions.iter().take(index).position(|other| other == action);
            if let Some(first) = first {
                self.invalid(
                    &format!("/actions/{index}"),
                    &format!("the action is there twice; `/actions/{first}` is the same"),
                    "remove one of them; where both are meant, say why in the `description` of one",
                );
            }
        }
    }

    /// The object at a pointer; a problem for each of its keys that is neither known nor an extension. Those in `newer`
    /// came with Overlay 1.1.
    fn object<'v>(
        &mut self,
        value: &'v Value,
        pointer: &str,
        known: &[&str],
        newer: &[&str],
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
                "see the OpenAPI Overlay specification for its form",
            );
            return None;
        };
        let old = self.version == Some(Version::V1_0);
        let taken = if old { &[] } else { newer };
        for key in object.keys().map(String::as_str) {
            if known.contains(&key) || taken.contains(&key) || key.starts_with("x-") {
                continue;
            }
            let (message, help) = if newer.contains(&key) {
                (
                    format!(
                        "`{key}` came with Overlay 1.1, and the overlay says that it is of 1.0"
                    ),
                    "say `overlay: 1.1.0` at its top".to_owned(),
                )
            } else {
                let keys = [known, taken].concat().join("`, `");
                (
                    format!("`{key}` is not a key that the Overlay specification knows here"),
                    format!("use one of `{keys}`, or a name that starts with `x-`"),
                )
            };
            let pointer = format!("{pointer}/{}", escape(key));
            self.raise(&pointer, "overlay::unknown_key", message, &help);
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

/// The version that the file states; what stands there if it is none that is known.
fn version(overlay: &Value) -> Result<Version, Option<String>> {
    let stated = match overlay.get("overlay") {
        None => return Err(None),
        Some(Value::String(text)) => text.clone(),
        // `overlay: 1.0` is a number in YAML.
        Some(other) => other.to_string(),
    };
    let is_patch =
        |patch: &str| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit());
    match stated.rsplit_once('.') {
        Some(("1.0", patch)) if is_patch(patch) => Ok(Version::V1_0),
        Some(("1.1", patch)) if is_patch(patch) => Ok(Version::V1_1),
        _ => Err(Some(stated)),
    }
}
