//! What a client sends, as expectations of the crate [`httpmock`]: the module `httpmock` of a generated client is
//! made of these.
//!
//! Each function writes its value with the code by which a client writes it, and expects what came of that. A request
//! that differs in it is not answered by the mock. A value that no client could send is a mistake in the test that
//! expects it: these functions panic, and say why.

mod body;
mod cookie;
mod header;
mod path;
mod pattern;
mod query;
mod written;

pub use body::{body, no_body};
pub use cookie::cookie;
pub use header::{header, plain_header};
pub use path::{call, path};
pub use query::query;
