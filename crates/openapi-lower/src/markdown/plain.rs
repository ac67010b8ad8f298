//! The last resort: text with every mark escaped.

/// Every line as plain text; blank lines keep separating paragraphs.
pub(super) fn escaped(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| escape(line.trim())).collect();
    lines.join("\n").trim().to_owned()
}

/// All of the text in one line.
pub(super) fn line(text: &str) -> String {
    // Marks that were escaped before are not escaped twice.
    let mut words = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.peek().is_some_and(char::is_ascii_punctuation) => {}
            '\\' if characters.peek() == Some(&'\n') => {}
            '\n' => words.push(' '),
            other => words.push(other),
        }
    }
    let words: Vec<&str> = words
        .split_whitespace()
        .filter(|word| *word != "```text" && *word != "```")
        .collect();
    escape(&words.join(" "))
}

fn escape(line: &str) -> String {
    let mut result = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        // URLs stay readable, as links.
        if (rest.starts_with("http://") || rest.starts_with("https://"))
            && let Some(length) = super::edits::url_length(rest)
        {
            result.push('<');
            result.push_str(&rest[..length]);
            result.push('>');
            rest = &rest[length..];
            continue;
        }
        let is_mark = matches!(
            character,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '#'
                | '|'
                | '~'
                | '!'
                | '&'
                | '{'
                | '}'
        );
        // Marks that only count at the start of a line.
        let opens = result.is_empty() && matches!(character, '-' | '+' | '=' | ':');
        if is_mark || opens {
            result.push('\\');
        }
        // `1.` and `1)` open a list.
        let digits_only = !result.is_empty() && result.bytes().all(|byte| byte.is_ascii_digit());
        if digits_only && matches!(character, '.' | ')') {
            result.push('\\');
        }
        result.push(character);
        rest = &rest[character.len_utf8()..];
    }
    result
}
