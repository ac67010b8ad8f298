//! What the manifest says of the vendor's site: `index` of an API and `retired` of a document.

use std::ops::Range;

use toml_edit::Datetime;

use super::read::{check, check_path};
use super::table::Reader;
use super::{Index, Pattern, Retired, values};
use crate::diagnostic::Place;

/// Reads the key of the table of the API `api`.
pub(super) fn index(reader: &mut Reader<'_, '_>, api: &str) -> Option<Index> {
    let mut index = reader.inner("index", format!("`index` of [api.{api}]"))?;
    let url = index.required("url");
    check(&mut index, "`url` of `index`", url.clone(), values::url);
    if index.get("include").is_none() {
        index.missing("include");
    }
    let include = patterns(&mut index, "include");
    if let Some(item) = index.get("include")
        && item.as_array().is_some_and(toml_edit::Array::is_empty)
    {
        let span = item.span().unwrap_or_default();
        index.invalid(
            "`include` of `index`",
            "[]",
            span,
            "must name at least one pattern",
        );
    }
    let exclude = patterns(&mut index, "exclude");
    let folder = index.string("folder");
    check_path(&mut index, "folder", folder.clone());
    let file = index.file();
    index.finish();
    let (url, range) = url?;
    Some(Index {
        url: url.to_owned(),
        include,
        exclude,
        folder: folder.map_or(api, |(folder, _)| folder).to_owned(),
        place: Place { file, range },
    })
}

fn patterns(reader: &mut Reader<'_, '_>, key: &'static str) -> Vec<Pattern> {
    let entries = reader.strings(key, values::url_path_pattern);
    let entries = entries.into_iter().map(|(text, range)| Pattern {
        text: text.to_owned(),
        place: Place {
            file: reader.file(),
            range,
        },
    });
    entries.collect()
}

/// Reads the key of the table of a document.
pub(super) fn retired(reader: &mut Reader<'_, '_>) -> Option<Retired> {
    let mut retired = reader.inner("retired", "`retired` of a document")?;
    let date = date(&mut retired);
    let reason = retired.required("reason");
    check(
        &mut retired,
        "`reason` of `retired`",
        reason.clone(),
        values::title,
    );
    retired.finish();
    Some(Retired {
        date: date?,
        reason: reason?.0.to_owned(),
    })
}

/// A day, as TOML's own type or in a string.
fn date(reader: &mut Reader<'_, '_>) -> Option<String> {
    let Some(item) = reader.get("date") else {
        reader.missing("date");
        return None;
    };
    let span: Range<usize> = item.span().unwrap_or_default();
    let text = match item.as_str() {
        Some(text) => text.to_owned(),
        None => match item.as_value().and_then(toml_edit::Value::as_datetime) {
            Some(date) => date.to_string(),
            None => {
                reader.wrong_type("date", item, "a date");
                return None;
            }
        },
    };
    if is_day(&text) {
        return Some(text);
    }
    let reason = "must be a day without a time, as 2026-11-22";
    reader.invalid("`date` of `retired`", &text, span, reason);
    None
}

fn is_day(text: &str) -> bool {
    let date: Result<Datetime, _> = text.parse();
    date.is_ok_and(|date| date.date.is_some() && date.time.is_none())
}
