//! Objects, lists and scalars.

use crate::support::*;

rows! {
    all_of_parts "`allOf` has the properties of all its parts" {
        same::<types::Child>(r#"{"id": 1, "name": "a"}"#);
        refused::<types::Child>(r#"{"id": 1}"#);
    }
    all_of_that_differ "B2: parts of `allOf` give one property two types" {
        same::<types::Child>(r#"{"id": 1, "state": "open"}"#);
    }
    all_of_closed_parts "B2: closed parts of `allOf`" {
        same::<types::Child>(r#"{"id": 1, "name": "a"}"#);
    }
    one_reference_in_all_of "`allOf` of one reference only describes it" {
        same::<types::Value>(r#"{"base": {"id": 1}}"#);
        let value = types::Value::new().base(types::Base::new(1));
        assert_eq!(serde_json::to_string(&value).unwrap(), r#"{"base":{"id":1}}"#);
    }
    defaults "A10: defaults that are no values" {
        same::<types::Value>(r#"{"text": "a", "flag": true, "size": "s", "list": ["a"]}"#);
    }
    absent_null_and_empty "absent, null and empty are three things to say" {
        for json in ["{}", r#"{"name": null}"#, r#"{"tags": []}"#, r#"{"labels": {}}"#] {
            same::<types::Change>(json);
        }
    }
    texts_of_a_format "a text that is not of its format is kept" {
        for json in [
            r#"{"day":"2026-03-01","id":"67e55044-10b1-426f-9247-bb680e5fe0c8"}"#,
            r#"{"at":"2026-03-01T09:30:00+00:00","day":"","id":""}"#,
            r#"{"at":"","day":"01/03/26","hosts":["localhost"],"id":"none"}"#,
            r#"{"at":"2026-03-01 09:30:00","day":"0000-00-00","hosts":[],"id":"67E55044-10B1-426F-9247-BB680E5FE0C8"}"#,
        ] {
            let entry: types::Entry = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&entry).unwrap(), json);
        }
        let day = "2026-03-01".parse::<chrono::NaiveDate>().unwrap();
        let entry = types::Entry::new(day, uuid::Uuid::nil());
        assert_eq!(entry.day.value(), Some(&day));
        assert_eq!(entry.id.value(), Some(&uuid::Uuid::nil()));
        assert_eq!(
            serde_json::to_string(&entry).unwrap(),
            r#"{"day":"2026-03-01","id":"00000000-0000-0000-0000-000000000000"}"#
        );
        // A branch of a union is told by its format.
        same::<types::Key>("7");
        same::<types::Key>(r#""2026-03-01""#);
        assert!(serde_json::from_str::<types::Key>(r#""""#).is_err());
    }
    defaults_of_absent_properties "what is absent stays absent, whatever its default" {
        same::<types::Change>("{}");
    }
    required_but_absent "`required` names what is not listed" {
        same::<types::Value>(r#"{"id": 1, "ghost": {"any": "thing"}}"#);
    }
    maps "`additionalProperties` in every form" {
        same::<types::Texts>(r#"{"a": "b"}"#);
        same::<types::Free>(r#"{"a": [1]}"#);
        same::<types::Closed>(r#"{"id": 1}"#);
        same::<types::Both>(r#"{"id": 1, "other": "a"}"#);
        let both = types::Both::new(1).extra([("other".to_owned(), "a".to_owned())].into());
        assert_eq!(serde_json::to_string(&both).unwrap(), r#"{"id":1,"other":"a"}"#);
        let counts: types::Counts = serde_json::from_str(r#"{"by_name": null}"#).unwrap();
        assert!(counts.by_name.is_empty());
    }
    map_beside_a_property_extra "A15: a property has the name of the field for the others" {
        same::<types::Value>(r#"{"extra": 1, "other": "a"}"#);
    }
    formats_without_type "A5: a format without a type, or of another type" {
        same::<types::Value>(r#"{"at": "2026-03-01T09:30:00Z", "count": 1, "flag": true, "list": ["a"]}"#);
    }
    nullable_without_type "A7: `nullable` and a bound are no list" {
        same::<types::Value>(r#"{"size": 1.5, "code": "abc"}"#);
        same::<types::Value>(r#"{"size": null, "code": null}"#);
    }
    patterns "A10: patterns of other dialects" {
        same::<types::Value>(r#"{"inline": "ABC", "named": "2026", "possessive": "aa", "plain": "abc"}"#);
        // What is too long or spelled otherwise is the server's affair.
        same::<types::Value>(r#"{"plain": "xyz"}"#);
    }
    long_fixed_lists "A19: a list of exactly 40" {
        let list = serde_json::to_string(&vec![7; 40]).unwrap();
        same::<types::Value>(&list);
    }
    texts_of_docs "A20, trap 9: carriage returns, links, HTML and code in descriptions" {
        same::<types::Value>(r#"{"id": 1}"#);
    }
    malformed_shapes "keywords have values of other JSON types" {
        same::<types::Value>(r#"{"id": 1, "tags": ["a", 1], "enumless": "a", "broken": {"b": 1}}"#);
    }
    schemas_of_no_shape "components that are no schemas but referred to, and types that are no names" {
        same::<types::Value>(r#"{"a": 1, "b": "x", "c": [null, {}], "d": {"e": "x"}}"#);
    }
    part_in_a_part "a component that may be null, in a part of a part" {
        same::<types::Build>(r#"{"options": {"cached": true}}"#);
        same::<types::Build>(r#"{"options": null}"#);
        let _: fn(types::Build) -> Option<types::BuildOptions> = |build| build.options;
    }
    large_integers "integers of 64 bits" {
        same::<types::Value>(r#"{"signed": -9223372036854775808, "unsigned": 18446744073709551615, "plain": 9007199254740993}"#);
        same::<types::Value>(r#"{"huge": 18446744073709551615}"#);
    }
    numbers_in_other_writing "integers with a fraction of zero" {
        becomes::<types::Count>(
            r#"{"total": 0.0, "next": 2.0, "small": 255.0, "sizes": [1.0, -2], "by_name": {"a": 3e0}, "level": 4.0, "ratio": 5}"#,
            r#"{"total": 0, "next": 2, "small": 255, "sizes": [1, -2], "by_name": {"a": 3}, "level": 4, "ratio": 5.0}"#,
        );
        becomes::<types::Count>(r#"{"total": 1, "sizes": null}"#, r#"{"total": 1, "sizes": [], "next": null}"#);
        becomes::<types::Tree>(r#"{"at": 1.0, "below": [{"at": 2.0}]}"#, r#"{"at": 1, "below": [{"at": 2}]}"#);
        refused::<types::Count>(r#"{"total": 0.5, "sizes": [], "next": 1}"#);
        refused::<types::Count>(r#"{"total": "1", "sizes": [], "next": 1}"#);
    }
    constrained_texts "lengths and formats" {
        same::<types::Value>(
            r#"{"code": "abc", "id": "67e55044-10b1-426f-9247-bb680e5fe0c8", "at": "2026-03-01T09:30:00Z",
                "day": "2026-03-01", "ip": "192.0.2.1"}"#,
        );
        same::<types::Value>(r#"{"code": "abcde"}"#);
    }
    deep_nesting "objects in objects in objects" {
        let json = (0..12).fold("1".to_owned(), |inner, _| format!("{{\"a\":{inner}}}"));
        same::<types::Value>(&json);
    }
}
