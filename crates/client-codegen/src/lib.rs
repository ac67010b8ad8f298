#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs)]

pub mod assemble;
#[cfg(feature = "cli")]
pub mod cli;
pub mod commands;
mod compact;
#[cfg(feature = "cli")]
pub mod corpus;
pub mod diagnostic;
pub mod emit;
pub mod exit;
pub mod finish;
pub mod generate;
pub mod input;
pub mod lock;
pub mod manifest;
mod origin;
pub mod overlay;
pub mod pipeline;
pub mod problem;
pub mod render;
#[cfg(feature = "roundtrip")]
pub mod roundtrip;
pub mod scaffold;
pub mod surface;
mod title;
