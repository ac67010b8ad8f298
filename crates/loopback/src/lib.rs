//! A scripted HTTP/1.1 server on the loopback interface, for tests.
//!
//! A test says which answers the server gives, in order, and afterwards reads what the client sent. Answers are
//! bytes, so that a test can also send what no HTTP library would write: a body shorter than its `content-length`,
//! no body at all, silence. Every answer ends its connection, so the number of connections is the number of requests.
//! Bodies that are too long to keep are read by the test ([`Server::start_keeping`]) or made while they are sent
//! ([`Response::made`]). A site of many pages says by a function what a request is answered with
//! ([`Server::start_answering`]).
//!
//! ```
//! use std::io::{Read, Write};
//! # fn main() -> std::io::Result<()> {
//! let server = loopback::Server::start(vec![loopback::Response::json(200, "{}")])?;
//! let mut stream = std::net::TcpStream::connect(server.address())?;
//! stream.write_all(b"GET /a?b=c HTTP/1.1\r\nhost: x\r\n\r\n")?;
//! let mut answer = String::new();
//! stream.read_to_string(&mut answer)?;
//! assert!(answer.ends_with("\r\n\r\n{}"));
//! assert_eq!(server.requests()[0].line, "GET /a?b=c HTTP/1.1");
//! # Ok(())
//! # }
//! ```
#![deny(missing_docs)]

mod body;
mod request;
mod response;
mod server;

pub use request::Request;
pub use response::Response;
pub use server::{Server, refused_base_url};
