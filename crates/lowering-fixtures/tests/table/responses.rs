//! Responses and errors.

use futures::TryStreamExt;

use crate::support::*;

rows! {
    ok_and_no_content "A4: a success with a body and one without" {
        let (_, result) = answered!(200, r#"{"id":1}"#, |c| c.read());
        assert!(result.is_ok());
    }
    ok_and_other_media_type "A4: successes of two media types" {
        let (_, result) = answered!(200, r#"{"id":1}"#, |c| c.read());
        assert!(result.is_ok());
    }
    pages_to_go_through "Dropshot's pagination: one stream of the items of all pages" {
        let page = |body: &str| loopback::Response::json(200, body);
        let answers = vec![page(r#"{"items":[1,2],"next_page":"b"}"#), page(r#"{"items":[3]}"#)];
        let server = loopback::Server::start(answers).unwrap();
        let client = Client::builder().base_url(server.base_url()).build().unwrap();
        let items = client.list().limit(2u32).stream().try_collect::<Vec<i64>>();
        assert_eq!(runtime().block_on(items).unwrap(), [1, 2, 3]);
        let lines: Vec<String> = server.requests().iter().map(|request| request.line.clone()).collect();
        assert_eq!(lines, ["GET /a?limit=2 HTTP/1.1", "GET /a?limit=2&page_token=b HTTP/1.1"]);
    }
    inline_responses "trap 1: two inline responses are two types" {
        let (_, result) = answered!(401, r#"{"code":7}"#, |c| c.read());
        let error = result.unwrap_err();
        assert!(format!("{:?}", error.body()).contains('7'), "{error:?}");
        let (_, result) = answered!(200, r#"{"user":"ada"}"#, |c| c.read());
        assert_eq!(result.unwrap().user, "ada");
    }
    default_is_an_error "trap 2: a success and `default` differ" {
        let (_, result) = answered!(500, r#"{"code":7}"#, |c| c.read());
        let error = result.unwrap_err();
        assert!(format!("{:?}", error.body()).contains('7'), "{error:?}");
    }
    error_without_body "trap 3: an error with a body and one without" {
        let (_, result) = answered!(401, "", |c| c.read());
        assert_eq!(result.unwrap_err().status().map(|status| status.as_u16()), Some(401));
    }
    error_that_is_a_page "trap 4: an error that is HTML keeps its status" {
        let (_, result) = answered!(401, "<p>no</p>", |c| c.read());
        assert_eq!(result.unwrap_err().status().map(|status| status.as_u16()), Some(401));
    }
    no_content_with_schema "B6: a 204 has no body, whatever it documents" {
        let (_, result) = answered!(204, "", |c| c.read());
        assert!(result.is_ok());
    }
    response_named_like_a_component "B8: a response and a component have one name" {
        same::<types::ReadResponse>(r#"{"component": 1}"#);
        let (_, result) = answered!(200, r#"{"inline":"a"}"#, |c| c.read());
        assert_eq!(result.unwrap().inline, "a");
    }
    ranges_of_statuses "`2XX` and `4XX`" {
        let (_, result) = answered!(201, r#"{"id":1}"#, |c| c.read());
        assert_eq!(result.unwrap().id, 1);
        let (_, result) = answered!(418, r#"{"code":7}"#, |c| c.read());
        let error = result.unwrap_err();
        assert!(format!("{:?}", error.body()).contains('7'), "{error:?}");
    }
    json_without_schema "P#794: JSON that is not described" {
        let (_, result) = answered!(200, "[1]", |c| c.read());
        assert_eq!(result.unwrap().into_inner(), serde_json::json!([1]));
    }
    no_responses "an operation without `responses`" {
        let (_, result) = answered!(204, "", |c| c.read());
        assert!(result.is_ok());
    }
}
