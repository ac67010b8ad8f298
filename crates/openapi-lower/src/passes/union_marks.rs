//! How the branches of unions are told apart.

mod tags;

use serde_json::Value;

use self::tags::Tags;
use super::table::{Pass, Run};
use crate::context::Context;
use crate::marks::{BranchMark, ObjectMark, UnionMark};
use crate::pointer::join;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "union_marks",
    summary: "With marks: says for each union of objects by which property, or by which keys, its branches are told apart.",
    source: "OpenAPI 3.1.1 §4.8.25; serde takes the first branch that decodes, which hides those behind one without required fields",
    run: Run::WithMarks(&Run::Whole(run)),
};

fn run(context: &mut Context<'_>) {
    let Some(components) = context.schemas() else {
        return;
    };
    let mut tags = Tags::new(components);
    let marks: Vec<_> = components
        .iter()
        .filter_map(|(name, schema)| Some((name.clone(), marked(schema, &mut tags)?)))
        .collect();
    for (name, (keyword, mark)) in marks {
        if keyword == "anyOf" {
            // What overlaps is a struct of all branches, but a tag has one value.
            if mark.tag.is_none() {
                continue;
            }
            let at = join("/components/schemas", &name);
            context.note(
                &join(&at, keyword),
                "union_marks",
                Effect::Exact,
                "written as `oneOf`: a value has one tag",
            );
            context
                .origins
                .moved(&join(&at, keyword), &join(&at, "oneOf"));
            if let Some(Value::Object(schema)) = context.schemas_mut().get_mut(&name)
                && let Some(branches) = schema.remove(keyword)
            {
                schema.insert("oneOf".to_owned(), branches);
            }
        }
        context.marks.unions.insert(name, mark);
    }
}

/// The mark of a component that is a union of at least two kinds of objects.
fn marked(schema: &Value, tags: &mut Tags<'_>) -> Option<(&'static str, UnionMark)> {
    let schema = schema.as_object()?;
    let keyword = ["oneOf", "anyOf"]
        .into_iter()
        .find(|keyword| schema.contains_key(*keyword))?;
    let branches = schema.get(keyword)?.as_array()?;
    let objects: Vec<_> = branches
        .iter()
        .map(|branch| tags.known.objects(branch))
        .collect();
    if objects.iter().flatten().count() < 2 {
        return None;
    }
    let tag = tags.of(schema, branches, &objects);
    let (tag, mut values) = match tag {
        Some((name, values)) => (Some(name), values),
        None => (None, vec![Vec::new(); branches.len()]),
    };
    let branches = objects
        .into_iter()
        .zip(&mut values)
        .map(|(objects, tags)| BranchMark {
            tags: std::mem::take(tags),
            objects: objects.map(|objects| ObjectMark {
                required: objects.required,
                properties: objects.properties.into_keys().collect(),
                open: objects.open,
            }),
        })
        .collect();
    Some((keyword, UnionMark { tag, branches }))
}

#[cfg(test)]
mod tests;
