//! Whether the credential can be seen.

use std::error::Error as _;

use kitchen_sink_client::Error;

/// The credential of every client here. Servers echo it.
pub(crate) const PLANTED: &str = "planted-secret-4711";

/// All that a program could print of an error.
pub(crate) fn everything_shown(error: &Error) -> String {
    let mut shown = format!("{error}\n{error:?}\n{error:#?}\n{:?}\n", error.message());
    let mut source = error.source();
    while let Some(error) = source {
        shown.push_str(&format!("{error}\n{error:?}\n"));
        source = error.source();
    }
    // Header fields, too, as a program would print one that it knows.
    for (name, value) in error.headers().into_iter().flatten() {
        shown.push_str(&format!(
            "{name}: {}\n",
            String::from_utf8_lossy(value.as_bytes())
        ));
    }
    let (id, location, path) = (error.request_id(), error.location(), error.decode_path());
    shown.push_str(&format!(
        "{:?} {id:?} {location:?} {path:?}\n",
        error.headers()
    ));
    shown
}

/// What of the credential is in a text.
pub(crate) fn found_in(text: &str) -> String {
    if text.contains("4711") {
        text.to_owned()
    } else {
        String::new()
    }
}

/// Nothing is written without the feature.
#[cfg(not(feature = "tracing"))]
pub(crate) struct Spans;

#[cfg(not(feature = "tracing"))]
impl Spans {
    pub(crate) fn listen() -> Self {
        Self
    }

    pub(crate) fn check(&self) {}
}

#[cfg(feature = "tracing")]
pub(crate) use spans::Spans;

#[cfg(feature = "tracing")]
mod spans {
    use std::io;
    use std::sync::{Arc, Mutex, OnceLock};

    use tracing::level_filters::LevelFilter;
    use tracing_subscriber::filter::Targets;
    use tracing_subscriber::fmt::format::FmtSpan;
    use tracing_subscriber::prelude::*;

    /// What was written.
    #[derive(Clone, Default)]
    pub(crate) struct Written(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// All spans of the process.
    pub(crate) struct Spans(&'static Written);

    impl Spans {
        /// One for all tests, before the first call: what a thread without one sees of a span is kept for all threads.
        pub(crate) fn listen() -> Self {
            static WRITTEN: OnceLock<Written> = OnceLock::new();
            Self(WRITTEN.get_or_init(|| {
                let written = Written::default();
                let writer = written.clone();
                let ours = Targets::new().with_target("client_runtime", LevelFilter::TRACE);
                let layer = tracing_subscriber::fmt::layer()
                    .with_ansi(false)
                    .with_span_events(FmtSpan::CLOSE)
                    .with_writer(move || writer.clone());
                tracing_subscriber::registry()
                    .with(layer.with_filter(ours))
                    .init();
                written
            }))
        }

        pub(crate) fn check(&self) {
            let text = String::from_utf8(self.0.0.lock().unwrap().clone()).unwrap();
            assert_eq!(super::found_in(&text), "");
            for wanted in [
                r#"operation="list_kinds""#,
                r#"method="GET""#,
                r#"host="127.0.0.1""#,
                r#"path="/kinds/""#,
                "attempt=2",
                "status=200",
                "duration_ms=",
                "the call is made again",
                "the call failed",
            ] {
                assert!(text.contains(wanted), "{wanted}\n{text}");
            }
        }
    }
}
