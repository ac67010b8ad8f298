//! Lists of a fixed length that is too great for a Rust array.

use serde_json::{Value, json};

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "long_lists",
    summary: "Leaves the greatest length out where lists of one length have more than 32 items.",
    source: "typify 0.8 makes arrays of lists of one length; serde reads and writes arrays of up to 32 items",
    run: Run::Parts(run),
};

/// serde implements its traits for arrays up to this length.
const LONGEST_ARRAY: u64 = 32;

fn run(context: &mut Context<'_>) {
    context.each_schema(|context, schema, at| {
        let count = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
        // Unique items are a set, whatever their number.
        let is_long_array = count("minItems") == count("maxItems")
            && count("minItems").is_some_and(|length| length > LONGEST_ARRAY)
            && schema.get("uniqueItems") != Some(&json!(true));
        if is_long_array {
            context.note(
                &join(at, "maxItems"),
                "long_lists",
                Effect::Widened,
                "the length of the list is not checked",
            );
            schema.remove("maxItems");
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::schema_after;
    use serde_json::{Value, json};

    fn has_greatest_length(schema: Value) -> bool {
        let (schema, notes) = schema_after(super::PASS, schema);
        let has = schema.get("maxItems").is_some();
        assert_eq!(notes.is_empty(), has);
        assert!(schema.get("minItems").is_some());
        has
    }

    #[test]
    fn only_long_lists_of_one_length_lose_it() {
        let list = |min: u64, max: u64| json!({"type": "array", "items": {"type": "integer"}, "minItems": min, "maxItems": max});
        assert!(!has_greatest_length(list(33, 33)));
        assert!(has_greatest_length(list(32, 32)));
        assert!(has_greatest_length(list(1, 40)));
        let mut set = list(40, 40);
        set["uniqueItems"] = json!(true);
        assert!(has_greatest_length(set));
    }
}
