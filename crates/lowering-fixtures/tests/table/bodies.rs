//! Request bodies.

rows! {
    several_media_types "JSON is preferred" {
        sends!(
            |c| c.send().body(types::Value::new(1)), "POST /a HTTP/1.1",
            header "content-type" ["application/json"], body r#"{"id":1}"#
        );
    }
    optional_body "B7: a body that need not be given" {
        sends!(|c| c.send(), "POST /a HTTP/1.1", header "content-type" [""; 0], body "");
        sends!(|c| c.send().body(types::Value::new(1)), "POST /a HTTP/1.1", body r#"{"id":1}"#);
    }
    json_of_another_name "a media type that ends in `+json`" {
        sends!(
            |c| c.send().body(types::Value::new(1)), "POST /a HTTP/1.1",
            header "content-type" ["application/vnd.example.v1+json"], body r#"{"id":1}"#
        );
    }
    form_with_lists "B6: a list in a form repeats its name" {
        let form = || types::Form::new("x", vec!["a".to_owned(), "b".to_owned()]);
        sends!(|c| c.send().body(form()), "POST /a HTTP/1.1", body "name=x&tags=a&tags=b");
    }
    multipart "a body of parts" {
        let form = || types::Upload::new("x").size(1);
        let (server, _) = answered!(204, "", |c| c.send().body(form()));
        let request = server.only_request();
        assert!(request.header("content-type")[0].starts_with("multipart/form-data; boundary="));
        let body = String::from_utf8_lossy(&request.body).into_owned();
        assert!(body.contains("form-data; name=\"name\"\r\n\r\nx\r\n"), "{body}");
        assert!(body.contains("form-data; name=\"size\"\r\n\r\n1\r\n"), "{body}");
    }
    image "bytes of a stated media type" {
        sends!(|c| c.send().body("png"), "POST /a HTTP/1.1", header "content-type" ["image/png"], body "png");
    }
    any_media_type "`*/*` is bytes" {
        sends!(|c| c.send().body("any"), "POST /a HTTP/1.1", body "any");
    }
    text "A10: a text with a bound" {
        sends!(|c| c.send().body("hello"), "POST /a HTTP/1.1", body "hello");
    }
    media_without_schema "P#794: JSON that is not described" {
        sends!(|c| c.send().body(serde_json::json!([1])), "POST /a HTTP/1.1", body "[1]");
    }
}
