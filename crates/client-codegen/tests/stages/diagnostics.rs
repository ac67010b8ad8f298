use client_codegen::diagnostic::{Diagnostic, Diagnostics, SourceFile, Style, from_pages};

use crate::support::rendered;

#[test]
fn equal_diagnostics_are_kept_once_and_order_stays() {
    let one = || Diagnostic::error("a::b", "one", "do it");
    let mut all = Diagnostics::new();
    all.push(one());
    all.push(Diagnostic::warning("a::c", "two", "do it"));
    all.push(one());
    all.extend([one().with_pointer("/x")]);
    let codes: Vec<_> = all
        .iter()
        .map(|diagnostic| (diagnostic.code(), diagnostic.pointer()))
        .collect();
    assert_eq!(
        codes,
        [("a::b", None), ("a::c", None), ("a::b", Some("/x"))]
    );
    assert_eq!(all.summary(), "2 errors and 1 warning");
    assert_eq!(all.or_value(1).unwrap_err().len(), 3);
}

#[test]
fn warnings_alone_do_not_fail() {
    let all: Diagnostics = Diagnostic::warning("a::c", "two", "do it").into();
    assert!(!all.has_errors() && !all.is_empty());
    assert_eq!(all.summary(), "1 warning");
    assert_eq!(all.or_value(1).unwrap(), 1);
}

#[test]
fn labels_of_two_files_are_both_quoted() {
    let first = SourceFile::new("specs/a.yaml", "one: 1\ntwo: 2\nthree: 3\n".into());
    let second = SourceFile::new("specs/b.yaml", "two: 4\n".into());
    let all: Diagnostics = Diagnostic::error("a::b", "they differ", "change one")
        .with_label(&first, 12..13, "says 2")
        .with_label(&first, 5..6, "and this is one")
        .with_label(&second, 5..6, "says 4")
        .into();
    insta::assert_snapshot!("diagnostic__two_files", rendered(&all));
}

#[test]
fn a_file_of_carriage_returns_is_quoted_in_lines() {
    let file = SourceFile::new("a", "one: 1\rtwo: 2\r\nthree: 3\rfour: 4\r".into());
    let all: Diagnostics = Diagnostic::error("a::b", "the\rmessage", "look")
        .with_label(&file, 22..34, "here")
        .into();
    let text = rendered(&all);
    assert!(!text.contains('\r'), "{text:?}");
    assert!(
        text.contains("[a:3:8]") && text.contains("3 │ three: 3\n"),
        "{text}"
    );
    assert!(
        text.contains("2 │ two: 2\n") && text.contains("4 │ four: 4\n"),
        "{text}"
    );
}

#[test]
fn values_that_are_long_are_cut() {
    let many = format!("a:\n{}", "  - x\n".repeat(1000));
    let minified = format!("{{\"a\":[{}],\"bad\":7}}", "1,".repeat(100_000));
    let at = minified.find("7}").unwrap();
    let mut all: Diagnostics = Diagnostic::error("a::b", "a thousand lines", "look")
        .with_label(
            &SourceFile::new("a", many.clone().into()),
            5..many.len(),
            "this",
        )
        .into();
    all.push(
        Diagnostic::error("a::b", "one long line", "look").with_label(
            &SourceFile::new("b", minified.into()),
            at..at + 1,
            "this",
        ),
    );
    let text = rendered(&all);
    assert!(text.len() < 1500, "{}", text.len());
    insta::assert_snapshot!("diagnostic__long", text);
}

#[test]
fn nothing_that_steers_a_terminal_is_printed() {
    let file = SourceFile::new("a\u{7}", "x: \u{1b}[31mred\u{202e}\n".into());
    let all: Diagnostics = Diagnostic::error("a::b", "says \u{1b}[2J", "h\u{9b}1m")
        .with_label(&file, 3..8, "l\u{1b}]0;x\u{7}")
        .into();
    let text = rendered(&all);
    assert!(
        !text.contains(|c: char| c.is_control() && c != '\n'),
        "{text:?}"
    );
    assert!(!text.contains('\u{202e}'), "{text:?}");
}

#[test]
fn colours_are_only_there_if_they_are_asked_for() {
    let all: Diagnostics = Diagnostic::error("a::b", "one", "do it").into();
    assert!(!rendered(&all).contains('\u{1b}'));
    assert!(all.render(Style::Colour).contains("\u{1b}["));
    let mut out = Vec::new();
    all.write(&mut out, Style::Plain).unwrap();
    assert_eq!(out, rendered(&all).into_bytes());
    assert_eq!(Diagnostics::new().render(Style::Plain), "");
}

#[test]
fn without_a_place_the_sentence_says_where() {
    let all: Diagnostics = Diagnostic::error("a::b", "one", "do it")
        .with_pointer("/paths/~1a")
        .into();
    assert!(rendered(&all).contains("at JSON pointer `/paths/~1a`"));
    let binary = SourceFile::new("specs/a.bin", vec![0xff]);
    let all: Diagnostics = Diagnostic::error("a::b", "one", "do it")
        .with_label(&binary, 0..1, "here")
        .into();
    assert!(
        rendered(&all).contains("in specs/a.bin (not UTF-8"),
        "{}",
        rendered(&all)
    );
}

#[test]
fn a_label_longer_than_what_is_quoted_is_one_line() {
    for (before, length) in [("", 300), ("é: ", 180), ("a: ", 1_000)] {
        let text = format!("b: 1\n{before}{}\nc: 1\n", "x".repeat(length));
        let start = 5 + before.len();
        let file = SourceFile::new("a", text.into());
        let all: Diagnostics = Diagnostic::error("a::b", "one", "do it")
            .with_label(&file, start..start + length, "here")
            .into();
        let drawn = rendered(&all);
        assert!(drawn.contains("╰── here"), "{drawn}");
        assert!(
            drawn.contains(&format!("[a:2:{}]", before.chars().count() + 1)),
            "{drawn}"
        );
        assert!(!drawn.contains("╭─▶"), "{drawn}");
    }
}

#[test]
fn any_range_can_be_drawn() {
    for text in ["", "\n", "a", "é\n", "a\r\nb\r\n"] {
        let file = SourceFile::new("a", text.into());
        for start in 0..6 {
            for end in start..8 {
                let all: Diagnostics = Diagnostic::error("a::b", "one", "do it")
                    .with_label(&file, start..end, "here")
                    .into();
                let drawn = rendered(&all);
                assert!(
                    drawn.contains("[a:") && !drawn.contains("Failed to read"),
                    "{text:?} {start}..{end}\n{drawn}"
                );
            }
        }
    }
}

#[test]
fn problems_of_the_libraries_keep_code_place_and_help() {
    let file = SourceFile::new("specs/a.md", "not a page".into());
    let problems = openapi_pages::extract(b"not a page", None).unwrap_err();
    for problem in problems {
        let (code, help, span) = (problem.code, problem.help.clone(), problem.span.clone());
        let diagnostic = from_pages(problem, &file);
        assert_eq!(
            (diagnostic.code(), diagnostic.help()),
            (code, help.as_str())
        );
        assert_eq!(
            diagnostic
                .labels()
                .first()
                .map(|label| label.place.range.clone()),
            span
        );
        if span.is_none() {
            assert!(diagnostic.message().contains("specs/a.md"));
        }
    }
}
