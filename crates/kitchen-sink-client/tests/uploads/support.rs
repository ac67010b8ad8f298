//! What these tests share.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use futures::stream;
use kitchen_sink_client::types::PaletteImport;
use kitchen_sink_client::{Client, Error, FilePart};
use loopback::{Response, Server};
use tempfile::TempDir;

pub(crate) fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.base_url());
    builder.build().unwrap()
}

/// A server that gives these answers.
pub(crate) fn start(answers: Vec<Response>) -> (Server, Client) {
    let server = Server::start(answers).unwrap();
    let client = client(&server);
    (server, client)
}

/// What an upload of a body is answered with.
pub(crate) fn stored() -> Response {
    Response::json(200, r#"{"name": "f", "size": 1}"#)
}

/// What an import of parts is answered with.
pub(crate) fn imported() -> Response {
    Response::new(204, &[], "")
}

pub(crate) async fn upload(client: &Client, body: FilePart) -> Result<(), Error> {
    let call = client.upload_file().name("f").x_checksum("c").body(body);
    call.send().await.map(|_| ())
}

pub(crate) async fn import(client: &Client, body: PaletteImport) -> Result<(), Error> {
    client.import_palettes().body(body).send().await.map(|_| ())
}

pub(crate) fn file(folder: &TempDir, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    File::create(&path).unwrap().write_all(content).unwrap();
    path
}

pub(crate) fn pieces(
    pieces: &[&str],
) -> impl futures::Stream<Item = io::Result<Vec<u8>>> + Send + 'static + use<> {
    let pieces: Vec<_> = pieces.iter().map(|piece| Ok((*piece).into())).collect();
    stream::iter(pieces)
}

/// More than is read at once, and no two pieces alike.
pub(crate) fn long() -> Vec<u8> {
    (0..60_000_u32).flat_map(u32::to_le_bytes).collect()
}
