//! Versions in order.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use semver::Version;

use crate::types::NodeVersion;

/// The number of a version, which is in order where its text is not: 1.10.0 comes after 1.9.0, and 2.0.0-rc.1 before 2.0.0.
///
/// The registry's own lists are in the order of texts. What is not a version in the sense of [SemVer](https://semver.org) is read as one if it has a `v` in
/// front (`v1.2.0`) or too few numbers (`1.2` as `1.2.0`). Everything else (`nightly`, `1.2.3.4`) comes before all versions, in the order of the texts.
/// Two numbers are equal if their texts are; of the same version `1.2` and `1.2.0` stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionNumber {
    // The first field decides: what is none is less than what is.
    version: Option<Version>,
    text: String,
}

impl VersionNumber {
    /// Reads a text, whatever it is.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            version: parse(text.trim()),
            text,
        }
    }

    /// The text as it was.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The version, if the text is one.
    #[must_use]
    #[inline]
    pub fn version(&self) -> Option<&Version> {
        self.version.as_ref()
    }

    /// Whether it is one before a release, as `2.0.0-rc.1`; so is what is no version.
    #[must_use]
    #[inline]
    pub fn is_prerelease(&self) -> bool {
        self.version
            .as_ref()
            .is_none_or(|version| !version.pre.is_empty())
    }

    /// Whether both are the same version, also where they are written in other ways.
    #[must_use]
    #[inline]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.version, &other.version) {
            (Some(one), Some(other)) => one == other,
            _ => self.text.trim() == other.text.trim(),
        }
    }
}

#[inline]
fn parse(text: &str) -> Option<Version> {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let core = text.find(['-', '+']).unwrap_or(text.len());
    let (core, rest) = text.split_at(core);
    let missing = 2_usize.checked_sub(core.matches('.').count())?;
    let zeros = ".0".repeat(missing);
    Version::parse(&format!("{core}{zeros}{rest}")).ok()
}

impl fmt::Display for VersionNumber {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<&str> for VersionNumber {
    #[inline]
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl FromStr for VersionNumber {
    type Err = Infallible;

    #[inline]
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::new(text))
    }
}

impl NodeVersion {
    /// The number of this version, by which versions are in order; `None` if the registry gave none.
    #[must_use]
    #[inline]
    pub fn number(&self) -> Option<VersionNumber> {
        let text = self.version.as_deref()?;
        (!text.trim().is_empty()).then(|| VersionNumber::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_in_order_and_all_else_comes_first() {
        let ordered = [
            "",
            "1.02.0",
            "1.2.3.4",
            "latest",
            "nightly",
            "0.9.10",
            "1.2",
            "1.2.0",
            "v1.2.0",
            "1.9.0",
            "1.10.0-alpha.2",
            "1.10.0-alpha.21",
            "1.10.0-rc.1",
            "1.10.0",
            "1.10.0+build.1",
            "2",
            "10.0.0",
        ];
        let mut sorted: Vec<VersionNumber> =
            ordered.iter().rev().map(|text| (*text).into()).collect();
        sorted.sort();
        let texts: Vec<&str> = sorted.iter().map(VersionNumber::as_str).collect();
        assert_eq!(texts, ordered);
    }

    #[test]
    fn the_same_version_in_other_words() {
        let same = |one: &str, other: &str| VersionNumber::new(one).is_same(&other.into());
        assert!(same("1.2", "v1.2.0") && same(" 1.2.0 ", "1.2.0") && same("nightly", "nightly "));
        assert!(
            !same("1.2.0", "1.2.1") && !same("1.2.0", "1.2.0-rc.1") && !same("nightly", "1.2.0")
        );
        assert!(!same("1.2.0+a", "1.2.0+b"));
        assert!(VersionNumber::new("1.0.0-rc.1").is_prerelease());
        assert!(VersionNumber::new("nightly").is_prerelease());
        assert!(!VersionNumber::new("1.0.0+b").is_prerelease());
    }
}
