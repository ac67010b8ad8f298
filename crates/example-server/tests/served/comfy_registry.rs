//! The Comfy Registry.

use comfy_registry_client::types::{BulkNodeVersionsRequest, Node, NodeVersionUpdateRequest};
use comfy_registry_client::{Client, RetryPolicy};
use loopback::{Response, Server};
use serde_json::json;

use super::{Got, failed, json_of, typed, untyped, value};

fn client(server: &Server) -> Client {
    let builder = Client::builder().retry(RetryPolicy::off());
    builder.base_url(server.base_url()).build().unwrap()
}

served! {
    a_list_can_be_null "COMFY §9.1" |c| c.list_comfy_nodes().node_id("example-masks").version("0.3.1") => {
        json_of(200, r#"{"comfy_nodes":null,"totalNumberOfPages":0}"#) => value(json!({"comfy_nodes": null, "totalNumberOfPages": 0}));
    }
    lists_of_a_version_can_be_null "COMFY §9.1" |c| c.get_node_version().node_id("example-masks").version_id("0.3.1") => {
        json_of(200, r#"{"dependencies":null,"supported_os":null,"supported_accelerators":null,"tags":null}"#)
            => value(json!({"dependencies": null, "supported_os": null, "supported_accelerators": null, "tags": null}));
    }
    a_class_without_names "COMFY §9.1" |c| c.get_comfy_node().node_id("example-masks").version("0.3.1").comfy_node_name("Mask") => {
        json_of(200, r#"{"comfy_node_name":"Mask","output_is_list":null}"#)
            => value(json!({"comfy_node_name": "Mask", "output_is_list": null}));
    }
    a_state_can_be_empty_or_new "COMFY §9.2" |c| c.get_node().node_id("example-masks") => {
        json_of(200, r#"{"status":""}"#) => value(json!({"status": ""}));
        json_of(200, r#"{"status":"NodeStatusParked"}"#) => value(json!({"status": "NodeStatusParked"}));
        json_of(200, r#"{"latest_version":{"status":"NodeVersionStatusUploaded"}}"#)
            => value(json!({"latest_version": {"status": "NodeVersionStatusUploaded"}}));
        json_of(200, r#"{"publisher":{"status":""}}"#) => value(json!({"publisher": {"status": ""}}));
    }
    extraction_says_what_it_likes "COMFY §9.2" |c| c.get_node_version().node_id("example-masks").version_id("0.3.1") => {
        json_of(200, r#"{"comfy_node_extract_status":"invalid_format"}"#) => value(json!({"comfy_node_extract_status": "invalid_format"}));
    }
    texts_are_there_and_empty "COMFY §9.3" |c| c.get_node().node_id("example-masks") => {
        json_of(200, r#"{"icon":"","category":"","author":"","license":"","latest_version":{"downloadUrl":"","status_reason":""}}"#)
            => value(json!({"icon": "", "category": "", "author": "", "license": "", "latest_version": {"downloadUrl": "", "status_reason": ""}}));
    }
    two_spellings_of_a_time "COMFY §9.6, §9.26" |c| c.get_node().node_id("example-masks") => {
        json_of(200, r#"{"created_at":"2025-02-09T12:51:54.479852Z","latest_version":{"createdAt":"2025-02-09T12:51:54.479852Z"}}"#)
            => value(json!({"created_at": "2025-02-09T12:51:54.479852Z", "latest_version": {"createdAt": "2025-02-09T12:51:54.479852Z"}}));
    }
    there_may_be_no_latest_version "COMFY §9.7" |c| c.get_node().node_id("example-masks") => {
        json_of(200, r#"{"id":"example-masks"}"#) => value(json!({"id": "example-masks"}));
        json_of(200, r#"{"latest_version":{}}"#) => value(json!({"latest_version": {}}));
        json_of(200, r#"{"latest_version":null}"#) => value(json!({}));
    }
    the_caller_is_unknown "COMFY §9.8" |c| c.get_user() => {
        json_of(401, r#"{"message":"missing auth token for path: /users"}"#) => untyped(401, Some("missing auth token for path: /users"));
        json_of(500, r#"{"message":"Internal Server Error"}"#) => untyped(500, Some("Internal Server Error"));
        Response::new(401, &[], "") => untyped(401, None);
    }
    a_taken_name_is_an_error "COMFY §9.13" |c| c.validate_publisher().username("example-labs") => {
        json_of(200, r#"{"isAvailable":true}"#) => value(json!({"isAvailable": true}));
        json_of(400, r#"{"error":"","message":"username is already taken"}"#) => typed(400, "username is already taken");
    }
    an_update_answers_with_what_it_has_changed "COMFY §9.14"
        |c| c.update_node_version().publisher_id("example-labs").node_id("example-masks").version_id("0.3.1").body(NodeVersionUpdateRequest::new()) =>
    {
        json_of(200, r#"{"changelog":"Faster.","deprecated":true}"#) => value(json!({"changelog": "Faster.", "deprecated": true}));
    }
    no_permission_is_an_error "COMFY §9.15" |c| c.get_permission_on_publisher().publisher_id("example-labs") => {
        json_of(403, r#"{"message":"Permission denied"}"#) => typed(403, "Permission denied");
        json_of(404, r#"{"message":"Publisher Not Found"}"#) => typed(404, "Publisher Not Found");
    }
    both_parts_of_an_error_can_be_empty "COMFY §9.16" |c| c.delete_publisher().publisher_id("example-labs") => {
        Response::new(204, &[], "") => value(json!(null));
        json_of(500, r#"{"error":"","message":""}"#) => failed(500, true, None);
    }
    an_id_in_other_capitals_is_elsewhere "COMFY §9.22" |c| c.get_node().node_id("Example-Masks") => {
        Response::new(302, &[], "") => failed(302, true, None);
    }
    fields_that_are_new_are_no_problem "COMFY §9.25" |c| c.list_all_nodes() => {
        json_of(200, r#"{"total":1,"nodes":[{"id":"example-masks","colour_of_the_week":"teal"}],"cursor":null}"#)
            => value(json!({"total": 1, "nodes": [{"id": "example-masks"}]}));
    }
    a_rating_without_a_fraction "COMFY §9.27" |c| c.get_node().node_id("example-masks") => {
        json_of(200, r#"{"rating":0,"downloads":12}"#) => value(json!({"rating": 0.0, "downloads": 12}));
        json_of(200, r#"{"rating":4.3333335,"downloads":12}"#) => value(json!({"rating": 4.333_333_5, "downloads": 12}));
    }
    a_missing_version_is_no_error_of_the_call "COMFY §9.29" |c| c.get_bulk_node_versions().body(BulkNodeVersionsRequest::new(vec![])) => {
        json_of(200, r#"{"node_versions":[{"identifier":{"node_id":"a","version":"1.0.0"},"status":"not_found"}]}"#)
            => value(json!({"node_versions": [{"identifier": {"node_id": "a", "version": "1.0.0"}, "status": "not_found"}]}));
        json_of(200, r#"{"node_versions":null}"#) => value(json!({"node_versions": []}));
    }
    errors_of_handlers "COMFY §3" |c| c.create_node().publisher_id("example-labs").body(Node::new()) => {
        json_of(400, r#"{"error":"","message":"Invalid personal access token"}"#) => typed(400, "Invalid personal access token");
        json_of(500, r#"{"error":"duplicate: a node with this repository exists","message":"Failed to create node"}"#)
            => typed(500, "Failed to create node");
    }
    errors_of_what_is_before_the_handlers "COMFY §3" |c| c.create_node().publisher_id("example-labs").body(Node::new()) => {
        json_of(400, r#"{"message":"Failed to validate token"}"#) => typed(400, "Failed to validate token");
        json_of(401, r#""Invalid token""#) => untyped(401, Some("Invalid token"));
        Response::new(401, &[], "") => untyped(401, None);
        json_of(403, r#"{"message":"Node Banned"}"#) => typed(403, "Node Banned");
        json_of(429, r#"{"message":"slow down"}"#) => untyped(429, Some("slow down"));
    }
    errors_with_details "COMFY §3" |c| c.list_node_versions().node_id("example-masks") => {
        json_of(404, r#"{"message":"no such node","details":["example-masks"]}"#) => typed(404, "no such node");
        json_of(404, "{}") => failed(404, true, None);
        json_of(200, "null") => value(json!([]));
    }
    what_is_before_the_registry "COMFY §3" |c| c.list_all_nodes() => {
        Response::new(502, &[("content-type", "text/html")], "<html>Bad Gateway</html>") => untyped(502, None);
        Response::new(200, &[("content-type", "text/html")], "<html>maintenance</html>") => Got::Undecodable("$".to_owned());
        Response::new(200, &[], "\n ") => Got::Undecodable("$".to_owned());
    }
    pages_of_every_spelling "COMFY §4" |c| c.list_all_comfy_nodes() => {
        json_of(200, r#"{"comfy_nodes":[{"comfy_node_name":"Mask"}],"total":1}"#) => value(json!({"comfy_nodes": [{"comfy_node_name": "Mask"}], "total": 1}));
    }
    tokens_are_masked "COMFY §5" |c| c.list_personal_access_tokens().publisher_id("example-labs") => {
        json_of(200, r#"[{"id":"0b9f4e6a-0000-4000-8000-8d2c6a1f3e57","name":"ci","token":"abcd***"}]"#)
            => value(json!([{"id": "0b9f4e6a-0000-4000-8000-8d2c6a1f3e57", "name": "ci", "token": "abcd***"}]));
        json_of(200, "null") => value(json!([]));
    }
}
