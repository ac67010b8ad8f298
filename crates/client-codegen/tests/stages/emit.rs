use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use client_codegen::emit::{
    Change, ChangeKind, Disk, FailAt, Plan, TEMPORARY_PREFIX, apply, compare,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tempfile::{TempDir, tempdir};

use crate::support::codes;

const OWNED: &str = "crates/a/src/generated";

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::io::Write::write_all(&mut fs::File::create(path).unwrap(), bytes).unwrap();
}

/// All files below a directory with their bytes.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                all.insert(
                    path.strip_prefix(root).unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    all
}

pub(crate) fn plan() -> Plan {
    let mut plan = Plan::new();
    plan.own(OWNED);
    plan.add(format!("{OWNED}/mod.rs"), "mod types;\n");
    plan.add(format!("{OWNED}/types/user.rs"), "struct User;\n");
    plan.add(format!("{OWNED}/client.rs"), "struct Client;\n");
    plan.add("crates/a/Cargo.toml", "[package]\n");
    plan
}

/// A workspace with one file of each kind: right, stale, missing (`client.rs`), orphaned, left over, and not ours.
pub(crate) fn workspace() -> TempDir {
    let root = tempdir().unwrap();
    write(root.path(), &format!("{OWNED}/mod.rs"), b"mod old;\n");
    write(
        root.path(),
        &format!("{OWNED}/types/user.rs"),
        b"struct User;\n",
    );
    write(
        root.path(),
        &format!("{OWNED}/types/old/gone.rs"),
        b"struct Gone;\n",
    );
    write(
        root.path(),
        &format!("{OWNED}/{TEMPORARY_PREFIX}1-mod.rs"),
        b"mod ty",
    );
    write(
        root.path(),
        &format!("crates/a/{TEMPORARY_PREFIX}1-Cargo.toml"),
        b"",
    );
    write(root.path(), "crates/a/Cargo.toml", b"[package]\n");
    write(root.path(), "crates/a/src/lib.rs", b"mod generated;\n");
    root
}

fn kinds(changes: &[Change]) -> Vec<(String, ChangeKind)> {
    changes
        .iter()
        .map(|change| {
            (
                change.path.display().to_string().replace('\\', "/"),
                change.kind,
            )
        })
        .collect()
}

#[test]
fn every_difference_is_named_and_comparing_writes_nothing() {
    let root = workspace();
    let before = tree(root.path());
    let changes = compare(root.path(), &plan(), &Disk).unwrap();
    assert_eq!(
        kinds(&changes),
        [
            (
                "crates/a/.codegen-tmp-1-Cargo.toml".to_owned(),
                ChangeKind::Orphaned
            ),
            (
                format!("{OWNED}/.codegen-tmp-1-mod.rs"),
                ChangeKind::Orphaned
            ),
            (format!("{OWNED}/client.rs"), ChangeKind::Missing),
            (format!("{OWNED}/mod.rs"), ChangeKind::Stale),
            (format!("{OWNED}/types/old/gone.rs"), ChangeKind::Orphaned),
        ]
    );
    assert_eq!(changes[3].old.as_deref(), Some(&b"mod old;\n"[..]));
    assert_eq!(changes[3].new.as_deref(), Some(&b"mod types;\n"[..]));
    assert_eq!(tree(root.path()), before);
}

#[test]
fn applying_makes_the_disk_the_plan_and_touches_nothing_else() {
    let root = workspace();
    let past = SystemTime::now() - Duration::from_secs(3600);
    let kept = [
        format!("{OWNED}/types/user.rs"),
        "crates/a/Cargo.toml".to_owned(),
        "crates/a/src/lib.rs".to_owned(),
    ];
    for path in &kept {
        fs::File::options()
            .write(true)
            .open(root.path().join(path))
            .unwrap()
            .set_modified(past)
            .unwrap();
    }
    let changes = apply(root.path(), &plan(), &Disk).unwrap();
    assert_eq!(changes.len(), 5);
    let mut expected = plan().files;
    expected.insert("crates/a/src/lib.rs".into(), b"mod generated;\n".to_vec());
    assert_eq!(tree(root.path()), expected);
    assert!(
        !root.path().join(OWNED).join("types/old").exists(),
        "empty directories are removed"
    );
    for path in &kept {
        let modified = fs::metadata(root.path().join(path))
            .unwrap()
            .modified()
            .unwrap();
        assert_eq!(modified, past, "{path}");
    }
    assert!(compare(root.path(), &plan(), &Disk).unwrap().is_empty());
    assert!(apply(root.path(), &plan(), &Disk).unwrap().is_empty());
}

#[test]
fn a_new_workspace_is_made_from_nothing() {
    let root = tempdir().unwrap();
    apply(root.path(), &plan(), &Disk).unwrap();
    assert_eq!(tree(root.path()), plan().files);
}

#[test]
fn an_owned_directory_without_files_goes() {
    let root = workspace();
    let mut plan = Plan::new();
    plan.own(OWNED);
    apply(root.path(), &plan, &Disk).unwrap();
    assert!(!root.path().join(OWNED).exists());
}

/// Fails each operation in turn: every file is wholly old or wholly new, and the next run heals.
#[test]
fn a_failure_at_any_operation_leaves_whole_files_and_is_healed() {
    let whole = FailAt::new(Disk, usize::MAX);
    let root = workspace();
    let old = tree(root.path());
    apply(root.path(), &plan(), &whole).unwrap();
    let healed = tree(root.path());
    let mut failed_writes = 0;
    for at in 0..whole.operations() {
        let root = workspace();
        let problems = apply(root.path(), &plan(), &FailAt::new(Disk, at)).unwrap_err();
        assert!(
            codes(&problems)
                .iter()
                .all(|code| *code == "emit::read" || *code == "emit::write"),
            "{at}: {problems}"
        );
        let problem = problems.iter().next().unwrap();
        assert!(
            problem.message().contains("injected failure"),
            "{at}: {problem}"
        );
        assert!(problem.message().contains("crates"), "{at}: {problem}");
        if problem.code() == "emit::write" {
            failed_writes += 1;
            assert!(
                problem.help().contains("next run"),
                "{at}: {}",
                problem.help()
            );
        }
        let after = tree(root.path());
        for (path, bytes) in &after {
            if path
                .file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(TEMPORARY_PREFIX)
            {
                continue;
            }
            let is_old = old.get(path) == Some(bytes);
            let is_new = plan().files.get(path) == Some(bytes);
            assert!(
                is_old || is_new,
                "operation {at} left half of {}",
                path.display()
            );
        }
        let orphan = PathBuf::from(format!("{OWNED}/types/old/gone.rs"));
        if plan()
            .files
            .iter()
            .any(|(path, bytes)| after.get(path) != Some(bytes))
        {
            assert!(
                after.contains_key(&orphan),
                "operation {at}: an orphan went before all files were written"
            );
        }
        let differs = after != healed;
        assert_eq!(
            !compare(root.path(), &plan(), &Disk).unwrap().is_empty(),
            differs,
            "operation {at}"
        );
        apply(root.path(), &plan(), &Disk).unwrap();
        assert_eq!(tree(root.path()), healed, "operation {at} is not healed");
    }
    assert!(failed_writes >= 8, "{failed_writes}");
}

#[test]
fn a_write_that_fails_leaves_no_temporary_file_if_it_can() {
    /// Fails the first rename only.
    struct NoRename(Disk);
    impl client_codegen::emit::FileSystem for NoRename {
        fn kind(&self, path: &Path) -> std::io::Result<Option<client_codegen::emit::Kind>> {
            self.0.kind(path)
        }
        fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
            self.0.read(path)
        }
        fn list(&self, directory: &Path) -> std::io::Result<Vec<std::ffi::OsString>> {
            self.0.list(directory)
        }
        fn create_directories(&self, directory: &Path) -> std::io::Result<()> {
            self.0.create_directories(directory)
        }
        fn create(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
            self.0.create(path, bytes)
        }
        fn sync(&self, path: &Path) -> std::io::Result<()> {
            self.0.sync(path)
        }
        fn rename(&self, _: &Path, _: &Path) -> std::io::Result<()> {
            Err(std::io::Error::other("no"))
        }
        fn remove_file(&self, path: &Path) -> std::io::Result<()> {
            self.0.remove_file(path)
        }
        fn remove_directory(&self, directory: &Path) -> std::io::Result<()> {
            self.0.remove_directory(directory)
        }
    }
    let root = tempdir().unwrap();
    assert_eq!(
        codes(&apply(root.path(), &plan(), &NoRename(Disk)).unwrap_err()),
        ["emit::write"]
    );
    assert!(tree(root.path()).is_empty());
}

#[test]
fn what_stands_in_the_way_is_a_problem_and_nothing_is_written() {
    let root = workspace();
    fs::remove_file(root.path().join(OWNED).join("mod.rs")).unwrap();
    fs::create_dir(root.path().join(OWNED).join("mod.rs")).unwrap();
    let before = tree(root.path());
    assert_eq!(
        codes(&apply(root.path(), &plan(), &Disk).unwrap_err()),
        ["emit::directory_for_file"]
    );
    assert_eq!(tree(root.path()), before);

    let root = tempdir().unwrap();
    write(root.path(), "crates/a/src", b"");
    let problems = apply(root.path(), &plan(), &Disk).unwrap_err();
    assert_eq!(codes(&problems), ["emit::file_for_directory"]);
    assert_eq!(tree(root.path()).len(), 1);
}

#[cfg(unix)]
#[test]
fn links_are_neither_followed_nor_replaced() {
    use std::os::unix::fs::symlink;

    let outside = tempdir().unwrap();
    for link in [
        "crates/a",
        "crates/a/src/generated",
        "crates/a/src/generated/mod.rs",
        "crates/a/src/generated/extra",
    ] {
        let root = tempdir().unwrap();
        let link = root.path().join(link);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(outside.path(), &link).unwrap();
        let problems = apply(root.path(), &plan(), &Disk).unwrap_err();
        assert_eq!(codes(&problems), ["emit::symlink"], "{}", link.display());
        assert!(tree(outside.path()).is_empty());
    }
}

#[test]
fn paths_outside_of_the_workspace_are_refused() {
    for path in ["../a", "/a", "", "a/../../b"] {
        let mut plan = Plan::new();
        plan.add(path, "x");
        let root = tempdir().unwrap();
        assert_eq!(
            codes(&apply(root.path(), &plan, &Disk).unwrap_err()),
            ["emit::path"],
            "{path:?}"
        );
    }
}

#[test]
fn lines_end_in_one_way() {
    let mut plan = Plan::new();
    plan.add("a", "one\r\ntwo\n");
    assert_eq!(plan.files[Path::new("a")], b"one\ntwo\n");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    /// Whatever was there before, after applying a plan there is nothing left to do, and foreign files are untouched.
    #[test]
    fn applying_then_comparing_finds_nothing(
        old in prop::collection::btree_map("(own|own/x|out)/[a-c]\\.rs", prop::collection::vec(any::<u8>(), 0..4), 0..8),
        new in prop::collection::btree_map("(own|own/x|out)/[a-c]\\.rs", prop::collection::vec(any::<u8>(), 0..4), 0..8),
    ) {
        let root = tempdir().unwrap();
        for (path, bytes) in &old {
            write(root.path(), path, bytes);
        }
        let mut plan = Plan::new();
        plan.own("own");
        plan.files.extend(new.iter().map(|(path, bytes)| (PathBuf::from(path), bytes.clone())));
        apply(root.path(), &plan, &Disk).unwrap();
        prop_assert!(compare(root.path(), &plan, &Disk).unwrap().is_empty());
        let mut expected = plan.files.clone();
        for (path, bytes) in old.iter().filter(|(path, _)| path.starts_with("out/")) {
            expected.entry(path.into()).or_insert_with(|| bytes.clone());
        }
        prop_assert_eq!(tree(root.path()), expected);
    }
}
