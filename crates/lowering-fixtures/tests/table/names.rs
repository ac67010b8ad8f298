//! Names of components and properties.

use crate::support::*;

rows! {
    names_that_generated_code_uses "parameters, properties and types that are called like what stands around them" {
        let option = || types::Option::new().set_default("d").set_from("f");
        sends!(
            |c| c.send().operation_id("o").result("b").body(option()),
            "POST /operations/o?result=b HTTP/1.1",
            body r#"{"default":"d","from":"f"}"#
        );
        same::<types::Holder>(r#"{"名前": "n"}"#);
        same::<types::Holiday>(r#"{"days": ["2026-01-01", ""]}"#);
        same::<types::Days>(r#"["", "2026-01-01"]"#);
    }
    properties_that_clash "A15: properties that are one name in Rust" {
        same::<types::Value>(r#"{"@id": "a", "id": "b", "fooBar": 1, "foo_bar": 2}"#);
    }
    properties_that_clash_elsewhere "A15: in the branches of a union, in parts of `allOf` and of a multipart body" {
        same::<types::Union>(r#"{"@type": "cat", "type": "a"}"#);
        same::<types::Union>(r#"{"@type": "dog", "type": "a", "Type": null}"#);
        same::<types::Union>(r#"{"@type": "dog", "type": null, "Type": "b"}"#);
        same::<types::Whole>(r#"{"fooBar": 1, "foo_bar": "a"}"#);
        let form = || types::SendRequestBody::new("x", "y");
        let (server, _) = answered!(204, "", |c| c.send().body(form()));
        let body = String::from_utf8_lossy(&server.only_request().body).into_owned();
        assert!(body.contains("form-data; name=\"@id\"\r\n\r\nx\r\n"), "{body}");
        assert!(body.contains("form-data; name=\"id\"\r\n\r\ny\r\n"), "{body}");
    }
    names_without_case "names in a script that has no case are types where a parameter names them" {
        let states = vec![types::状态::Open, types::状态::Shut];
        let from: types::筛选 = serde_json::from_str(r#"{"min": 1}"#).unwrap();
        sends!(|c| c.read().state(states).where_(from), "GET /a?state=open%7Cshut&where%5Bmin%5D=1 HTTP/1.1");
    }
    property_names "A15: `self`, `Self`, the empty name, and what is no name" {
        same::<types::Value>(r#"{"self": "a", "Self": "b", "": "c", "$": "d", "type": "e", "1st": "f"}"#);
    }
    components_that_clash "A16: components that are one name in Rust" {
        same::<types::Country>(r#"{"code": "de"}"#);
        same::<types::FooBar>(r#"{"b": 1}"#);
    }
    components_of_the_prelude "A11: components are called like what Rust imports" {
        same::<types::Option>(r#"{"b": {"c": ["Ok", "Err", "Some", "None"]}}"#);
        same::<types::Box>(r#"{"ok": "a"}"#);
        same::<types::Box>(r#"{"err": "a"}"#);
    }
}
