//! The next version of a crate.

use semver::{BuildMetadata, Prerelease, Version};

use crate::change::{Change, Class};

/// The version that a crate of version `current` gets for these changes, by the policy of the generated clients:
///
/// * From 1.0.0 on that of [Semantic Versioning](https://semver.org): breaking changes raise the major version, compatible
///   ones the minor, others the patch version.
/// * At 0.x a breaking change raises the minor version and everything else the patch version, as
///   [cargo compares them](https://doc.rust-lang.org/cargo/reference/semver.html).
/// * A pre-release of a version that is far enough ends in that version. Without changes the version stays.
#[must_use]
pub fn next_version(current: &Version, changes: &[Change]) -> Version {
    let Some(class) = changes.iter().map(|change| change.class).min() else {
        return current.clone();
    };
    let mut next = Version {
        pre: Prerelease::EMPTY,
        build: BuildMetadata::EMPTY,
        ..current.clone()
    };
    let part = match (class, current.major) {
        (Class::Breaking, 0) => Part::Minor,
        (Class::Breaking, _) => Part::Major,
        (Class::Compatible, 1..) => Part::Minor,
        _ => Part::Patch,
    };
    let is_ahead = match part {
        Part::Major => (current.minor, current.patch) == (0, 0),
        Part::Minor => current.patch == 0,
        Part::Patch => true,
    };
    if !current.pre.is_empty() && is_ahead {
        return next;
    }
    let raised = |number: u64| number.saturating_add(1);
    (next.major, next.minor, next.patch) = match part {
        Part::Major => (raised(next.major), 0, 0),
        Part::Minor => (next.major, raised(next.minor), 0),
        Part::Patch => (next.major, next.minor, raised(next.patch)),
    };
    next
}

enum Part {
    Major,
    Minor,
    Patch,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;

    fn of(class: Class) -> Change {
        Change {
            class,
            kind: Kind::KeywordChanged,
            operation: None,
            pointer: String::new(),
            summary: String::new(),
        }
    }

    #[test]
    fn the_gravest_change_decides() {
        let (breaking, compatible, docs) = (Class::Breaking, Class::Compatible, Class::Docs);
        for (current, classes, next) in [
            ("0.1.2", &[][..], "0.1.2"),
            ("0.1.2", &[docs], "0.1.3"),
            ("0.1.2", &[docs, compatible], "0.1.3"),
            ("0.1.2", &[docs, breaking, compatible], "0.2.0"),
            ("0.0.3", &[breaking], "0.1.0"),
            ("1.2.3", &[docs], "1.2.4"),
            ("1.2.3", &[compatible, docs], "1.3.0"),
            ("1.2.3", &[compatible, breaking], "2.0.0"),
            ("0.2.0-alpha.1", &[breaking], "0.2.0"),
            ("0.2.1-alpha.1", &[breaking], "0.3.0"),
            ("0.2.1-alpha.1", &[compatible], "0.2.1"),
            ("2.0.0-rc.1", &[breaking], "2.0.0"),
            ("2.1.0-rc.1", &[breaking], "3.0.0"),
            ("2.1.0-rc.1", &[compatible], "2.1.0"),
            ("1.2.3+build", &[docs], "1.2.4"),
        ] {
            let changes: Vec<Change> = classes.iter().map(|class| of(*class)).collect();
            let current: Version = current.parse().unwrap();
            assert_eq!(
                next_version(&current, &changes).to_string(),
                next,
                "{current}"
            );
        }
    }
}
