//! The pass table.

use crate::context::Context;

/// One step of the lowering.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Pass {
    /// Short name; rules of notes start with the same word or are listed in the pass's documentation.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// Where the rule comes from.
    pub source: &'static str,
    pub(crate) run: fn(&mut Context<'_>),
}

/// All passes, in the order in which they run.
pub const PASSES: &[Pass] = &[
    super::shape::PASS,
    super::references::PASS,
    super::relocate::PASS,
    super::payloads::PASS,
    super::inline::PASS,
    super::booleans::PASS,
    super::siblings::PASS,
    super::nulls::PASS,
    super::types::PASS,
    super::constants::PASS,
    super::bounds::PASS,
    super::patterns::PASS,
    super::examples::PASS,
    super::encodings::PASS,
    super::tuples::PASS,
    super::pattern_properties::PASS,
    super::discriminators::PASS,
    super::unions::PASS,
    super::infer::PASS,
    super::vacuous::PASS,
    super::documented_enums::PASS,
    super::enums::PASS,
    super::keywords::PASS,
    super::wrappers::PASS,
    super::any_of::PASS,
    super::nullable::PASS,
    super::cycles::PASS,
    super::defaults::PASS,
    super::parameters::PASS,
    super::unsupported::PASS,
    super::parameter_marks::PASS,
    super::servers::PASS,
    super::requests::PASS,
    super::responses::PASS,
    super::operation_ids::PASS,
    super::setter_names::PASS,
    super::component_names::PASS,
    super::errors::PASS,
    super::hoist::PASS,
    super::all_of::PASS,
    super::long_lists::PASS,
    super::branch_order::PASS,
    super::union_marks::PASS,
    super::enum_marks::PASS,
    super::field_marks::PASS,
    super::default_docs::PASS,
    super::property_names::PASS,
    super::stand_ins::PASS,
    super::docs::PASS,
    super::check::PASS,
];
