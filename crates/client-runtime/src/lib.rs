//! What generated API clients share at run time: errors, credentials, configuration.
