//! One variant of a document.

use serde_json::Value;

use super::random::Random;
use super::{change, slice};

/// A variant of `document`; the same for the same seed.
#[must_use]
pub fn mutate(document: &Value, seed: u64) -> Value {
    let mut random = Random::new(seed);
    let mut mutant = slice::slice(document, &mut random);
    for _ in 0..=random.below(5) {
        change::change(&mut mutant, &mut random);
    }
    mutant
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    #[test]
    fn a_seed_gives_one_variant_and_seeds_give_many() {
        let document = json!({
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1"},
            "paths": {"/a": {"get": {"responses": {"200": {"description": "", "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/A"}}
            }}}}}},
            "components": {"schemas": {"A": {"type": "object", "properties": {"b": {"type": "string"}}}, "B": {}}}
        });
        let mut all = BTreeSet::new();
        for seed in 0..100 {
            let mutant = mutate(&document, seed);
            assert_eq!(mutant, mutate(&document, seed));
            all.insert(mutant.to_string());
        }
        assert!(all.len() > 90, "{}", all.len());
    }
}
