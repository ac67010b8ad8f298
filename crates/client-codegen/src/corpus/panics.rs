//! Sees every panic of this process, also one that is caught.

use std::panic;
use std::sync::{Mutex, Once, PoisonError};

use crate::generate::catch_here;

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Starts to look. Only for a process that runs documents and nothing else, because the hook is the process's.
pub(super) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // The guard's own hook first: it would not pass on what it catches.
        let _ = catch_here(|| ());
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let place = info
                .location()
                .map(|at| format!("{}:{}", at.file(), at.line()));
            SEEN.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(place.unwrap_or_default());
            previous(info);
        }));
    });
}

/// Where the panics since the last call were: `file:line` as the compiler knew it.
pub(super) fn take() -> Vec<String> {
    std::mem::take(&mut *SEEN.lock().unwrap_or_else(PoisonError::into_inner))
}
