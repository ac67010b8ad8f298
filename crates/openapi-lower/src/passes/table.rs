//! The pass table.

use crate::context::Context;
use crate::options::Options;

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
    /// One path item or component, whatever the others say. Steps of this kind that follow each other go through a
    /// document together, part by part: a part fits the processor's cache, a document does not.
    Parts(fn(&mut Context<'_>)),
    /// The schemas of components alone, all of them. What else the document has is as the last step that needed the
    /// whole has left it, because the steps of parts since then come to it later: so they still go through it together.
    Schemas(fn(&mut Context<'_>)),
    /// What it has to know of the document before the parts change that the steps around it go through.
    Ahead(fn(&mut Context<'_>)),
    /// What follows of what it has learned, once the steps around it went through all parts.
    Behind(fn(&mut Context<'_>)),
    /// One after the other; what one learns for the next is in [`Context::with`].
    Steps(&'static [Run]),
    /// Nothing, unless marks are asked for.
    WithMarks(&'static Run),
}

impl Pass {
    /// Applies the pass to what the context holds, all at once where it can.
    #[cfg(test)]
    pub(crate) fn apply(&self, context: &mut Context<'_>) {
        match self.run {
            Run::Whole(run) | Run::Parts(run) => run(context),
            _ => apply_all(&[*self], context),
        }
    }
}

impl Run {
    /// Adds the steps that there are with these options.
    fn add_steps(self, options: &Options, steps: &mut Vec<Run>) {
        match self {
            Run::Steps(all) => all.iter().for_each(|run| run.add_steps(options, steps)),
            Run::WithMarks(run) if options.marks => run.add_steps(options, steps),
            Run::WithMarks(_) => {}
            step => steps.push(step),
        }
    }

    fn needs_the_whole(&self) -> bool {
        matches!(self, Run::Whole(_))
    }
}

/// Applies passes in their order, up to the first that finds a problem or, of those that take parts, the last of them.
pub(crate) fn apply_all(passes: &[Pass], context: &mut Context<'_>) {
    let mut steps = Vec::new();
    for pass in passes {
        pass.run.add_steps(context.options, &mut steps);
    }
    for group in steps.chunk_by(|one, next| !one.needs_the_whole() && !next.needs_the_whole()) {
        match group {
            [Run::Whole(run)] => run(context),
            steps => apply_together(steps, context),
        }
        if !context.problems.is_empty() {
            return;
        }
    }
}

/// Applies steps of which none needs the whole: all to the schemas of components, then all to each other part.
fn apply_together(steps: &[Run], context: &mut Context<'_>) {
    type Step = fn(&mut Context<'_>);
    let mut all: Vec<Step> = Vec::new();
    let mut done = 0;
    for step in steps {
        if let Run::Ahead(run) = step {
            run(context);
        }
    }
    for step in steps {
        match step {
            Run::Parts(run) => all.push(*run),
            Run::Schemas(run) => {
                let open = &all[done..];
                if !open.is_empty() {
                    context.each_schema_part(|context| open.iter().for_each(|run| run(context)));
                }
                done = all.len();
                run(context);
            }
            _ => {}
        }
    }
    let open = &all[done..];
    if !open.is_empty() {
        context.each_schema_part(|context| open.iter().for_each(|run| run(context)));
    }
    if !all.is_empty() {
        context.each_other_part(|context| all.iter().for_each(|run| run(context)));
    }
    for step in steps {
        if let Run::Behind(run) = step {
            run(context);
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
    super::property_names::PASS,
    super::long_lists::PASS,
    super::stand_ins::PASS,
    super::docs::PASS,
    super::check::PASS,
];
