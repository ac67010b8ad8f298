//! What reading an answer costs beside decoding its JSON. `answer` has to be near `json`, since the place of a failure is
//! looked for only after one: `failure` decodes twice.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on must fail"
)]

use divan::Bencher;
use divan::counter::BytesCount;
use kitchen_sink_client::types::WidgetPage;
use kitchen_sink_client::{Error, ResponseValue};
use tokio::runtime::{Builder, Runtime};

/// In widgets.
const LENGTHS: [usize; 2] = [1, 5_000];

fn main() {
    divan::main();
}

/// A page of widgets; without `is_whole` the last one has no name.
fn page(widgets: usize, is_whole: bool) -> String {
    let widget = |number: usize| {
        let is_named = is_whole || number + 1 < widgets;
        let name = if is_named { "name" } else { "no-name" };
        format!(
            r#"{{"id": "w{number}", "{name}": "Widget {number}", "kind": "hand-tool", "tags": ["left", "steel"],
                 "made_at": "2026-03-01T09:30:00Z", "price": 9.5, "dimensions": {{"width": 3, "height": 4}}}}"#
        )
    };
    let widgets: Vec<String> = (0..widgets).map(widget).collect();
    format!(r#"{{"next_page": 2, "widgets": [{}]}}"#, widgets.join(","))
}

fn runtime() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

fn read(runtime: &Runtime, body: String) -> Result<ResponseValue<WidgetPage>, Error> {
    let response = http::Response::new(body).into();
    runtime.block_on(ResponseValue::from_response(response))
}

#[divan::bench(args = LENGTHS)]
fn json(bencher: Bencher<'_, '_>, widgets: usize) {
    let body = page(widgets, true);
    let bytes = BytesCount::of_str(&body);
    let read = || serde_json::from_str::<WidgetPage>(&body).unwrap();
    bencher.counter(bytes).bench(read);
}

#[divan::bench(args = LENGTHS)]
fn answer(bencher: Bencher<'_, '_>, widgets: usize) {
    let (body, runtime) = (page(widgets, true), runtime());
    let bytes = BytesCount::of_str(&body);
    let bencher = bencher.counter(bytes).with_inputs(|| body.clone());
    bencher.bench_values(|body| read(&runtime, body).unwrap());
}

#[divan::bench(args = LENGTHS)]
fn failure(bencher: Bencher<'_, '_>, widgets: usize) {
    let (body, runtime) = (page(widgets, false), runtime());
    let bytes = BytesCount::of_str(&body);
    let bencher = bencher.counter(bytes).with_inputs(|| body.clone());
    bencher.bench_values(|body| read(&runtime, body).unwrap_err());
}
