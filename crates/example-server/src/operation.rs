//! What this server knows of one operation.

use openapi_lower::StatusPattern;

use crate::answers::Answers;
use crate::checks::Checks;
use crate::document::At;
use crate::security::Security;
use crate::values::Values;

/// One operation: what it demands, and what it answers.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its operationId in the lowered document, by which the client knows it.
    pub(crate) id: String,
    pub(crate) security: Security,
    pub(crate) checks: Checks,
    pub(crate) answers: Answers,
}

impl Operation {
    /// Reads the operation at `stated`, which is a member of its path item.
    pub(crate) fn read(id: &str, document: &At<'_>, stated: &At<'_>, values: &Values) -> Self {
        Self {
            id: id.to_owned(),
            security: Security::read(document, stated),
            checks: Checks::read(stated),
            answers: Answers::read(stated, values),
        }
    }

    /// Why a preference is not answered.
    pub(crate) fn lacks(&self, wanted: &str) -> String {
        let documented = self.answers.documented().join(", ");
        match wanted.parse::<StatusPattern>() {
            Ok(pattern) => format!(
                "Prefer: code={pattern} names no documented answer of {}; documented are {documented}",
                self.id
            ),
            Err(_) => format!(
                "Prefer: code= takes a status, a range like 4XX or default; documented of {} are {documented}",
                self.id
            ),
        }
    }
}
