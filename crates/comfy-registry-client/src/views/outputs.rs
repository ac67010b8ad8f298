//! Outputs of a class.

use serde_json::Value;

use super::Embedded;
use crate::types::ComfyNode;

impl ComfyNode {
    /// What [`return_types`](field@Self::return_types) holds: a type for each output, most often a text such as `IMAGE`, or a list of choices.
    #[must_use]
    #[inline]
    pub fn parsed_return_types(&self) -> Option<Embedded<Vec<Value>>> {
        Embedded::of(self.return_types.as_deref())
    }

    /// What [`return_names`](field@Self::return_names) holds: a name for each output.
    #[must_use]
    #[inline]
    pub fn parsed_return_names(&self) -> Option<Embedded<Vec<String>>> {
        Embedded::of(self.return_names.as_deref())
    }
}
