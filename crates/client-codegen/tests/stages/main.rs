//! Tests of the stages before `lower` and after `finish`: manifest, lock, input, assemble, overlay, emit, scaffold, and of
//! the diagnostics that they raise.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests are tests, which clippy cannot know"
)]

mod assemble;
mod diagnostics;
mod emit;
mod emit_report;
mod goldens;
mod goldens_of_diff;
mod goldens_of_documents;
mod hostile;
mod inheritance;
mod input;
mod isolation;
mod jobs;
mod lock;
mod manifest;
mod mixed_forms;
mod numbered_schemes;
mod overlaps;
mod overlay;
mod overlay_1_1;
mod overlay_compliant_sets;
mod overlay_form;
mod overlay_specification;
mod pagination;
mod ranks;
mod scaffold;
mod secrets;
mod siblings;
mod support;
mod vendored;
