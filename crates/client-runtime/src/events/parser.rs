//! The grammar of server-sent events (WHATWG HTML §9.2.5 and §9.2.6). Of our own, because it is a page of text, and the
//! crates for it bring a parser generator or a connection of their own.

use std::time::Duration;

use bytes::{Buf, Bytes};

use super::Event;
use crate::decode::without_mark;

/// An event or a line is longer than it may be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// Makes events of bytes, wherever these are cut.
#[derive(Debug)]
pub(super) struct Parser {
    limit: usize,
    line: Vec<u8>,
    is_first_line: bool,
    /// A line feed that comes next belongs to the carriage return before it.
    after_return: bool,
    event: String,
    data: String,
    id: String,
    has_id: bool,
    block_retry: Option<Duration>,
    /// Of the blocks that have ended.
    pub(super) last_id: String,
    /// Whether there was one, which may be empty.
    pub(super) has_last_id: bool,
    pub(super) retry: Option<Duration>,
}

impl Parser {
    /// A parser of events with at most `limit` bytes of data.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            line: Vec::new(),
            is_first_line: true,
            after_return: false,
            event: String::new(),
            data: String::new(),
            id: String::new(),
            has_id: false,
            block_retry: None,
            last_id: String::new(),
            has_last_id: false,
            retry: None,
        }
    }

    /// Begins with another body: what was not ended is none (§9.2.6).
    pub(super) fn restart(&mut self) {
        let ended = Self {
            id: self.last_id.clone(),
            last_id: std::mem::take(&mut self.last_id),
            has_last_id: self.has_last_id,
            retry: self.retry,
            ..Self::new(self.limit)
        };
        *self = ended;
    }

    /// Takes bytes up to the end of an event, or all of them. What is left without an empty line at the end is none.
    pub(super) fn next(&mut self, bytes: &mut Bytes) -> Result<Option<Event>, TooLong> {
        while let Some(&first) = bytes.first() {
            if std::mem::take(&mut self.after_return) && first == b'\n' {
                bytes.advance(1);
                continue;
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let line = bytes.split_to(end.unwrap_or(bytes.len()));
            self.line.extend_from_slice(&line);
            if self.line.len() + self.data.len() > self.limit {
                return Err(TooLong);
            }
            let Some(&end) = bytes.first() else { break };
            bytes.advance(1);
            self.after_return = end == b'\r';
            if let Some(event) = self.end_line() {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    fn end_line(&mut self) -> Option<Event> {
        let line = std::mem::take(&mut self.line);
        let mut text = line.as_slice();
        if std::mem::take(&mut self.is_first_line) {
            text = without_mark(text);
        }
        let text = String::from_utf8_lossy(text);
        if text.is_empty() {
            return self.end_event();
        }
        let (field, value) = text.split_once(':').unwrap_or((&text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => {
                value.clone_into(&mut self.id);
                self.has_id = true;
            }
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let wait = value.parse().ok().map(Duration::from_millis);
                self.block_retry = wait.or(self.block_retry);
                // Unlike an id it counts at once (§9.2.6).
                self.retry = wait.or(self.retry);
            }
            // A comment has no name.
            _ => {}
        }
        None
    }

    fn end_event(&mut self) -> Option<Event> {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        let retry = self.block_retry.take();
        self.last_id.clone_from(&self.id);
        self.has_last_id |= self.has_id;
        data.pop()?;
        Some(Event {
            id: (!self.last_id.is_empty()).then(|| self.last_id.clone()),
            event: if event.is_empty() {
                "message".to_owned()
            } else {
                event
            },
            data,
            retry,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Events as `id|event|data|retry`, from bytes that come in pieces of a size.
    fn events(bytes: &[u8], size: usize) -> Vec<String> {
        let mut parser = Parser::new(1000);
        let mut events = Vec::new();
        for piece in bytes.chunks(size) {
            let mut piece = Bytes::copy_from_slice(piece);
            while let Some(event) = parser.next(&mut piece).unwrap() {
                events.push(event);
            }
            assert!(piece.is_empty());
        }
        let texts = events.iter().map(|event| {
            let id = event.id.as_deref().unwrap_or("-");
            let retry = event.retry.map_or(0, |retry| retry.as_millis());
            format!("{id}|{}|{}|{retry}", event.event, event.data)
        });
        texts.collect()
    }

    #[test]
    fn events_are_the_same_wherever_bytes_are_cut() {
        for (text, expected) in [
            ("data: a\n\n", &["-|message|a|0"][..]),
            (
                "\u{feff}data: a\r\n\r\ndata:b\r\rdata:  c\n\r\n",
                &["-|message|a|0", "-|message|b|0", "-|message| c|0"],
            ),
            (
                "data: YHOO\ndata: +2\ndata\n\n",
                &["-|message|YHOO\n+2\n|0"],
            ),
            (
                ": hi\n\ndata: 1\nid: 1\n\ndata:2\nid\n\ndata:3\n\n",
                &["1|message|1|0", "-|message|2|0", "-|message|3|0"],
            ),
            (
                "id: 7\nevent: add\nretry: 1500\ndata: {\"a\": \"b: c\"}\n\ndata: x\n\n",
                &["7|add|{\"a\": \"b: c\"}|1500", "7|message|x|0"],
            ),
            (
                "data\n\ndata\ndata\n\ndata:",
                &["-|message||0", "-|message|\n|0"],
            ),
            ("event: lost\n\ndata: kept\n\n", &["-|message|kept|0"]),
            (
                "id: a\0b\nretry: 1s\nother: x\ndata: é€😀\n\n",
                &["-|message|é€😀|0"],
            ),
            ("", &[]),
            ("data: unfinished\n", &[]),
        ] {
            for size in 1..=text.len().max(1) {
                assert_eq!(
                    events(text.as_bytes(), size),
                    expected,
                    "{text:?} by {size}"
                );
            }
        }
        assert_eq!(events(b"data: \xff\n\n", 3), ["-|message|\u{fffd}|0"]);
    }

    #[test]
    fn an_id_counts_when_its_event_has_ended() {
        let mut parser = Parser::new(1000);
        let mut bytes =
            Bytes::from("id: 1\nretry: 5\ndata: a\n\nid: 2\nretry: 9\n\nid: 3\ndata: c");
        assert_eq!(parser.next(&mut bytes).unwrap().unwrap().data, "a");
        assert_eq!(
            (parser.last_id.as_str(), parser.retry),
            ("1", Some(Duration::from_millis(5)))
        );
        assert_eq!(parser.next(&mut bytes), Ok(None));
        assert_eq!(
            (parser.last_id.as_str(), parser.retry),
            ("2", Some(Duration::from_millis(9)))
        );
    }

    #[test]
    fn what_comes_without_end_is_too_long() {
        for text in ["data: ", ": ", "data: x\n"] {
            let mut parser = Parser::new(100);
            let endless = (0..100).map(|_| parser.next(&mut Bytes::from(text)));
            let is_too_long = endless.into_iter().any(|result| result == Err(TooLong));
            assert!(is_too_long, "{text:?}");
        }
        let mut parser = Parser::new(100);
        let mut pieces = (0..100).map(|_| parser.next(&mut Bytes::from("data: x\n\n")));
        assert!(pieces.all(|event| event.is_ok_and(|event| event.is_some())));
    }
}
