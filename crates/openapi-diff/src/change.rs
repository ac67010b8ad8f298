//! A change and its class.

use std::fmt;

use serde::Serialize;

use crate::kind::Kind;

/// What a change does to a program that uses the client. The order is that of reports: what matters most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A program that compiled may compile no longer, or a call that worked may fail.
    Breaking,
    /// The program goes on, and has something new or is sent somewhere else.
    Compatible,
    /// Only what people read differs.
    Docs,
}

impl Class {
    /// All classes, in their order.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Compatible, Self::Docs];

    /// The name, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Docs => "docs",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One thing that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Change {
    /// What it does to programs.
    pub class: Class,
    /// What kind of change it is.
    pub kind: Kind,
    /// Method and path of the operation, as `GET /users` (of the new document, if it is in both), or `webhook NAME`. None
    /// for what several operations share: components, servers, and the document itself.
    pub operation: Option<String>,
    /// Where it is in the new document, as a JSON pointer; for what is gone, where it was in the old one.
    pub pointer: String,
    /// One sentence without a full stop. It is safe Markdown: names of the document stand in code spans, without control
    /// characters and shortened.
    pub summary: String,
}
