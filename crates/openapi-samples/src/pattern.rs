//! Texts that match a pattern, read off its syntax tree.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A text that matches where it can be made, with `extra` repetitions more than the fewest.
///
/// None for what `regex-syntax` does not know (lookaround, back references).
pub(crate) fn matching(pattern: &str, extra: u32) -> Option<String> {
    // `\/` and `\_` are allowed in ECMA 262, and mean the character.
    let pattern = pattern.replace("\\/", "/");
    let tree = regex_syntax::Parser::new().parse(&pattern).ok()?;
    let mut text = String::new();
    write(&tree, extra, &mut text)?;
    Some(text)
}

fn write(tree: &Hir, extra: u32, text: &mut String) -> Option<()> {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            let count = repetition.min.saturating_add(extra).min(most).min(512);
            for _ in 0..count {
                write(&repetition.sub, extra, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, extra, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, extra, text))?,
        HirKind::Alternation(parts) => write(parts.first()?, extra, text)?,
    }
    Some(())
}

/// A letter or digit if the class has one, else its first character that can be read.
fn character(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .map(|range| (range.start(), range.end()))
            .collect(),
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .map(|range| (char::from(range.start()), char::from(range.end())))
            .collect(),
    };
    let has = |wanted: &char| {
        ranges
            .iter()
            .any(|(from, to)| (from..=to).contains(&wanted))
    };
    let common = ('a'..='z')
        .chain('0'..='9')
        .chain('A'..='Z')
        .chain('!'..='~');
    common
        .into_iter()
        .find(has)
        .or_else(|| ranges.first().map(|(from, _)| *from))
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn the_fewest_repetitions_and_more() {
        assert_eq!(matching("^[a-f0-9]{4}-x+$", 0).unwrap(), "aaaa-x");
        assert_eq!(matching("^\\d{1,3}(, ?\\w)*$", 0).unwrap(), "0");
        assert_eq!(matching("^\\d{1,3}(,\\w)*$", 1).unwrap(), "00,a");
        assert_eq!(matching("^(cat|dog)\\/$", 0).unwrap(), "cat/");
    }

    #[test]
    fn lookaround_is_not_understood() {
        assert_eq!(matching("^(?!a)b$", 0), None);
    }
}
