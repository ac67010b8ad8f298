//! JSON and YAML text into values with byte positions.

mod builder;
mod json;
mod offsets;
mod properties;
mod scalar;
mod size;
mod yaml;
mod yaml_problem;

pub(crate) use json::parse as json;
pub(crate) use size::too_large;
pub(crate) use yaml::parse as yaml;
