//! Enums.

use crate::support::*;

rows! {
    enum_values "a value twice, an empty and a padded one" {
        for json in [r#""asc""#, r#""desc""#, r#""""#, r#"" padded ""#] {
            same::<types::Order>(json);
        }
        same::<types::Order>(r#""none""#);
    }
    enum_symbols "P#1104: values without letters" {
        for json in [r#""=""#, r#""!=""#, r#"">""#, r#"">=""#, r#""<""#, r#""≥""#] {
            same::<types::Compare>(json);
        }
        same::<types::Compare>(r#""equals""#);
    }
    enum_numbers "enums of numbers" {
        for json in ["1", "2", "-1"] {
            same::<types::Level>(json);
        }
        refused::<types::Level>("3");
        same::<types::Rate>("0.5");
        refused::<types::Rate>("0.25");
    }
    enum_of_several_types "A10: one enum of texts, numbers and flags" {
        for json in [r#""auto""#, "1", "true"] {
            same::<types::Mixed>(json);
        }
        refused::<types::Mixed>("false");
    }
    enum_with_null "A18: null is listed, and the enum is not nullable" {
        same::<types::Value>(r#"{"state": null}"#);
        same::<types::Value>(r#"{"state": "open"}"#);
        same::<types::Value>(r#"{"state": "ajar"}"#);
    }
    enum_with_null_and_no_type "null is listed, and no type is stated" {
        same::<types::Value>(r#"{"state": null}"#);
        same::<types::Value>(r#"{"state": "open"}"#);
        same::<types::Both>(r#"{"level": 1, "mixed": null}"#);
        same::<types::Both>(r#"{"level": null, "mixed": 1}"#);
    }
}
