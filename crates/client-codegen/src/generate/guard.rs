//! Runs code that may panic, on a stack of its own, and turns a panic into a value.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

/// progenitor and typify recurse over schemas; documents may be nested 128 levels deep.
const STACK_BYTES: usize = 64 << 20;

/// What a panic said and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Panic {
    /// The panic's message, or a sentence that there was none.
    pub(crate) message: String,
    /// `file:line:column`, without the folder of the machine it was built on.
    pub(crate) location: Option<String>,
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.location {
            Some(location) => write!(f, "panicked at {location}: {}", self.message),
            None => write!(f, "panicked: {}", self.message),
        }
    }
}

thread_local! {
    static CAPTURED: RefCell<Option<Panic>> = const { RefCell::new(None) };
    static CAPTURING: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` on this thread; its panic is returned and prints nothing.
pub(crate) fn catch_here<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    install_hook();
    let before = CAPTURING.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    CAPTURING.set(before);
    result.map_err(|_| CAPTURED.take().unwrap_or_else(unknown))
}

/// Runs `work` on a thread of its own, with a large stack; its panic is returned and prints nothing.
///
/// # Errors
/// The panic, or the operating system's refusal to start a thread.
pub(super) fn catch<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Panic> {
    thread::scope(|scope| {
        let started = thread::Builder::new()
            .name("generate".to_owned())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || catch_here(work));
        match started {
            Ok(handle) => handle.join().unwrap_or_else(|_| Err(unknown())),
            Err(error) => Err(Panic {
                message: format!("no thread could be started: {error}"),
                location: None,
            }),
        }
    })
}

fn unknown() -> Panic {
    Panic {
        message: "a panic without a message".to_owned(),
        location: None,
    }
}

/// The hook is process-wide, so it is installed once and only acts on threads that asked for it.
fn install_hook() {
    static INSTALL: Once = Once::new();
    INSTALL.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !CAPTURING.get() {
                previous(info);
                return;
            }
            let payload = info.payload();
            let message = payload
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| {
                    payload
                        .downcast_ref::<&str>()
                        .map(|text| (*text).to_owned())
                })
                .unwrap_or_else(|| unknown().message);
            let location = info
                .location()
                .map(|at| format!("{}:{}:{}", short_path(at.file()), at.line(), at.column()));
            CAPTURED.set(Some(Panic { message, location }));
        }));
    });
}

/// `…/registry/src/index-hash/progenitor-impl-0.15.1/src/method.rs` to `progenitor-impl-0.15.1/src/method.rs`.
fn short_path(path: &str) -> &str {
    let separator = |c| c == '/' || c == '\\';
    match path
        .rmatch_indices("src")
        .find(|(at, _)| path[..*at].ends_with(separator))
    {
        Some((at, _)) => {
            let before = path[..at].trim_end_matches(separator);
            let start = before.rfind(separator).map_or(0, |slash| slash + 1);
            &path[start..]
        }
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::{catch, catch_here, short_path};

    #[test]
    fn a_panic_becomes_its_message_and_place() {
        let caught = catch(|| -> u8 { panic!("no {}", "way") }).unwrap_err();
        assert_eq!(caught.message, "no way");
        let location = caught.location.unwrap();
        assert!(
            location.starts_with("client-codegen/src/generate/guard.rs:"),
            "{location}"
        );
    }

    #[test]
    fn a_panic_on_the_same_thread_is_caught_too() {
        let caught = catch_here(|| -> u8 { panic!("here") }).unwrap_err();
        assert_eq!(caught.message, "here");
    }

    #[test]
    fn a_value_comes_back() {
        assert_eq!(catch(|| 7), Ok(7));
    }

    #[test]
    fn a_registry_path_is_cut_to_crate_and_file() {
        assert_eq!(
            short_path("/home/x/.cargo/registry/src/index-1/typify-impl-0.8.0/src/merge.rs"),
            "typify-impl-0.8.0/src/merge.rs"
        );
        assert_eq!(short_path("lib.rs"), "lib.rs");
    }
}
