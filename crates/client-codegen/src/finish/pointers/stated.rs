//! The keys of an extension that is an object.

use serde_json::{Map, Value};

use super::fault::Fault;

/// An extension, for messages.
#[derive(Clone, Copy, Debug)]
pub(in crate::finish) struct Extension {
    /// As in `x-pagination`.
    pub(in crate::finish) name: &'static str,
    /// What can be stated.
    pub(in crate::finish) forms: &'static str,
}

/// An extension as it is written, and all that is wrong with it.
pub(in crate::finish) struct Stated<'s> {
    extension: Extension,
    pub(in crate::finish) members: &'s Map<String, Value>,
    pub(in crate::finish) faults: Vec<Fault>,
}

const POINTER: &str = "a JSON pointer (RFC 6901) begins with a slash, as `/data/items`; the empty text is the whole answer";

impl Extension {
    /// A fault of all of it.
    pub(in crate::finish) fn fault(self, what: &str) -> Fault {
        Fault::whole(&format!("`{}` {what}", self.name), self.forms)
    }

    pub(in crate::finish) fn read(self, stated: &Value) -> Result<Stated<'_>, Fault> {
        let members = stated.as_object();
        Ok(Stated {
            extension: self,
            members: members.ok_or_else(|| self.fault("has another form"))?,
            faults: Vec::new(),
        })
    }
}

impl Stated<'_> {
    pub(in crate::finish) fn fault(&mut self, key: &str, message: String, help: &str) {
        self.faults.push(Fault::of(key, message, help));
    }

    /// Refuses all keys but these. `with` is what the extension is called where it has these keys.
    pub(in crate::finish) fn refuse_others(&mut self, with: &str, keys: &[&str], help: &str) {
        let others = self.members.keys();
        let others: Vec<&String> = others.filter(|key| !keys.contains(&key.as_str())).collect();
        for key in others {
            self.fault(key, format!("{with} has no `{key}`"), help);
        }
    }

    pub(in crate::finish) fn required_pointer(&mut self, key: &str) -> String {
        self.require(key);
        self.pointer(key).unwrap_or_default()
    }

    pub(in crate::finish) fn require(&mut self, key: &str) {
        if !self.members.contains_key(key) {
            let fault = self.extension.fault(&format!("lacks `{key}`"));
            self.faults.push(fault);
        }
    }

    pub(in crate::finish) fn pointer(&mut self, key: &str) -> Option<String> {
        let pointer = pointer_in(self.members.get(key)?);
        if pointer.is_none() {
            self.fault(key, format!("`{key}` is no JSON pointer"), POINTER);
        }
        pointer
    }

    /// One pointer, or several.
    pub(in crate::finish) fn pointers(&mut self, key: &str) -> Vec<String> {
        let several = match self.members.get(key) {
            None => return Vec::new(),
            Some(Value::Array(several)) => several.iter().map(pointer_in).collect(),
            Some(one) => pointer_in(one).map(|one| vec![one]),
        };
        several.unwrap_or_else(|| {
            let message = format!("`{key}` is neither a JSON pointer nor a list of them");
            self.fault(key, message, POINTER);
            Vec::new()
        })
    }
}

fn pointer_in(stated: &Value) -> Option<String> {
    let text = stated.as_str()?;
    (text.is_empty() || text.starts_with('/')).then(|| text.to_owned())
}
