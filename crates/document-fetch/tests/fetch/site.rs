//! A documentation site on the loopback interface, whose pages a test changes between two fetches.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use client_codegen::lock::sha256;
use loopback::{Request, Response, Server};

/// What is at the paths of the site.
#[derive(Debug, Default)]
struct Content {
    pages: BTreeMap<String, Vec<u8>>,
    /// Answers that come before the page; one that is left is repeated if it is `always`.
    scripts: BTreeMap<String, (VecDeque<Response>, bool)>,
    /// Whether answers have entity tags.
    untagged: bool,
    /// What happens before a request for a path is answered.
    hooks: BTreeMap<String, Hook>,
}

struct Hook(Box<dyn Fn() + Send>);

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook")
    }
}

/// The site.
#[derive(Debug)]
pub(crate) struct Site {
    server: Server,
    content: Arc<Mutex<Content>>,
}

impl Site {
    pub(crate) fn start() -> Self {
        let content = Arc::new(Mutex::new(Content::default()));
        let shared = Arc::clone(&content);
        let server =
            Server::start_answering(move |request| shared.lock().unwrap().answer(request)).unwrap();
        Self { server, content }
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.content.lock().unwrap()
    }

    /// `path` begins with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.base_url())
    }

    pub(crate) fn put(&self, path: &str, page: impl Into<Vec<u8>>) {
        self.content().pages.insert(path.to_owned(), page.into());
    }

    pub(crate) fn remove(&self, path: &str) {
        self.content().pages.remove(path);
    }

    /// Answers the next requests for a path with these, then with the page.
    pub(crate) fn first(&self, path: &str, answers: impl IntoIterator<Item = Response>) {
        let script = (answers.into_iter().collect(), false);
        self.content().scripts.insert(path.to_owned(), script);
    }

    /// Answers every request for a path with this.
    pub(crate) fn always(&self, path: &str, answer: Response) {
        let script = (VecDeque::from([answer]), true);
        self.content().scripts.insert(path.to_owned(), script);
    }

    /// Does this before each answer to a request for a path.
    pub(crate) fn when_asked(&self, path: &str, hook: impl Fn() + Send + 'static) {
        let hook = Hook(Box::new(hook));
        self.content().hooks.insert(path.to_owned(), hook);
    }

    /// No answer has an entity tag from now on.
    pub(crate) fn without_tags(&self) {
        self.content().untagged = true;
    }

    /// The requests since this was last asked.
    pub(crate) fn requests(&self, seen: &mut usize) -> Vec<Request> {
        let all = self.server.requests();
        let new = all[*seen..].to_vec();
        *seen = all.len();
        new
    }
}

impl Content {
    fn answer(&mut self, request: &Request) -> Response {
        let path = request.target().split('?').next().unwrap().to_owned();
        if let Some(Hook(hook)) = self.hooks.get(&path) {
            hook();
        }
        if let Some((script, always)) = self.scripts.get_mut(&path) {
            match (script.pop_front(), *always) {
                (Some(answer), true) => {
                    script.push_back(answer.clone());
                    return answer;
                }
                (Some(answer), false) => return answer,
                (None, _) => {}
            }
        }
        let Some(page) = self.pages.get(&path) else {
            return Response::new(404, &[("content-type", "text/html")], "<h1>Not found</h1>");
        };
        let tag = format!("W/\"{}\"", &sha256(page)[..16]);
        if !self.untagged && request.header("if-none-match") == [tag.as_str()] {
            return Response::raw(format!(
                "HTTP/1.1 304 \r\nconnection: close\r\netag: {tag}\r\n\r\n"
            ));
        }
        let kind = ("content-type", "text/markdown; charset=utf-8");
        match self.untagged {
            true => Response::new(200, &[kind], page),
            false => Response::new(200, &[kind, ("etag", &tag)], page),
        }
    }
}
