//! What servers send although the document rules it out, and what the caller has of it.

use kitchen_sink_client::Nullable;
use kitchen_sink_client::error::NamesOfLocalsError;
use kitchen_sink_client::types::{Comparison, Level, ReadingsWeight, WidgetKind};

use crate::support::*;

/// An inventory with what it always has, and this.
fn inventory(more: &str) -> String {
    format!(r#"{{"counts":{{}},"keywords":[],"owner":null{more}}}"#)
}

fn widgets(each: &[&str]) -> String {
    format!(r#"{{"widgets":[{}]}}"#, each.join(","))
}

reads! {
    fields_that_are_new_are_in_the_body "issue 5" |c| c.read_level().level(Level::Value1) => {
        // `merged` has no room for them, says the document.
        json(200, r#"{"level":1,"merged":{"level":10,"loudness":2.5,"since":"1.4"},"total":7}"#) => Ok(readings) => {
            assert_eq!(wire(&*readings), r#"{"level":1,"merged":{"level":10,"loudness":2.5}}"#);
            let all: serde_json::Value = serde_json::from_slice(readings.body()).unwrap();
            assert_eq!((&all["merged"]["since"], &all["total"]), (&"1.4".into(), &7.into()));
        }
    }
    a_list_of_dates_keeps_what_is_none "issue 5" |c| c.list_holidays() => {
        json(200, r#"["2026-12-24","","soon"]"#) => Ok(dates) => {
            assert!(dates[0].value().is_some() && dates[1].value().is_none());
            assert_eq!(wire(&*dates), r#"["2026-12-24","","soon"]"#);
        }
        json(200, "null") => Ok(dates) => { assert!(dates.is_empty()); }
        json(200, "[7]") => Err(error) => { assert_eq!(error.decode_path(), Some("$[0]")); }
    }
    an_enum_of_texts_holds_any_text "issue 5" |c| c.list_kinds() => {
        // Case is part of a value.
        json(200, r#"["hand-tool","powerTool","OTHER","other","hologram"]"#) => Ok(kinds) => {
            let unknown = |text: &str| WidgetKind::Unknown(text.to_owned());
            let known = [WidgetKind::HandTool, WidgetKind::PowerTool, WidgetKind::Other];
            assert_eq!(kinds[..3], known);
            assert_eq!(kinds[3..], [unknown("other"), unknown("hologram")]);
            assert_eq!(kinds[4].as_str(), "hologram");
            assert_eq!(wire(&*kinds), r#"["hand-tool","powerTool","OTHER","other","hologram"]"#);
        }
        json(200, r#"["OTHER",7]"#) => Err(error) => { assert_eq!(error.decode_path(), Some("$[1]")); }
    }
    enums_of_numbers_are_read_by_value "issue 5" |c| c.read_level().level(Level::Value1) => {
        json(200, r#"{"level":-1,"weight":0.5}"#) => Ok(readings) => {
            assert_eq!((readings.level, readings.weight), (Some(Level::Minus1), Nullable::Value(ReadingsWeight::Half)));
        }
        json(200, r#"{"level":10,"weight":"auto"}"#) => Ok(readings) => {
            assert_eq!((readings.level, readings.weight), (Some(Level::Value10), Nullable::Value(ReadingsWeight::Auto)));
        }
        json(200, r#"{"level":1,"weight":1}"#) => Ok(readings) => {
            assert_eq!((readings.level, readings.weight), (Some(Level::Value1), Nullable::Value(ReadingsWeight::Value1)));
        }
        json(200, r#"{"level":2}"#) => Err(error) => { assert_eq!(error.decode_path(), Some("$.level")); }
    }
    enums_of_signs_are_read_by_value "issue 5" |c| c.read_level().level(Level::Value1) => {
        json(200, r#"{"compare":"<"}"#) => Ok(found) => { assert_eq!(found.compare, Some(Comparison::LessThan)); }
        json(200, r#"{"compare":"<="}"#) => Ok(found) => {
            assert_eq!(found.compare, Some(Comparison::LessThanOrEqual));
        }
        json(200, r#"{"compare":"="}"#) => Ok(found) => { assert_eq!(found.compare, Some(Comparison::Equal)); }
        json(200, r#"{"compare":""}"#) => Ok(found) => { assert_eq!(found.compare, Some(Comparison::Empty)); }
        json(200, r#"{"compare":"hand-made"}"#) => Ok(found) => {
            assert_eq!(found.compare, Some(Comparison::HandMade));
        }
        json(200, r#"{"compare":"hand_made"}"#) => Ok(found) => {
            assert_eq!(found.compare, Some(Comparison::HandUnderscoreMade));
        }
    }
    null_is_an_empty_map "issue 5" |c| c.read_inventory() => {
        json(200, r#"{"counts":null,"keywords":[],"owner":null}"#) => Ok(inventory) => {
            assert!(inventory.counts.is_empty());
            assert_eq!(wire(&*inventory), r#"{"counts":{},"keywords":[],"owner":null}"#);
        }
    }
    null_is_no_optional_value "issue 5" |c| c.get_widget().widget_id("w") => {
        json(200, r#"{"id":"w","name":"n","kind":"OTHER","tags":null,"made_at":null,"dimensions":null}"#) => Ok(widget) => {
            assert_eq!((&widget.tags, &widget.made_at), (&None, &None));
            assert!(widget.dimensions.is_none());
        }
    }
    null_and_absent_are_told_apart "issue 5" |c| c.list_widgets() => {
        json(200, r#"{"widgets":[],"next_page":null}"#) => Ok(page) => { assert_eq!(page.next_page, Nullable::Null); }
        json(200, r#"{"widgets":[]}"#) => Ok(page) => { assert_eq!(page.next_page, Nullable::Absent); }
        json(200, r#"{"widgets":[],"next_page":0}"#) => Ok(page) => { assert_eq!(page.next_page, Nullable::Value(0)); }
    }
    what_is_missing_is_missing "issue 5" |c| c.list_widgets() => {
        json(200, r#"{"next_page":1}"#) => Err(error) => {
            assert_eq!(error.to_string(), "list_widgets: the body of HTTP 200 OK is not what the API promises at $");
        }
        json(200, &widgets(&[r#"{"id":"w","kind":"OTHER","name":"n"}"#, r#"{"id":"v","name":"m"}"#])) => Err(error) => {
            assert_eq!(error.decode_path(), Some("$.widgets[1]"));
        }
    }
    limits_of_numbers_refuse_nothing "issue 5" |c| c.names_of_locals().encode_path("a") => {
        json(404, r#"{"at_least":-1}"#) => Err(error) => {
            let Some(NamesOfLocalsError::ClientError(body)) = error.typed() else { panic!("{error:?}") };
            assert_eq!(wire(body), r#"{"at_least":-1}"#);
        }
    }
    patterns_of_texts_refuse_nothing "issue 5" |c| c.names_of_locals().encode_path("a") => {
        json(404, r#"{"code":"XYZ 1"}"#) => Err(error) => {
            let Some(NamesOfLocalsError::ClientError(body)) = error.typed() else { panic!("{error:?}") };
            assert_eq!(wire(body), r#"{"code":"XYZ 1"}"#);
        }
    }
    a_list_that_is_too_long_is_read "issue 5" |c| c.read_inventory() => {
        json(200, r#"{"counts":{},"keywords":["a","b","c"],"owner":null}"#) => Ok(inventory) => {
            assert_eq!(wire(&inventory.keywords), r#"["a","b","c"]"#);
        }
    }
    a_default_is_not_what_the_server_said "issue 5" |c| c.names_of_locals().encode_path("a") => {
        json(404, "{}") => Err(error) => {
            let Some(NamesOfLocalsError::ClientError(body)) = error.typed() else { panic!("{error:?}") };
            assert_eq!(wire(body), "{}");
        }
    }
    a_default_beside_a_reference_is_not_what_the_server_said "issue 5" |c| c.read_level().level(Level::Value1) => {
        json(200, r#"{"weight":null}"#) => Ok(readings) => {
            assert_eq!((readings.level, &readings.compare, readings.weight), (None, &None, Nullable::Null));
            assert_eq!(wire(&*readings), r#"{"weight":null}"#);
        }
    }
    a_date_that_is_none_keeps_its_text "issue 5" |c| c.read_inventory() => {
        json(200, &inventory(r#","counted":"","days":["2026-03-01","","0000-00-00","01/03/26"]"#)) => Ok(inventory) => {
            assert_eq!(inventory.counted.as_ref().map(|at| (at.as_str(), at.value())), Some(("", None)));
            let days: Vec<_> = inventory.days.iter().flatten().map(|day| (day.as_str(), day.value().is_some())).collect();
            assert_eq!(days, [("2026-03-01", true), ("", false), ("0000-00-00", false), ("01/03/26", false)]);
            assert!(wire(&*inventory).contains(r#""days":["2026-03-01","","0000-00-00","01/03/26"]"#));
        }
    }
    a_time_keeps_its_zone_or_has_none "issue 5" |c| c.read_inventory() => {
        json(200, &inventory(r#","counted":"2026-03-01T10:30:00.000+01:00""#)) => Ok(inventory) => {
            let counted = inventory.counted.as_ref().unwrap();
            assert_eq!(counted.value().map(|at| at.timestamp()), Some(1_772_357_400));
            assert_eq!(counted.as_str(), "2026-03-01T10:30:00.000+01:00");
        }
        json(200, &inventory(r#","counted":"2026-03-01T09:30:00""#)) => Ok(inventory) => {
            let counted = inventory.counted.as_ref().unwrap();
            assert_eq!((counted.value(), counted.as_str()), (None, "2026-03-01T09:30:00"));
        }
    }
    what_was_read_is_written_again_as_it_came "issue 5" |c| c.read_inventory() => {
        json(200, INVENTORY) => Ok(answer) => {
            let (server, client) = start(none(204));
            client.replace_inventory().body(answer.into_inner()).send().await.unwrap();
            assert_eq!(String::from_utf8_lossy(&server.only_request().body), INVENTORY);
        }
    }
}

/// Something of every kind that must not be lost, in the order in which it is written.
const INVENTORY: &str = concat!(
    r#"{"cause":{"at":null,"code":7},"counted":"yesterday","counts":{"a":-1,"b":2},"days":[],"details":{"new":[1,{}]},"#,
    r#""failure":null,"keywords":["k",""],"licence":"plain","newest":{},"owner":null,"rating":4.5,"title":""}"#
);
