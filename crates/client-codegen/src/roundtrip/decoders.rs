//! The Rust code that decodes and encodes samples.

use std::fmt::Write as _;

use super::cases::Cases;

/// A function per case, in order: `DECODERS: &[fn(&str) -> Result<[String; 2], String>]`, where the text is a sample, and the
/// answer what was encoded and what `Debug` says of the value. `types` is the path of the generated module.
#[must_use]
pub fn decoders(cases: &Cases, types: &str) -> String {
    let mut text = format!(
        "#[allow(unused_imports, reason = \"types of samples may be named in full\")]
use {types}::*;

#[allow(dead_code, reason = \"a document may have no samples\")]
fn decode<T>(text: &::std::primitive::str) -> ::std::result::Result<[::std::string::String; 2], ::std::string::String>
where
    T: ::serde::de::DeserializeOwned + ::serde::Serialize + ::std::fmt::Debug,
{{
    // Null is taken care of where a schema is referred to.
    let value: ::std::option::Option<T> =
        ::serde_json::from_str(text).map_err(|error| ::std::format!(\"decode: {{error}}\"))?;
    let back = ::serde_json::to_string(&value).map_err(|error| ::std::format!(\"encode: {{error}}\"))?;
    ::std::result::Result::Ok([back, ::std::format!(\"{{value:?}}\")])
}}

/// JSON to what was encoded and how it is printed, or an error.
pub(crate) type Decoder =
    fn(&::std::primitive::str) -> ::std::result::Result<[::std::string::String; 2], ::std::string::String>;

/// One function per schema.
pub(crate) static DECODERS: &[Decoder] = &[\n"
    );
    for case in &cases.cases {
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "    decode::<{}>,", case.rust_type);
    }
    text.push_str("];\n");
    text
}

/// A program that reads [`Cases::questions`] and answers each with a line, an [`Answer`](super::Answer), at once. It stands
/// beside `generated/mod.rs`, of which it needs only `types`.
#[must_use]
pub fn program(cases: &Cases) -> String {
    format!(
        "//! Decodes and encodes samples.

#[allow(warnings, reason = \"it is generated\")]
mod generated {{
    pub mod types;
}}

mod decoders {{
{}
}}

fn main() {{
    use std::io::Write as _;
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lines().map_while(Result::ok) {{
        let Some((index, sample)) = line.split_once(' ') else {{ continue }};
        let decoder = index.parse::<usize>().ok().and_then(|index| decoders::DECODERS.get(index));
        let Some(decoder) = decoder else {{ continue }};
        let answer = serde_json::to_string(&decoder(sample)).unwrap_or_default();
        if writeln!(output, \"{{answer}}\").and_then(|()| output.flush()).is_err() {{
            return;
        }}
    }}
}}
",
        decoders(cases, "super::generated::types")
    )
}
