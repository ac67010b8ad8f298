//! How much is merged: parts that include each other in many ways can be merged for ever.

/// Parts that are looked at for one `allOf`, and for all of a document; what needs few is merged in any case. Of 83 real
/// documents none needs more than 100 and 1,400.
const FOR_ONE: usize = 4_000;
const FOR_ALL: usize = 100_000;
const FEW: usize = 200;

/// What was spent.
#[derive(Debug, Default)]
pub(super) struct Effort {
    one: usize,
    all: usize,
}

impl Effort {
    /// The next `allOf`.
    pub(super) fn start(&mut self) {
        self.one = 0;
    }

    pub(super) fn spend(&mut self, parts: usize) {
        self.one += parts;
        self.all += parts;
    }

    pub(super) fn is_spent(&self) -> bool {
        self.one > FOR_ONE || (self.all > FOR_ALL && self.one > FEW)
    }
}
