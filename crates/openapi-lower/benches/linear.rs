//! Time of a lowering per operation: the column of items per second must not fall with the size of the document.

mod synthetic;

use divan::Bencher;
use divan::counter::ItemsCount;
use openapi_lower::{Options, lower};

fn main() {
    divan::main();
}

#[divan::bench(args = [100, 5_000], sample_count = 10)]
fn lowering(bencher: Bencher<'_, '_>, operations: usize) {
    let document = synthetic::document(operations);
    bencher
        .counter(ItemsCount::new(operations))
        .with_inputs(|| document.clone())
        .bench_values(|document| lower(document, &Options::default()));
}
