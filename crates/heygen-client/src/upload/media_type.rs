//! What a file is, by its name.

/// The media type of a file with such a name, of the kinds that HeyGen takes. A library of all media types would know those of a thousand
/// others, which are refused.
#[inline]
pub(super) fn of_name(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "pdf" => "application/pdf",
        "srt" => "application/x-subrip",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::of_name;

    #[test]
    fn the_last_extension_counts_in_any_case() {
        for (name, expected) in [
            ("film.mp4", Some("video/mp4")),
            ("a.tar.JPG", Some("image/jpeg")),
            (".srt", Some("application/x-subrip")),
            ("mp4", None),
            ("film.mp4.", None),
            ("film.avi", None),
            ("", None),
        ] {
            assert_eq!(of_name(name), expected, "{name}");
        }
    }
}
