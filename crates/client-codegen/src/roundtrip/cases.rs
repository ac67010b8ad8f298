//! Which schemas are sampled, and which Rust type each of them became.

use std::collections::BTreeMap;

use openapi_lower::Lowered;
use openapi_samples::{Branch, Sample, Sampler};
use quote::ToTokens;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use syn::Type;

use super::variants::{Variants, bare};
use crate::finish::Finished;
use crate::generate;

/// The samples of a document.
#[derive(Debug)]
pub struct Cases {
    /// One per schema that has samples and a Rust type.
    pub cases: Vec<Case>,
    /// Component schemas of the document that no sample is known of, by pointer.
    pub without: Vec<String>,
    sampler: Sampler,
}

/// A schema and what it became.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    /// The schema in the document that was given.
    pub pointer: String,
    /// The path of its Rust type in module `types`.
    pub rust_type: String,
    /// Its samples.
    pub trips: Vec<Trip>,
}

/// One sample.
#[derive(Debug, Serialize, Deserialize)]
pub struct Trip {
    /// The sample.
    pub sample: Sample,
    /// The variants that may stand for it, where it is of one branch of a union that is an enum.
    pub variants: Option<Vec<String>>,
}

impl Cases {
    /// Makes the samples of a document's component schemas and of the bodies of its operations.
    ///
    /// # Errors
    /// What progenitor says of the lowered document; none where it took it before.
    pub fn new(document: &Value, lowered: &Lowered, finished: &Finished) -> Result<Self, String> {
        let types = generate::component_types(lowered)?;
        let variants = Variants::new(finished);
        let sampler = Sampler::new(document);
        let mut cases = Vec::new();
        for (pointer, component) in sampled_schemas(document, lowered) {
            let Some(ty) = types.get(&component) else {
                continue;
            };
            let sampled = sampler.samples(&pointer);
            let trip = |sample: Sample| {
                let branch = sample.branch.as_ref();
                let variants = branch.and_then(|branch| {
                    let component = branch_component(lowered, &component, branch)?;
                    variants.holding(&bare(ty), &bare(types.get(&component)?))
                });
                Trip { sample, variants }
            };
            let trips: Vec<Trip> = sampled.samples.into_iter().map(trip).collect();
            if !trips.is_empty() {
                let rust_type = text(ty);
                cases.push(Case {
                    pointer,
                    rust_type,
                    trips,
                });
            }
        }
        let without = components(document)
            .filter(|pointer| !cases.iter().any(|case| case.pointer == *pointer))
            .collect();
        Ok(Self {
            cases,
            without,
            sampler,
        })
    }

    /// Cases that were made before, of the same document.
    #[must_use]
    pub fn again(document: &Value, cases: Vec<Case>) -> Self {
        Self {
            cases,
            without: Vec::new(),
            sampler: Sampler::new(document),
        }
    }

    /// How a document's sampler compares.
    pub(super) fn sampler(&self) -> &Sampler {
        &self.sampler
    }

    /// All samples with the index of their case, in the order in which a program is asked.
    pub fn trips(&self) -> impl Iterator<Item = (usize, &Trip)> {
        let numbered = self.cases.iter().enumerate();
        numbered.flat_map(|(index, case)| case.trips.iter().map(move |trip| (index, trip)))
    }

    /// What a program reads: a line for each sample with the number of its case and its JSON.
    #[must_use]
    pub fn questions(&self) -> String {
        self.trips()
            .map(|(index, trip)| format!("{index} {}\n", trip.sample.value))
            .collect()
    }
}

/// Component schemas and schemas of bodies, by pointer, with the lowered component that each became.
fn sampled_schemas(document: &Value, lowered: &Lowered) -> BTreeMap<String, String> {
    let schemas = lowered
        .document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let mut found = BTreeMap::new();
    for name in schemas.into_iter().flat_map(|schemas| schemas.keys()) {
        let origin = lowered.origins.resolve(&pointer_of(name));
        let is_component = origin
            .strip_prefix("/components/schemas/")
            .is_some_and(|rest| !rest.contains('/'));
        let is_body = origin.starts_with("/paths/")
            && origin.ends_with("/schema")
            && origin.contains("/content/");
        // What was made because of a schema has its origin too; the component of that name is the schema.
        let is_better = !found.contains_key(&origin) || origin == pointer_of(name);
        if (is_component || is_body) && is_better && document.pointer(&origin).is_some() {
            found.insert(origin, name.clone());
        }
    }
    found
}

/// The lowered component that a branch of a union became.
fn branch_component(lowered: &Lowered, union: &str, branch: &Branch) -> Option<String> {
    let at = pointer_of(union);
    let schema = lowered.document.pointer(&at)?;
    let branches = ["oneOf", "anyOf"]
        .into_iter()
        .find_map(|keyword| schema.get(keyword)?.as_array());
    let components = branches?.iter().filter_map(|schema| {
        let reference = schema["$ref"].as_str()?;
        reference
            .strip_prefix("#/components/schemas/")
            .map(str::to_owned)
    });
    components.into_iter().find(|component| {
        let origin = lowered.origins.resolve(&pointer_of(component));
        origin == branch.pointer || origin == branch.target
    })
}

fn components(document: &Value) -> impl Iterator<Item = String> {
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    schemas
        .into_iter()
        .flat_map(|schemas| schemas.keys())
        .map(|name| pointer_of(name))
}

fn pointer_of(component: &str) -> String {
    format!("/components/schemas/{}", openapi_pages::escape(component))
}

fn text(ty: &Type) -> String {
    ty.to_token_stream().to_string().replace(' ', "")
}
