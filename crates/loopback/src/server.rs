//! The listener and its threads.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::request::{Keep, keep_all};
use crate::{Request, Response};

/// How long a silent client is waited for; only a broken test comes near it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Says what a request is answered with; None for the next answer of the list.
type Choose = dyn Fn(&Request) -> Option<Response> + Send + Sync;

/// A running server. Dropping it closes the listener.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    answers: Mutex<VecDeque<Response>>,
    requests: Mutex<Vec<Request>>,
    connections: AtomicUsize,
    stop: AtomicBool,
}

impl Server {
    /// Listens on a free port of 127.0.0.1. The answers are given in this order, one per request; a request after the
    /// last one gets status 599.
    ///
    /// # Errors
    ///
    /// If no socket can be had.
    pub fn start(answers: Vec<Response>) -> io::Result<Self> {
        Self::start_keeping(answers, keep_all)
    }

    /// As [`start`](Self::start), but `answer` says what each request is answered with, whatever came before it: for a site that is
    /// asked for many things in any order, several at a time.
    ///
    /// # Errors
    ///
    /// If no socket can be had.
    pub fn start_answering(
        answer: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::start_choosing(Vec::new(), keep_all, move |request: &Request| {
            Some(answer(request))
        })
    }

    /// As [`start`](Self::start), but `keep` reads the body of each request, of which it is given the head, and returns
    /// what is recorded in its place: for bodies that are too long to keep, and for tests that ask how far one came.
    ///
    /// The reader ends where the body ends, and fails if the connection ends before. After an error of `keep` the connection is closed and nothing is recorded.
    ///
    /// # Errors
    ///
    /// If no socket can be had.
    pub fn start_keeping(
        answers: Vec<Response>,
        keep: impl Fn(&Request, &mut dyn BufRead) -> io::Result<Vec<u8>> + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::start_choosing(answers, keep, |_: &Request| None)
    }

    fn start_choosing(
        answers: Vec<Response>,
        keep: impl Fn(&Request, &mut dyn BufRead) -> io::Result<Vec<u8>> + Send + Sync + 'static,
        choose: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            answers: Mutex::new(answers.into()),
            ..Shared::default()
        });
        let handle = thread::spawn({
            let shared = Arc::clone(&shared);
            let keep: Arc<Keep> = Arc::new(keep);
            let choose: Arc<Choose> = Arc::new(choose);
            move || accept(&listener, &shared, &keep, &choose)
        });
        Ok(Self {
            address,
            shared,
            listener: Some(handle),
        })
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address as a URL without a slash at its end, as in `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Adds an answer after those that are there, for one that has to name the server's own address.
    pub fn push(&self, answer: Response) {
        lock(&self.shared.answers).push_back(answer);
    }

    /// The requests so far; each is recorded before it is answered.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.shared.requests).clone()
    }

    /// The one request that there was.
    ///
    /// # Panics
    ///
    /// If there were none or several.
    #[track_caller]
    pub fn only_request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1);
        requests.remove(0)
    }

    /// How many connections were opened so far, also those that never sent a request.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // Wakes the listener, which is waiting for a connection.
        drop(TcpStream::connect(self.address));
        if let Some(listener) = self.listener.take() {
            // A panic of the thread shows in its own message; a destructor must not add one.
            drop(listener.join());
        }
    }
}

/// A base URL where nothing listens, so that a connection is refused.
///
/// It has a port that the system gives to nobody who asks for a free one: one that was free a moment ago may be that of a
/// server of the next test.
///
/// # Errors
///
/// If something listens there all the same.
pub fn refused_base_url() -> io::Result<String> {
    // tcpmux (RFC 1078), which hardly any system has had for decades.
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
    match TcpStream::connect(address) {
        Ok(_) => Err(io::Error::new(
            io::ErrorKind::AddrInUse,
            format!("something listens at {address}"),
        )),
        Err(_) => Ok(format!("http://{address}")),
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>, keep: &Arc<Keep>, choose: &Arc<Choose>) {
    for stream in listener.incoming() {
        if shared.stop.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        shared.connections.fetch_add(1, Ordering::SeqCst);
        let (shared, keep, choose) = (Arc::clone(shared), Arc::clone(keep), Arc::clone(choose));
        // Not joined: a thread that is in a long pause must not hold up the end of the test.
        thread::spawn(move || {
            // A client that hangs up half-way is what some tests are about.
            drop(serve(&stream, &shared, &*keep, &*choose));
        });
    }
}

fn serve(mut stream: &TcpStream, shared: &Shared, keep: &Keep, choose: &Choose) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let Some(request) = Request::read(&mut BufReader::new(stream), keep)? else {
        return Ok(());
    };
    lock(&shared.requests).push(request.clone());
    let answer = choose(&request)
        .or_else(|| lock(&shared.answers).pop_front())
        .unwrap_or_else(|| Response::new(599, &[], "loopback: no answer is left"));
    answer.write(&mut stream)?;
    stream.shutdown(Shutdown::Both)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
