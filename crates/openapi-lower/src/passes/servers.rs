//! Servers of single operations.

use serde_json::Value;

use super::table::{Pass, Run};
use crate::context::Context;
use crate::pointer::join;
use crate::report::Effect;

pub(crate) const PASS: Pass = Pass {
    name: "servers",
    summary: "Removes servers of paths and operations, because a client has one base URL.",
    source: "OpenAPI 3.0.3 §4.7.8 and §4.7.10 (`servers`); progenitor 0.15.1 does not read them",
    run: Run::Whole(run),
};

fn run(context: &mut Context<'_>) {
    let client = urls(context.document.get("servers"));
    let mut of_paths = Vec::new();
    if let Some(Value::Object(paths)) = context.document.get_mut("paths") {
        for (path, item) in paths.iter_mut() {
            let servers = item.as_object_mut().and_then(|item| item.remove("servers"));
            of_paths.extend(servers.map(|servers| (join("/paths", path), servers)));
        }
    }
    for (pointer, servers) in of_paths {
        note(context, &pointer, &servers, &client);
    }
    context.each_operation(|context, _, _, operation, pointer| {
        if let Some(servers) = operation.remove("servers") {
            note(context, pointer, &servers, &client);
        }
    });
}

fn note(context: &mut Context<'_>, pointer: &str, servers: &Value, client: &[String]) {
    let own = urls(Some(servers));
    let Some(first) = own.first().filter(|_| own != client) else {
        return;
    };
    context.note(
        &join(pointer, "servers"),
        "servers",
        Effect::Dropped,
        format!("calls go to the client's base URL instead of `{first}`"),
    );
}

fn urls(servers: Option<&Value>) -> Vec<String> {
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    servers
        .filter_map(|server| server.get("url")?.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::passes::testing::{brief, document_after};
    use crate::report::Effect;
    use serde_json::json;

    #[test]
    fn only_servers_that_are_not_the_clients_are_noted() {
        let server = |url: &str| json!([{"url": url}]);
        let (document, notes) = document_after(
            super::PASS,
            json!({
                "openapi": "3.0.3",
                "servers": server("https://api.test"),
                "paths": {
                    "/a": {"servers": server("https://a.test"), "get": {}},
                    "/b": {"get": {"servers": server("https://api.test")}, "put": {"servers": []}},
                    "/c": {"get": {"servers": server("https://c.test")}},
                },
            }),
        );
        assert_eq!(
            brief(&notes),
            [
                ("/paths/~1a/servers", Effect::Dropped),
                ("/paths/~1c/get/servers", Effect::Dropped)
            ]
        );
        assert!(
            notes[1].message.ends_with("instead of `https://c.test`"),
            "{notes:?}"
        );
        assert_eq!(document["servers"], server("https://api.test"));
        assert_eq!(
            document["paths"],
            json!({"/a": {"get": {}}, "/b": {"get": {}, "put": {}}, "/c": {"get": {}}})
        );
    }
}
