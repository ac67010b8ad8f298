//! Texts of a format, a length, or a pattern.

use serde_json::Value;

use crate::node::Node;
use crate::pattern;

/// Texts, the plainest first.
pub(crate) fn texts(node: &Node) -> Vec<Value> {
    if let Some(pattern) = &node.pattern {
        let texts = (0..12).chain([16, 20, 24, 31, 32, 36, 40, 63, 64]);
        let texts = texts.filter_map(|extra| pattern::matching(pattern, extra));
        let mut texts: Vec<String> = texts.filter(|text| node.fits_length(text)).collect();
        texts.dedup();
        texts.truncate(2);
        return texts.into_iter().map(Value::String).collect();
    }
    if let Some(texts) = node.format.as_deref().and_then(of_format) {
        return texts.iter().map(|text| Value::from(*text)).collect();
    }
    let least = node.min_length.unwrap_or(0);
    let most = node.max_length.unwrap_or(usize::MAX);
    let mut lengths = vec![least.max(4).min(most)];
    if node.min_length.is_some() {
        lengths.push(least);
    }
    if let Some(most) = node.max_length.filter(|most| *most <= 4096) {
        lengths.push(most);
    }
    let mut texts: Vec<String> = lengths.into_iter().map(of_length).collect();
    // What needs escapes in JSON, and more than one byte per character.
    texts.push("é ☃ \"\\\n".to_owned());
    texts.push(String::new());
    texts.retain(|text| node.fits_length(text));
    texts.into_iter().map(Value::String).collect()
}

fn of_length(length: usize) -> String {
    "text".chars().cycle().take(length).collect()
}

fn of_format(format: &str) -> Option<&'static [&'static str]> {
    Some(match format {
        "date-time" => &["2026-03-01T09:30:00Z", "2026-03-01T09:30:00.123456Z"],
        "date" => &["2026-03-01", "2024-02-29"],
        "time" => &["09:30:00Z"],
        "duration" => &["P1DT2H"],
        "uuid" => &["67e55044-10b1-426f-9247-bb680e5fe0c8"],
        "ipv4" => &["192.0.2.1"],
        "ipv6" => &["2001:db8::1"],
        "ip" => &["192.0.2.1", "2001:db8::1"],
        "uri" | "url" | "uri-reference" | "iri" => &["https://example.com/a?b=c#d"],
        "email" | "idn-email" => &["someone@example.com"],
        "hostname" | "idn-hostname" => &["example.com"],
        "byte" => &["aGVsbG8=", ""],
        "json-pointer" => &["/a/b"],
        "regex" => &["^a+$"],
        _ => return None,
    })
}
