//! Arguments of the types that a client takes, from what the document shows of them.

use client_codegen::commands::load::Loaded;
use openapi_lower::Operation;
use openapi_pages::escape;
use openapi_samples::Sampler;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The body of a request that is no JSON.
#[derive(Serialize, Deserialize)]
pub(crate) struct Bytes(Value);

impl From<Bytes> for reqwest::Body {
    fn from(bytes: Bytes) -> Self {
        bytes.0.to_string().into()
    }
}

/// A value that a document shows, and the schema that it is of, if it is written as JSON.
struct Shown {
    value: Value,
    schema: Option<String>,
}

/// Samples of the parameters and bodies of one API.
pub(crate) struct Samples {
    loaded: Loaded,
    sampler: Sampler,
}

impl Samples {
    pub(crate) fn new(loaded: Loaded) -> Self {
        let sampler = Sampler::new(&loaded.overlaid.document);
        Self { loaded, sampler }
    }

    /// The sample of what `setter` sets of an operation, as a value of the client's type. What the document allows is still
    /// allowed as the type writes it.
    pub(crate) fn argument<T: DeserializeOwned + Serialize>(
        &self,
        request: &str,
        setter: &str,
    ) -> T {
        let (id, operation) = self.operation(request);
        let sample = match setter {
            "body" => self.body(operation),
            parameter => self.parameter(id, operation, parameter),
        };
        let value = &sample.value;
        let argument: T = serde_json::from_value(value.clone())
            .unwrap_or_else(|error| panic!("{request}: {setter}: {error}: {value}"));
        let schema = sample.schema.as_deref();
        if let Some(schema) = schema.filter(|schema| self.sampler.allows(schema, value)) {
            let written = serde_json::to_value(&argument).unwrap();
            assert!(
                self.sampler.allows(schema, &written),
                "{request}: {setter}: {value} became {written}"
            );
        }
        argument
    }

    pub(crate) fn operation(&self, request: &str) -> (&str, &Operation) {
        let mut operations = self.loaded.lowered.operations.iter();
        let found = operations.find(|(_, operation)| {
            request == format!("{} {}", operation.method.to_uppercase(), operation.path)
        });
        let (id, operation) = found.unwrap_or_else(|| panic!("{request} is no operation"));
        (id, operation)
    }

    /// Where the operation stands in the document before lowering.
    pub(crate) fn origin(&self, operation: &Operation) -> String {
        self.loaded.lowered.origins.resolve(&operation.pointer())
    }

    pub(crate) fn document(&self) -> &Value {
        &self.loaded.overlaid.document
    }

    /// A pointer, or where the reference there leads.
    pub(crate) fn followed(&self, pointer: &str) -> String {
        match self.document().pointer(&format!("{pointer}/$ref")) {
            Some(Value::String(reference)) => reference.trim_start_matches('#').to_owned(),
            _ => pointer.to_owned(),
        }
    }

    fn body(&self, operation: &Operation) -> Shown {
        let body = self.followed(&format!("{}/requestBody", self.origin(operation)));
        let content = format!("{body}/content");
        let media = self.document().pointer(&content).and_then(Value::as_object);
        let media = media.unwrap_or_else(|| panic!("{body} has no content"));
        // Of several types a client sends JSON.
        let json = media
            .iter()
            .find(|(media_type, _)| media_type.contains("json"));
        let (media_type, stated) = json.or_else(|| media.iter().next()).unwrap();
        let schema = format!("{content}/{}/schema", escape(media_type));
        let shown = stated.get("example").cloned();
        // Parts that are not described are a map of files, and other bodies are bytes.
        let undescribed = || match media_type.starts_with("multipart/") {
            true => json!({}),
            false => json!("text"),
        };
        Shown {
            value: shown
                .or_else(|| self.sampler.example(&schema))
                .unwrap_or_else(undescribed),
            schema: json.map(|_| schema),
        }
    }

    /// A sample of the parameter that the setter is called after.
    fn parameter(&self, id: &str, operation: &Operation, setter: &str) -> Shown {
        let lowered = &self.loaded.lowered;
        let list = format!("{}/parameters", operation.pointer());
        let stated = lowered.document.pointer(&list).and_then(Value::as_array);
        let mut stated = stated.into_iter().flatten();
        let called = |one: &Value| letters(one["name"].as_str().unwrap()) == letters(setter);
        let index = stated.position(called);
        let index = index.unwrap_or_else(|| panic!("{id} has no parameter for {setter}"));
        // What stands there may have another name and be of another kind than what it stands for.
        let origin = lowered.origins.resolve(&format!("{list}/{index}"));
        let pointer = self.followed(&origin);
        let stated = self.document().pointer(&pointer);
        let stated = stated.filter(|stated| stated["name"].is_string());
        let stated = stated.unwrap_or_else(|| panic!("{id}: {setter} is no parameter: {pointer}"));
        let content = stated["content"].as_object();
        let schema = match content.and_then(|content| content.keys().next()) {
            Some(media_type) => format!("{pointer}/content/{}/schema", escape(media_type)),
            None => format!("{pointer}/schema"),
        };
        let shown = stated.get("example").cloned();
        let value = shown.or_else(|| self.sampler.example(&schema));
        Shown {
            value: value.unwrap_or_else(|| json!("text")),
            schema: Some(schema),
        }
    }
}

/// A name as it is compared with that of a setter, which is another case of it.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
