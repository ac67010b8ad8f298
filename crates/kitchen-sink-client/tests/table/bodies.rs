//! Bodies of requests, but for those of parts.

use std::collections::BTreeMap;

use kitchen_sink_client::types::{
    Code, Lock, LogInRequestBody, PaletteFilter, Rgb, TunePreviewRequestBody,
};

use crate::support::*;

sends! {
    a_body_may_be_absent "PROGENITOR B7" {
        |c| c.suggest_palette() => "POST /v1/palettes HTTP/1.1", header "content-type" [""; 0], body "";
    }
    a_body_that_may_be_absent_is_sent "PROGENITOR B7" {
        |c| c.suggest_palette().body(PaletteFilter::new("n")) => "POST /v1/palettes HTTP/1.1",
            header "content-type" ["application/json"], body r#"{"name":"n"}"#;
    }
    what_is_like_json_has_its_own_type "issue 5" {
        |c| c.patch_palette().body(BTreeMap::from([("a".to_owned(), 1)])) => "PATCH /v1/palettes HTTP/1.1",
            header "content-type" ["application/merge-patch+json"], body r#"{"a":1}"#;
    }
    bytes_are_sent_as_they_are "issue 5" {
        |c| c.upload_file().name("f.bin").x_checksum("abc").body(vec![0_u8, 1, 255]) => "PUT /v1/files/f.bin HTTP/1.1",
            header "content-type" ["application/octet-stream"], header "x-checksum" ["abc"], body [0, 1, 255];
    }
    a_picture_is_sent_as_one "issue 5" {
        |c| c.set_preview().body(&b"\x89PNG\r\n\x1a\n\x00\xff"[..]) => "PUT /v1/palettes/preview HTTP/1.1",
            header "content-type" ["image/png"], body b"\x89PNG\r\n\x1a\n\x00\xff";
    }
    a_text_is_sent_as_one "PROGENITOR A10" {
        |c| c.describe_preview().body("a;\"b\"") => "POST /v1/palettes/preview HTTP/1.1",
            header "content-type" ["text/csv"], body "a;\"b\"";
    }
    a_form_is_urlencoded "issue 5" {
        |c| c.log_in().body(LogInRequestBody::new("p&=é", "a b")) => "POST /v1/login HTTP/1.1",
            header "content-type" ["application/x-www-form-urlencoded"], body "password=p%26%3D%C3%A9&user=a+b";
    }
    secrets_are_sent_as_they_are "issue 5" {
        |c| c.set_lock().code(Code("1/2".to_owned())).pin("3&").x_old_pins(texts(&["4", "5"])).body(Lock::new(Code("6".to_owned()), "d")) =>
            "PUT /v1/lock/1%2F2?pin=3%26 HTTP/1.1", header "x-old-pins" ["4,5"], body r#"{"code":"6","door":"d"}"#;
        |c| c.share_lock().code(Code("1".to_owned())).body(BTreeMap::from([("a".to_owned(), "2".to_owned())])) =>
            "PATCH /v1/lock/1 HTTP/1.1", body r#"{"a":"2"}"#;
    }
    a_list_in_a_form_repeats_its_name "PROGENITOR B6" {
        |c| c.log_in().body(LogInRequestBody::new("p", "u").scopes(texts(&["r", "w"]))) => "POST /v1/login HTTP/1.1",
            body "password=p&scopes=r&scopes=w&user=u";
    }
    a_list_in_a_form_is_joined_where_the_document_says_so "PROGENITOR B5" {
        |c| c.tune_preview().body(TunePreviewRequestBody::new(texts(&["a", "b c"]))) =>
            "PATCH /v1/palettes/preview HTTP/1.1",
            header "content-type" ["application/x-www-form-urlencoded"], body "names=a,b%20c";
    }
    an_object_in_a_form_has_its_keys_in_brackets "PROGENITOR B6" {
        |c| c.tune_preview().body(TunePreviewRequestBody::new(texts(&["a"])).color(Rgb::new(3, 2, 1))) =>
            "PATCH /v1/palettes/preview HTTP/1.1", body "color%5BB%5D=3&color%5BG%5D=2&color%5BR%5D=1&names=a";
    }
    an_object_in_a_form_is_json "PROGENITOR B6" {
        |c| c.tune_preview().body(TunePreviewRequestBody::new(texts(&["a"])).extra(Rgb::new(3, 2, 1))) =>
            "PATCH /v1/palettes/preview HTTP/1.1", body "extra=%7B%22B%22%3A3%2C%22G%22%3A2%2C%22R%22%3A1%7D&names=a";
    }
}
