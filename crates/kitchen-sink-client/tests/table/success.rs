//! Answers that are successes, and those that only have the status of one.

use kitchen_sink_client::error::ErrorOperationError;
use kitchen_sink_client::types;
use loopback::Response;
use serde_json::{Value, json as value};

use crate::support::*;

const INVENTORY: &str = r#"{"counts":{"a":1},"keywords":["k"],"owner":null}"#;

reads! {
    an_answer_has_its_status_and_headers "issue 5" |c| c.create_widget().body(new_widget()) => {
        Response::new(201, &[("location", "/widgets/w")], r#"{"id":"w","name":"n","kind":"hand-tool"}"#) => Ok(widget) => {
            assert_eq!((widget.id.as_str(), &widget.kind), ("w", &types::WidgetKind::HandTool));
            assert_eq!((widget.status().as_u16(), &widget.headers()["location"]), (201, &"/widgets/w".parse().unwrap()));
        }
    }
    no_content_is_a_success "issue 5" |c| c.delete_widget().widget_id("w") => {
        none(204) => Ok(answer) => { assert_eq!(answer.status().as_u16(), 204); }
    }
    no_content_is_a_success_whatever_is_documented "PROGENITOR B6" |c| c.end_session() => {
        none(204) => Ok(answer) => { assert_eq!(answer.status().as_u16(), 204); }
    }
    a_body_or_none "PROGENITOR A4" |c| c.replace_inventory().body(serde_json::from_str(INVENTORY).unwrap()) => {
        none(204) => Ok(answer) => { assert!(answer.is_none()); }
        json(200, INVENTORY) => Ok(answer) => { assert_eq!(wire(answer.as_ref()), INVENTORY); }
    }
    a_body_that_is_not_described_is_not_read "COMFY §1" |c| c.get_health() => {
        plain(200, "OK") => Ok(answer) => { assert!(answer.body().is_empty()); }
    }
    a_body_of_any_shape_is_kept "PROGENITOR #794" |c| c.new_operation() => {
        json(200, r#"{"anything":[1,null]}"#) => Ok(answer) => {
            assert_eq!(serde_json::to_value(answer.into_inner()).unwrap(), value!({"anything": [1, null]}));
        }
    }
    a_byte_order_mark_is_no_part_of_json "issue 5" |c| c.get_session() => {
        json(200, "\u{feff}{\"user\":\"u\"}") => Ok(session) => { assert_eq!(session.user, "u"); }
    }
    a_success_that_breaks_off_is_an_error "issue 5" |c| c.get_session() => {
        Response::truncated(200, r#"{"user":"u"}"#, 5) => Err(error) => {
            assert!(error.is_body() && !error.is_decode(), "{error}");
            assert_eq!(kept(&error), (200, r#"{"user":"u"}"#));
        }
    }
    a_value_of_success_is_a_success "issue 5" |c| c.read_account() => {
        json(200, r#"{"code":100,"data":{"name":"n"},"message":null}"#) => Ok(account) => {
            assert_eq!(account.data.name, "n");
        }
    }
    another_value_is_an_error_with_all_of_it "HEYGEN §4" |c| c.read_account() => {
        // Its data are those of a success, and are not taken for it.
        Response::new(200, &[("x-request-id", "r1")], r#"{"code":400562,"data":{"name":""},"message":"forbidden"}"#) => Err(error) => {
            assert!(error.is_refused() && !error.is_decode());
            assert_eq!(error.to_string(), "read_account: the body of HTTP 200 OK says that the call failed");
            assert_eq!(error.request_id(), Some("r1"));
            assert_eq!(kept(&error), (200, r#"{"code":400562,"data":{"name":""},"message":"forbidden"}"#));
        }
    }
    no_value_of_success_says_nothing "HEYGEN §4" |c| c.read_account() => {
        json(200, r#"{"data":{"name":"n"}}"#) => Err(error) => {
            assert!(error.is_decode() && !error.is_refused());
            assert_eq!(kept(&error), (200, r#"{"data":{"name":"n"}}"#));
        }
    }
    types_may_be_called_like_those_of_rust "PROGENITOR A11" |c| c.error_operation() => {
        json(200, r#"{"err":{"client":"self"},"ok":{"some":"x"},"vec":[{"a":1}]}"#) => Ok(answer) => {
            let result: types::Result = answer.into_inner();
            assert_eq!(result.ok.some.as_deref(), Some("x"));
            assert_eq!(wire(&result), r#"{"err":{"client":"self"},"ok":{"some":"x"},"vec":[{"a":1}]}"#);
        }
        json(400, r#"{"client":"str"}"#) => Err(error) => {
            let Some(ErrorOperationError::BadRequest(body)) = error.typed() else { panic!("{error:?}") };
            assert_eq!(body.client, Some(types::Client::Str));
        }
    }
    a_field_is_called_as_on_the_wire "PROGENITOR A15" |c| c.odd_names_all().body(types::OddNames::new()) => {
        json(200, r#"{"@id":"a","id":"b","$top":1,"kebab-case":true,"42":"x","type":"t"}"#) => Ok(names) => {
            assert_eq!((names.at_id.as_deref(), names.id.as_deref()), (Some("a"), Some("b")));
            assert_eq!((names.top, names.kebab_case), (Some(1), Some(true)));
            assert_eq!((names.x42.as_deref(), names.type_.as_deref()), (Some("x"), Some("t")));
        }
    }
    an_answer_that_is_not_what_was_promised_says_where "issue 5" |c| c.get_session() => {
        json(200, r#"{"user":"u","expires_at":{"SECRET":1}}"#) => Err(error) => {
            assert!(error.is_decode());
            assert_eq!(error.decode_path(), Some("$.expires_at"));
            assert!(!format!("{error} {error:?}").contains("SECRET"), "{error:?}");
            let body: Value = serde_json::from_slice(error.body().unwrap()).unwrap();
            assert_eq!(body["user"], "u");
        }
    }
}
