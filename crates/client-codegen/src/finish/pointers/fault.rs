//! What is wrong with an extension.

use openapi_pages::escape;

use crate::finish::operations::OperationCode;
use crate::problem::Problem;

/// Something that is wrong with an extension.
#[derive(Debug, PartialEq)]
pub(in crate::finish) struct Fault {
    /// The key that it is about; none for all of it.
    pub(in crate::finish) key: Option<String>,
    pub(in crate::finish) message: String,
    pub(in crate::finish) help: String,
}

impl Fault {
    pub(in crate::finish) fn of(key: &str, message: String, help: &str) -> Self {
        Self {
            key: Some(key.to_owned()),
            message,
            help: help.to_owned(),
        }
    }

    pub(in crate::finish) fn whole(message: &str, help: &str) -> Self {
        Self {
            key: None,
            message: message.to_owned(),
            help: help.to_owned(),
        }
    }

    /// Of an operation whose call cannot be made again: a stream is gone once it is sent.
    pub(in crate::finish) fn sent_once() -> Self {
        Self::whole(
            "the operation has a body that can be sent only once, and this asks for several calls",
            "take it out: an operation whose body is bytes of any length is called once",
        )
    }

    /// The problem of an operation whose extension has the fault.
    pub(in crate::finish) fn problem(
        self,
        code: &'static str,
        extension: &str,
        operation: &OperationCode,
    ) -> Problem {
        let key = self.key.map(|key| format!("/{}", escape(&key)));
        Problem {
            code,
            pointer: operation.pointer(extension) + &key.unwrap_or_default(),
            message: self.message,
            help: self.help,
        }
    }
}
