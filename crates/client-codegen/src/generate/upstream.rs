//! The call of progenitor itself.

use openapi_lower::FILE_PART_FORMAT;
use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{format_ident, quote};
use schemars::schema::{InstanceType, SchemaObject};
use serde_json::Value;

use super::failure::Failure;
use super::guard;
use super::mocks::{self, MOCK_MODULE};

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

/// The code for a document, mock expectations in a module at its end, as text: tokens cannot leave the thread that made them.
pub(super) fn tokens(document: &Value) -> Result<String, Failure> {
    guard::catch(|| {
        let refused = |error: progenitor::Error| Failure::Refused(first_line(&error.to_string()));
        let client = Generator::new(&settings())
            .generate_tokens(&read(document)?)
            .map_err(refused)?;
        let mocks = Generator::new(&settings())
            .httpmock(&read(&mocks::document(document))?, "crate")
            .map_err(refused)?;
        let module = format_ident!("{MOCK_MODULE}");
        Ok(quote!(#client mod #module { #mocks }).to_string())
    })
    .map_err(Failure::Panicked)
    .and_then(|result| result)
}

fn read(document: &Value) -> Result<OpenAPI, Failure> {
    serde_path_to_error::deserialize(document)
        .map_err(|error| Failure::Refused(format!("{} at {}", error.inner(), error.path())))
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
