//! The passes, one file each, and the order in which they run.

mod any_of;
mod booleans;
mod bounds;
mod branch_order;
mod check;
mod component_names;
mod constants;
mod cycles;
mod defaults;
mod discriminators;
mod docs;
mod documented_enums;
mod encodings;
mod enum_marks;
mod enums;
mod errors;
mod examples;
mod hoist;
mod infer;
mod inline;
mod keywords;
mod nullable;
mod nulls;
mod operation_ids;
mod parameter_marks;
mod parameters;
mod references;
mod relocate;
mod requests;
mod responses;
mod servers;
mod setter_names;
mod shape;
mod siblings;
mod stand_ins;
mod tuples;
mod types;
mod union_marks;
mod unions;
mod unsupported;
mod vacuous;
mod wrappers;

mod table;
#[cfg(test)]
mod testing;
pub use table::{PASSES, Pass};
