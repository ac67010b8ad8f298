//! The stage *overlay*: fix-ups of our own on top of what a vendor publishes.
//!
//! An OpenAPI Overlay (specification 1.0 or 1.1, as the file says) is applied action by action. A fix-up that no longer
//! fixes anything is an error: it tells that the vendor has changed the document, so that nothing of ours silently stops or
//! lingers.
//!
//! Where this is stricter than the specification, and why:
//!
//! * A target that selects nothing (`overlay::no_match`) and an action that changes nothing (`overlay::no_change`) are
//!   errors, see above. The specification lets both pass.
//! * The whole document cannot be removed (`overlay::remove_root`): nothing would be left to generate from.
//! * An action that is there twice is refused, as by the published schemas; the text of the specification does not say so.
//! * So is one with both `update` and `copy`: in the text of 1.1.0 each takes the effect of the other, so nothing is done.
//! * A key that is neither of the stated version nor starts with `x-` is refused (`overlay::unknown_key`), because a
//!   misspelled `update` would otherwise do nothing.
//! * In an overlay of 1.0 a target must not select a primitive value (`overlay::primitive_target`). That is the text of
//!   1.0.0, though overlays of 1.0.0 that its authors publish remove texts; `overlay: 1.1.0` allows it.
//!
//! Where it goes its own way:
//!
//! * `extends` is checked to be a string and not used: the manifest says which overlay belongs to which API, and an API may
//!   have many documents, none of which is the one that the overlay is applied to.
//! * `update` beside `remove` has no effect, in both versions, as their texts say; the published schema of 1.1 refuses it.
//! * In an overlay of 1.0 a list is appended to a list entry by entry, as 1.1.0 says. 1.0.0 speaks of one entry only, and
//!   OpenAPI has no lists of lists.
//! * In an overlay of 1.0 a primitive value may be replaced by an object or array. 1.0.0 does not say what is compatible,
//!   and has no way to remove the primitive first. 1.1.0 has, and says that the two are incompatible.

mod apply;
mod merge;
mod read;

pub use apply::apply;
pub use read::{Action, Overlay, Version};
