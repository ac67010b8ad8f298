//! The clients, each with the list of its calls.

mod comfy_registry {
    use comfy_registry_client::{Client, RetryPolicy, types};

    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../xtask/tests/snapshots/comfy-registry/5-calls.snap.rs"
    ));

    fn client(url: &str) -> Client {
        let builder = Client::builder().retry(RetryPolicy::off()).token("t");
        builder.base_url(url).build().unwrap()
    }

    #[tokio::test]
    async fn every_operation_of_comfy_registry_is_called() {
        crate::calls::made::made("comfy-registry", client, calls()).await;
    }

    #[tokio::test]
    async fn every_example_of_comfy_registry_is_decoded() {
        crate::calls::documented::decoded("comfy-registry", client, calls()).await;
    }
}

mod heygen {
    use heygen_client::{Client, RetryPolicy, types};

    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../xtask/tests/snapshots/heygen/5-calls.snap.rs"
    ));

    fn client(url: &str) -> Client {
        let builder = Client::builder().retry(RetryPolicy::off()).api_key("k");
        builder.base_url(url).build().unwrap()
    }

    #[tokio::test]
    async fn every_operation_of_heygen_is_called() {
        crate::calls::made::made("heygen", client, calls()).await;
    }

    #[tokio::test]
    async fn every_example_of_heygen_is_decoded() {
        crate::calls::documented::decoded("heygen", client, calls()).await;
    }
}

mod kitchen_sink {
    use kitchen_sink_client::{Client, FilePart, RetryPolicy, types};

    use crate::calls::samples::Bytes;

    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../xtask/tests/snapshots/kitchen-sink/5-calls.snap.rs"
    ));

    fn client(url: &str) -> Client {
        let builder = Client::builder().retry(RetryPolicy::off()).token("t");
        let elsewhere = Client::OPERATION_SERVERS.iter();
        let builder = elsewhere.fold(builder, |builder, server| builder.server_url(server, url));
        builder.base_url(url).build().unwrap()
    }

    #[tokio::test]
    async fn every_operation_of_kitchen_sink_is_called() {
        crate::calls::made::made("kitchen-sink", client, calls()).await;
    }

    #[tokio::test]
    async fn every_example_of_kitchen_sink_is_decoded() {
        crate::calls::documented::decoded("kitchen-sink", client, calls()).await;
    }
}

#[test]
fn every_api_has_its_calls() {
    let manifest = crate::support::root().join(client_codegen::manifest::MANIFEST_FILE);
    let text = std::fs::read(manifest).unwrap();
    let manifest = client_codegen::manifest::Manifest::parse("specs/apis.toml", text).unwrap();
    let names: Vec<&str> = manifest.apis.iter().map(|api| api.name.as_str()).collect();
    assert_eq!(
        names,
        ["comfy-registry", "heygen", "kitchen-sink"],
        "add a module above for each API"
    );
}
