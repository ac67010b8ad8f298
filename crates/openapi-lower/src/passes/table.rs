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
    pub(crate) run: Run,
}

/// How much of the document a pass needs at once.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Run {
    /// All of it.
    Whole(fn(&mut Context<'_>)),
    /// One path item or component, whatever the others say. Passes of this kind that follow each other go through a
    /// document together, part by part: a part fits the processor's cache, a document does not.
    Parts(fn(&mut Context<'_>)),
}

impl Pass {
    /// Applies the pass to what the context holds.
    pub(crate) fn apply(&self, context: &mut Context<'_>) {
        let (Run::Whole(run) | Run::Parts(run)) = self.run;
        run(context);
    }

    pub(crate) fn needs_the_whole(&self) -> bool {
        matches!(self.run, Run::Whole(_))
    }
}

/// Applies passes in their order, up to the first that finds a problem or, of those that take parts, the last of them.
pub(crate) fn apply_all(passes: &[Pass], context: &mut Context<'_>) {
    for group in passes.chunk_by(|one, next| !one.needs_the_whole() && !next.needs_the_whole()) {
        if group.iter().any(Pass::needs_the_whole) {
            group.iter().for_each(|pass| pass.apply(context));
        } else {
            context.each_part(|context| group.iter().for_each(|pass| pass.apply(context)));
        }
        if !context.problems.is_empty() {
            return;
        }
    }
}

/// All passes, in the order in which they run.
pub const PASSES: &[Pass] = &[
    super::shape::PASS,
    super::references::PASS,
    super::relocate::PASS,
    super::payloads::PASS,
    super::inline::PASS,
    super::absent::PASS,
    super::booleans::PASS,
    super::siblings::PASS,
    super::nulls::PASS,
    super::types::PASS,
    super::inapplicable::PASS,
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
    super::limit_docs::PASS,
    super::errors::PASS,
    super::hoist::PASS,
    super::all_of::PASS,
    super::branch_order::PASS,
    super::union_marks::PASS,
    super::enum_marks::PASS,
    super::field_marks::PASS,
    super::default_docs::PASS,
    super::long_lists::PASS,
    super::property_names::PASS,
    super::stand_ins::PASS,
    super::docs::PASS,
    super::check::PASS,
];
