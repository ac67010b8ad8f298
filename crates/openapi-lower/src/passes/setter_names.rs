//! Names of parameters as methods of their operation's builder.
//!
//! A placeholder of a path can be called anything; another name must be sent as it is, so it gets a stand-in. With marks
//! what is in the path keeps a name, then what is in the query, then headers, then cookies, so that what is more often
//! added later takes nothing away. Without marks the placeholder yields, because nothing else can.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::parameters::placeholders;
use super::table::{Pass, Run};
use crate::context::{Context, METHODS};
use crate::names::{method_name, numbered, spelled};
use crate::pointer::{index, join};
use crate::report::Effect;
use crate::stand_in;

pub(crate) const PASS: Pass = Pass {
    name: "setter_names",
    summary: "Renames placeholders of paths that are no setter's name; with marks, any parameter that is none.",
    source: "progenitor 0.15.1 makes a method of one builder of each parameter, beside `new`, `send` and `body`",
    run: Run::Whole(run),
};

/// Locations, in the order in which their parameters keep a name.
const LOCATIONS: [&str; 4] = ["path", "query", "header", "cookie"];

fn run(context: &mut Context<'_>) {
    let Some(Value::Object(paths)) = context.document.get_mut("paths").map(Value::take) else {
        return;
    };
    let mut taken: BTreeSet<String> = paths.keys().cloned().collect();
    let mut result = Map::new();
    for (path, mut item) in paths {
        let renamed = match &mut item {
            Value::Object(item) if path.starts_with('/') => {
                rename_placeholders(context, &path, item, &taken)
            }
            _ => BTreeMap::new(),
        };
        let new_path = with_placeholders(&path, &renamed);
        taken.insert(new_path.clone());
        let at = join("/paths", &new_path);
        context.origins.moved(&join("/paths", &path), &at);
        if context.options.marks
            && let Value::Object(item) = &mut item
        {
            for method in METHODS {
                if let Some(Value::Object(operation)) = item.get_mut(*method) {
                    mark_clashing(context, operation, &join(&at, method));
                }
            }
        }
        result.insert(new_path, item);
    }
    context.document["paths"] = Value::Object(result);
}

fn text<'a>(parameter: &'a Value, key: &str) -> &'a str {
    parameter
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn parameters(operation: &Value) -> impl Iterator<Item = &Value> {
    operation
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// The methods that a builder has without parameters, and what its code calls a variable of its own.
pub(super) fn reserved(operation: &Map<String, Value>) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = ["new", "send"].map(str::to_owned).into();
    if operation.contains_key("requestBody") {
        names.extend(["body", "body_map"].map(str::to_owned));
    }
    let mut parameters = operation
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    if parameters.any(|parameter| text(parameter, "in") == "header") {
        names.insert("header_map".to_owned());
    }
    names
}

/// The new names of placeholders of a path, which its operations share.
fn rename_placeholders(
    context: &mut Context<'_>,
    path: &str,
    item: &mut Map<String, Value>,
    paths: &BTreeSet<String>,
) -> BTreeMap<String, String> {
    let operations: Vec<&Value> = METHODS
        .iter()
        .filter_map(|method| item.get(*method))
        .collect();
    let mut reserved_names = BTreeSet::new();
    let mut others = BTreeSet::new();
    for operation in &operations {
        if let Value::Object(operation) = operation {
            reserved_names.extend(reserved(operation));
        }
        let named = parameters(operation).filter(|one| text(one, "in") != "path");
        others.extend(named.map(|one| method_name(text(one, "name"))));
    }
    if !context.options.marks {
        reserved_names.extend(others.iter().cloned());
    }
    let names = placeholders(path);
    let mut taken: BTreeSet<String> = names.iter().map(|name| method_name(name)).collect();
    let mut kept = BTreeSet::new();
    let mut renamed = BTreeMap::new();
    let mut so_far = path.to_owned();
    for name in names {
        let rust = method_name(&name);
        if !reserved_names.contains(&rust) && kept.insert(rust) {
            continue;
        }
        // The path as a whole must be free, or one item would take the place of another.
        let with = |candidate: &str| {
            let new = BTreeMap::from([(name.clone(), candidate.to_owned())]);
            with_placeholders(&so_far, &new)
        };
        let is_free = |candidate: &String| {
            !taken.contains(candidate)
                && !reserved_names.contains(candidate)
                && !others.contains(candidate)
                && !paths.contains(&with(candidate))
        };
        let new = candidates(&name, "path").find(is_free);
        let new = new.unwrap_or_default();
        so_far = with(&new);
        taken.insert(new.clone());
        renamed.insert(name, new);
    }
    for method in METHODS {
        let list = join(&join(&join("/paths", path), method), "parameters");
        let parameters = item
            .get_mut(*method)
            .and_then(|one| one.get_mut("parameters"));
        for (position, parameter) in parameters
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
            .enumerate()
        {
            let name = text(parameter, "name").to_owned();
            let Some(new) = renamed
                .get(&name)
                .filter(|_| text(parameter, "in") == "path")
            else {
                continue;
            };
            context.note(
                &join(&index(&list, position), "name"),
                "setter_names",
                Effect::Exact,
                format!("the setter of `{name}` in the path is called `{new}`, another one has that name"),
            );
            parameter["name"] = json!(new);
            if let Value::Object(parameter) = parameter
                && parameter.contains_key(stand_in::EXTENSION)
            {
                stand_in::mark(parameter, "name", json!(name));
            }
        }
    }
    renamed
}

fn with_placeholders(path: &str, renamed: &BTreeMap<String, String>) -> String {
    let mut result = path.to_owned();
    for (old, new) in renamed {
        result = result.replace(&format!("{{{old}}}"), &format!("{{{new}}}"));
    }
    result
}

/// Marks what cannot have the setter of its name, and names all stand-ins.
fn mark_clashing(context: &mut Context<'_>, operation: &mut Map<String, Value>, at: &str) {
    let mut taken = reserved(operation);
    let Some(Value::Array(parameters)) = operation.get_mut("parameters") else {
        return;
    };
    let wanted: BTreeSet<String> = parameters
        .iter()
        .map(|one| method_name(text(one, "name")))
        .collect();
    let mut ranked: Vec<(usize, &mut Value)> = parameters.iter_mut().enumerate().collect();
    ranked.sort_by_key(|(_, parameter)| {
        let location = LOCATIONS
            .iter()
            .position(|known| *known == text(parameter, "in"));
        let name = text(parameter, "name").to_owned();
        // Of `fooBar` and `foo_bar` the one that is written like the setter keeps it.
        (location, method_name(&name) != name, name)
    });
    for (position, parameter) in ranked {
        let name = text(parameter, "name").to_owned();
        let rust = method_name(&name);
        let location = text(parameter, "in").to_owned();
        let is_free = taken.insert(rust.clone());
        let Value::Object(parameter) = parameter else {
            continue;
        };
        let is_marked = parameter.contains_key(stand_in::EXTENSION);
        if location == "path" || (is_free && !is_marked) {
            continue;
        }
        let stand_in = if is_free {
            rust
        } else {
            let fits =
                |candidate: &String| !taken.contains(candidate) && !wanted.contains(candidate);
            let new = candidates(&name, &location).find(fits).unwrap_or_default();
            context.note(
                &join(&index(&join(at, "parameters"), position), "name"),
                "setter_names",
                Effect::Exact,
                format!("the setter of `{name}` is called `{new}`, another one has that name"),
            );
            taken.insert(new.clone());
            new
        };
        stand_in::mark(parameter, "standIn", json!(stand_in));
    }
}

/// Names for a setter whose own name is taken: with its location, and with what its name has between its words.
fn candidates(name: &str, location: &str) -> impl Iterator<Item = String> {
    let by_place = method_name(&format!("{name} {location}"));
    numbered([by_place.clone(), method_name(&spelled(name))], by_place)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::PASS;
    use crate::passes::testing::{document_after, marked_after};
    use serde_json::{Value, json};

    fn parameter(name: &str, place: &str) -> Value {
        json!({"name": name, "in": place, "schema": {"type": "string"}})
    }

    fn stand_ins(parameters: Value) -> Vec<Value> {
        let document = json!({"openapi": "3.0.0", "paths": {"/a/{id}": {"post": {"parameters": parameters, "requestBody": {}}}}});
        let (document, _, _) = marked_after(&[PASS], document);
        let parameters = document["paths"]["/a/{id}"]["post"]["parameters"].clone();
        let parameters = parameters.as_array().unwrap().clone();
        parameters
            .iter()
            .map(|one| one["x-openapi-lower"]["standIn"].clone())
            .collect()
    }

    #[test]
    fn what_is_in_the_path_keeps_its_name_then_the_query() {
        let parameters = json!([
            parameter("id", "cookie"),
            parameter("id", "header"),
            parameter("id", "query"),
            parameter("id", "path"),
        ]);
        assert_eq!(
            stand_ins(parameters),
            [
                json!("id_cookie"),
                json!("id_header"),
                json!("id_query"),
                Value::Null
            ]
        );
    }

    #[test]
    fn names_of_methods_and_of_one_place_are_told_apart() {
        let parameters = json!([
            parameter("id", "path"),
            parameter("send", "query"),
            parameter("body", "query"),
            parameter("fooBar", "query"),
            parameter("foo_bar", "query"),
            parameter("foo-bar", "query"),
            parameter("foo_bar_query", "query"),
        ]);
        assert_eq!(
            stand_ins(parameters),
            [
                Value::Null,
                json!("send_query"),
                json!("body_query"),
                json!("foo_camel_bar"),
                Value::Null,
                json!("foo_dash_bar"),
                Value::Null
            ]
        );
    }

    fn paths_after(marks: bool, path: &str, get: Value, put: Value) -> Value {
        let document = json!({"openapi": "3.0.0", "paths": {path: {"get": {"parameters": get}, "put": {"parameters": put}}}});
        let (mut document, notes) = if marks {
            let (document, notes, _) = marked_after(&[PASS], document);
            (document, notes)
        } else {
            document_after(PASS, document)
        };
        assert!(notes.iter().all(|note| note.effect == crate::Effect::Exact));
        document["paths"].take()
    }

    #[test]
    fn without_marks_the_placeholder_yields_in_all_operations_of_its_path() {
        let paths = paths_after(
            false,
            "/a/{id}",
            json!([parameter("id", "path"), parameter("id", "query")]),
            json!([parameter("id", "path")]),
        );
        let item = &paths["/a/{id_path}"];
        assert_eq!(item["get"]["parameters"][0]["name"], "id_path");
        assert_eq!(item["get"]["parameters"][1]["name"], "id");
        assert_eq!(item["put"]["parameters"][0]["name"], "id_path");
    }

    #[test]
    fn a_placeholder_that_is_a_method_or_another_placeholder_is_renamed() {
        let own = json!([
            parameter("new", "path"),
            parameter("aB", "path"),
            parameter("a_b", "path")
        ]);
        let paths = paths_after(true, "/{new}/{aB}/{a_b}", own, json!([]));
        let item = &paths["/{new_path}/{aB}/{a_b_path}"];
        let names: Vec<&Value> = item["get"]["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["name"])
            .collect();
        assert_eq!(names, ["new_path", "aB", "a_b_path"]);
    }

    #[test]
    fn a_renamed_path_is_no_other_path() {
        let item = |id: &str, names: [&str; 2]| json!({"get": {"operationId": id, "parameters": names.map(|name| parameter(name, "path"))}});
        let document = json!({"openapi": "3.0.0", "paths": {
            "/a/{new}/{send}": item("first", ["new", "send"]),
            "/a/{new_path}/{send_path}": item("second", ["new_path", "send_path"]),
        }});
        let (document, _, _) = marked_after(&[PASS], document);
        let paths = document["paths"].as_object().unwrap();
        let ids: BTreeMap<&str, &Value> = paths
            .iter()
            .map(|(path, item)| (path.as_str(), &item["get"]["operationId"]))
            .collect();
        let wanted = [
            ("/a/{new_path}/{send_path}", &json!("second")),
            ("/a/{new_path}/{send_path_2}", &json!("first")),
        ];
        assert_eq!(ids, wanted.into());
    }
}
