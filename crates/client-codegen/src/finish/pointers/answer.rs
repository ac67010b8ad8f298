//! The answer that the pointers of an extension lead into.

use syn::Type;

use super::fault::Fault;
use super::walk::{Types, Walk};
use crate::finish::builder_code::{answer_types, method};
use crate::finish::operations::OperationCode;
use crate::finish::parts::standard;
use crate::problem::Problem;

/// Why an extension comes to nothing.
pub(in crate::finish) enum Failure {
    Faults(Vec<Fault>),
    Unexpected(Problem),
}

/// The answer of an operation, and what is wrong with the pointers into it.
pub(in crate::finish) struct Answer<'t> {
    types: &'t Types<'t>,
    pub(in crate::finish) body: Type,
    /// The operation's error type.
    pub(in crate::finish) error: Type,
    pub(in crate::finish) faults: Vec<Fault>,
}

const FIELD: &str =
    "a pointer names fields as the answer's schema has them; `show --stage lower` prints it";
const KIND: &str =
    "the value there is read by its type in the client, which follows from the answer's schema";
const BODY: &str = "its success has to have a JSON body with a schema";

impl<'t> Answer<'t> {
    /// `what` it is in the extension: "a page".
    pub(in crate::finish) fn of(
        operation: &mut OperationCode,
        types: &'t Types<'t>,
        what: &str,
    ) -> Result<Self, Failure> {
        let send = method(operation, "send").map_err(Failure::Unexpected)?;
        match answer_types(&send.sig).filter(|(body, _)| is_json(body)) {
            Some((body, error)) => Ok(Self {
                types,
                body,
                error,
                faults: Vec::new(),
            }),
            None => {
                let message = format!("the operation has no answer that could be {what}");
                Err(Failure::Faults(vec![Fault::whole(&message, BODY)]))
            }
        }
    }

    pub(in crate::finish) fn walk(&mut self, key: &str, pointer: &str) -> Option<Walk> {
        match self.types.walk(&self.body, pointer) {
            Ok(walk) => Some(walk),
            Err(reason) => {
                let message = format!("`{pointer}` leads to no field of the answer: {reason}");
                self.faults.push(Fault::of(key, message, FIELD));
                None
            }
        }
    }

    /// To a value of a kind.
    pub(in crate::finish) fn leading(
        &mut self,
        key: &str,
        pointer: &str,
        what: &str,
        is_it: impl Fn(&Type) -> bool,
    ) -> Option<Walk> {
        let walk = self.walk(key, pointer)?;
        if is_it(&walk.leaf) {
            return Some(walk);
        }
        let message = format!("`{pointer}` of the answer is no {what}");
        self.faults.push(Fault::of(key, message, KIND));
        None
    }
}

fn is_json(body: &Type) -> bool {
    !matches!(body, Type::Tuple(_)) && !standard(body, &["ByteStream"])
}
