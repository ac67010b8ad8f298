//! What the servers of HeyGen send and take, in the shapes of our document.

use kitchen_sink_client::Nullable;
use kitchen_sink_client::error::{CreateWidgetsError, ListWidgetsError};
use kitchen_sink_client::types::{CreateWidgetsErrorDefaultError, Drawing, Event, Figure, Level};
use loopback::Response;
use serde_json::json as value;

use crate::support::*;

/// An inventory with what it always has, and this.
fn inventory(more: &str) -> Response {
    json(
        200,
        &format!(r#"{{"counts":{{}},"keywords":[],"owner":null{more}}}"#),
    )
}

reads! {
    fields_of_a_failure_may_be_missing "HEYGEN §9.1" |c| c.read_inventory() => {
        inventory(r#","title":"""#) => Ok(inventory) => { assert_eq!(inventory.failure, Nullable::Absent); }
        inventory(r#","failure":null"#) => Ok(inventory) => { assert_eq!(inventory.failure, Nullable::Null); }
        inventory(r#","failure":"why""#) => Ok(inventory) => { assert_eq!(inventory.failure.as_deref(), Some("why")); }
    }
    what_may_be_null_may_be_missing "HEYGEN §9.2" |c| c.read_inventory() => {
        json(200, r#"{"counts":{},"keywords":[]}"#) => Ok(inventory) => {
            assert_eq!(inventory.owner, None);
            assert_eq!(wire(&*inventory), r#"{"counts":{},"keywords":[],"owner":null}"#);
        }
        json(200, r#"{"counts":{},"keywords":[],"owner":"o"}"#) => Ok(inventory) => {
            assert_eq!(inventory.owner.as_deref(), Some("o"));
        }
    }
    a_branch_that_is_new_is_kept_as_it_came "HEYGEN §9.3" |c| c.list_events() => {
        json(200, r#"[{"points":[1,{"a":null}],"type":"merged"},{"type":7}]"#) => Ok(events) => {
            assert!(matches!(&events[..], [Event::Unknown(_), Event::Unknown(_)]), "{events:?}");
            assert_eq!(wire(&*events), r#"[{"points":[1,{"a":null}],"type":"merged"},{"type":7}]"#);
        }
    }
    a_branch_of_a_mapping_that_is_new_is_kept "HEYGEN §9.5" |c| c.read_level().level(Level::Value1) => {
        json(200, r#"{"drawing":{"form":"star"},"shape":{"form":"star"}}"#) => Ok(found) => {
            assert!(matches!(&found.shape, Some(Figure::Unknown(_))), "{found:?}");
            assert!(matches!(&found.drawing, Some(Drawing::Unknown(_))), "{found:?}");
        }
    }
    seconds_beside_times "HEYGEN §9.7" |c| c.read_inventory() => {
        inventory(r#","opened":5000000000,"counted":"2128-06-11T08:53:20Z""#) => Ok(inventory) => {
            let counted = inventory.counted.as_ref().and_then(|at| at.value());
            let seconds = counted.map(|at| at.timestamp().to_string());
            assert_eq!(seconds.as_deref(), Some("5000000000"));
            assert_eq!(inventory.opened.map(|opened| opened.to_string()), seconds);
        }
    }
    an_object_without_properties_is_a_map "HEYGEN §9.17" |c| c.read_inventory() => {
        inventory(r#","details":{"api":1,"nested":{"a":[null]}}"#) => Ok(inventory) => {
            let details = inventory.details.as_ref().unwrap();
            assert_eq!((&details["api"], &details["nested"]), (&value!(1), &value!({"a": [null]})));
        }
        inventory(r#","details":null"#) => Ok(inventory) => { assert!(inventory.details.is_none()); }
    }
    accepted_is_a_success "HEYGEN §9.18" |c| c.create_widgets().body(Vec::new()) => {
        json(202, r#"{"batch":"b1"}"#) => Ok(answer) => {
            assert_eq!((answer.status().as_u16(), wire(&*answer).as_str()), (202, r#"{"batch":"b1"}"#));
        }
    }
    what_is_gone_is_gone_twice "HEYGEN §9.21" |c| c.delete_widget().widget_id("w") => {
        [json(404, r#"{"error":{"code":"voice_not_found"}}"#)] => Err(error) => {
            assert!(error.is_status() && error.decode_path().is_none());
            assert_eq!(kept(&error), (404, r#"{"error":{"code":"voice_not_found"}}"#));
        }
    }
    a_cause_is_nothing_a_text_or_an_object "HEYGEN §9.22" |c| c.read_inventory() => {
        inventory(r#","cause":null"#) => Ok(inventory) => { assert_eq!(inventory.cause, Nullable::Null); }
        inventory(r#","cause":"why""#) => Ok(inventory) => {
            assert_eq!(inventory.cause, Nullable::Value(value!("why")));
        }
        inventory(r#","cause":{"code":7}"#) => Ok(inventory) => {
            assert_eq!(inventory.cause, Nullable::Value(value!({"code": 7})));
        }
    }
    an_error_is_a_text_or_an_object "HEYGEN §4" |c| c.create_widgets().body(Vec::new()) => {
        json(400, r#"{"error":"no","data":null}"#) => Err(error) => {
            let Some(CreateWidgetsError::Other(body)) = error.typed() else { panic!("{error:?}") };
            assert!(matches!(&body.error, CreateWidgetsErrorDefaultError::String(text) if text == "no"), "{body:?}");
        }
        json(400, r#"{"error":{"title":"no","param":null}}"#) => Err(error) => {
            let Some(CreateWidgetsError::Other(body)) = error.typed() else { panic!("{error:?}") };
            assert!(matches!(&body.error, CreateWidgetsErrorDefaultError::Problem(problem) if problem.title == "no"), "{body:?}");
        }
    }
    an_error_of_a_code_alone_keeps_its_body "HEYGEN §4" |c| c.create_widgets().body(Vec::new()) => {
        json(409, r#"{"error":{"code":"conflict"}}"#) => Err(error) => {
            assert!(error.typed().is_none());
            assert_eq!(error.decode_path(), Some("$.error"));
            assert_eq!(kept(&error), (409, r#"{"error":{"code":"conflict"}}"#));
        }
    }
    a_gateway_answers_with_a_page "HEYGEN §4" |c| c.list_widgets() => {
        Response::new(502, &[("content-type", "text/html")], "<html>Bad gateway</html>") => Err(error) => {
            assert!(error.is_status() && error.typed().is_none());
            assert_eq!(kept(&error), (502, "<html>Bad gateway</html>"));
        }
        // What is no page is what was promised.
        Response::new(502, &[("content-type", "text/html")], r#"{"title":"later"}"#) => Err(error) => {
            assert!(matches!(error.typed(), Some(ListWidgetsError::Other(body)) if body.title == "later"), "{error:?}");
        }
    }
    an_error_says_when_to_come_back_and_its_name "HEYGEN §3" |c| c.create_widgets().body(Vec::new()) => {
        Response::new(429, &[("retry-after", "7"), ("X-Request-Id", "r1")], "") => Err(error) => {
            assert!(matches!(error.typed(), Some(CreateWidgetsError::TooManyRequests)), "{error:?}");
            assert_eq!((&error.headers().unwrap()["retry-after"], error.request_id()), (&"7".parse().unwrap(), Some("r1")));
        }
    }
    an_id_may_be_null_at_first "HEYGEN §7" |c| c.create_widgets().body(Vec::new()) => {
        json(202, r#"{"batch":null}"#) => Ok(answer) => { assert_eq!(answer.batch, None); }
    }
}

sends! {
    an_empty_filter_is_sent "HEYGEN §9.15" {
        |c| c.list_widgets().folder("") => "GET /v1/widgets?folder= HTTP/1.1";
        |c| c.list_widgets() => "GET /v1/widgets HTTP/1.1";
    }
    a_key_of_a_change_is_a_header "HEYGEN §3" {
        // Its least length is the server's affair.
        |c| c.create_widgets().idempotency_key("k:1").body(vec![new_widget()]) => "POST /v1/widgets/batch HTTP/1.1",
            header "idempotency-key" ["k:1"], body r#"[{"kind":"OTHER","name":"n"}]"#;
    }
    a_call_that_reads_has_no_body "HEYGEN §3" {
        |c| c.get_session() =>
            "GET /v1/session HTTP/1.1", header "content-type" [""; 0], header "content-length" [""; 0];
        |c| c.delete_widget().widget_id("w") => "DELETE /v1/widgets/w HTTP/1.1", header "content-type" [""; 0],
            header "content-length" [""; 0], body "";
    }
}
