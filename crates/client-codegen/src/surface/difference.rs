//! What two surfaces do not have in common.

use std::collections::{BTreeMap, BTreeSet};

use similar::{ChangeTag, TextDiff};

use crate::finish::MOCKS;

/// A public item that differs, with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemDifference {
    /// The item's path, such as `types::Widget`.
    pub path: String,
    /// Lines that went (`-`) and came (`+`), in the order of a unified diff, without those that stayed.
    pub lines: Vec<String>,
    /// Whether a program that uses the item may compile no longer: a line went or is another, or an enum has another variant
    /// that programs have to match.
    pub loses: bool,
}

/// The items that differ, in the order of their paths. Both texts are those of [`surface`](super::surface).
#[must_use]
pub fn difference(old: &str, new: &str) -> Vec<ItemDifference> {
    let (old, new) = (items(old), items(new));
    let paths: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let empty = Vec::new();
    let found = paths.into_iter().filter_map(|path| {
        let (had, has) = (
            old.get(path).unwrap_or(&empty),
            new.get(path).unwrap_or(&empty),
        );
        (had != has).then(|| ItemDifference {
            path: path.to_owned(),
            lines: changed(had, has),
            loses: loses(had, has),
        })
    });
    // Another order of the same lines is no difference for anybody.
    found.filter(|item| !item.lines.is_empty()).collect()
}

/// Each item's lines, its head first, by its path.
fn items(surface: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut path = None;
    for line in surface.lines() {
        if line.starts_with(' ') {
            if let Some(lines) = path.and_then(|path| found.get_mut(path)) {
                lines.push(line);
            }
        } else if let Some((name, _)) = line
            .split_once(": ")
            .filter(|(name, _)| !name.contains(' '))
        {
            path = Some(name);
            found.entry(name).or_default().push(line);
        }
    }
    found
}

fn changed(old: &[&str], new: &[&str]) -> Vec<String> {
    let diff = TextDiff::from_slices(old, new);
    let sorted = |lines: &[&str]| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        lines.sort();
        lines
    };
    if sorted(old) == sorted(new) {
        return Vec::new();
    }
    let lines = diff.iter_all_changes().filter_map(|change| {
        let sign = match change.tag() {
            ChangeTag::Equal => return None,
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        };
        Some(format!("{sign}{}", change.value()))
    });
    lines.collect()
}

fn loses(old: &[&str], new: &[&str]) -> bool {
    // What is new takes nothing away.
    let Some(head) = old.first().copied() else {
        return false;
    };
    if head.starts_with(MOCKS) {
        return mocks_lose(old, new);
    }
    if head_loses(head, new.first().copied().unwrap_or_default()) {
        return true;
    }
    let kept: BTreeSet<&str> = new.iter().skip(1).map(|line| meant(line)).collect();
    if old.iter().skip(1).any(|line| !kept.contains(meant(line))) {
        return true;
    }
    // A struct that is not made by its fields alone, and an enum that has an arm for others, may gain more.
    let is_closed_enum = head.contains(": enum") && !head.contains("non-exhaustive");
    let known: BTreeSet<&str> = old.iter().copied().collect();
    let is_variant =
        |line: &&&str| !line.trim_start().starts_with("impl ") && !line.contains("fn ");
    let mut variants = new.iter().skip(1).filter(is_variant);
    is_closed_enum && variants.any(|line| !known.contains(line))
}

/// A type may have more traits, and nothing else that is another.
fn head_loses(old: &str, new: &str) -> bool {
    let open = ", non-exhaustive";
    let parts = |head: &str| {
        let (head, is_open) = match head.strip_suffix(open) {
            Some(head) => (head, true),
            None => (head, false),
        };
        // Traits are words without any signs; the last `, ` of generics or of an alias has some after it.
        let traits = head.rsplit_once(", ").filter(|(_, words)| {
            let is_letter = |sign: char| sign == ' ' || sign.is_ascii_alphanumeric();
            words.chars().all(is_letter)
        });
        let (kind, traits) = traits.unwrap_or((head, ""));
        let traits: BTreeSet<String> = traits.split_whitespace().map(str::to_owned).collect();
        (kind.to_owned(), is_open, traits)
    };
    let ((kind, is_open, had), (kind_now, is_open_now, has)) = (parts(old), parts(new));
    (kind, is_open) != (kind_now, is_open_now) || !had.is_subset(&has)
}

/// Of mocks a line is an operation with all methods, which may be more of them.
fn mocks_lose(old: &[&str], new: &[&str]) -> bool {
    let now: BTreeMap<&str, &str> = new
        .iter()
        .filter_map(|line| line.split_once(": "))
        .collect();
    let mut had = old.iter().skip(1).filter_map(|line| line.split_once(": "));
    had.any(|(operation, had)| {
        let Some(has) = now.get(operation) else {
            return true;
        };
        let (had, has) = (methods(had), methods(has));
        !had.is_subset(&has)
    })
}

/// What is expected and what is answered, of `(a, b) -> ok(&T), default_response(u16, &T)`.
fn methods(line: &str) -> BTreeSet<String> {
    let (expected, answered) = line.split_once(" -> ").unwrap_or((line, ""));
    let expected = expected.trim_matches(['(', ')']);
    let mut found: BTreeSet<String> = expected
        .split(", ")
        .map(|name| format!("when.{name}"))
        .collect();
    let (mut depth, mut method) = (0_usize, String::new());
    for character in answered.chars() {
        match character {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if character == ',' && depth == 0 {
            found.insert(format!("then.{}", method.trim()));
            method.clear();
        } else {
            method.push(character);
        }
    }
    found.insert(format!("then.{}", method.trim()));
    found.retain(|method| method != "when." && method != "then.");
    found
}

/// A line without the value of a constant, which programs do not compile against.
fn meant(line: &str) -> &str {
    match line.trim_start().starts_with("const ") {
        true => line.split(" = ").next().unwrap_or(line),
        false => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(old: &str, new: &str) -> Vec<(String, Vec<String>, bool)> {
        let head = "Public items, one line each.\n\n";
        let found = difference(&format!("{head}{old}"), &format!("{head}{new}"));
        found
            .into_iter()
            .map(|item| (item.path, item.lines, item.loses))
            .collect()
    }

    #[test]
    fn what_goes_and_what_comes() {
        let old = "types::A: struct, Clone, non-exhaustive\n    a: i64\n    b: i64\n";
        let more = "types::A: struct, Clone, non-exhaustive\n    a: i64\n    b: i64\n    c: i64\n\ntypes::B: = i64\n";
        assert_eq!(of(old, old), []);
        let found = of(old, more);
        assert!(found.iter().all(|(.., loses)| !loses));
        assert_eq!(found[0].1, ["+    c: i64"]);
        assert_eq!(found[1].1, ["+types::B: = i64"]);
        let back = of(more, old);
        assert!(back.iter().all(|(.., loses)| *loses));
        assert_eq!(back[1].1, ["-types::B: = i64"]);
    }

    #[test]
    fn a_type_may_gain_traits() {
        let head = |head: &str| format!("A: {head}\n    a: i64\n");
        for (old, new, loses) in [
            ("struct, Clone", "struct, Clone Default", false),
            ("struct", "struct, Clone", false),
            ("struct, Clone Default", "struct, Clone", true),
            ("struct, Clone", "struct, Clone, non-exhaustive", true),
            ("struct, Clone", "enum, Clone", true),
            ("struct<'a>, Clone", "struct, Clone", true),
            ("struct<'a, 'b>", "struct<'a, 'b>, Clone", false),
            ("= Map<String, i64>", "= Map<String, f64>", true),
        ] {
            assert_eq!(of(&head(old), &head(new))[0].2, loses, "{old} to {new}");
        }
    }

    #[test]
    fn another_order_is_no_difference() {
        assert_eq!(
            of(
                "A: struct\n    x: i64\n    y: i64\n",
                "A: struct\n    y: i64\n    x: i64\n"
            ),
            []
        );
    }

    #[test]
    fn a_closed_enum_may_not_gain_a_variant() {
        let (old, new) = ("E: enum, Clone\n    A\n", "E: enum, Clone\n    A\n    B\n");
        assert!(of(old, new)[0].2);
        let open = |text: &str| text.replace("Clone", "Clone, non-exhaustive");
        assert!(!of(&open(old), &open(new))[0].2);
        let with_impl = "E: enum, Clone\n    A\n    impl X for E\n";
        assert!(!of(old, with_impl)[0].2);
    }

    #[test]
    fn mocks_may_gain_methods() {
        let of_mocks = |line: &str| format!("httpmock: what mocks expect (feature)\n    {line}\n");
        let old = of_mocks("GetX: (id) -> ok(&types::X<A, B>), gone()");
        for (new, loses) in [
            (
                "GetX: (id, more) -> ok(&types::X<A, B>), not_found(&types::P), gone()",
                false,
            ),
            ("GetX: () -> ok(&types::X<A, B>), gone()", true),
            ("GetX: (id) -> ok(&types::X<A, B>)", true),
            ("GetX: (id) -> ok(&types::X<A, C>), gone()", true),
            ("GetY: (id) -> ok(&types::X<A, B>), gone()", true),
        ] {
            assert_eq!(of(&old, &of_mocks(new))[0].2, loses, "{new}");
        }
        assert!(
            !of(
                &old,
                &(of_mocks("A: () -> ok()") + old.lines().nth(1).unwrap())
            )[0]
            .2
        );
    }

    #[test]
    fn the_value_of_a_constant_is_not_compiled_against() {
        let (old, new) = (
            "C: struct\n    const U: &str = \"a\"\n",
            "C: struct\n    const U: &str = \"b\"\n",
        );
        let found = of(old, new);
        assert_eq!(found[0].1.len(), 2);
        assert!(!found[0].2);
    }
}
