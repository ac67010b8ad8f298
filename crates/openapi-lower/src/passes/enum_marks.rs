//! Takes the marks of enums out of the document.

use serde_json::Value;

use super::table::{Pass, Run};
use crate::context::Context;
use crate::marks::EnumMark;
use crate::stand_in;

pub(crate) const PASS: Pass = Pass {
    name: "enum_marks",
    summary: "With marks: takes the values of enums that have stand-ins out of the document.",
    source: "typify 0.8 writes enums of texts only",
    run: Run::WithMarks(&Run::Whole(run)),
};

fn run(context: &mut Context<'_>) {
    let names = context.schemas().into_iter().flatten();
    let marks: Vec<(String, EnumMark)> = names
        .filter_map(|(name, schema)| {
            let by_name = schema.get(stand_in::EXTENSION)?.get(stand_in::VALUES)?;
            let by_name = by_name.as_object()?;
            // What is listed is what became a type.
            let listed = schema.get("enum")?.as_array()?.iter();
            let values = listed
                .filter_map(Value::as_str)
                .filter_map(|name| Some((name.to_owned(), by_name.get(name)?.clone())))
                .collect();
            Some((name.clone(), EnumMark { values }))
        })
        .collect();
    context.marks.enums.extend(marks);
    context.each_schema(|_, schema, _| {
        schema.remove(stand_in::EXTENSION);
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::marks::EnumMark;
    use crate::passes::testing::marked_after;

    #[test]
    fn the_mark_of_a_component_is_in_the_table_and_nowhere_else() {
        let document = json!({"openapi": "3.0.0", "components": {"schemas": {"S": {
            "type": "string", "enum": ["Value1"], "x-openapi-lower": {"values": {"Value1": 1, "Value2": 2}}
        }}}});
        let (document, _, marks) = marked_after(&[super::PASS], document);
        assert_eq!(
            document["components"]["schemas"]["S"],
            json!({"type": "string", "enum": ["Value1"]})
        );
        let values = [("Value1".to_owned(), json!(1))].into();
        assert_eq!(marks.enums, [("S".to_owned(), EnumMark { values })].into());
    }
}
