//! Time of a lowering per operation: the column of items per second must not fall with the size of the document.
//!
//! Both cases lower as many operations from as much memory, so that what differs is the size of one document alone.

mod synthetic;

use divan::Bencher;
use divan::counter::ItemsCount;
use openapi_lower::{Options, lower};
use serde_json::Value;

const OPERATIONS: usize = 5_000;

fn main() {
    divan::main();
}

#[divan::bench(args = [100, 1_000, 5_000], sample_count = 10, sample_size = 1)]
fn lowering(bencher: Bencher<'_, '_>, operations_of_a_document: usize) {
    let document = synthetic::document(operations_of_a_document);
    let documents = || vec![document.clone(); OPERATIONS / operations_of_a_document];
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
