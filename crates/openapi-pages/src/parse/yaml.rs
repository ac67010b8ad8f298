//! YAML text (YAML 1.2.2, core schema) with byte positions, from the events of saphyr-parser.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput, Tag};
use serde_json::Value;

use super::builder::{Builder, Built, Weight, too_deep};
use super::offsets::Offsets;
use super::properties::{after_properties, block_header, first_dash, quoted_end};
use super::yaml_problem::{
    alias_bomb, complex_key, empty, nul, recursive_alias, scan, several_documents, tag_problem,
};
use super::{scalar, size};
use crate::bounds::{MAX_ALIAS_BYTES, MAX_ALIAS_NODES, MAX_DEPTH};
use crate::node::Node;
use crate::problem::Problem;

/// Reads `text`, which stands at byte `base` of the input; ranges are those of the input.
pub(crate) fn parse(text: &str, base: usize) -> Result<Node, Vec<Problem>> {
    size::check(text)?;
    let (text, skipped) = size::without_bom(text);
    let base = base + skipped;
    if let Some(problem) = nul(text, base) {
        return Err(vec![problem]);
    }
    let mut reader = Reader {
        text,
        base,
        offsets: Offsets::new(text),
        builder: Builder::default(),
        anchors: HashMap::new(),
        open: Vec::new(),
        copied: Weight::default(),
        documents: 0,
        last_end: 0,
    };
    match reader.run(Parser::new_from_str(text)) {
        Ok(()) => reader
            .builder
            .finish()?
            .ok_or_else(|| vec![empty(base..base + text.len())]),
        Err(problem) => Err(reader.builder.stop(problem)),
    }
}

struct Reader<'a> {
    text: &'a str,
    base: usize,
    offsets: Offsets<'a>,
    builder: Builder,
    /// Finished values by the parser's number of their anchor.
    anchors: HashMap<usize, Built>,
    /// The open collections, from outside in.
    open: Vec<Open>,
    /// What aliases have added so far.
    copied: Weight,
    documents: usize,
    /// Where the last token of content ended, as a byte offset of `text`: block collections end with their last value.
    last_end: usize,
}

/// What is kept of a collection until it ends.
struct Open {
    /// The parser's number of its anchor, 0 without one.
    anchor: usize,
    /// Whether it is in brackets.
    flow: bool,
}

impl<'a> Reader<'a> {
    fn run(&mut self, mut parser: Parser<'a, StrInput<'a>>) -> Result<(), Problem> {
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| {
                scan(
                    self.text,
                    self.base,
                    self.offsets.byte(error.marker().index()),
                    error.info(),
                )
            })?;
            self.event(event, span)?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'a>, span: Span) -> Result<(), Problem> {
        let (start, end) = (
            self.offsets.byte(span.start.index()),
            self.offsets.byte(span.end.index()),
        );
        let end = end.max(start);
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(explicit) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(several_documents(self.range(start, end)));
                }
                // An implicit start has the place of the first value, which for a block scalar is behind its header.
                if explicit {
                    self.last_end = end;
                }
            }
            Event::Alias(id) => {
                self.last_end = end;
                self.alias(id, self.range(start, end))?;
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), start..end)?
            }
            Event::SequenceStart(anchor, tag) => {
                let start = self.open(start..end, anchor, tag.as_deref(), "seq")?;
                self.builder.open_array(start)?;
            }
            Event::MappingStart(anchor, tag) => {
                let start = self.open(start..end, anchor, tag.as_deref(), "map")?;
                self.builder.open_object(start)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let open = self.open.pop().unwrap_or(Open {
                    anchor: 0,
                    flow: false,
                });
                // A flow collection ends with its bracket, after which the parser may count a comment in. A block
                // collection ends with its last value; the parser gives the place of what follows.
                if open.flow {
                    self.last_end = start + 1;
                }
                if let Some(built) = self.builder.close(self.base + self.last_end) {
                    self.anchored(open.anchor, built);
                }
            }
        }
        Ok(())
    }

    fn range(&self, start: usize, end: usize) -> Range<usize> {
        self.base + start..self.base + end
    }

    /// Checks that a collection may open here; returns the input's byte at which its value starts.
    fn open(
        &mut self,
        span: Range<usize>,
        anchor: usize,
        tag: Option<&Tag>,
        kind: &str,
    ) -> Result<usize, Problem> {
        // The span holds anchor and tag, and then the bracket of a flow collection or nothing.
        let flow = self.text[span.clone()].ends_with(['[', '{']);
        let mut start = if flow { span.end - 1 } else { span.end };
        if kind == "seq" && !flow && self.builder.expects_value() {
            // A sequence that is indented like its key: the parser gives the place behind its first dash.
            start = first_dash(self.text, self.last_end, span.end).unwrap_or(start);
        }
        let range = self.range(span.start, span.end);
        if self.builder.expects_key() {
            return Err(complex_key(range));
        }
        if let Some(tag) = tag
            && !(tag.is_yaml_core_schema() && tag.suffix == kind)
            && !is_non_specific(tag)
        {
            self.builder.problems.push(tag_problem(tag, range));
        }
        self.open.push(Open { anchor, flow });
        self.last_end = span.end;
        Ok(self.base + start)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> Result<(), Problem> {
        let local = self.scalar_range(text, style, anchor != 0 || tag.is_some(), span);
        self.last_end = local.end;
        let range = self.range(local.start, local.end);
        if self.builder.expects_key() {
            if anchor != 0 {
                self.anchors
                    .insert(anchor, Builder::scalar(Value::from(text), range.clone()));
            }
            if style == ScalarStyle::Plain && tag.is_none() && text == "<<" {
                self.builder.merge_key(range);
            } else {
                self.builder.key(text.to_owned(), range);
            }
            return Ok(());
        }
        let value = match self.resolve(text, style, tag, &range) {
            Ok(value) => value,
            Err(problem) => {
                self.builder.problems.push(problem);
                Value::Null
            }
        };
        self.anchored(anchor, Builder::scalar(value, range));
        Ok(())
    }

    /// The range of the scalar `value` as it is written: without anchor and tag; with the header of a block scalar, without the line
    /// breaks after it unless they belong to it (`+`).
    fn scalar_range(
        &self,
        value: &str,
        style: ScalarStyle,
        properties: bool,
        span: Range<usize>,
    ) -> Range<usize> {
        match style {
            // An absent value stands behind its key's colon; the parser gives the place before it.
            ScalarStyle::Plain
                if value.is_empty() && !properties && self.builder.expects_value() =>
            {
                let at = span.start.max(self.last_end);
                let rest = self.text[at..].trim_start_matches([' ', '\t']);
                let at = if rest.starts_with(':') {
                    self.text.len() - rest.len() + 1
                } else {
                    at
                };
                at..at
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // The span starts at the content (or the properties), so the header stands before it.
                let from = if properties {
                    span.start
                } else {
                    self.last_end
                };
                let Some(header) = block_header(self.text, from, span.end) else {
                    return span;
                };
                let keep = self.text[header.clone()].contains('+');
                let end = if keep {
                    span.end
                } else {
                    self.text[..span.end].trim_end().len()
                };
                header.start..end.max(header.end)
            }
            _ => {
                let start = if properties {
                    after_properties(self.text, span.start, span.end)
                } else {
                    span.start
                };
                // The parser counts white space and a comment after a quoted scalar in.
                let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                start..if quoted {
                    quoted_end(self.text, start, span.end)
                } else {
                    span.end
                }
            }
        }
    }

    fn resolve(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        range: &Range<usize>,
    ) -> Result<Value, Problem> {
        let plain = |text: &str| {
            scalar::resolve_plain(text).map_err(|reason| reason.problem(text, range.clone()))
        };
        let Some(tag) = tag else {
            return if style == ScalarStyle::Plain {
                plain(text)
            } else {
                Ok(Value::from(text))
            };
        };
        if is_non_specific(tag) || tag.is_yaml_core_schema() && tag.suffix == "str" {
            return Ok(Value::from(text));
        }
        let value = if tag.is_yaml_core_schema() {
            plain(text)?
        } else {
            Value::from(text)
        };
        let fits = tag.is_yaml_core_schema()
            && match tag.suffix.as_str() {
                "null" => value.is_null(),
                "bool" => value.is_boolean(),
                "int" => value.is_i64() || value.is_u64(),
                "float" => value.is_number(),
                _ => false,
            };
        let as_float = value
            .as_f64()
            .filter(|_| tag.suffix == "float")
            .map(Value::from);
        if fits {
            Ok(as_float.unwrap_or(value))
        } else {
            Err(tag_problem(tag, range.clone()))
        }
    }

    fn anchored(&mut self, anchor: usize, built: Built) {
        if anchor != 0 {
            self.anchors.insert(anchor, built.clone());
        }
        self.builder.attach(built);
    }

    fn alias(&mut self, id: usize, range: Range<usize>) -> Result<(), Problem> {
        let Some(built) = self.anchors.get(&id).cloned() else {
            return Err(recursive_alias(range));
        };
        if self.builder.expects_key() {
            let Some(name) = built.node.as_str() else {
                return Err(complex_key(range));
            };
            self.builder.key(name.to_owned(), range);
            return Ok(());
        }
        if self.builder.depth() + built.height > MAX_DEPTH {
            return Err(too_deep(range));
        }
        self.copied.add(built.weight);
        if self.copied.nodes > MAX_ALIAS_NODES || self.copied.bytes > MAX_ALIAS_BYTES {
            return Err(alias_bomb(range));
        }
        self.builder.attach(Built {
            node: built.node.at(Some(range)),
            ..built
        });
        Ok(())
    }
}

/// Whether the tag is `!`, which makes any scalar a text (YAML 1.2.2, section 6.9.1).
fn is_non_specific(tag: &Tag) -> bool {
    tag.handle.is_empty() && tag.suffix == "!"
}
