//! The call of progenitor itself.

use openapi_lower::FILE_PART_FORMAT;
use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::quote;
use schemars::schema::{InstanceType, SchemaObject};
use serde_json::Value;

use super::failure::Failure;
use super::guard;

fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(::client_runtime::Inner))
        .with_map_type("::std::collections::BTreeMap")
        .with_conversion(
            file_part(),
            "::client_runtime::FilePart",
            std::iter::empty(),
        );
    settings
}

/// The schema that the lowering gives to a file in a multipart body.
fn file_part() -> SchemaObject {
    SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: Some(FILE_PART_FORMAT.to_owned()),
        ..SchemaObject::default()
    }
}

/// The code for a document, as text: tokens cannot leave the thread that made them.
pub(super) fn tokens(document: &Value) -> Result<String, Failure> {
    guard::catch(|| {
        let spec: OpenAPI = serde_path_to_error::deserialize(document)
            .map_err(|error| Failure::Refused(format!("{} at {}", error.inner(), error.path())))?;
        let tokens = Generator::new(&settings())
            .generate_tokens(&spec)
            .map_err(|error| Failure::Refused(first_line(&error.to_string())))?;
        Ok(tokens.to_string())
    })
    .map_err(Failure::Panicked)
    .and_then(|result| result)
}

/// progenitor appends a whole `Debug` print to some messages; its first line says enough.
fn first_line(message: &str) -> String {
    message
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches([' ', '{'])
        .to_owned()
}
