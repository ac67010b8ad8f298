//! Names of components.
//!
//! Of several components with one Rust name the one that is written like the Rust name keeps it, else the first. Each
//! other one spells out what makes it different (`foo_bar` beside `FooBar` is `FooUnderscoreBar`), so its name depends
//! on nothing but itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::table::{Pass, Run};
use crate::components::RESERVED;
use crate::context::Context;
use crate::names::type_name;
use crate::pointer::join;
use crate::refs;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "component_names",
    summary: "Renames components that would be one Rust type, that do not compile, or that cannot be referred to.",
    source: "OpenAPI 3.0.3 §4.7.7 (allowed characters); typify 0.8 makes one type of two names that are equal in Pascal case",
    run: Run::Whole(run),
};

fn run(context: &mut Context<'_>) {
    let renamed = renames(
        context
            .schemas()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect(),
    );
    if renamed.is_empty() {
        return;
    }
    for (old, new) in &renamed {
        let from = join("/components/schemas", old);
        context.note(
            &from,
            "component_names",
            Effect::Exact,
            format!("the component is named `{new}`"),
        );
    }
    let mut schemas = std::mem::take(context.schemas_mut());
    for (old, new) in &renamed {
        if let Some(schema) = schemas.remove(old) {
            schemas.insert(new.clone(), schema);
        }
        context.origins.moved(
            &join("/components/schemas", old),
            &join("/components/schemas", new),
        );
    }
    *context.schemas_mut() = schemas;
    let new_text = |text: &str| {
        renamed
            .get(&refs::component_name(text)?)
            .map(|new| refs::to_component(new))
    };
    context.each_schema(|_, schema, _| {
        if let Some(Value::String(text)) = schema.get_mut("$ref")
            && let Some(new) = new_text(text)
        {
            *text = new;
        }
        let mapping = schema
            .get_mut("discriminator")
            .and_then(|discriminator| discriminator.get_mut("mapping"));
        for text in mapping
            .and_then(Value::as_object_mut)
            .into_iter()
            .flat_map(|mapping| mapping.values_mut())
        {
            if let Value::String(text) = text
                && let Some(new) = new_text(text)
            {
                *text = new;
            }
        }
    });
}

fn renames(mut names: Vec<String>) -> BTreeMap<String, String> {
    names.sort_by_key(|name| (type_name(name) != *name, name.clone()));
    let mut taken: BTreeSet<String> = names
        .iter()
        .filter(|name| fits(name))
        .map(|name| type_name(name))
        .collect();
    let mut kept: BTreeSet<String> = BTreeSet::new();
    let mut renamed = BTreeMap::new();
    for name in names {
        let rust = type_name(&name);
        if fits(&name) && kept.insert(rust.clone()) {
            continue;
        }
        let reserved = RESERVED.contains(&rust.as_str());
        let base = match fits(&name) || reserved {
            true if reserved => format!("{name}Model"),
            true => spelled(&name),
            false => rust,
        };
        let mut new = base.clone();
        for number in 2_u32.. {
            if taken.insert(type_name(&new)) {
                break;
            }
            new = format!("{base}{number}");
        }
        renamed.insert(name, new);
    }
    renamed
}

fn fits(name: &str) -> bool {
    let allowed =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    !name.is_empty() && name.chars().all(allowed) && !RESERVED.contains(&type_name(name).as_str())
}

fn spelled(name: &str) -> String {
    let mut words = String::new();
    let mut start = true;
    for character in name.chars() {
        let word = match character {
            '_' => "Underscore",
            '-' => "Dash",
            '.' => "Dot",
            letter if start => {
                words.extend(letter.to_uppercase());
                start = false;
                continue;
            }
            letter => {
                words.push(letter);
                continue;
            }
        };
        words.push_str(word);
        start = true;
    }
    if type_name(&words) == type_name(name) {
        words.push_str(if name.starts_with(char::is_lowercase) {
            "Lower"
        } else {
            "Upper"
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::testing::document_after;
    use serde_json::json;

    fn of(names: &[&str]) -> Vec<(String, String)> {
        renames(names.iter().map(|name| (*name).to_owned()).collect())
            .into_iter()
            .collect()
    }

    fn pair(old: &str, new: &str) -> (String, String) {
        (old.to_owned(), new.to_owned())
    }

    #[test]
    fn one_rust_name_is_one_component() {
        assert_eq!(
            of(&["FooBar", "foo_bar", "Other"]),
            [pair("foo_bar", "FooUnderscoreBar")]
        );
        assert_eq!(
            of(&["Country", "country"]),
            [pair("country", "CountryLower")]
        );
        assert_eq!(of(&["foo.bar", "foo-bar"]), [pair("foo.bar", "FooDotBar")]);
    }

    #[test]
    fn names_that_do_not_compile_or_resolve_are_replaced() {
        assert_eq!(
            of(&["Ok", "Default"]),
            [pair("Default", "DefaultModel"), pair("Ok", "OkModel")]
        );
        assert_eq!(
            of(&["Page<User>", "a/b"]),
            [pair("Page<User>", "PageUser"), pair("a/b", "AB")]
        );
        assert_eq!(
            of(&["Page<User>", "PageUser"]),
            [pair("Page<User>", "PageUser2")]
        );
        assert!(of(&["Option", "Result", "user", "a.b"]).is_empty());
    }

    #[test]
    fn references_follow() {
        let (document, notes) = document_after(
            PASS,
            json!({"openapi": "3.0.0", "components": {"schemas": {
                "Ok": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Ok"}}},
                "U": {"oneOf": [], "discriminator": {"propertyName": "k", "mapping": {"o": "#/components/schemas/Ok"}}}
            }}}),
        );
        let schemas = &document["components"]["schemas"];
        assert_eq!(
            schemas["OkModel"]["properties"]["next"]["$ref"],
            "#/components/schemas/OkModel"
        );
        assert_eq!(
            schemas["U"]["discriminator"]["mapping"]["o"],
            "#/components/schemas/OkModel"
        );
        assert_eq!(notes[0].pointer, "/components/schemas/Ok");
    }
}
