use client_codegen::emit::{Change, ChangeKind, Disk, compare, report};

use crate::emit::{plan, workspace};

fn stale(path: &str, old: &[u8], new: &[u8]) -> Change {
    Change {
        path: path.into(),
        kind: ChangeKind::Stale,
        old: Some(old.to_vec()),
        new: Some(new.to_vec()),
    }
}

#[test]
fn a_report_names_every_change_with_its_diff_and_the_command() {
    let root = workspace();
    let changes = compare(root.path(), &plan(), &Disk).unwrap();
    insta::assert_snapshot!(report(&changes, "cargo xtask codegen"), @r"
    orphaned crates/a/.codegen-tmp-1-Cargo.toml (0 lines)
    orphaned crates/a/src/generated/.codegen-tmp-1-mod.rs (1 line)
     missing crates/a/src/generated/client.rs (1 line)
       stale crates/a/src/generated/mod.rs
             @@ -1,1 +1,1 @@
             -mod old;
             +mod types;
    orphaned crates/a/src/generated/types/old/gone.rs (1 line)
    5 files differ from what would be generated; run `cargo xtask codegen` to mend it
    ");
    assert_eq!(report(&[], "x"), "");
}

#[test]
fn a_report_is_bounded_per_file_and_in_all() {
    let old: String = (0..500).map(|line| format!("old {line}\n")).collect();
    let new = old.replace("old", "new");
    let one = report(&[stale("a", old.as_bytes(), new.as_bytes())], "x");
    assert_eq!(one.lines().count(), 1 + 20 + 1 + 1);
    assert!(one.contains("… 981 more lines of diff"), "{one}");
    let many: Vec<Change> = (0..30)
        .map(|file| stale(&format!("a{file}"), old.as_bytes(), new.as_bytes()))
        .collect();
    let text = report(&many, "x");
    let diffs = text
        .lines()
        .filter(|line| line.starts_with("         ") && !line.contains('…'))
        .count();
    assert_eq!(diffs, 200);
    assert_eq!(
        text.lines()
            .filter(|line| line.contains(" stale a"))
            .count(),
        30,
        "every file is named"
    );
}

#[test]
fn a_diff_has_the_files_line_numbers_and_shows_what_cannot_be_seen() {
    let old: String = (1..=300).map(|line| format!("line {line}\n")).collect();
    let new = old.replace("line 200\n", "line 200\u{1b}[31m\n");
    let text = report(&[stale("a", old.as_bytes(), new.as_bytes())], "x");
    assert!(
        text.contains("@@ -198,5 +198,5 @@") && text.contains("+line 200?[31m"),
        "{text}"
    );
    let text = report(&[stale("a", b"one\r\ntwo", b"one\ntwo\n")], "x");
    assert!(
        text.contains("-one (carriage return)") && text.contains("-two (no newline at the end)"),
        "{text}"
    );
    let text = report(&[stale("a", b"\xff\xfe", b"one\n")], "x");
    assert!(
        text.contains("2 bytes on the disk, which are not text"),
        "{text}"
    );
}
