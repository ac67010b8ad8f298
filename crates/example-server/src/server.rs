//! Connections: bounded in number, size and time, so that none of them blocks another.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::request::Received;
use crate::service::Service;

/// The largest body of a request that is read, in bytes; a larger one is answered by 413.
pub const MAX_BODY: usize = 1024 * 1024;

/// Of a body that is too large so much is read and thrown away, in bytes: a client that is still writing when the connection is
/// closed may never see the answer.
const DISCARDED: usize = 64 * 1024 * 1024;

/// The largest head of a request, in bytes.
const MAX_HEAD: usize = 64 * 1024;

/// How many connections are open at once; others wait.
const CONNECTIONS: usize = 128;

/// How long a head may take, also the next one of a connection that stays open.
const HEAD_TIME: Duration = Duration::from_secs(15);

/// How long a body may take.
const BODY_TIME: Duration = Duration::from_secs(30);

/// After the system had no connection to give, as without free file descriptors.
const PAUSE: Duration = Duration::from_millis(50);

/// Gets one line per request.
type Log = Arc<dyn Fn(&str) + Send + Sync>;

/// A server on 127.0.0.1, which nobody else can reach: it knows no secrets, but it is not made to be attacked either.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Listens on a port of 127.0.0.1; 0 is one that is free.
    ///
    /// # Errors
    /// The port is taken, or the system does not give it.
    pub async fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers until the future is dropped. `log` gets a line per request: method, path, status, and why it was refused; no query,
    /// no header and no body is in it.
    pub async fn run(self, service: Service, log: impl Fn(&str) + Send + Sync + 'static) {
        let service = Arc::new(service);
        let log: Log = Arc::new(log);
        let connections = Arc::new(Semaphore::new(CONNECTIONS));
        while let Ok(permit) = Arc::clone(&connections).acquire_owned().await {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let connection =
                        connection(stream, Arc::clone(&service), Arc::clone(&log), permit);
                    tokio::spawn(connection);
                }
                // A peer that is gone before it was accepted, or a lack that passes.
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}

async fn connection(
    stream: TcpStream,
    service: Arc<Service>,
    log: Log,
    permit: OwnedSemaphorePermit,
) {
    let answer = service_fn(move |request| {
        let (service, log) = (Arc::clone(&service), Arc::clone(&log));
        async move { Ok::<_, Infallible>(answer(request, &service, &log).await) }
    });
    let mut http = http1::Builder::new();
    // The time of day is the one thing that would differ between two answers to one request.
    http.auto_date_header(false)
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(MAX_HEAD);
    // What a peer does wrong ends its connection, with a 400 where that can be sent.
    let _ = http.serve_connection(TokioIo::new(stream), answer).await;
    drop(permit);
}

async fn answer(request: Request<Incoming>, service: &Service, log: &Log) -> Response<Full<Bytes>> {
    let (request, body) = request.into_parts();
    let waits = request.headers.contains_key(http::header::EXPECT);
    let body = match tokio::time::timeout(BODY_TIME, read(body, waits)).await {
        Ok(body) => body,
        Err(_) => Received::Late,
    };
    let reply = service.reply(&request, &body);
    let (method, path) = (&request.method, request.uri.path());
    let status = reply.response.status().as_u16();
    match reply.reason {
        Some(reason) => log(&format!("{method} {path} {status} ({reason})")),
        None => log(&format!("{method} {path} {status}")),
    }
    reply.response.map(Full::new)
}

/// Reads a body. One that is too large is read to its end all the same, unless its sender waits to be asked for it.
async fn read(mut body: Incoming, waits: bool) -> Received {
    let limit = MAX_BODY as u64;
    if waits && body.size_hint().lower() > limit {
        return Received::TooLarge;
    }
    let mut kept = BytesMut::new();
    let mut total = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Received::Broken;
        };
        let Some(data) = frame.data_ref() else {
            continue;
        };
        total = total.saturating_add(data.len());
        if total > DISCARDED {
            return Received::TooLarge;
        }
        if total > MAX_BODY {
            kept = BytesMut::new();
        } else {
            kept.extend_from_slice(data);
        }
    }
    match total > MAX_BODY {
        true => Received::TooLarge,
        false => Received::Body(kept.freeze()),
    }
}
