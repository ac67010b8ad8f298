//! What the servers of the Comfy Registry send and take, in the shapes of our document.

use kitchen_sink_client::error::CreateWidgetsError;
use kitchen_sink_client::types::{
    self, CreateWidgetsErrorDefaultError, InventoryLicence, WidgetKind,
};
use loopback::Response;

use crate::support::*;

const WIDGET: &str = r#"{"id":"W1","name":"n","kind":"OTHER"}"#;

/// An inventory with what it always has, and this.
fn inventory(more: &str) -> Response {
    json(
        200,
        &format!(r#"{{"counts":{{}},"keywords":[],"owner":null{more}}}"#),
    )
}

reads! {
    null_is_an_empty_list "COMFY §9.1" |c| c.list_widgets() => {
        json(200, r#"{"widgets":null,"next_page":0}"#) => Ok(page) => {
            assert!(page.widgets.is_empty());
            assert_eq!(wire(&*page), r#"{"next_page":0,"widgets":[]}"#);
        }
    }
    null_is_an_empty_list_that_has_a_name "COMFY §9.1" |c| c.read_inventory() => {
        json(200, r#"{"counts":{},"keywords":null,"owner":null}"#) => Ok(inventory) => {
            assert!(inventory.keywords.is_empty());
            assert_eq!(wire(&*inventory), r#"{"counts":{},"keywords":[],"owner":null}"#);
        }
    }
    null_is_an_empty_list_that_is_the_body "COMFY §4" |c| c.list_kinds() => {
        json(200, "null") => Ok(kinds) => { assert!(kinds.is_empty()); }
    }
    no_body_is_no_empty_list "COMFY §3" |c| c.list_kinds() => {
        plain(200, "\n\n") => Err(error) => {
            assert!(error.is_decode());
            assert_eq!(kept(&error), (200, "\n\n"));
        }
    }
    an_empty_text_is_a_value_of_an_enum "COMFY §9.2" |c| c.get_widget().widget_id("w") => {
        json(200, r#"{"id":"w","name":"n","kind":""}"#) => Ok(widget) => {
            assert_eq!((&widget.kind, widget.kind.as_str()), (&WidgetKind::Unknown(String::new()), ""));
            assert_eq!(wire(&*widget), r#"{"id":"w","kind":"","name":"n"}"#);
        }
    }
    an_empty_text_is_not_an_absent_one "COMFY §9.3" |c| c.read_inventory() => {
        inventory(r#","title":"""#) => Ok(inventory) => {
            assert_eq!(inventory.title.as_ref().map(ToString::to_string).as_deref(), Some(""));
        }
        inventory("") => Ok(inventory) => { assert!(inventory.title.is_none()); }
    }
    json_in_a_text_is_a_text "COMFY §9.5" |c| c.read_inventory() => {
        inventory(r#","licence":"{\"file\": \"LICENSE\"}""#) => Ok(inventory) => {
            let Some(InventoryLicence::String(text)) = &inventory.licence else { panic!("{inventory:?}") };
            assert_eq!(text, r#"{"file": "LICENSE"}"#);
        }
        inventory(r#","licence":{"file":"LICENSE"}"#) => Ok(inventory) => {
            let Some(InventoryLicence::Licence(licence)) = &inventory.licence else { panic!("{inventory:?}") };
            assert_eq!(licence.file.as_deref(), Some("LICENSE"));
        }
    }
    one_name_in_two_spellings_is_two_names "COMFY §9.6" |c| c.odd_names_all().body(types::OddNames::new()) => {
        json(200, r#"{"createdAt":"a","created_at":"b"}"#) => Ok(names) => {
            assert_eq!((names.created_camel_at.as_deref(), names.created_at.as_deref()), (Some("a"), Some("b")));
            assert_eq!(wire(&*names), r#"{"created_at":"b","createdAt":"a"}"#);
        }
    }
    an_object_may_be_missing_or_empty "COMFY §9.7" |c| c.read_inventory() => {
        inventory("") => Ok(inventory) => { assert!(inventory.newest.is_none()); }
        inventory(r#","newest":{}"#) => Ok(inventory) => {
            assert_eq!(wire(&inventory.newest), "{}");
        }
    }
    a_call_of_another_spelling_is_led_on "COMFY §9.22" |c| c.get_widget().widget_id("w1") => {
        [redirect(302, "/v1/widgets/W1"), json(200, WIDGET)], server => Ok(widget) => {
            assert_eq!(widget.id, "W1");
            let requests = server.requests();
            let lines: Vec<_> = requests.iter().map(|request| request.line.as_str()).collect();
            assert_eq!(lines, ["GET /v1/widgets/w1 HTTP/1.1", "GET /v1/widgets/W1 HTTP/1.1"]);
            assert_eq!(requests[1].header("authorization"), ["Bearer t"]);
        }
    }
    a_call_is_not_led_to_another_host "COMFY §2" |c| c.get_widget().widget_id("w1") => {
        [redirect(302, "http://127.0.0.1:1/v1/widgets/W1"), json(200, WIDGET)], server => Err(error) => {
            // Nobody listens there, so a call of it would be an error of another kind.
            assert!(error.is_redirect() && error.typed().is_none());
            assert_eq!((status(&error), error.location()), (302, Some("http://127.0.0.1:1/v1/widgets/W1")));
            assert_eq!(server.requests().len(), 1);
        }
    }
    a_change_is_not_led_on_as_another_call "COMFY §2" |c| c.create_widget().body(new_widget()) => {
        [redirect(302, "/v1/widgets/W1"), json(201, WIDGET)], server => Err(error) => {
            assert!(error.is_redirect());
            assert_eq!(server.requests().len(), 1);
        }
    }
    a_change_is_led_on_as_the_same_call "COMFY §2" |c| c.create_widget().body(new_widget()) => {
        [redirect(307, "/v1/widgets/"), json(201, WIDGET)], server => Ok(widget) => {
            assert_eq!(widget.id, "W1");
            let again = &server.requests()[1];
            assert_eq!(again.line, "POST /v1/widgets/ HTTP/1.1");
            same_bytes(&again.body, br#"{"kind":"OTHER","name":"n"}"#);
        }
    }
    digits_of_a_second_are_kept "COMFY §9.26" |c| c.read_inventory() => {
        inventory(r#","counted":"2025-02-09T12:51:54.479852Z""#) => Ok(inventory) => {
            let counted = inventory.counted.as_ref().unwrap();
            assert_eq!(counted.value().map(|at| at.timestamp_micros()), Some(1_739_105_514_479_852));
            assert_eq!(counted.as_str(), "2025-02-09T12:51:54.479852Z");
        }
    }
    a_rating_of_none_is_a_number "COMFY §9.27" |c| c.read_inventory() => {
        inventory(r#","rating":0"#) => Ok(inventory) => { assert_eq!(wire(&inventory.rating), "0.0"); }
        inventory(r#","rating":4.75"#) => Ok(inventory) => { assert_eq!(wire(&inventory.rating), "4.75"); }
    }
    a_map_without_a_type_is_one "COMFY §9.30" |c| c.read_inventory() => {
        json(200, r#"{"counts":{"a b":1,"":2},"keywords":[],"owner":null}"#) => Ok(inventory) => {
            assert_eq!((inventory.counts.get("a b"), inventory.counts.get("")), (Some(&1), Some(&2)));
        }
    }
    an_error_with_half_of_its_fields_keeps_its_body "COMFY §3" |c| c.list_widgets() => {
        json(401, r#"{"message":"missing auth token"}"#) => Err(error) => {
            assert!(error.typed().is_none());
            assert_eq!(error.decode_path(), Some("$"));
            assert_eq!(kept(&error), (401, r#"{"message":"missing auth token"}"#));
        }
    }
    an_error_that_is_a_text_keeps_its_body "COMFY §3" |c| c.list_widgets() => {
        json(401, r#""Invalid token""#) => Err(error) => {
            assert!(error.typed().is_none());
            assert_eq!(kept(&error), (401, r#""Invalid token""#));
        }
    }
    an_error_without_a_body_has_none "COMFY §3" |c| c.list_widgets() => {
        plain(404, "") => Err(error) => {
            assert!(error.typed().is_none());
            assert_eq!(error.decode_path(), Some("$"));
            assert_eq!(kept(&error), (404, ""));
        }
    }
    an_error_of_empty_texts_is_typed "COMFY §9.16" |c| c.create_widgets().body(Vec::new()) => {
        json(500, r#"{"error":"","message":""}"#) => Err(error) => {
            let Some(CreateWidgetsError::Other(body)) = error.typed() else { panic!("{error:?}") };
            assert!(matches!(&body.error, CreateWidgetsErrorDefaultError::String(text) if text.is_empty()), "{body:?}");
        }
    }
    a_page_of_an_outage_is_no_answer "COMFY §3" |c| c.list_widgets() => {
        plain(200, "<html>Bad gateway</html>") => Err(error) => {
            assert!(error.is_decode());
            assert_eq!(error.decode_path(), Some("$"));
            assert_eq!(kept(&error), (200, "<html>Bad gateway</html>"));
        }
    }
    white_space_is_no_answer "COMFY §3" |c| c.list_widgets() => {
        plain(200, " \n") => Err(error) => {
            assert!(error.is_decode());
            assert_eq!(error.to_string(), "list_widgets: the body of HTTP 200 OK is empty, which the API does not promise");
        }
    }
}

sends! {
    a_slash_at_the_end_of_a_path_stays "COMFY §9.9" {
        |c| c.list_kinds() => "GET /v1/kinds/ HTTP/1.1";
    }
    a_version_in_a_path_may_have_a_plus "COMFY §9.19" {
        |c| c.delete_file_version().name("a").version("1.0.0+b/2") =>
            "DELETE /v1/files/a/versions/1.0.0%2Bb%2F2 HTTP/1.1";
    }
}
