//! Parameters in the query.

use kitchen_sink_client::Client;
use kitchen_sink_client::builder::ReadPalette;
use kitchen_sink_client::types::{
    EventStarted, PaletteFilter, PaletteFilterRange, ReadPaletteWhere, Rgb,
};

use crate::support::*;

/// A call with what it needs.
fn palette(client: &Client) -> ReadPalette<'_> {
    let call = client
        .read_palette()
        .matrix(Rgb::new(3, 2, 1))
        .label(texts(&["a"]))
        .list(vec![4]);
    call.at(noon()).new_path("new").session("s")
}

sends! {
    a_list_repeats_its_name "COMFY §4" {
        |c| c.list_widgets().page(2).tag(texts(&["left", "a b&c"])) =>
            "GET /v1/widgets?page=2&tag=left&tag=a%20b%26c HTTP/1.1";
        |c| c.list_widgets().tag(Vec::new()) => "GET /v1/widgets HTTP/1.1";
    }
    a_list_is_joined_where_the_document_says_so "HEYGEN §9.14" {
        |c| palette(&c).fields(texts(&["a", "b,c"])) =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new?fields=a,b%2Cc HTTP/1.1";
    }
    lists_have_other_delimiters "PROGENITOR B5" {
        |c| palette(&c).pipes(texts(&["a", "b"])) =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new?pipes=a%7Cb HTTP/1.1";
        |c| palette(&c).spaces(texts(&["a", "b"])) =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new?spaces=a%20b HTTP/1.1";
    }
    an_object_is_a_parameter_per_property "PROGENITOR A1" {
        |c| palette(&c).color(Rgb::new(3, 2, 1)) =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new?B=3&G=2&R=1 HTTP/1.1";
    }
    a_deep_object_has_its_keys_in_brackets "PROGENITOR part 5" {
        |c| palette(&c).filter(PaletteFilter::new("n&m").range(PaletteFilterRange::new().set_from(1)).tags(texts(&["x", "y"]))) =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new?filter%5Bname%5D=n%26m&filter%5Brange%5D%5Bfrom%5D=1&filter%5Btags%5D%5B%5D=x&filter%5Btags%5D%5B%5D=y HTTP/1.1";
    }
    a_parameter_may_be_json "issue 5" {
        |c| palette(&c).where_(ReadPaletteWhere::new(1)) =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new?where=%7B%22a%22%3A1%7D HTTP/1.1";
    }
    reserved_characters_stay_where_they_may "issue 5" {
        |c| palette(&c).callback("https://h.test/?q=1&x") =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new?callback=https://h.test/?q=1%26x HTTP/1.1";
    }
    parameters_that_are_one_name_in_rust "PROGENITOR A14" {
        |c| c.record_event().body(EventStarted::new(1)).dry_run(false).dry_run_query(true).body_query("b") =>
            "POST /v1/events?dry-run=false&body=b&dryRun=true HTTP/1.1", body r#"{"at":1,"type":"started"}"#;
    }
    parameters_that_are_called_like_methods "PROGENITOR A14" {
        |c| palette(&c).send_query("it") =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new?send=it HTTP/1.1";
    }
    parameters_that_are_called_like_variables "issue 5" {
        |c| c.names_of_locals().encode_path("a b").request("1").url("2").info("3").value("4").result("5").response("6")
            .error("7").types("8").add(9).self_("10") =>
            "GET /v1/names/a%20b?add=9&error=7&info=3&request=1&response=6&result=5&self=10&types=8&url=2 HTTP/1.1",
            header "value" ["4"];
    }
    a_query_and_a_path_have_one_name "PROGENITOR A2" {
        |c| c.delete_file_version().name("p").version("1").name_query("q") =>
            "DELETE /v1/files/p/versions/1?name=q HTTP/1.1";
    }
}
