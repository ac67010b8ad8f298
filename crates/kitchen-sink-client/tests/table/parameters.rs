//! Parameters in paths, headers and cookies.

use kitchen_sink_client::Client;
use kitchen_sink_client::builder::ReadPalette;
use kitchen_sink_client::types::{ReadPaletteTheme, Rgb};

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
    a_path_parameter_is_one_segment "issue 5" {
        |c| c.get_widget().widget_id("a/b ?#%é") => "GET /v1/widgets/a%2Fb%20%3F%23%25%C3%A9 HTTP/1.1";
    }
    a_path_parameter_that_leads_elsewhere_is_refused "issue 5" {
        |c| c.download_file().name("") =>
            refused "download_file: invalid request: a path parameter is empty, `.` or `..`, which would address something else";
        |c| palette(&c).label(texts(&[".."])).new_path("..") =>
            refused "read_palette: invalid request: a path parameter is empty, `.` or `..`, which would address something else";
        |c| c.delete_file_version().name("a").version("..") =>
            refused "invalid request: a path parameter is empty, `.` or `..`, which would address something else";
    }
    an_object_in_a_path "PROGENITOR A17" {
        |c| palette(&c).matrix(Rgb::new(7, 8, 9)) =>
            "GET /v1/palettes/;B=7;G=8;R=9/.a/4/2026-03-01T12%3A00%3A00Z/new HTTP/1.1";
    }
    a_list_in_a_path "PROGENITOR A17" {
        |c| palette(&c).list(vec![4, 5]) =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4,5/2026-03-01T12%3A00%3A00Z/new HTTP/1.1";
        |c| palette(&c).list(Vec::new()) => refused "invalid request: parameter `list`: it has no value";
    }
    a_list_in_a_path_as_a_label "PROGENITOR A17" {
        |c| palette(&c).label(texts(&["a", "b/c"])) =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a,b%2Fc/4/2026-03-01T12%3A00%3A00Z/new HTTP/1.1";
    }
    a_time_in_a_path "issue 5" {
        |c| palette(&c).at(noon()) => "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new HTTP/1.1";
    }
    a_path_parameter_without_a_type_has_no_quotes "PROGENITOR B6" {
        |c| c.delete_file_version().name("a").version("latest") => "DELETE /v1/files/a/versions/latest HTTP/1.1";
        |c| c.delete_file_version().name("a").version(3) => "DELETE /v1/files/a/versions/3 HTTP/1.1";
    }
    a_list_in_a_header "PROGENITOR A17" {
        |c| palette(&c).x_tags(texts(&["a", "b c"])) =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new HTTP/1.1",
            header "x-tags" ["a,b c"];
        |c| palette(&c).x_tags(texts(&["a,b"])) =>
            refused "invalid request: parameter `X-Tags`: an item holds a comma, which would make two of it";
    }
    a_time_in_a_header "issue 5" {
        |c| palette(&c).x_since(noon()) => "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new HTTP/1.1",
            header "x-since" ["2026-03-01T12:00:00Z"];
    }
    a_header_ends_with_its_line "PROGENITOR B7" {
        |c| palette(&c).trace_header("a\nb") =>
            refused "invalid request: a header parameter holds a character that HTTP does not allow";
    }
    a_header_a_query_and_a_cookie_have_one_name "PROGENITOR A2" {
        |c| palette(&c).trace(1).trace_header("h").trace_cookie("c") =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new?trace=1 HTTP/1.1",
            header "trace" ["h"], header "cookie" ["session=s; trace=c"];
    }
    a_header_that_nobody_set_is_not_sent "PROGENITOR trap 8" {
        |c| c.list_widgets() => "GET /v1/widgets HTTP/1.1", header "api-version" [""; 0];
        |c| c.list_widgets().api_version("2026-01-01") =>
            "GET /v1/widgets HTTP/1.1", header "api-version" ["2026-01-01"];
    }
    cookies_are_one_header "PROGENITOR part 5" {
        |c| palette(&c).theme(ReadPaletteTheme::Dark) =>
            "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new HTTP/1.1",
            header "cookie" ["session=s; theme=dark"];
    }
    a_cookie_ends_at_its_semicolon "PROGENITOR part 5" {
        |c| palette(&c).session("a b;c") => "GET /v1/palettes/;B=3;G=2;R=1/.a/4/2026-03-01T12%3A00%3A00Z/new HTTP/1.1",
            header "cookie" ["session=a%20b%3Bc"];
    }
    a_method_without_a_shorthand "PROGENITOR A12" {
        |c| c.ask_about_palettes() => "OPTIONS /v1/palettes HTTP/1.1";
    }
}
