//! The README of a new crate, which is its documentation too.

use super::shell::Shown;
use super::templates::RUST_VERSION;
use crate::finish::{CredentialSetter, OperationName, escaped};
use crate::manifest::Api;
use crate::title;

pub(super) fn readme(api: &Api, shown: Shown<'_>, program: &str) -> String {
    let module = api.crate_name.replace('-', "_");
    format!(
        r#"# {name}

A Rust client for the {called}, generated from the vendor's reference.

This is not an official client: it is neither made nor endorsed by the people behind {title}.

## Quick start

```rust,no_run
async fn example() -> Result<(), Box<dyn std::error::Error>> {{
    let client = {module}::Client::from_env()?;
    {first_call}
    Ok(())
}}
```

{variables}

`Client` has one method per operation of the API. Each returns a builder with the operation's parameters; `send()` calls
the API. Modules: [`builder`] has a table of all operations, [`types`] what they take and return, [`error`] the typed
error bodies.

## Settings

[`Client::builder`] has them all. A call may take 30 seconds, with all its attempts; a call that may be made twice is made again
up to two times when there was no answer or one that may pass ([`RetryPolicy`]). [`Client::with_options`] gives other times and
retries to some calls. A body may have 64 MiB. Compressed answers are not asked for. `User-Agent` is this crate's name and
version, behind your program's if you give one.

A credential that expires comes from a function of yours (the setters that end in `_provider`), which is asked once and again after a
401. The proxy of the environment is used; `ClientBuilder::configure_http` sets another one or a certificate of your own, with
reqwest 0.13.

## Errors

A failed call is an [`Error`]. It has the status, the headers without cookies and the start of the body ([`Error::body`]), the
vendor's words ([`Error::message`]) and its name of the failure ([`Error::code`]), and the body as the API documents it for the status
([`Error::typed`]).
[`Error::is_retryable`], [`Error::is_timeout`] and the like say what kind it is. It shows no credential.

## Values

- An object is made by `new` with what it always has, and has a setter for each field that may be absent. Fields are public.
- An answer is a [`ResponseValue`]: it is read as the value in it, and `into_inner()` gives that.
- What may be absent is an `Option`; what may be absent and `null` too is a [`Nullable`], of which `into_option()` is the `Option`. Its setter
  takes both, and sends `None` as `null`: what is to be absent is not set.
- An enum of texts has `Unknown(text)` for what the API's document does not list.
- Dates, UUIDs and addresses in objects are [`Formatted`]: the text as it came, and its value if it is of the format.
- A file is a [`FilePart`]: bytes, one on disk (`FilePart::open`) or a stream. It is also a body, where one is bytes.
- A list that comes in pages is a stream where the API's document says how: `.pages()` in place of `.send()`, and `.pages().items()`
  for what is on them.
- A job of the server is waited for where the API's document says which of its states end it: `.wait()` in place of `.send()` on the
  operation that reads its state gives the answer of a job that is done, or a [`JobError`].
- Calls, pages and waits borrow the client. A task of its own takes a clone of it, which is cheap and shares connections.
- What the document does not describe is in [`ResponseValue::body`], and [`Client::request`] calls any path of the API.

{testing}## Features

| Feature | Effect |
|---|---|
| `rustls` (default) | TLS by rustls |
| `native-tls` | TLS by the operating system's library |
| `rustls-no-provider` | rustls without a provider of cryptography |
| `tracing` | a span for each call, up to the head of its answer: operation, method, host, path, status, attempt, duration |
| `gzip` | compressed answers, for clients that ask for them (`ClientBuilder::decompress`) |
| `httpmock` | mock expectations, for tests |

## Versions

Rust {RUST_VERSION} or later; raising that is not a breaking change. While the crate is at 0.x, a breaking change of the API's
document or of the generated code raises the minor version, anything else the patch version. Operations, fields that may be
absent, values of enums of texts and setters that are new break nothing.

## Where the code comes from

`src/generated/` is written by `{program} codegen` from the documents of `{api}` in `specs/apis.toml`. Do not edit it;
change the document's overlay or the generator.

## Licence

The licence of this crate is that of its code. It does not cover the descriptions in `src/generated/`: they are the vendor's text,
repeated for reference.
"#,
        name = api.crate_name,
        called = escaped(&title::with_api(&api.title)),
        title = escaped(&api.title),
        api = api.name,
        first_call = first_call(shown.operations),
        variables = variables(api, shown.credentials),
        testing = testing(&module, shown.operations),
    )
}

/// A call that needs nothing set, if there is one.
fn first_call(operations: &[OperationName]) -> String {
    let simple = operations.iter().find(|operation| !operation.requires);
    match (simple, operations.first()) {
        (Some(OperationName { name, .. }), _) => format!(
            "let answer = client.{name}().send().await?;\n    println!(\"{{}}\", answer.status());"
        ),
        (None, Some(OperationName { name, .. })) => {
            format!("let _call = client.{name}(); // takes parameters, and is sent by `send()`")
        }
        (None, None) => "let _ = client;".to_owned(),
    }
}

/// What is read from the environment.
fn variables(api: &Api, credentials: &[CredentialSetter]) -> String {
    let prefix = &api.environment_prefix;
    let named = credentials
        .iter()
        .flat_map(|setter| setter.variables(prefix))
        .map(|variable| format!("`{variable}`"));
    let all: Vec<String> = named.collect();
    let credentials = match all.split_last() {
        None => String::new(),
        Some((last, [])) => format!("The credential is in {last}. "),
        Some((last, others)) => {
            format!("Credentials are in {} and {last}. ", others.join(", "))
        }
    };
    format!("{credentials}`{prefix}_BASE_URL` sends calls elsewhere, as to a test server.")
}

/// How programs that use the client are tested, by a call that needs nothing set, if there is one.
fn testing(module: &str, operations: &[OperationName]) -> String {
    let simple = operations.iter().find(|operation| !operation.requires);
    let Some(operation) = simple.or(operations.first()) else {
        return String::new();
    };
    let name = &operation.name;
    let call = if operation.requires {
        "// Hand it to what is to be tested, which calls the mock.\n    let _ = client;".to_owned()
    } else {
        format!(
            "let error = client.{name}().send().await.unwrap_err();\n    \
             assert_eq!(error.status().map(|status| status.as_u16()), Some(404));\n    mock.assert();"
        )
    };
    let mock = if operation.requires {
        ""
    } else {
        "let mock = "
    };
    format!(
        r#"## Testing

Programs that use this client are tested without a network by mocks of its operations. Turn on the feature `httpmock` of
this crate below `[dev-dependencies]`, and a test looks like this:

```rust,no_run
use {module}::Client;
use {module}::httpmock::{{MockServer, MockServerExt as _}};

async fn a_call_fails() {{
    let server = MockServer::start_async().await;
    {mock}server.{name}(|_when, then| {{
        then.into_inner().status(404);
    }});
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    {call}
}}
```

`when` has a method for each parameter and for the body of the operation, and `then` one for each status that the API
documents, with the type of its body. Values are compared as they are on the wire.

"#
    )
}
