//! All stages of one API.

use std::path::Path;
use std::time::{Duration, Instant};

use openapi_lower::Lowered;

use super::left_out::left_out;
use super::stages;
use crate::assemble::Assembled;
use crate::diagnostic::Diagnostics;
use crate::finish::Finished;
use crate::generate::Isolation;
use crate::input::{self, Vendored};
use crate::manifest::Api;
use crate::overlay::Overlay;
use crate::problem::Problem;

/// How long one stage took.
#[derive(Clone, Debug)]
pub struct Timing {
    /// The stage's name.
    pub stage: &'static str,
    /// Wall-clock time.
    pub duration: Duration,
}

/// How the stages run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where progenitor runs.
    pub isolation: Isolation,
    /// Whether the client may lack operations that the manifest does not list.
    pub may_lack_operations: bool,
}

/// What the stages made of one API; the values of inner stages are kept for printing and snapshots.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The document before the overlay.
    pub assembled: Assembled,
    /// The document after the overlay.
    pub overlaid: Assembled,
    /// What progenitor gets, and the notes.
    pub lowered: Lowered,
    /// The client's files.
    pub finished: Finished,
    /// What progenitor cannot take and is left out.
    pub left_out: Vec<Problem>,
    /// What is wrong with the documents and was left out.
    pub warnings: Diagnostics,
    /// One entry per stage, in order.
    pub timings: Vec<Timing>,
}

/// Runs the stages from *pages* to *finish*.
///
/// # Errors
/// All problems of the first stage that has any. The overlay's file is read whatever the documents have, so that both are
/// told in one run; operations that must not be left out are told with the problems of the last stages.
pub fn compile(
    root: &Path,
    api: &Api,
    documents: &[Vendored],
    options: &Options,
) -> Result<Compiled, Diagnostics> {
    let mut timings = Vec::new();
    let overlay = read_overlay(root, api);
    let assembled = assembled(&mut timings, api, documents);
    let (assembled, overlay) = Diagnostics::both(assembled, overlay)?;
    let overlaid = timed(&mut timings, "overlay", || {
        stages::overlaid(assembled.clone(), overlay.as_ref())
    })?;
    let mut lowered = timed(&mut timings, "lower", || stages::lowered(&overlaid))?;
    let mut problems = stages::warnings(&overlaid, &lowered);
    let generated = timed(&mut timings, "generate", || {
        stages::generated(&overlaid, &mut lowered, &options.isolation)
    });
    let lacking = generated
        .as_ref()
        .map_or(&[][..], |generated| &generated.left_out);
    if !options.may_lack_operations {
        problems.extend(left_out(api, &overlaid, &lowered, lacking));
    }
    let lacking = lacking.to_vec();
    let finished = generated.and_then(|generated| {
        timed(&mut timings, "finish", || {
            stages::finished(&overlaid, &lowered, generated, api)
        })
    });
    let finished = match finished {
        Ok(finished) if !problems.has_errors() => finished,
        other => {
            problems.extend(other.err().into_iter().flatten());
            return Err(problems);
        }
    };
    Ok(Compiled {
        assembled,
        overlaid,
        lowered,
        finished,
        left_out: lacking,
        warnings: problems,
        timings,
    })
}

fn assembled(
    timings: &mut Vec<Timing>,
    api: &Api,
    documents: &[Vendored],
) -> Result<Assembled, Diagnostics> {
    let pages = timed(timings, "pages", || input::pages(documents))?;
    // A large document's fragments do not stay beside what is made of them.
    timed(timings, "assemble", || {
        stages::assembled(&pages, &api.title)
    })
}

/// The stages from *pages* to *overlay*.
///
/// # Errors
/// The problems of the documents and of the overlay's file; if there are none, those of its actions.
pub fn overlaid_documents(
    root: &Path,
    api: &Api,
    documents: &[Vendored],
) -> Result<Assembled, Diagnostics> {
    let overlay = read_overlay(root, api);
    let pages = input::pages(documents);
    let assembled = pages.and_then(|pages| stages::assembled(&pages, &api.title));
    let (assembled, overlay) = Diagnostics::both(assembled, overlay)?;
    stages::overlaid(assembled, overlay.as_ref())
}

/// Reads the overlay that the manifest names for `api`, if any.
///
/// # Errors
/// A file that cannot be read or is no overlay.
pub fn read_overlay(root: &Path, api: &Api) -> Result<Option<Overlay>, Diagnostics> {
    let Some(name) = api.overlay_path() else {
        return Ok(None);
    };
    let bytes = input::read_file(root, &name)?;
    Overlay::parse(&name, bytes).map(Some)
}

fn timed<T>(timings: &mut Vec<Timing>, stage: &'static str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = work();
    timings.push(Timing {
        stage,
        duration: start.elapsed(),
    });
    value
}
