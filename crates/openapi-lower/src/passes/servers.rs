//! Servers of single operations.

use serde_json::{Map, Value, json};

use super::table::{Pass, Run};
use crate::context::{Context, METHODS};
use crate::pointer::join;
use crate::report::Effect;
use crate::servers::server_url;

pub(crate) const PASS: Pass = Pass {
    name: "servers",
    summary: "Removes servers of paths and operations; with marks an operation that is elsewhere than the client keeps its own.",
    source: "OpenAPI 3.1.1 §4.8.9 and §4.8.10 (`servers`); progenitor 0.15.1 does not read them",
    run: Run::Steps(&[Run::Ahead(learn), Run::Parts(run)]),
};

/// The addresses of the client's servers.
#[derive(Default)]
struct Servers(Vec<String>);

fn learn(context: &mut Context<'_>) {
    let urls = urls(context.document.get("servers"));
    context.with(|_, Servers(client)| *client = urls);
}

fn run(context: &mut Context<'_>) {
    context.with(|context, Servers(client)| {
        context.each_path_item(|context, _, item, at| {
            move_down(item);
            for method in METHODS {
                if let Some(Value::Object(operation)) = item.get_mut(*method) {
                    rewrite(context, operation, &join(at, method), client);
                }
            }
        });
    });
}

fn rewrite(
    context: &mut Context<'_>,
    operation: &mut Map<String, Value>,
    pointer: &str,
    client: &[String],
) {
    let own = urls(operation.remove("servers").as_ref());
    let Some(url) = elsewhere(&own, client) else {
        return;
    };
    let place = join(pointer, "servers");
    if context.options.marks {
        let message = format!("calls go to `{url}`");
        context.note(&place, "servers", Effect::Exact, message);
        operation.insert("servers".to_owned(), json!([{ "url": url }]));
    } else {
        let message = format!("calls go to the client's base URL instead of `{url}`");
        context.note(&place, "servers", Effect::Dropped, message);
    }
}

/// What a path says goes for those of its operations that say nothing.
fn move_down(item: &mut Map<String, Value>) {
    let Some(servers) = item.remove("servers") else {
        return;
    };
    for method in METHODS {
        if let Some(Value::Object(operation)) = item.get_mut(*method)
            && is_silent(operation)
        {
            operation.insert("servers".to_owned(), servers.clone());
        }
    }
}

fn is_silent(operation: &Map<String, Value>) -> bool {
    let stated = operation.get("servers").and_then(Value::as_array);
    stated.is_none_or(Vec::is_empty)
}

/// The server of an operation that is not at the client's: of several the first, unless that is plain http.
fn elsewhere<'u>(own: &'u [String], client: &[String]) -> Option<&'u str> {
    if client.first().is_some_and(|first| own.contains(first)) {
        return None;
    }
    let is_not_plain = |url: &&String| !url.to_ascii_lowercase().starts_with("http://");
    own.iter()
        .find(is_not_plain)
        .or(own.first())
        .map(String::as_str)
}

fn urls(servers: Option<&Value>) -> Vec<String> {
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    // One that has no value for a variable is kept as it is: whoever calls it has to say where it is.
    let url = |server: &Value| {
        server_url(server).or_else(|| server.get("url")?.as_str().map(str::to_owned))
    };
    servers.filter_map(url).collect()
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, document_after, marked_after};
    use crate::report::Effect;
    use serde_json::{Value, json};

    fn document() -> Value {
        let server = |url: &str| json!([{"url": url}]);
        json!({
            "openapi": "3.0.3",
            "servers": [{"url": "https://api.test/"}, {"url": "https://sandbox.test"}],
            "paths": {
                "/a": {"servers": server("https://a.test"), "get": {}, "put": {"servers": server("https://api.test")}},
                "/b": {"get": {"servers": server("https://api.test")}, "put": {"servers": []}},
                "/c": {"servers": server("https://b.test"), "get": {"servers": [
                    {"url": "http://{place}.test/{none}", "variables": {"place": {"default": "c"}}},
                    {"url": "http://c.test"},
                    {"url": "//{place}.test/v2/", "variables": {"place": {"default": "d"}}},
                ]}},
                "/e": {"get": {"servers": server("/v3")}},
                "/f": {"get": {"servers": server("https://{tenant}.test")}},
            },
        })
    }

    #[test]
    fn without_marks_only_servers_that_are_not_the_clients_are_noted() {
        let (document, notes) = document_after(super::PASS, document());
        assert_eq!(
            brief(&notes),
            [
                ("/paths/~1a/get/servers", Effect::Dropped),
                ("/paths/~1c/get/servers", Effect::Dropped),
                ("/paths/~1e/get/servers", Effect::Dropped),
                ("/paths/~1f/get/servers", Effect::Dropped),
            ]
        );
        let message = &notes[1].message;
        assert!(message.ends_with("instead of `//d.test/v2`"), "{message}");
        assert_eq!(document["servers"][0]["url"], "https://api.test/");
        assert_eq!(
            document["paths"],
            json!({"/a": {"get": {}, "put": {}}, "/b": {"get": {}, "put": {}}, "/c": {"get": {}}, "/e": {"get": {}}, "/f": {"get": {}}})
        );
    }

    #[test]
    fn with_marks_an_operation_keeps_the_one_that_it_is_at() {
        let (document, notes, _) = marked_after(&[super::PASS], document());
        let at = |url: &str| json!({"servers": [{"url": url}]});
        assert_eq!(
            document["paths"],
            json!({
                "/a": {"get": at("https://a.test"), "put": {}},
                "/b": {"get": {}, "put": {}},
                "/c": {"get": at("//d.test/v2")},
                "/e": {"get": at("/v3")},
                "/f": {"get": at("https://{tenant}.test")},
            })
        );
        assert!(notes.iter().all(|note| note.effect == Effect::Exact));
    }
}
