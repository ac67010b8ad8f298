#![doc = include_str!("../README.md")]

/// What a generated fixture has for the round trip.
#[derive(Debug, Clone, Copy)]
pub struct Fixture {
    /// The name of its file, without the extension.
    pub name: &'static str,
    /// The document as JSON.
    pub document: &'static str,
    /// The cases of `client_codegen::roundtrip`, as JSON.
    pub cases: &'static str,
    /// Rules of the notes that are not exact.
    pub lossy: &'static [&'static str],
    /// A decoder for each case.
    pub decoders: &'static [Decoder],
}

/// JSON to what was encoded and how it is printed, or an error.
pub type Decoder = fn(&str) -> Result<[String; 2], String>;

include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
