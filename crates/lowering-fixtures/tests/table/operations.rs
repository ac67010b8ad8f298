//! Operations: their names, paths and methods.

use crate::support::*;

rows! {
    without_paths "webhooks and components, and no paths" {
        same::<types::Value>(r#"{"id": 1}"#);
    }
    operations_without_ids "names are made of method and path" {
        sends!(|c| c.get_things(), "GET /things HTTP/1.1");
        sends!(|c| c.delete_things_id().id("a b"), "DELETE /things/a%20b HTTP/1.1");
    }
    operation_ids_that_clash "A13: an operationId twice, and two that are one in Rust" {
        sends!(|c| c.get_foo(), "GET /a HTTP/1.1");
    }
    operation_ids_that_are_taken "A13: `new`, `exec`, keywords, and what is no name" {
        sends!(|c| c.type_(), "POST /b HTTP/1.1");
    }
    placeholders_without_parameters "A3: a placeholder is undeclared, a parameter is not in the path" {
        sends!(|c| c.read().id(1).other("x"), "GET /a/1/b/x HTTP/1.1");
    }
    queries_in_paths "B10: paths with queries and fragments are operations of their own" {
        sends!(|c| c.beta(), "GET /a?beta=true HTTP/1.1");
        sends!(|c| c.plain(), "GET /a HTTP/1.1");
        sends!(|c| c.stream(), "GET /a HTTP/1.1");
    }
    paths_alike "two paths differ in the names of placeholders" {
        sends!(|c| c.one().id("x"), "GET /a/x HTTP/1.1");
        sends!(|c| c.two().name("x"), "POST /a/x HTTP/1.1");
    }
    methods_that_reqwest_lacks "A12: OPTIONS and TRACE" {
        sends!(|c| c.look(), "HEAD /a HTTP/1.1");
    }
    path_and_query_of_one_name "A2: one name in path, query and header" {
        let (server, _) = answered!(204, "", |c| c.read().id("path").id_query("query").id_header("header"));
        let request = server.only_request();
        assert_eq!(request.line, "GET /a/path?id=query HTTP/1.1");
        assert_eq!(request.header("id"), ["header"]);
    }
}
