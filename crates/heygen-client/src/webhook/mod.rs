//! What HeyGen sends to an endpoint of yours: whether it comes from HeyGen, and what it says.
//!
//! An endpoint is registered by `create_webhook_endpoint`, whose answer has the secret; `rotate_webhook_endpoint_secret` makes another. With
//! each delivery, [`Webhook::verify`] is given the header fields and the body's bytes **as they came**: a body that was read and written
//! again has another signature.
//!
//! ```
//! use heygen_client::types::WebhookEventType;
//! use heygen_client::webhook::{Webhook, WebhookError};
//!
//! /// Answers with a status, within 10 seconds; with any but 2xx the delivery comes again, for up to a day.
//! fn take(webhook: &Webhook, headers: &reqwest::header::HeaderMap, body: &[u8]) -> u16 {
//!     let delivery = match webhook.verify(headers, body) {
//!         Ok(delivery) => delivery,
//!         Err(error) => {
//!             eprintln!("{error}");
//!             return 400;
//!         }
//!     };
//!     match delivery.event_type {
//!         WebhookEventType::AvatarVideoSuccess => println!("done: {:?}", delivery.video_id()),
//!         WebhookEventType::AvatarVideoFail => println!("failed: {:?}", delivery.message()),
//!         // Events that were not asked for come, too.
//!         _ => {}
//!     }
//!     204
//! }
//! # let webhook = Webhook::new("whsec_example");
//! # assert_eq!(take(&webhook, &Default::default(), b"{}"), 400);
//! ```
//!
//! **The signature is of the body alone**, as far as is known. So whoever has seen a delivery can send it again with another
//! `Heygen-Timestamp` and another `Heygen-Event-Id`: both tell apart what honest networks repeat, and stop nobody else. Do nothing for
//! a delivery that must not be done twice for the same `video_id`.
//!
//! `HeaderMap` is that of the crate `http` 1, as axum, hyper and reqwest have it.

mod delivery;
mod error;
mod header;
mod verify;

pub use delivery::Delivery;
pub use error::WebhookError;
pub use verify::Webhook;
