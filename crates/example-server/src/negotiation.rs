//! Which of several media types a caller gets.

use std::cmp::Reverse;

use http::HeaderMap;
use http::header::ACCEPT;

use crate::request::{essence, is_json};

/// The index of the media type that is answered, of essences in the document's order; `None` if there is none.
///
/// The one that `Accept` likes most, and of equals `application/json`, then what is like it, then the first. Where it likes
/// none of them, it is not heard, as RFC 9110 §12.5.1 allows: an answer is of more use to who tries a client than a 406.
pub(crate) fn choose(headers: &HeaderMap, offered: &[&str]) -> Option<usize> {
    let ranges = ranges(headers);
    let liking = |index: &usize| {
        let essence = offered.get(*index).copied().unwrap_or_default();
        let quality = quality(&ranges, essence);
        let json = u8::from(is_json(essence)) + u8::from(essence == "application/json");
        (Reverse(quality), Reverse(json), *index)
    };
    (0..offered.len()).min_by_key(liking)
}

/// Media ranges with their quality in thousandths.
fn ranges(headers: &HeaderMap) -> Vec<(String, u16)> {
    let lines = headers.get_all(ACCEPT).into_iter();
    let ranges = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','));
    ranges
        .filter(|range| !range.trim().is_empty())
        .map(|range| (essence(range), weight(range)))
        .collect()
}

fn weight(range: &str) -> u16 {
    let mut parameters = range.split(';').skip(1).map(str::trim);
    let weight = parameters.find_map(|one| one.strip_prefix("q=").or(one.strip_prefix("Q=")));
    let weight: f32 = weight.map_or(1.0, |weight| weight.parse().unwrap_or(1.0));
    // Whole thousandths: RFC 9110 §12.4.2 has three digits. A cast of a float saturates.
    (weight.clamp(0.0, 1.0) * 1000.0).round() as u16
}

/// The quality of the most specific range that an essence is in.
fn quality(ranges: &[(String, u16)], essence: &str) -> u16 {
    if ranges.is_empty() {
        return 1000;
    }
    let kind = essence.split('/').next().unwrap_or_default();
    let specificity = |range: &str| match range {
        _ if range == essence => Some(2),
        "*/*" => Some(0),
        _ => (range.strip_suffix("/*") == Some(kind)).then_some(1),
    };
    let found = ranges
        .iter()
        .filter_map(|(range, weight)| Some((specificity(range)?, *weight)));
    found.max().map_or(0, |(_, weight)| weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_type_that_is_liked_most_is_chosen() {
        let offered = [
            "application/hal+json",
            "application/json",
            "text/csv",
            "text/plain",
        ];
        for (accept, chosen) in [
            (None, "application/json"),
            (Some("*/*"), "application/json"),
            (Some("text/plain"), "text/plain"),
            (Some("text/*"), "text/csv"),
            (Some("text/*, text/csv;q=0.5"), "text/plain"),
            (Some("application/json;q=0, */*"), "application/hal+json"),
            (Some("Text/CSV ; q=1, */*;q=0.1"), "text/csv"),
            (Some("image/png"), "application/json"),
            (Some("garbage;q=x,,"), "application/json"),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(ACCEPT, accept.parse().unwrap());
            }
            let index = choose(&headers, &offered).unwrap();
            assert_eq!(offered[index], chosen, "{accept:?}");
        }
        assert_eq!(choose(&HeaderMap::new(), &[]), None);
    }
}
