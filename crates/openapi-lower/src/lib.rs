//! Lowers OpenAPI 3.0 and 3.1 documents to the 3.0 subset that progenitor turns into good Rust.
