//! What a caller sets is sent, and nothing else is.

use kitchen_sink_client::types::{
    Comparison, EventStarted, Level, NewWidget, OddNames, UpdateWidgetRequestBody, WidgetKind,
};

use crate::support::*;

sends! {
    a_json_body_has_its_media_type "issue 5" {
        |c| c.create_widget().body(new_widget()) => "POST /v1/widgets HTTP/1.1",
            header "content-type" ["application/json"], header "accept" ["application/json"];
    }
    what_is_not_set_is_not_sent "HEYGEN §9.23" {
        |c| c.create_widget().body(NewWidget::new(WidgetKind::HandTool, "n")) => "POST /v1/widgets HTTP/1.1",
            body r#"{"kind":"hand-tool","name":"n"}"#;
    }
    an_empty_list_that_was_set_is_sent "issue 5" {
        |c| c.create_widget().body(new_widget().tags(Vec::new())) => "POST /v1/widgets HTTP/1.1",
            body r#"{"kind":"OTHER","name":"n","tags":[]}"#;
    }
    a_list_may_be_a_body_and_empty "issue 5" {
        |c| c.create_widgets().body(Vec::new()) => "POST /v1/widgets/batch HTTP/1.1", body "[]";
    }
    an_empty_text_is_a_value "issue 5" {
        |c| c.update_widget().widget_id("w").body(UpdateWidgetRequestBody::new().name("")) =>
            "PATCH /v1/widgets/w HTTP/1.1", body r#"{"name":""}"#;
    }
    absent_null_and_a_value_are_three_bodies "issue 5" {
        |c| c.update_widget().widget_id("w").body(UpdateWidgetRequestBody::new()) =>
            "PATCH /v1/widgets/w HTTP/1.1", body "{}";
        |c| c.update_widget().widget_id("w").body(UpdateWidgetRequestBody::new().price(None)) =>
            "PATCH /v1/widgets/w HTTP/1.1", body r#"{"price":null}"#;
        |c| c.update_widget().widget_id("w").body(UpdateWidgetRequestBody::new().price(0.0)) =>
            "PATCH /v1/widgets/w HTTP/1.1", body r#"{"price":0.0}"#;
    }
    a_default_is_not_sent "issue 5" {
        |c| c.record_event().body(EventStarted::new(1)) => "POST /v1/events HTTP/1.1";
        |c| c.names_of_locals().encode_path("a") => "GET /v1/names/a HTTP/1.1";
    }
    a_default_that_was_set_is_sent "issue 5" {
        |c| c.record_event().body(EventStarted::new(1)).dry_run(true) => "POST /v1/events?dry-run=true HTTP/1.1";
    }
    a_text_that_an_enum_lacks_is_sent "issue 5" {
        |c| c.create_widget().body(NewWidget::new("hologram", "n")) => "POST /v1/widgets HTTP/1.1",
            body r#"{"kind":"hologram","name":"n"}"#;
        |c| c.list_widgets().kind("a b") => "GET /v1/widgets?kind=a%20b HTTP/1.1";
    }
    enums_are_sent_by_value "issue 5" {
        |c| c.read_level().level(Level::Minus1).above(Level::Value10).compare(Comparison::LessThanOrEqual) =>
            "GET /v1/levels/-1?above=10 HTTP/1.1", header "compare" ["<="];
        |c| c.read_level().level(Level::Value1).compare(Comparison::HandUnderscoreMade) =>
            "GET /v1/levels/1 HTTP/1.1", header "compare" ["hand_made"];
    }
    a_constant_need_not_be_set "issue 5" {
        |c| c.record_event().body(EventStarted::new(1)) =>
            "POST /v1/events HTTP/1.1", body r#"{"at":1,"type":"started"}"#;
    }
    a_field_has_its_name_on_the_wire "PROGENITOR A15" {
        |c| c.odd_names_all().body(OddNames::new().type_("t").at_id("a").id("b").top(1).kebab_case(true).x42("x")) =>
            "POST /v1/odd-names HTTP/1.1", body r#"{"@id":"a","id":"b","kebab-case":true,"$top":1,"type":"t","42":"x"}"#;
    }
    what_is_required_and_not_set_stops_the_call "issue 5" {
        |c| c.create_widget() => refused "invalid request: `body` was not set";
        |c| c.get_widget() => refused "invalid request: `widget_id` was not set";
    }
}
