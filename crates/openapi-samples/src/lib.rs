#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod branches;
mod clean;
mod compare;
mod documented;
mod make;
mod node;
mod numbers;
mod objects;
mod pattern;
mod sample;
mod sampler;
mod strings;
mod valid;

pub use compare::{Cause, Difference};
pub use sample::{Branch, Kind, MAX_SAMPLES, Sample, Sampled};
pub use sampler::Sampler;
