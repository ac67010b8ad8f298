//! Time of a lowering per operation: the column of items per second must not fall with the size of the document.
//!
//! All cases lower as many operations from as much memory, so that what differs is the size of one document alone. They take
//! turns, because a machine is faster at one time than at another: what counts is the ratio within a round.
//!
//! The allocator is not the system's. In a process that has made and dropped many large documents glibc's heap is in holes, so
//! that each one more is scattered and slower to read, which is no property of the lowering.

mod synthetic;

use std::fmt;

use divan::Bencher;
use divan::counter::ItemsCount;
use openapi_lower::{Options, lower};
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const OPERATIONS: usize = 5_000;

fn main() {
    divan::main();
}

/// A case, and when it has its turn.
#[derive(Clone, Copy)]
struct Turn {
    round: usize,
    operations_of_a_document: usize,
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "round {}: {}", self.round, self.operations_of_a_document)
    }
}

fn turns() -> Vec<Turn> {
    let turn = |round| {
        let sizes = [100, 1_000, OPERATIONS];
        sizes.map(|operations_of_a_document| Turn {
            round,
            operations_of_a_document,
        })
    };
    (1..=5).flat_map(turn).collect()
}

#[divan::bench(args = turns(), sample_count = 2, sample_size = 1)]
fn lowering(bencher: Bencher<'_, '_>, turn: Turn) {
    let document = synthetic::document(turn.operations_of_a_document);
    let documents = || vec![document.clone(); OPERATIONS / turn.operations_of_a_document];
    bencher
        .counter(ItemsCount::new(OPERATIONS))
        .with_inputs(documents)
        .bench_values(|documents: Vec<Value>| {
            let options = Options::default();
            let lowered = documents
                .into_iter()
                .map(|document| lower(document, &options));
            lowered.collect::<Vec<_>>()
        });
}
