//! What people call an API, in a sentence.

/// The title with the word that follows it in `the … API`: once, also where the title ends in it.
pub(crate) fn with_api(title: &str) -> String {
    let last = title.split_whitespace().next_back().unwrap_or_default();
    if last.eq_ignore_ascii_case("api") {
        title.to_owned()
    } else {
        format!("{title} API")
    }
}
