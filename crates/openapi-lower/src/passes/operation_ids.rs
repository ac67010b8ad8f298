//! Names of operations.
//!
//! * An operation without operationId is named by its method and path: `get /users/{id}` is `get_users_id`.
//! * Of several operations with one operationId the one with the shortest path keeps it (then the first path, then the
//!   first method); each other one gets its own method and path appended, `list` is `list_get_users`.
//! * Of several paths that read alike the one with placeholders keeps the short name, so a literal path that is added
//!   beside it takes nothing away: `/users/id` is `get_users_slash_id` beside `/users/{id}`. Other ones spell their
//!   placeholders out too (`get_users_by_id`). Doing that for all paths would make names distinct from the start, but
//!   it would burden every name for the sake of pairs that hardly any API has.
//! * A name that the generated client uses itself gets `_operation` appended.
//!
//! What is appended depends on the operation alone. An operation is renamed only if one is added that states its name, or
//! that stands before it in the order given above.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::{Context, METHODS};
use crate::names::method_name;
use crate::pointer::join;
use crate::report::{Effect, NO_OPERATIONS, NO_OPERATIONS_RULE, Note};

pub(crate) const PASS: Pass = Pass {
    name: "operation_ids",
    summary: "Gives every operation an operationId that is one Rust name, and no other operation's.",
    source: "OpenAPI 3.0.3 §4.7.10; progenitor 0.15.1 requires the id and compares it before it is in snake case",
    run: Run::Whole(run),
};

/// Types and functions that stand in the module of progenitor's builders, as method names.
const IN_SCOPE: &[&str] = &[
    "error",
    "types",
    "encode_path",
    "byte_stream",
    "client_info",
    "client_hooks",
    "operation_info",
    "request_builder_ext",
    "response_value",
];

struct Found {
    path: String,
    method: usize,
    pointer: String,
    stated: Option<String>,
}

fn run(context: &mut Context<'_>) {
    let mut found = Vec::new();
    context.each_operation(|_, method, path, operation, pointer| {
        let stated = operation
            .get("operationId")
            .and_then(Value::as_str)
            .map(str::trim)
            .filter(|id| !id.is_empty());
        found.push(Found {
            path: path.to_owned(),
            method: METHODS
                .iter()
                .position(|known| *known == method)
                .unwrap_or_default(),
            pointer: pointer.to_owned(),
            stated: stated.map(str::to_owned),
        });
    });
    if found.is_empty() {
        let help = help_without_operations(&context.notes);
        let is_empty = |part: Option<&Map<String, Value>>| part.is_none_or(Map::is_empty);
        let webhooks = context.document.get("webhooks").and_then(Value::as_object);
        if is_empty(context.schemas()) && is_empty(webhooks) {
            context.problem(NO_OPERATIONS, "/paths", "no operation is left", help);
        } else {
            context.note(
                "/paths",
                NO_OPERATIONS_RULE,
                Effect::Exact,
                format!("no operation is left, so the client has only types: {help}"),
            );
        }
        return;
    }
    found.sort_by(|left, right| {
        (left.path.len(), &left.path, left.method).cmp(&(
            right.path.len(),
            &right.path,
            right.method,
        ))
    });
    let names = assign(context, &found);
    for (operation, name) in found.iter().zip(names) {
        if let Some(Value::Object(members)) = context.document.pointer_mut(&operation.pointer) {
            members.insert("operationId".to_owned(), json!(name));
        }
    }
}

/// How many of the operations that were left out are named; the notes have all.
const SHOWN: usize = 5;

/// Says why there is none: nothing else does, because what comes after has nothing to show.
fn help_without_operations(notes: &[Note]) -> String {
    let left_out: BTreeMap<&str, String> = notes
        .iter()
        .filter_map(|note| {
            let reason = format!("`{}`: {}", note.left_out()?, note.message);
            Some((note.pointer.as_str(), reason))
        })
        .collect();
    if left_out.is_empty() {
        return "the document has no operation; give one that has, or add one to `paths`"
            .to_owned();
    }
    let mut shown: Vec<String> = left_out.values().take(SHOWN).cloned().collect();
    if left_out.len() > SHOWN {
        shown.push(format!("and {} more", left_out.len() - SHOWN));
    }
    format!(
        "all operations of the document were left out, so correct what they say or give another document: {}",
        shown.join("; ")
    )
}

fn assign(context: &mut Context<'_>, found: &[Found]) -> Vec<String> {
    // Stated names come first, so that no made-up one takes the name that another operation states.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|position| {
        let operation = &found[*position];
        let is_made_up = operation.stated.is_none();
        (is_made_up, is_made_up && !operation.path.contains('{'))
    });
    let reserved: BTreeSet<String> = context
        .options
        .reserved_operation_names
        .iter()
        .map(|name| method_name(name))
        .chain(IN_SCOPE.iter().map(|name| (*name).to_owned()))
        .collect();
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let mut names = vec![String::new(); found.len()];
    for position in order {
        let operation = &found[position];
        let by_path = by_path(operation);
        let (wanted, why) = match &operation.stated {
            None => (
                by_path.clone(),
                Some("named by its method and path, because it has no operationId".to_owned()),
            ),
            Some(stated) => {
                let clean = cleaned(stated);
                let why = (clean != *stated)
                    .then(|| format!("`{stated}` has characters that no Rust name has"));
                (clean, why)
            }
        };
        let mut name = wanted.clone();
        let mut why = why;
        if reserved.contains(&method_name(&name)) {
            name = format!("{wanted}_operation");
            why = Some(format!(
                "`{wanted}` is a name that the generated client uses itself"
            ));
        }
        if let Some(other) = taken.get(&method_name(&name)) {
            why = Some(format!("`{name}` is the name of {other} too"));
            let spelled = spelled_out(operation);
            name = match operation.stated {
                None if !taken.contains_key(&method_name(&spelled)) => spelled,
                _ => format!("{wanted}_{by_path}"),
            };
        }
        let base = name.clone();
        for number in 2_u32.. {
            if !taken.contains_key(&method_name(&name)) {
                break;
            }
            name = format!("{base}_{number}");
        }
        let place = if operation.stated.is_some() {
            join(&operation.pointer, "operationId")
        } else {
            operation.pointer.clone()
        };
        if let Some(why) = why {
            context.note(
                &place,
                "operation_ids",
                Effect::Exact,
                format!("{why}; named `{name}`"),
            );
        }
        let label = format!("`{} {}`", METHODS[operation.method], operation.path);
        taken.insert(method_name(&name), label);
        names[position] = name;
    }
    names
}

fn by_path(operation: &Found) -> String {
    method_name(&format!("{} {}", METHODS[operation.method], operation.path))
}

/// Method and path with words for what only separates otherwise.
fn spelled_out(operation: &Found) -> String {
    let mut name = METHODS[operation.method].to_owned();
    for (position, segment) in operation.path.trim_matches('/').split('/').enumerate() {
        match segment.strip_prefix('{') {
            Some(_) => name.push_str("_by_"),
            None if position > 0 => name.push_str("_slash_"),
            None => name.push('_'),
        }
        for character in segment.chars() {
            match character {
                '-' => name.push_str("_dash_"),
                '.' => name.push_str("_dot_"),
                '_' => name.push_str("_underscore_"),
                ':' => name.push_str("_colon_"),
                other => name.push(other),
            }
        }
    }
    method_name(&name)
}

/// The id with everything that no Rust name can have as one underscore.
fn cleaned(stated: &str) -> String {
    let plain =
        |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.');
    if stated.chars().all(plain) && stated.chars().next().is_some_and(char::is_alphabetic) {
        return stated.to_owned();
    }
    let mut name = String::with_capacity(stated.len());
    for character in stated.chars() {
        if plain(character) {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_matches('_').to_owned();
    match name.chars().next() {
        Some(first) if first.is_alphabetic() => name,
        Some(_) => format!("op_{name}"),
        None => "operation".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::document_after;
    use serde_json::{Value, json};

    fn ids(paths: Value) -> Vec<String> {
        let (document, _) =
            document_after(super::PASS, json!({"openapi": "3.0.0", "paths": paths}));
        let mut ids = Vec::new();
        for (_, item) in document["paths"].as_object().unwrap() {
            for (_, operation) in item.as_object().unwrap() {
                ids.push(operation["operationId"].as_str().unwrap().to_owned());
            }
        }
        ids
    }

    #[test]
    fn absent_ids_come_from_method_and_path() {
        assert_eq!(
            ids(json!({"/users/{userId}": {"get": {}, "delete": {}}})),
            ["delete_users_user_id", "get_users_user_id"]
        );
        assert_eq!(ids(json!({"/": {"get": {"operationId": "  "}}})), ["get"]);
    }

    #[test]
    fn equal_names_are_told_apart_by_path() {
        assert_eq!(
            ids(
                json!({"/a": {"get": {"operationId": "get_foo"}}, "/b/c": {"get": {"operationId": "getFoo"}}})
            ),
            ["get_foo", "getFoo_get_b_c"]
        );
    }

    #[test]
    fn a_third_operation_renames_none_of_two() {
        let two =
            ids(json!({"/a": {"get": {"operationId": "x"}}, "/c": {"get": {"operationId": "x"}}}));
        let three = ids(
            json!({"/a": {"get": {"operationId": "x"}}, "/b": {"get": {"operationId": "x"}}, "/c": {"get": {"operationId": "x"}}}),
        );
        assert_eq!(two, ["x", "x_get_c"]);
        assert_eq!(three, ["x", "x_get_b", "x_get_c"]);
    }

    #[test]
    fn a_literal_path_takes_no_name_from_a_placeholder() {
        let one = json!({"get": {}});
        assert_eq!(ids(json!({"/a/{b}": one})), ["get_a_b"]);
        assert_eq!(
            ids(json!({"/a/b": one, "/a/{b}": one})),
            ["get_a_slash_b", "get_a_b"]
        );
        assert_eq!(
            ids(json!({"/a-b": one, "/a/b": one, "/a/{b}": one, "/{a}/{b}": one})),
            ["get_a_dash_b", "get_a_slash_b", "get_a_b", "get_by_a_by_b"]
        );
    }

    #[test]
    fn names_of_the_client_are_not_taken() {
        assert_eq!(
            ids(
                json!({"/a": {"get": {"operationId": "new"}}, "/b": {"get": {"operationId": "Error"}}})
            ),
            ["new_operation", "Error_operation"]
        );
    }

    #[test]
    fn odd_characters_are_replaced() {
        assert_eq!(
            ids(json!({"/a": {"get": {"operationId": "GET /users (all)"}}})),
            ["GET_users_all"]
        );
        assert_eq!(
            ids(json!({"/a": {"get": {"operationId": "users.list-all"}}})),
            ["users.list-all"]
        );
        assert_eq!(
            ids(json!({"/a": {"get": {"operationId": "3d"}}})),
            ["op_3d"]
        );
    }

    #[test]
    fn a_stated_name_wins_over_a_made_up_one() {
        assert_eq!(
            ids(json!({"/a": {"get": {}}, "/long/path": {"get": {"operationId": "get_a"}}})),
            ["get_a_get_a", "get_a"]
        );
    }
}
