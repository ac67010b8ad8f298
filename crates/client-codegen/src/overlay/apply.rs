//! Applies an overlay, action by action.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json_path::JsonPath;

use super::merge::{Misfit, Source, Updating, described, is_primitive};
use super::{Action, Overlay, Version};
use crate::assemble::{Assembled, Origins};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// The document after all actions of the overlay.
///
/// Each action works on the result of the one before ("Overlay Object" in both versions). One that fails is skipped, so that
/// a run tells about all of them; the document is only given back if none has failed.
pub fn apply(assembled: Assembled, overlay: &Overlay) -> Result<Assembled, Diagnostics> {
    let Assembled {
        mut document,
        mut origins,
        notes,
    } = assembled;
    let part = origins.add_part(&overlay.file, overlay.spans.clone());
    let mut problems = Diagnostics::new();
    for action in &overlay.actions {
        let mut step = Step {
            overlay,
            action,
            part,
            document: &mut document,
            origins: &mut origins,
        };
        if let Err(problem) = step.run() {
            problems.push(problem);
        }
    }
    document.sort_all_objects();
    problems.or_value(Assembled {
        document,
        origins,
        notes,
    })
}

struct Step<'a> {
    overlay: &'a Overlay,
    action: &'a Action,
    part: usize,
    document: &'a mut Value,
    origins: &'a mut Origins,
}

impl Step<'_> {
    fn run(&mut self) -> Result<(), Diagnostic> {
        let selected = self.select()?;
        let action = self.action;
        let before = self.document.clone();
        let origins = self.origins.clone();
        let done = match (action.remove, &action.update, &action.copy) {
            (true, ..) => self.remove(selected),
            (false, None, None) => Ok(()),
            (false, Some(update), _) => {
                let source = format!("{}/update", action.pointer);
                self.update(&selected, update, &source, &Source::Overlay(self.part))
            }
            (false, None, Some(copy)) => self.copied(copy).and_then(|source| {
                let value = before.pointer(&source).unwrap_or(&Value::Null);
                self.update(&selected, value, &source, &Source::Document(&origins))
            }),
        };
        match done {
            Ok(()) if *self.document == before => Err(self.problem(
                "overlay::no_change",
                "",
                format!("the action on `{}` changes nothing", self.action.target),
                "the vendor has probably made the change; remove the action",
            )),
            Ok(()) => Ok(()),
            Err(problem) => {
                // Half of an action is not left behind for the next ones to trip over.
                *self.document = before;
                *self.origins = origins;
                Err(problem)
            }
        }
    }

    /// The pointers of all values that the target selects.
    fn select(&self) -> Result<Vec<String>, Diagnostic> {
        let target = &self.action.target;
        let selected = self.query(target, "/target")?;
        if selected.is_empty() {
            return Err(self.problem(
                "overlay::no_match",
                "/target",
                format!("`{target}` selects nothing"),
                "the vendor has renamed or removed what the action is about, or an action before it has; adapt or remove \
                 the action",
            ));
        }
        if self.overlay.version == Version::V1_0 {
            for pointer in &selected {
                let node = self.document.pointer(pointer);
                if let Some(node) = node.filter(|node| is_primitive(node)) {
                    return Err(self.primitive(pointer, node));
                }
            }
        } else if !self.action.remove {
            self.of_one_kind(&selected)?;
        }
        Ok(selected)
    }

    /// The pointers of all values that a JSONPath expression selects, each once.
    fn query(&self, expression: &str, inner: &str) -> Result<Vec<String>, Diagnostic> {
        let path = JsonPath::parse(expression).map_err(|error| {
            self.problem(
                "overlay::bad_path",
                inner,
                format!("`{expression}` is not a JSONPath expression: {error}"),
                "write it as RFC 9535 says, as `$.paths['/users'].get`; a name with other characters than letters, digits \
                 and `_` stands in brackets and quotes",
            )
        })?;
        let mut seen = BTreeSet::new();
        let nodes = path.query_located(self.document);
        let pointers = nodes.iter().map(|node| node.location().to_json_pointer());
        Ok(pointers
            .filter(|pointer| seen.insert(pointer.clone()))
            .collect())
    }

    /// The pointer of the one value that is copied (Overlay 1.1.0, "Action Object").
    fn copied(&self, expression: &str) -> Result<String, Diagnostic> {
        let mut selected = self.query(expression, "/copy")?;
        let count = selected.len();
        match selected.pop() {
            Some(pointer) if count == 1 => Ok(pointer),
            _ => Err(self.problem(
                "overlay::copy_source",
                "/copy",
                match count {
                    0 => format!("`{expression}` selects nothing to copy"),
                    _ => format!("`{expression}` selects {count} values, and one can be copied"),
                },
                "write an expression that selects one value; `show API --stage assemble` prints the document before the \
                 overlay",
            )),
        }
    }

    /// Overlay 1.1.0, "Action Object": what an update or a copy selects is all objects, all arrays or all primitives.
    fn of_one_kind(&self, selected: &[String]) -> Result<(), Diagnostic> {
        let kind = |pointer: &String| match self.document.pointer(pointer) {
            Some(Value::Object(_)) => "an object",
            Some(Value::Array(_)) => "an array",
            _ => "a primitive value",
        };
        let Some((first, rest)) = selected.split_first() else {
            return Ok(());
        };
        let Some(other) = rest.iter().find(|pointer| kind(pointer) != kind(first)) else {
            return Ok(());
        };
        let problem = self.problem(
            "overlay::incompatible",
            "/target",
            format!(
                "`{}` selects {} at `{first}` and {} at `{other}`, which one value cannot fit",
                self.action.target,
                kind(first),
                kind(other)
            ),
            "make one action for the objects, one for the arrays and one for the primitive values",
        );
        Err(problem
            .with_place(self.origins.place(first), kind(first))
            .with_place(self.origins.place(other), kind(other)))
    }

    /// Merges a value, which is `source` where it comes from, into all that is selected.
    fn update(
        &mut self,
        selected: &[String],
        value: &Value,
        source: &str,
        from: &Source<'_>,
    ) -> Result<(), Diagnostic> {
        let mut updating = Updating {
            version: self.overlay.version,
            origins: self.origins,
            from,
        };
        for pointer in selected {
            let Some(node) = self.document.pointer_mut(pointer) else {
                continue;
            };
            if let Err(misfit) = updating.merge(node, value, pointer, source) {
                return Err(self.misfit(misfit));
            }
        }
        Ok(())
    }

    fn remove(&mut self, mut selected: Vec<String>) -> Result<(), Diagnostic> {
        // Elements from the back and children before their parents, so that no pointer changes its meaning.
        selected.sort_by_key(|pointer| std::cmp::Reverse(removal_order(pointer)));
        for pointer in &selected {
            let Some((parent, key)) = pointer.rsplit_once('/') else {
                return Err(self.problem(
                    "overlay::remove_root",
                    "/target",
                    "the action removes the whole document".to_owned(),
                    "select what is to be removed inside the document",
                ));
            };
            match self.document.pointer_mut(parent) {
                Some(Value::Object(object)) => {
                    object.remove(&key.replace("~1", "/").replace("~0", "~"));
                    self.origins.forget(pointer);
                }
                Some(Value::Array(array)) => {
                    if let Some(index) = key.parse().ok().filter(|index| *index < array.len()) {
                        self.origins.remove_element(parent, index, array.len());
                        array.remove(index);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Overlay 1.0.0, "Action Object": a target selects objects or arrays.
    fn primitive(&self, pointer: &str, node: &Value) -> Diagnostic {
        let problem = self.problem(
            "overlay::primitive_target",
            "/target",
            format!("`{}` selects {} at `{pointer}`", self.action.target, described(node)),
            "select the object that holds it, and set its key in `update`, or say `overlay: 1.1.0`: Overlay 1.0 selects only \
             objects and arrays",
        );
        problem.with_place(self.origins.place(pointer), "this value")
    }

    fn misfit(&self, misfit: Misfit) -> Diagnostic {
        let (inner, what) = match self.action.update {
            Some(_) => ("/update", "update"),
            None => ("/copy", "copy"),
        };
        let problem = self.problem(
            "overlay::incompatible",
            inner,
            format!("the {what} does not fit `{}`: {}", misfit.pointer, misfit.reason),
            "what is merged needs the type of what it is merged into; to replace a value by one of another type, remove it \
             by an action before this one",
        );
        problem.with_place(self.origins.place(&misfit.pointer), "what is there")
    }

    /// A problem of this action, at a place inside it.
    fn problem(&self, code: &'static str, inner: &str, message: String, help: &str) -> Diagnostic {
        let pointer = format!("{}{inner}", self.action.pointer);
        let problem = Diagnostic::error(code, message, help).with_pointer(&pointer);
        match self.overlay.spans.nearest(&pointer) {
            Some(range) => problem.with_label(&self.overlay.file, range, "this action"),
            None => problem,
        }
    }
}

/// Array indices compare as numbers.
fn removal_order(pointer: &str) -> Vec<(usize, String)> {
    pointer
        .split('/')
        .map(|part| (part.parse().unwrap_or_default(), part.to_owned()))
        .collect()
}
