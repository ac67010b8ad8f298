//! TLS in front of a server.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::Ordering;
use std::sync::{Arc, LazyLock};
use std::thread;

use kitchen_sink_client::ClientBuilder;
use reqwest::Certificate;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::servers::Connections;

struct Identity {
    certificate: CertificateDer<'static>,
    config: Arc<ServerConfig>,
}

/// Of all servers here: rows say that they trust it before there is a server.
static IDENTITY: LazyLock<Identity> = LazyLock::new(|| {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    Identity {
        certificate,
        config: Arc::new(config),
    }
});

/// A client for these servers.
pub(crate) fn trusting(builder: ClientBuilder) -> ClientBuilder {
    let certificate = Certificate::from_der(&IDENTITY.certificate).unwrap();
    builder.configure_http(move |http| http.tls_certs_only([certificate.clone()]))
}

/// The base URL of a server that does TLS and has its answers from the plain one at `behind`, and its connections.
pub(crate) fn in_front_of(
    listener: TcpListener,
    behind: SocketAddr,
) -> io::Result<(String, Connections)> {
    let base_url = format!("https://{}", listener.local_addr()?);
    let connections = Connections::default();
    let count = connections.clone();
    thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            count.fetch_add(1, Ordering::SeqCst);
            // A client that does not trust the certificate goes away in the middle of the handshake.
            let _ = pass_on(stream, behind);
        }
    });
    Ok((base_url, connections))
}

/// A request without a body, and its answer.
fn pass_on(stream: TcpStream, behind: SocketAddr) -> io::Result<()> {
    let connection = ServerConnection::new(IDENTITY.config.clone()).map_err(io::Error::other)?;
    let mut client = StreamOwned::new(connection, stream);
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        client.read_exact(&mut byte)?;
        head.extend_from_slice(&byte);
    }
    let mut server = TcpStream::connect(behind)?;
    server.write_all(&head)?;
    io::copy(&mut server, &mut client)?;
    client.conn.send_close_notify();
    client.flush()
}
