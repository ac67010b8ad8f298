//! Operations read from either form, and what differs between them.

mod losses;

use std::collections::BTreeSet;
use std::fmt;

use client_codegen::assemble::assemble;
use client_codegen::diagnostic::{Diagnostics, SourceFile, Style};
use client_codegen::input::Page;
use client_codegen::pipeline::lowered;
use openapi_pages::{Format, escape, extract};
use serde_json::{Map, Value, json};

/// One operation as the stage *lower* leaves it.
pub(crate) struct Operation {
    method: String,
    path: String,
    /// What the page itself says, which the resolved form has lost.
    id: Option<String>,
    /// The assembled document, for lowering it under another operationId.
    assembled: client_codegen::assemble::Assembled,
}

impl Operation {
    /// Method and path.
    pub(crate) fn place(&self) -> (String, String) {
        (self.method.clone(), self.path.clone())
    }

    /// The lowered document, and the table of errors beside it. The operation gets `id`, as by an overlay, because the
    /// names of its inline types come from it.
    fn lowered(&self, id: Option<&str>) -> Value {
        let mut assembled = self.assembled.clone();
        if let Some(id) = id {
            assembled.document["paths"][&self.path][&self.method]["operationId"] = json!(id);
        }
        let lowered = ok(lowered(&assembled));
        let mut document = lowered.document;
        let root_security = document["security"].take();
        for operation in lowered.operations.values() {
            let mut lowered = document["paths"][&operation.path][&operation.method].take();
            // The resolved form says of each operation what the other says of all.
            if lowered.get("security").is_none() {
                lowered["security"] = root_security.clone();
            }
            // The order of parameters is kept only among those of one place.
            named_parameters(&mut lowered);
            self.inline_parameters(&mut lowered, &mut document);
            document["paths"][&operation.path][&operation.method] = lowered;
        }
        document["errors"] = serde_json::to_value(lowered.operations).unwrap();
        document
    }

    /// Puts the schemas of parameters back where they stood: *lower* makes components of those with a pattern, which is
    /// another place than that of those without.
    fn inline_parameters(&self, operation: &mut Value, document: &mut Value) {
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_object_mut);
        for parameter in parameters.into_iter().flat_map(Map::values_mut) {
            let name = parameter["schema"]["$ref"].as_str();
            let Some(name) = name.and_then(|name| name.strip_prefix("#/components/schemas/"))
            else {
                continue;
            };
            if self.assembled.document["components"]["schemas"]
                .get(name)
                .is_none()
            {
                let schemas = document["components"]["schemas"].as_object_mut().unwrap();
                parameter["schema"] = schemas.remove(name).unwrap();
            }
        }
    }
}

/// The operations of a page or dump of the form `format`.
pub(crate) fn operations(bytes: &[u8], format: Format) -> Vec<Operation> {
    let extraction = extract(bytes, None).unwrap();
    assert_eq!(extraction.format, format);
    let mut all = Vec::new();
    for fragment in extraction.fragments {
        let paths = fragment.document["paths"].as_object().unwrap().clone();
        let page = Page {
            file: SourceFile::new("page.md", bytes.to_vec()),
            format,
            rank: 0,
            fragments: vec![fragment],
        };
        let assembled = ok(assemble(&[page], "Test"));
        for (path, item) in &paths {
            for (method, operation) in item.as_object().unwrap() {
                if let Some(responses) = operation.get("responses") {
                    assert!(responses.is_object());
                    all.push(Operation {
                        method: method.clone(),
                        path: path.clone(),
                        id: operation["operationId"].as_str().map(str::to_owned),
                        assembled: assembled.clone(),
                    });
                }
            }
        }
    }
    all
}

fn ok<T>(result: Result<T, Diagnostics>) -> T {
    result.unwrap_or_else(|problems| panic!("{}", problems.render(Style::Plain)))
}

/// Turns the parameters into an object by place and name.
fn named_parameters(operation: &mut Value) {
    let Some(parameters) = operation.get_mut("parameters") else {
        return;
    };
    let named: Map<String, Value> = parameters
        .as_array()
        .unwrap()
        .iter()
        .map(|parameter| {
            let text = |key: &str| parameter[key].as_str().unwrap_or_default();
            (
                format!("{}:{}", text("in"), text("name")),
                parameter.clone(),
            )
        })
        .collect();
    assert_eq!(Some(named.len()), parameters.as_array().map(Vec::len));
    *parameters = Value::Object(named);
}

/// One value that differs.
pub(crate) struct Difference {
    pointer: String,
    resolved: Option<Value>,
    embedded: Option<Value>,
    /// What the resolved form loses that explains it.
    pub(crate) loss: Option<&'static str>,
}

impl Difference {
    /// Where it is and what explains it, without the values.
    pub(crate) fn place(&self) -> String {
        format!("{} ({})", self.pointer, self.loss.unwrap_or("unexplained"))
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: &Option<Value>| match value {
            None => "absent".to_owned(),
            Some(value) => {
                let text = value.to_string();
                let cut: String = text.chars().take(120).collect();
                if cut.len() < text.len() {
                    cut + "…"
                } else {
                    cut
                }
            }
        };
        let loss = self.loss.unwrap_or("NOT EXPLAINED");
        let (resolved, embedded) = (shown(&self.resolved), shown(&self.embedded));
        write!(f, "{}: {resolved} -> {embedded} ({loss})", self.pointer)
    }
}

/// Everything in which the lowered operations differ, by pointer.
pub(crate) fn differences(resolved: &Operation, embedded: &Operation) -> Vec<Difference> {
    let id = embedded.id.as_deref();
    let mut found = Vec::new();
    if resolved.id != embedded.id {
        found.push(Difference {
            pointer: "/operationId".to_owned(),
            resolved: resolved.id.clone().map(Value::from),
            embedded: embedded.id.clone().map(Value::from),
            loss: resolved.id.is_none().then_some("operationId"),
        });
    }
    compare(
        &mut String::new(),
        Some(&resolved.lowered(id)),
        Some(&embedded.lowered(id)),
        &mut found,
    );
    found
}

fn compare(
    pointer: &mut String,
    resolved: Option<&Value>,
    embedded: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    match (resolved, embedded) {
        (None, None) => {}
        (Some(one), Some(other)) if one == other => {}
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let mut other = other.clone();
            let is_swapped = one.contains_key("anyOf")
                && !one.contains_key("oneOf")
                && !other.contains_key("anyOf");
            if is_swapped && let Some(union) = other.remove("oneOf") {
                other.insert("anyOf".to_owned(), union);
                found.push(Difference {
                    pointer: pointer.clone(),
                    resolved: Some(json!("anyOf")),
                    embedded: Some(json!("oneOf")),
                    loss: Some("oneOf and anyOf"),
                });
            }
            let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for key in keys {
                inside(pointer, key, one.get(key), other.get(key), found);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                inside(pointer, &index.to_string(), Some(one), Some(other), found);
            }
        }
        _ => found.push(Difference {
            pointer: pointer.clone(),
            resolved: resolved.cloned(),
            embedded: embedded.cloned(),
            loss: losses::explain(pointer, resolved, embedded),
        }),
    }
}

/// Compares what both have under one key or index.
fn inside(
    pointer: &mut String,
    token: &str,
    resolved: Option<&Value>,
    embedded: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(&escape(token));
    compare(pointer, resolved, embedded, found);
    pointer.truncate(length);
}
