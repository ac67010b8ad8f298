//! Time of each stage per operation: the column of items per second must not fall with the size of the document.

#[path = "../../openapi-lower/benches/synthetic/mod.rs"]
mod synthetic;

use client_codegen::assemble::Assembled;
use client_codegen::finish::{Settings, finish};
use client_codegen::generate::{Generated, Isolation, generate};
use client_codegen::input::{Page, Vendored, pages};
use client_codegen::manifest::Manifest;
use client_codegen::pipeline;
use divan::Bencher;
use divan::counter::ItemsCount;
use openapi_lower::Lowered;

const SIZES: [usize; 2] = [100, 5_000];

fn main() {
    divan::main();
}

fn vendored(operations: usize) -> Vec<Vendored> {
    const MANIFEST: &str = "[api.a]\ntitle = \"A\"\ncrate = \"a\"\nenvironment-prefix = \"A\"\n\n[[api.a.document]]\nfile = \"a.json\"\n";
    let manifest = Manifest::parse("specs/apis.toml", MANIFEST.into());
    let Some(document) = manifest
        .ok()
        .and_then(|mut all| all.apis.pop()?.documents.pop())
    else {
        return Vec::new();
    };
    let bytes = synthetic::document(operations).to_string().into_bytes();
    vec![Vendored::new("a", document, "a.json".to_owned(), bytes)]
}

fn read(operations: usize) -> Vec<Page> {
    pages(&vendored(operations)).unwrap_or_default()
}

fn assembled(operations: usize) -> Option<Assembled> {
    pipeline::assembled(&read(operations), "A").ok()
}

fn lowered(operations: usize) -> Option<Lowered> {
    pipeline::lowered(&assembled(operations)?).ok()
}

fn generated(lowered: &mut Lowered) -> Option<Generated> {
    generate(lowered, &Isolation::Thread).ok()
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn stage_1_pages(bencher: Bencher<'_, '_>, operations: usize) {
    let documents = vendored(operations);
    let bencher = bencher.counter(ItemsCount::new(operations));
    bencher.bench_local(|| pages(&documents).is_ok_and(|pages| !pages.is_empty()));
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn stage_2_assemble(bencher: Bencher<'_, '_>, operations: usize) {
    let read = read(operations);
    let bencher = bencher.counter(ItemsCount::new(operations));
    bencher.bench_local(|| pipeline::assembled(&read, "A").is_ok());
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn stage_4_lower(bencher: Bencher<'_, '_>, operations: usize) {
    let assembled = assembled(operations);
    let bencher = bencher.counter(ItemsCount::new(operations));
    bencher.bench_local(|| assembled.as_ref().map(pipeline::lowered));
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn stage_5_generate(bencher: Bencher<'_, '_>, operations: usize) {
    let mut lowered = lowered(operations);
    let bencher = bencher.counter(ItemsCount::new(operations));
    bencher.bench_local(|| lowered.as_mut().and_then(generated));
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn stage_6_finish(bencher: Bencher<'_, '_>, operations: usize) {
    let Some(mut lowered) = lowered(operations) else {
        return;
    };
    let generated = generated(&mut lowered);
    let settings = Settings::default();
    bencher
        .counter(ItemsCount::new(operations))
        .with_inputs(|| generated.clone())
        .bench_local_values(|generated| generated.map(|one| finish(one, &lowered, &settings)));
}
