//! Answers that are read piece by piece: bytes, and server-sent events.

use std::time::Duration;

use kitchen_sink_client::error::FollowEventsError;
use kitchen_sink_client::{ByteStream, Error};
use loopback::Response;

use crate::support::*;

/// All that comes, and what ended it if that is an error.
async fn all(mut stream: ByteStream) -> (Vec<u8>, Option<Error>) {
    let mut bytes = Vec::new();
    loop {
        match stream.chunk().await {
            Ok(Some(piece)) => bytes.extend_from_slice(&piece),
            Ok(None) => return (bytes, None),
            Err(error) => return (bytes, Some(error)),
        }
    }
}

fn events(text: &str) -> Response {
    Response::new(200, &[("content-type", "text/event-stream")], text)
}

/// Type and data of each event.
async fn told(stream: ByteStream) -> Vec<(String, String)> {
    let mut events = stream.into_events();
    let mut all = Vec::new();
    while let Some(event) = events.next_event().await.unwrap() {
        all.push((event.event, event.data));
    }
    all
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(event, data)| ((*event).to_owned(), (*data).to_owned()))
        .collect()
}

reads! {
    a_download_is_its_bytes "issue 5" |c| c.download_file().name("f") => {
        plain(200, [0, 1, 255, b'{']) => Ok(answer) => {
            let (bytes, error) = all(answer.into_inner()).await;
            assert_eq!((bytes.as_slice(), error.is_none()), (&[0, 1, 255, b'{'][..], true));
        }
    }
    a_download_that_breaks_off_is_an_error_after_its_bytes "issue 5" |c| c.download_file().name("f") => {
        Response::truncated(200, "half", 4) => Ok(answer) => {
            let (bytes, error) = all(answer.into_inner()).await;
            let error = error.unwrap();
            assert_eq!((bytes.as_slice(), error.is_body(), status(&error)), (&b"half"[..], true, 200));
        }
    }
    a_download_that_is_not_there_is_an_error "issue 5" |c| c.download_file().name("f") => {
        plain(404, "gone") => Err(error) => { assert_eq!(kept(&error), (404, "gone")); }
    }
    an_event_has_a_type_and_lines "issue 5" |c| c.follow_events() => {
        events("event: started\ndata: {\"at\": 1}\n\ndata: two\ndata:lines\ndata\n\n") => Ok(answer) => {
            let expected = pairs(&[("started", r#"{"at": 1}"#), ("message", "two\nlines\n")]);
            assert_eq!(told(answer.into_inner()).await, expected);
        }
    }
    comments_and_other_fields_are_no_events "issue 5" |c| c.follow_events() => {
        events(": hello\n\nevent: lost\n\nother: x\ndata: a\n\n") => Ok(answer) => {
            assert_eq!(told(answer.into_inner()).await, pairs(&[("message", "a")]));
        }
    }
    lines_end_in_each_of_three_ways "issue 5" |c| c.follow_events() => {
        events("\u{feff}data: a\r\n\r\ndata: b\r\rdata: c\n\n") => Ok(answer) => {
            assert_eq!(told(answer.into_inner()).await, pairs(&[("message", "a"), ("message", "b"), ("message", "c")]));
        }
    }
    an_event_that_is_cut_is_none "issue 5" |c| c.follow_events() => {
        events("data: a\n\ndata: cut\n") => Ok(answer) => {
            assert_eq!(told(answer.into_inner()).await, pairs(&[("message", "a")]));
        }
    }
    events_say_how_to_go_on "issue 5" |c| c.follow_events() => {
        events("id: 41\nretry: 250\ndata: a\n\ndata: b\n\nid: 43\ndata: cut") => Ok(answer) => {
            let mut events = answer.into_inner().into_events();
            assert_eq!((events.last_event_id(), events.retry()), (None, None));
            let first = events.next_event().await.unwrap().unwrap();
            assert_eq!((first.id.as_deref(), first.retry), (Some("41"), Some(Duration::from_millis(250))));
            let second = events.next_event().await.unwrap().unwrap();
            assert_eq!((second.id.as_deref(), second.retry), (Some("41"), None));
            assert!(events.next_event().await.unwrap().is_none());
            assert_eq!((events.last_event_id(), events.retry()), (Some("41"), Some(Duration::from_millis(250))));
        }
    }
    events_that_break_off_are_an_error_after_those_before "issue 5" |c| c.follow_events() => {
        Response::truncated(200, "id: 1\ndata: a\n\ndata: b", 100) => Ok(answer) => {
            let mut events = answer.into_inner().into_events();
            assert_eq!(events.next_event().await.unwrap().unwrap().data, "a");
            assert!(events.next_event().await.unwrap_err().is_body());
            assert_eq!(events.last_event_id(), Some("1"));
        }
    }
    an_error_is_one_before_any_event "issue 5" |c| c.follow_events() => {
        json(404, r#"{"title":"none"}"#) => Err(error) => {
            assert!(matches!(error.typed(), Some(FollowEventsError::NotFound(body)) if body.title == "none"), "{error:?}");
        }
    }
}

sends! {
    events_go_on_after_the_last_one "issue 5" {
        |c| c.follow_events().last_event_id("40") => "GET /v1/events/live HTTP/1.1", header "last-event-id" ["40"];
    }
    what_is_streamed_is_asked_for_by_its_media_type "issue 5" {
        |c| c.follow_events() => "GET /v1/events/live HTTP/1.1", header "accept" ["text/event-stream, */*;q=0.1"];
    }
    bytes_of_any_kind_are_not_asked_for_by_one "issue 5" {
        |c| c.download_file().name("f") => "GET /v1/files/f HTTP/1.1", header "accept" ["*/*"];
    }
}
