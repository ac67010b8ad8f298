//! Answers that are errors.

use kitchen_sink_client::error::{
    CreateWidgetError, GetSessionError, GetWidgetError, ListWidgetsError,
};
use loopback::Response;

use crate::support::*;

reads! {
    a_code_has_its_body "issue 5" |c| c.create_widget().body(new_widget()) => {
        json(400, r#"{"violations":[{"field":"name","reason":"taken"}]}"#) => Err(error) => {
            let Some(CreateWidgetError::BadRequest(body)) = error.typed() else { panic!("{error:?}") };
            let all: Vec<_> = body.violations.iter().map(|one| (one.field.as_str(), one.reason.as_str())).collect();
            assert_eq!(all, [("name", "taken")]);
        }
    }
    another_code_has_another_body "PROGENITOR trap 2" |c| c.create_widget().body(new_widget()) => {
        json(409, r#"{"title":"exists","detail":null}"#) => Err(error) => {
            let Some(CreateWidgetError::Conflict(problem)) = error.typed() else { panic!("{error:?}") };
            assert_eq!((problem.title.as_str(), problem.detail.is_null(), problem.status), ("exists", true, None));
        }
    }
    a_code_without_a_body_is_known_by_itself "PROGENITOR trap 3" |c| c.create_widget().body(new_widget()) => {
        none(401) => Err(error) => {
            assert!(matches!(error.typed(), Some(CreateWidgetError::Unauthorized)), "{error:?}");
        }
        // A body that nobody promised does not change that.
        plain(401, "<p>Log in.</p>") => Err(error) => {
            assert!(matches!(error.typed(), Some(CreateWidgetError::Unauthorized)), "{error:?}");
            assert_eq!(kept(&error), (401, "<p>Log in.</p>"));
        }
    }
    an_inline_error_is_not_the_inline_answer "PROGENITOR trap 1" |c| c.get_session() => {
        json(200, r#"{"user":"u","expires_at":null}"#) => Ok(session) => {
            assert_eq!((session.user.as_str(), session.expires_at.is_null()), ("u", true));
        }
        json(401, r#"{"code":7}"#) => Err(error) => {
            assert!(matches!(error.typed(), Some(GetSessionError::Unauthorized(body)) if body.code == 7), "{error:?}");
        }
    }
    a_code_comes_before_its_range "issue 5" |c| c.get_widget().widget_id("w") => {
        json(404, r#"{"title":"no"}"#) => Err(error) => {
            assert!(matches!(error.typed(), Some(GetWidgetError::NotFound(body)) if body.title == "no"), "{error:?}");
        }
    }
    a_range_has_what_no_code_has "issue 5" |c| c.get_widget().widget_id("w") => {
        json(400, r#"{"title":"first"}"#) => Err(error) => {
            assert!(matches!(error.typed(), Some(GetWidgetError::ClientError(body)) if body.title == "first"), "{error:?}");
        }
        json(499, r#"{"title":"last"}"#) => Err(error) => {
            assert!(matches!(error.typed(), Some(GetWidgetError::ClientError(body)) if body.title == "last"), "{error:?}");
        }
        json(500, r#"{"title":"not of it"}"#) => Err(error) => {
            assert!(error.typed().is_none());
            assert_eq!(status(&error), 500);
        }
    }
    a_default_has_what_nothing_else_has "issue 5" |c| c.list_widgets() => {
        json(503, r#"{"title":"later"}"#) => Err(error) => {
            assert!(matches!(error.typed(), Some(ListWidgetsError::Other(body)) if body.title == "later"), "{error:?}");
        }
    }
    an_undocumented_status_keeps_everything "issue 5" |c| c.create_widget().body(new_widget()) => {
        Response::new(418, &[("x-kettle", "short")], r#"{"title":"teapot"}"#) => Err(error) => {
            assert!(error.is_status() && error.typed().is_none());
            assert_eq!(error.decode_path(), None);
            assert_eq!(error.headers().unwrap()["x-kettle"], "short");
            assert_eq!(kept(&error), (418, r#"{"title":"teapot"}"#));
        }
    }
    an_undocumented_success_is_an_error "issue 5" |c| c.get_widget().widget_id("w") => {
        json(203, r#"{"id":"w","name":"n","kind":"OTHER"}"#) => Err(error) => {
            assert_eq!(error.to_string(), "get_widget: HTTP 203 Non Authoritative Information is not an answer that the API documents");
            assert_eq!(kept(&error), (203, r#"{"id":"w","name":"n","kind":"OTHER"}"#));
        }
    }
    a_body_of_another_shape_keeps_everything "issue 5" |c| c.create_widget().body(new_widget()) => {
        Response::new(400, &[("x-from", "gate")], r#"{"violations":[{"field":1,"reason":"r"}]}"#) => Err(error) => {
            assert!(error.is_status() && !error.is_decode() && error.typed().is_none());
            assert_eq!(error.decode_path(), Some("$.violations[0].field"));
            assert_eq!(error.headers().unwrap()["x-from"], "gate");
            assert_eq!(kept(&error), (400, r#"{"violations":[{"field":1,"reason":"r"}]}"#));
        }
    }
    a_body_that_broke_off_is_not_typed "issue 5" |c| c.create_widget().body(new_widget()) => {
        // What came is JSON by chance.
        Response::truncated(409, r#"{"title":"exists"}"#, 9) => Err(error) => {
            assert!(error.typed().is_none() && error.body_truncated());
            assert_eq!(kept(&error), (409, r#"{"title":"exists"}"#));
        }
    }
    fields_of_an_error_that_are_new_are_in_its_body "issue 5" |c| c.list_widgets() => {
        json(400, r#"{"title":"no","type":"about:blank","fields":["a"]}"#) => Err(error) => {
            assert!(matches!(error.typed(), Some(ListWidgetsError::Other(body)) if body.title == "no"), "{error:?}");
            let all: serde_json::Value = serde_json::from_slice(error.body().unwrap()).unwrap();
            assert_eq!(all["fields"][0], "a");
        }
    }
    an_error_has_headers_and_no_cookies "issue 5" |c| c.get_health() => {
        Response::new(500, &[("x-kettle", "hot"), ("set-cookie", "session=s")], "") => Err(error) => {
            let headers = error.headers().unwrap();
            assert_eq!(headers["x-kettle"], "hot");
            assert!(!headers.contains_key("set-cookie"));
        }
    }
}
