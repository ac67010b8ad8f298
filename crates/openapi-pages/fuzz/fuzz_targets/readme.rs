#![no_main]

use libfuzzer_sys::fuzz_target;
use openapi_pages::Format;

fuzz_target!(|input: &[u8]| openapi_pages_fuzz::check(input, Some(Format::ReadMe)));
