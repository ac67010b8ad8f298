//! `x-job` as it is written.

use serde_json::Value;

use crate::finish::pointers::{Extension, Fault, Stated};

/// What the extension says, before it is known whether there are such fields.
#[derive(Debug, PartialEq)]
pub(super) struct Declared {
    /// A pointer into the answer.
    pub(super) state: String,
    /// States, as texts.
    pub(super) done: Vec<String>,
    pub(super) failed: Vec<String>,
    pub(super) needs_person: Vec<String>,
    pub(super) running: Vec<String>,
    /// Pointers into the answer; the first that leads to something at run time is the message.
    pub(super) message: Vec<String>,
}

const EXTENSION: Extension = Extension {
    name: super::EXTENSION,
    forms: "state where the answer has the job's state, and the states in which it is done: `{state: POINTER, done: [STATE], failed: [STATE], needs-person: [STATE], running: [STATE], message: POINTER}`, of which the first two are required",
};
const KEYS: [&str; 6] = [
    "state",
    "done",
    "failed",
    "needs-person",
    "running",
    "message",
];
const STATES: &str = "list the states as they are on the wire: texts, whole numbers, true or false";

/// Reads the extension; all that is wrong with it, if anything is.
pub(super) fn read(stated: &Value) -> Result<Declared, Vec<Fault>> {
    let mut stated = EXTENSION.read(stated).map_err(|fault| vec![fault])?;
    let help = format!("there may be `{}`", KEYS.join("`, `"));
    stated.refuse_others("`x-job`", &KEYS, &help);
    let state = stated.required_pointer("state");
    stated.require("done");
    let mut seen = Vec::new();
    let done = states(&mut stated, "done", &mut seen);
    let failed = states(&mut stated, "failed", &mut seen);
    let needs_person = states(&mut stated, "needs-person", &mut seen);
    let running = states(&mut stated, "running", &mut seen);
    let message = stated.pointers("message");
    if !stated.faults.is_empty() {
        return Err(stated.faults);
    }
    Ok(Declared {
        state,
        done,
        failed,
        needs_person,
        running,
        message,
    })
}

/// The states of a group; `seen` are those of the groups before it, each with its group.
fn states(
    stated: &mut Stated<'_>,
    key: &'static str,
    seen: &mut Vec<(String, &'static str)>,
) -> Vec<String> {
    let Some(group) = stated.members.get(key) else {
        return Vec::new();
    };
    let texts = group.as_array().map(|group| group.iter().map(text));
    let texts: Option<Vec<String>> = texts.and_then(Iterator::collect);
    let Some(texts) = texts.filter(|texts| !texts.is_empty()) else {
        stated.fault(key, format!("`{key}` is no list of states"), STATES);
        return Vec::new();
    };
    for text in &texts {
        match seen.iter().find(|(known, _)| known == text) {
            Some((_, group)) => {
                let message = format!("the state `{text}` of `{key}` is in `{group}` already");
                stated.fault(key, message, "a state means one thing");
            }
            None => seen.push((text.clone(), key)),
        }
    }
    texts
}

/// A state as the client writes it.
fn text(state: &Value) -> Option<String> {
    match state {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Bool(state) => Some(state.to_string()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Declared, read};

    #[test]
    fn groups_and_pointers_are_read() {
        let all = json!({
            "state": "/a~1b",
            "done": ["ok", 1, true],
            "failed": ["no"],
            "needs-person": ["ask"],
            "running": [0],
            "message": ["/why", ""],
        });
        let texts = |texts: &[&str]| -> Vec<String> {
            texts.iter().map(|text| (*text).to_owned()).collect()
        };
        assert_eq!(
            read(&all),
            Ok(Declared {
                state: "/a~1b".to_owned(),
                done: texts(&["ok", "1", "true"]),
                failed: texts(&["no"]),
                needs_person: texts(&["ask"]),
                running: texts(&["0"]),
                message: texts(&["/why", ""]),
            })
        );
        let least = read(&json!({"state": "", "done": ["ok"], "message": "/why"})).unwrap();
        assert_eq!(least.message, ["/why"]);
        assert!(least.failed.is_empty() && least.running.is_empty());
    }

    #[test]
    fn all_that_is_wrong_is_said() {
        for (stated, expected) in [
            (json!(["/state"]), vec!["`x-job` has another form"]),
            (
                json!({}),
                vec!["`x-job` lacks `state`", "`x-job` lacks `done`"],
            ),
            (
                json!({"state": "status", "done": "ok", "failed": [], "running": [1.5], "needs-person": [""], "message": 1, "errors": []}),
                vec![
                    "`x-job` has no `errors`",
                    "`state` is no JSON pointer",
                    "`done` is no list of states",
                    "`failed` is no list of states",
                    "`needs-person` is no list of states",
                    "`running` is no list of states",
                    "`message` is neither a JSON pointer nor a list of them",
                ],
            ),
            (
                json!({"state": "/s", "done": ["a", "b"], "failed": ["b"], "running": ["a", "c"], "message": ["/m", "m"]}),
                vec![
                    "the state `b` of `failed` is in `done` already",
                    "the state `a` of `running` is in `done` already",
                    "`message` is neither a JSON pointer nor a list of them",
                ],
            ),
        ] {
            let faults = read(&stated).unwrap_err();
            let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
            assert_eq!(messages, expected, "{stated}");
        }
    }
}
