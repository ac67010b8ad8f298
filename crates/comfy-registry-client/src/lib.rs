#![doc = include_str!("../README.md")]

#[rustfmt::skip] // prettyplease formats it
mod generated;

pub use client_runtime::{
    BuildError, ByteStream, Error, Event, Events, FilePart, Formatted, Method, Nullable, RawCall,
    ResponseValue,
};
pub use generated::{Client, ClientBuilder, builder, error, types};
