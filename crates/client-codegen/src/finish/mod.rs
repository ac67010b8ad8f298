//! Stage *finish*: progenitor's output to the modules of our clients, by small `syn` passes.
//!
//! The passes run in the order of [`finish`]; each file here is one of them.

mod accept;
mod api_version;
mod arguments;
mod bodies;
mod builder_code;
mod client;
mod client_builder;
mod closed;
mod constructors;
mod credentials;
mod dependencies;
mod derives;
mod displays;
mod docs;
mod error_enums;
mod fields;
mod flattened;
mod formats;
mod full_paths;
mod jobs;
mod methods;
mod mocks;
mod module_names;
mod modules;
mod numbers;
mod open_enums;
mod operation_info;
mod operations;
mod paging;
mod parts;
mod path_starts;
mod payload_names;
mod performed;
mod pointers;
mod probe;
mod reading;
mod run;
mod runtime_paths;
mod security;
mod servers;
mod setters;
mod settings;
mod stand_ins;
mod style;
mod success;
mod unions;
mod variants;
mod wire_enums;

pub use credentials::{CredentialKind, CredentialSetter, suggested_names, unsupported_schemes};
pub(crate) use docs::escaped;
pub(crate) use mocks::MOCKS;
pub use operations::OperationName;
pub use run::{Finished, finish};
pub use settings::Settings;
