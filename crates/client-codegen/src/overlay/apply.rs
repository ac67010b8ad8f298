//! Applies an overlay, action by action.

use serde_json::Value;
use serde_json_path::JsonPath;

use super::merge::{Misfit, Updating, described};
use super::{Action, Overlay};
use crate::assemble::{Assembled, Origins};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// The document after all actions of the overlay.
///
/// Each action works on the result of the one before (Overlay 1.0.0, "Overlay Object"). One that fails is skipped, so that
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
        for pointer in &selected {
            let node = self
                .document
                .pointer(pointer)
                .filter(|node| !node.is_object() && !node.is_array());
            if let Some(node) = node {
                return Err(self.primitive(pointer, node));
            }
        }
        let before = self.document.clone();
        let origins = self.origins.clone();
        let done = match (&self.action.update, self.action.remove) {
            (_, true) => self.remove(selected),
            (Some(update), false) => self.update(&selected, update),
            (None, false) => Ok(()),
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

    /// The pointers of all selected values, each once.
    fn select(&self) -> Result<Vec<String>, Diagnostic> {
        let target = &self.action.target;
        let path = JsonPath::parse(target).map_err(|error| {
            self.problem(
                "overlay::bad_path",
                "/target",
                format!("`{target}` is not a JSONPath expression: {error}"),
                "write it as RFC 9535 says, as `$.paths['/users'].get`",
            )
        })?;
        let mut selected: Vec<String> = Vec::new();
        for node in path.query_located(self.document).iter() {
            let pointer = node.location().to_json_pointer();
            if !selected.contains(&pointer) {
                selected.push(pointer);
            }
        }
        if selected.is_empty() {
            return Err(self.problem(
                "overlay::no_match",
                "/target",
                format!("`{target}` selects nothing"),
                "the vendor has renamed or removed what the action is about, or an action before it has; adapt or remove \
                 the action",
            ));
        }
        Ok(selected)
    }

    fn update(&mut self, selected: &[String], update: &Value) -> Result<(), Diagnostic> {
        let source = format!("{}/update", self.action.pointer);
        let mut updating = Updating {
            origins: self.origins,
            part: self.part,
        };
        for pointer in selected {
            let Some(node) = self.document.pointer_mut(pointer) else {
                continue;
            };
            if let Err(misfit) = updating.merge(node, update, pointer, &source) {
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
            "select the object that holds it, and set its key in `update`: Overlay 1.0 selects only objects and arrays",
        );
        problem.with_place(self.origins.place(pointer), "this value")
    }

    fn misfit(&self, misfit: Misfit) -> Diagnostic {
        let problem = self.problem(
            "overlay::incompatible",
            "/update",
            format!("the update does not fit `{}`: {}", misfit.pointer, misfit.reason),
            "give the update the type of what it is merged into; to replace an object or array, remove it by an action \
             before this one",
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
