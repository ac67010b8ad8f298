//! Documents and overlays that nobody wrote: from page to overlaid document nothing panics, and every answer keeps what it
//! promises.

mod cases;
mod promises;

use std::cell::RefCell;
use std::collections::BTreeMap;

use client_codegen::assemble::assemble;
use client_codegen::diagnostic::{Diagnostics, SourceFile, from_pages};
use client_codegen::input::Page;
use client_codegen::overlay::{Overlay, apply};
use openapi_pages::extract;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

use cases::Case;

/// How far a case came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Pages,
    Assemble,
    ParseOverlay,
    ApplyOverlay,
    End,
}

/// Runs the stages and checks what each promises.
fn run(case: &Case) -> Reached {
    let mut pages = Vec::new();
    for (index, text) in case.pages.iter().enumerate() {
        let file = SourceFile::new(format!("page-{index}"), text.clone());
        match extract(text, None) {
            Ok(extraction) => pages.push(Page {
                file,
                format: extraction.format,
                // Equal in half of the cases, so that pages contradict and yield.
                rank: i64::from(text.len() % 2 == 0),
                fragments: extraction.fragments,
            }),
            Err(problems) => {
                let problems = problems
                    .into_iter()
                    .map(|problem| from_pages(problem, &file));
                promises::refused(&problems.collect::<Diagnostics>());
            }
        }
    }
    if pages.is_empty() {
        return Reached::Pages;
    }
    let assembled = match assemble(&pages, "Title") {
        Ok(assembled) => assembled,
        Err(problems) => {
            promises::refused(&problems);
            return Reached::Assemble;
        }
    };
    promises::document(&assembled);
    let overlay = match Overlay::parse("overlay", case.overlay.clone()) {
        Ok(overlay) => overlay,
        Err(problems) => {
            promises::refused(&problems);
            return Reached::ParseOverlay;
        }
    };
    match apply(assembled, &overlay) {
        Ok(overlaid) => {
            promises::overlaid(&overlaid);
            Reached::End
        }
        Err(problems) => {
            promises::refused(&problems);
            Reached::ApplyOverlay
        }
    }
}

/// 1,000 cases, the same in every run: CI must not fail by chance. `PROPTEST_RNG_SEED=… PROPTEST_CASES=…` looks for new
/// ones.
fn run_all(seed: u64) {
    let by_hand = std::env::var_os("PROPTEST_RNG_SEED").is_some();
    let default = ProptestConfig::default();
    let config = ProptestConfig {
        cases: if by_hand { default.cases } else { 1_000 },
        rng_seed: if by_hand {
            default.rng_seed
        } else {
            RngSeed::Fixed(seed)
        },
        failure_persistence: None,
        ..default
    };
    let reached: RefCell<BTreeMap<Reached, u32>> = RefCell::default();
    let result = TestRunner::new(config).run(&cases::case(), |case| {
        *reached.borrow_mut().entry(run(&case)).or_default() += 1;
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    let reached = reached.into_inner();
    // Most mutations must get past the parsers, or the stages behind them are not tested.
    for (stage, least) in [
        (Reached::Assemble, 60),
        (Reached::ParseOverlay, 60),
        (Reached::ApplyOverlay, 100),
        (Reached::End, 200),
    ] {
        let count = reached.get(&stage).copied().unwrap_or_default();
        assert!(by_hand || count >= least, "{stage:?}: {reached:?}");
    }
}

// Two tests, so that they run beside each other.

#[test]
fn a_thousand_mutated_pages_and_overlays_never_panic() {
    run_all(1);
}

#[test]
fn another_thousand_mutated_pages_and_overlays_never_panic() {
    run_all(2);
}
