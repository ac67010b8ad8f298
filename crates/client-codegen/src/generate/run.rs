//! Calls progenitor, and finds the operation behind a failure.

use heck::ToPascalCase;
use openapi_lower::{FILE_PART_FORMAT, Lowered, Operation};
use openapi_pages::escape;
use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::quote;
use schemars::schema::{InstanceType, SchemaObject};
use serde_json::{Map, Value};

use super::guard::{self, Panic};
use super::probe::{PROBE_COMPONENT, Probe};
use crate::problem::Problem;

/// progenitor's output for one API, with what `finish` needs to read it.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The whole client as progenitor wrote it.
    pub file: syn::File,
    /// Which schemas the probe's fields stand for.
    pub probe: Probe,
}

/// Turns a lowered document into Rust.
///
/// # Errors
/// One problem per operation that progenitor or typify cannot take, or one for the whole document where
/// no operation fails alone. A panic of theirs is such a problem, never a panic of ours.
pub fn generate(lowered: &Lowered) -> Result<Generated, Vec<Problem>> {
    let probe = Probe::new(lowered);
    let mut document = lowered.document.clone();
    if let Some(name) = reserved_component(&document) {
        return Err(vec![Problem {
            code: "generate::reserved_component",
            pointer: format!("/components/schemas/{}", escape(name)),
            message: format!("a component is named {name}, which the generator uses itself"),
            help: "rename the component with an overlay".to_owned(),
        }]);
    }
    remove_texts(&mut document);
    probe.add_to(&mut document);
    match attempt(&document) {
        Ok(file) => Ok(Generated { file, probe }),
        Err(failure) => Err(blame(&document, lowered, &failure)),
    }
}

/// A component that would become the Rust type of the probe.
fn reserved_component(document: &Value) -> Option<&str> {
    let schemas = document.pointer("/components/schemas")?.as_object()?;
    schemas
        .keys()
        .map(String::as_str)
        .find(|name| name.to_pascal_case() == PROBE_COMPONENT)
}

/// Takes the vendor's texts from operations and parameters.
///
/// progenitor says in a method's docs which request the method sends, and `finish` reads that; a text that
/// says the same of another request must not stand beside it. `finish` writes the docs from the lowered
/// document.
fn remove_texts(document: &mut Value) {
    let paths = document
        .pointer_mut("/paths")
        .and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Map::values_mut) {
        for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
            let Some(operation) = operation.as_object_mut() else {
                continue;
            };
            operation.remove("summary");
            operation.remove("description");
            let parameters = operation
                .get_mut("parameters")
                .and_then(Value::as_array_mut);
            for parameter in parameters
                .into_iter()
                .flatten()
                .filter_map(Value::as_object_mut)
            {
                parameter.remove("description");
            }
        }
    }
}

/// Why one call of progenitor failed.
enum Failure {
    Refused(String),
    Panicked(Panic),
    NotRust(String),
}

impl Failure {
    fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "generate::refused",
            Self::Panicked(_) => "generate::panicked",
            Self::NotRust(_) => "generate::not_rust",
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Refused(message) => format!("progenitor refuses it: {message}"),
            Self::Panicked(panic) => format!("progenitor {panic}"),
            Self::NotRust(message) => {
                format!("progenitor wrote something that is not Rust: {message}")
            }
        }
    }
}

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

fn attempt(document: &Value) -> Result<syn::File, Failure> {
    // What crosses the threads is text: tokens are not `Send`.
    let text = guard::catch(|| {
        let spec: OpenAPI = serde_path_to_error::deserialize(document)
            .map_err(|error| Failure::Refused(format!("{} at {}", error.inner(), error.path())))?;
        let tokens = Generator::new(&settings())
            .generate_tokens(&spec)
            .map_err(|error| Failure::Refused(first_line(&error.to_string())))?;
        Ok(tokens.to_string())
    })
    .map_err(Failure::Panicked)
    .and_then(|result| result)?;
    syn::parse_str(&text).map_err(|error| Failure::NotRust(error.to_string()))
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

/// Generates each operation alone to find those that fail.
fn blame(document: &Value, lowered: &Lowered, failure: &Failure) -> Vec<Problem> {
    let problems: Vec<Problem> = lowered
        .operations
        .iter()
        .filter_map(|(id, operation)| {
            let failure = attempt(&alone(document, operation)).err()?;
            Some(Problem {
                code: failure.code(),
                pointer: pointer_of(operation),
                message: format!("operation {id} cannot be generated: {}", failure.describe()),
                help: HELP.to_owned(),
            })
        })
        .collect();
    // A broken component fails every operation alike and is no operation's fault.
    let components_fail = !problems.is_empty() && attempt(&without_operations(document)).is_err();
    if problems.is_empty() || components_fail {
        return vec![Problem {
            code: failure.code(),
            pointer: if components_fail {
                "/components".to_owned()
            } else {
                String::new()
            },
            message: format!("the document cannot be generated: {}", failure.describe()),
            help: HELP.to_owned(),
        }];
    }
    problems
}

const HELP: &str = "this is a gap in openapi-lower, which should have rewritten the shape: please report it with the \
    output of `show --stage lower`; until then change or remove the operation with an overlay";

fn without_operations(document: &Value) -> Value {
    let mut document = document.clone();
    document["paths"] = Value::Object(Map::new());
    document
}

fn alone(document: &Value, operation: &Operation) -> Value {
    let item = &document["paths"][&operation.path];
    let mut path_item = Map::new();
    for key in [operation.method.as_str(), "parameters"] {
        if let Some(value) = item.get(key) {
            path_item.insert(key.to_owned(), value.clone());
        }
    }
    let mut paths = Map::new();
    paths.insert(operation.path.clone(), Value::Object(path_item));
    let mut document = document.clone();
    document["paths"] = Value::Object(paths);
    document
}

fn pointer_of(operation: &Operation) -> String {
    format!("/paths/{}/{}", escape(&operation.path), operation.method)
}
