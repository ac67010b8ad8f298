#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    openapi_pages_fuzz::check(input, None);
    openapi_pages_fuzz::check_parsers(input);
});
