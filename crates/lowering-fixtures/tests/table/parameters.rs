//! Parameters of every place and style.

rows! {
    object_in_a_query "A1: an object is one parameter per property" {
        let filter = || types::ReadFilter::new().size(2).name("a b");
        sends!(|c| c.read().filter(filter()), "GET /a?name=a%20b&size=2 HTTP/1.1");
    }
    deep_objects "`deepObject`: a property is a key in brackets" {
        let filter = || types::ReadFilter::new().size(2).name("a");
        sends!(|c| c.read().filter(filter()), "GET /a?filter%5Bname%5D=a&filter%5Bsize%5D=2 HTTP/1.1");
    }
    lists_in_one_value "B5: `explode: false`, with commas and with pipes" {
        let list = || vec!["a".to_owned(), "b".to_owned()];
        sends!(|c| c.read().comma(list()).pipe(list()), "GET /a?comma=a,b&pipe=a%7Cb HTTP/1.1");
    }
    lists_in_many_values "a list repeats its name" {
        sends!(|c| c.read().tag(vec!["a".to_owned(), "b&c".to_owned()]), "GET /a?tag=a&tag=b%26c HTTP/1.1");
    }
    cookies "cookies are sent as one header" {
        sends!(|c| c.read().session("s1"), "GET /a HTTP/1.1", header "cookie" ["session=s1"]);
    }
    parameter_with_content "a parameter is JSON" {
        let filter = || types::ReadFilter::new().size(2);
        sends!(|c| c.read().filter(filter()), "GET /a?filter=%7B%22size%22%3A2%7D HTTP/1.1");
    }
    lists_in_path_and_header "A17: lists in path and header have commas" {
        sends!(
            |c| c.read().ids(vec![1, 2]).x_tags(vec!["a".to_owned(), "b".to_owned()]),
            "GET /a/1,2 HTTP/1.1",
            header "x-tags" ["a,b"]
        );
    }
    matrix_and_label "the styles of paths" {
        sends!(|c| c.read().color("blue").size("xl"), "GET /a/;color=blue/.xl HTTP/1.1");
    }
    parameter_names "A14: `send`, `new`, `client` and keywords" {
        let call = answered!(204, "", |c| c.read().send_query("a").new_query("b").client("c").type_("d"));
        let target = call.0.only_request().target().to_owned();
        let mut pairs: Vec<&str> = target.trim_start_matches("/a?").split('&').collect();
        pairs.sort_unstable();
        assert_eq!(pairs, ["client=c", "new=b", "send=a", "type=d"]);
    }
    parameter_names_that_clash "A14: `foo-bar` beside `fooBar`, and `$top`" {
        let (server, _) = answered!(204, "", |c| c.read().foo_bar("a").foo_bar_query("b").top(1));
        let line = server.only_request().line;
        assert!(line.contains("foo-bar=") && line.contains("fooBar=") && line.contains("%24top=1"), "{line}");
    }
    parameters_without_type "A7, B6: parameters without a type are texts" {
        sends!(|c| c.read().id("x").page(1.0), "GET /a/x?page=1 HTTP/1.1");
    }
    headers_that_openapi_ignores "`Accept` and `Authorization` are no parameters (§4.8.12.1)" {
        sends!(|c| c.read().x_trace("1"), "GET /a HTTP/1.1", header "x-trace" ["1"]);
    }
}
