//! Unions are read as the branch that fits, with what a vendor may have added to it since, and written as they are.

use std::error::Error as _;

use kitchen_sink_client::types::{
    Amount, AmountMinor, Contact, Drawing, Event, EventLabelled, EventPriced, Figure, Label,
    LabelPainted, Level, ListEventsOfOwnerLimitAll, ListEventsOfOwnerOwnerMe, Order, Outcome,
    PageUnion,
};

use crate::support::*;

/// A body of readings with a value of a union in one of its fields.
fn reading(field: &str, value: &str) -> loopback::Response {
    json(200, &format!(r#"{{"{field}":{value}}}"#))
}

reads! {
    a_tag_decides "issue 5" |c| c.list_events() => {
        json(200, r#"[{"type":"stopped","at":7,"new":{}},{"at":5,"type":"started","price":1,"new":[]}]"#) => Ok(events) => {
            assert!(matches!(events[0], Event::Stopped(_)), "{events:?}");
            assert!(matches!(&events[1], Event::Started(started) if started.at == 5), "{events:?}");
        }
    }
    json_types_and_required_fields_decide "PROGENITOR B3" |c| c.list_events() => {
        json(200, concat!(
            r#"[{"type":"priced","price":3},{"type":"priced","price":"3 EUR"},{"type":"priced","price":{"minor":300,"new":1}},"#,
            r#"{"type":"priced","price":{"unknown":"why","new":1}},{"type":"priced","price":[{"minor":1},{"minor":2}]}]"#
        )) => Ok(events) => {
            let prices = events.iter().map(|event| match event { Event::Priced(priced) => &priced.price, _ => panic!("{event:?}") });
            let [one, two, three, four, five] = prices.collect::<Vec<_>>()[..] else { panic!("{events:?}") };
            assert!(matches!(one, Amount::Integer(3)) && matches!(two, Amount::String(text) if text == "3 EUR"));
            assert!(matches!(three, Amount::Minor(amount) if amount.minor == 300));
            assert!(matches!(four, Amount::Unknown(amount) if amount.unknown == "why"));
            assert!(matches!(five, Amount::MinorArray(all) if all[1].minor == 2));
        }
    }
    overlapping_branches_are_all_read "PROGENITOR B1" |c| c.list_events() => {
        json(200, r#"[{"type":"labelled","label":{"color":"red","size":4,"new":1}}]"#) => Ok(events) => {
            let Event::Labelled(labelled) = &events[0] else { panic!("{events:?}") };
            assert_eq!(labelled.label.painted.as_ref().and_then(|painted| painted.color.as_deref()), Some("red"));
            assert_eq!(labelled.label.sized.as_ref().and_then(|sized| sized.size), Some(4));
        }
    }
    a_mapping_tells_apart_what_looks_alike "PROGENITOR B3" |c| c.read_level().level(Level::Value1) => {
        reading("shape", r#"{"form":"round","radius":1}"#) => Ok(found) => {
            assert!(matches!(&found.shape, Some(Figure::Circle(circle)) if circle.radius == Some(1)), "{found:?}");
        }
        reading("shape", r#"{"form":"square","radius":1}"#) => Ok(found) => {
            assert!(matches!(&found.shape, Some(Figure::Square(_))), "{found:?}");
        }
        // A mapping leaves the names of the components in force.
        reading("shape", r#"{"form":"Circle"}"#) => Ok(found) => {
            assert!(matches!(&found.shape, Some(Figure::Circle(_))), "{found:?}");
        }
    }
    a_union_in_a_union_is_found_by_its_tags "issue 5" |c| c.read_level().level(Level::Value1) => {
        reading("drawing", r#"{"form":"oval","radius":3}"#) => Ok(found) => {
            let Some(Drawing::Figure(Figure::Circle(circle))) = &found.drawing else { panic!("{found:?}") };
            assert_eq!(circle.radius, Some(3));
        }
        reading("drawing", r#"{"form":"text","text":"t"}"#) => Ok(found) => {
            assert!(matches!(&found.drawing, Some(Drawing::Text(text)) if text.text == "t"), "{found:?}");
        }
    }
    a_tag_may_be_a_flag "issue 5" |c| c.read_level().level(Level::Value1) => {
        reading("result", r#"{"ok":false,"why":"no"}"#) => Ok(found) => {
            assert!(matches!(&found.result, Some(Outcome::Failure(failure)) if failure.why == "no"), "{found:?}");
        }
        reading("result", r#"{"ok":true,"why":"no"}"#) => Ok(found) => {
            assert!(matches!(&found.result, Some(Outcome::Success(success)) if success.value.is_none()), "{found:?}");
        }
        // The tag says that it is a failure, so what is missing is missing from that.
        reading("result", r#"{"ok":false,"value":1}"#) => Err(error) => {
            assert_eq!(error.decode_path(), Some("$.result"));
            assert!(error.source().unwrap().to_string().starts_with("missing field `why`"), "{error:?}");
        }
    }
    a_branch_that_requires_nothing_takes_nothing_from_the_others "PROGENITOR B3" |c| c.read_level().level(Level::Value1) => {
        reading("contact", r#"{"mail":"m","note":"n"}"#) => Ok(found) => {
            assert!(matches!(&found.contact, Some(Contact::Mail(_))), "{found:?}");
        }
        reading("contact", r#"{"fax":"f"}"#) => Ok(found) => {
            assert!(matches!(&found.contact, Some(Contact::Fax(_))), "{found:?}");
        }
        reading("contact", r#"{"phone":"p"}"#) => Ok(found) => {
            assert!(matches!(&found.contact, Some(Contact::Phone(_))), "{found:?}");
        }
        reading("contact", r#"{"note":"n"}"#) => Ok(found) => {
            assert!(matches!(&found.contact, Some(Contact::Any(_))), "{found:?}");
        }
        reading("contact", "{}") => Ok(found) => {
            assert!(matches!(&found.contact, Some(Contact::Any(_))), "{found:?}");
        }
    }
    parts_that_contradict_are_what_the_last_one_says "PROGENITOR B2" |c| c.read_level().level(Level::Value1) => {
        reading("merged", r#"{"level":10,"loudness":2.5,"unit":"dB","value":1.5}"#) => Ok(found) => {
            assert_eq!(wire(&found.merged), r#"{"level":10,"loudness":2.5,"unit":"dB","value":1.5}"#);
        }
        reading("merged", r#"{"level":1,"loudness":2.5}"#) => Err(error) => {
            assert_eq!(error.decode_path(), Some("$.merged.level"));
        }
    }
    an_error_names_the_place_in_the_branch "issue 5" |c| c.read_level().level(Level::Value1) => {
        reading("drawing", r#"{"form":"square","side":"SECRET"}"#) => Err(error) => {
            assert_eq!(error.decode_path(), Some("$.drawing.side"));
            assert!(!format!("{error} {error:?}").contains("SECRET"), "{error:?}");
        }
    }
}

sends! {
    a_branch_has_no_wrapper "issue 5" {
        |c| c.record_event().body(EventPriced::new(vec![AmountMinor::new(1)])) => "POST /v1/events HTTP/1.1",
            body r#"{"price":[{"minor":1}],"type":"priced"}"#;
    }
    branches_that_overlap_are_one_object "issue 5" {
        |c| c.record_event().body(EventLabelled::new(Label::new().painted(LabelPainted::new().color("red")))) =>
            "POST /v1/events HTTP/1.1", body r#"{"label":{"color":"red"},"type":"labelled"}"#;
    }
    a_path_a_query_and_a_header_have_the_text_of_a_branch "PROGENITOR A17" {
        |c| c.list_events_of_owner().owner(ListEventsOfOwnerOwnerMe::Me).from(PageUnion::from(Order::Desc))
            .order(Order::Asc).limit(ListEventsOfOwnerLimitAll::All) =>
            "GET /v1/owners/me/events/desc?order=asc HTTP/1.1", header "limit" ["all"];
        |c| c.list_events_of_owner().owner(ListEventsOfOwnerOwnerMe::Me).from(7).limit(20) =>
            "GET /v1/owners/me/events/7 HTTP/1.1", header "limit" ["20"];
    }
}
