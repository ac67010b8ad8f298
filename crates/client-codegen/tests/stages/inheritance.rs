//! What a new crate takes from the workspace that it is in, and what it states for itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use client_codegen::diagnostic::SourceFile;
use client_codegen::emit::Disk;
use client_codegen::scaffold::{Shown, Workspace, add_dependencies, files, missing};
use tempfile::tempdir;
use toml_edit::{DocumentMut, Item};

use crate::support::{PROGRAM, ours, two_apis};

/// The Cargo.toml of a new crate with some dependencies, below a root Cargo.toml of this text.
fn made(root: Option<&str>) -> String {
    let workspace = match root {
        Some(text) => Workspace::parse(&SourceFile::new("Cargo.toml", text.into())).unwrap(),
        None => Workspace::default(),
    };
    made_in(&workspace, &["reqwest", "serde", "uuid"])
}

fn made_in(workspace: &Workspace, needed: &[&str]) -> String {
    let manifest = two_apis();
    let name = "crates/one-client/Cargo.toml";
    let plan = files(
        manifest.api("one").unwrap(),
        Shown::default(),
        workspace,
        PROGRAM,
    );
    let scaffolded = SourceFile::new(name, plan.files[Path::new(name)].clone());
    let needed: BTreeSet<&str> = needed.iter().copied().collect();
    add_dependencies(&scaffolded, &needed, workspace).unwrap()
}

/// The lines that depend on what is around the crate.
fn lines(text: &str) -> Vec<&str> {
    let keys = [
        "edition",
        "rust-version",
        "license",
        "repository",
        "client-runtime",
        "reqwest",
        "serde",
        "uuid",
        "[lints]",
        "workspace",
    ];
    let ours = |line: &&str| {
        keys.iter().any(|key| line.starts_with(key)) && !line.contains("/rustls")
            || line.starts_with("# The path")
    };
    text.lines().filter(ours).collect()
}

const STATED: [&str; 6] = [
    "edition = \"2024\"",
    "rust-version = \"1.88\"",
    "client-runtime = { version = \"0.1.0\", default-features = false }",
    "reqwest = { version = \"0.13.4\", default-features = false, features = [\"json\", \"query\", \"stream\"] }",
    "serde = { version = \"1\", features = [\"derive\"] }",
    "uuid = { version = \"1\", features = [\"serde\"] }",
];

#[test]
fn everything_that_is_offered_is_inherited() {
    let text = made_in(&ours(), &["reqwest", "serde", "uuid"]);
    assert_eq!(
        lines(&text),
        [
            "edition.workspace = true",
            "rust-version.workspace = true",
            "license.workspace = true",
            "repository.workspace = true",
            "client-runtime.workspace = true",
            "reqwest.workspace = true",
            "serde.workspace = true",
            "uuid.workspace = true",
            "[lints]",
            "workspace = true",
        ]
    );
}

#[test]
fn where_nothing_is_offered_everything_is_stated() {
    let package = "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[dependencies]\nserde = \"1\"\n";
    for root in [None, Some("[workspace]\nresolver = \"3\"\n"), Some(package)] {
        assert_eq!(lines(&made(root)), STATED, "{root:?}");
    }
}

#[test]
fn what_is_offered_in_part_is_inherited_in_part() {
    let root = r#"
[workspace.package]
edition = "2021"
license = "MIT"

[workspace.dependencies]
serde = "1"
uuid = { version = "1.8", features = ["serde", "v4"] }
"#;
    assert_eq!(
        lines(&made(Some(root))),
        [
            "edition.workspace = true",
            STATED[1],
            "license.workspace = true",
            STATED[2],
            STATED[3],
            "serde = { workspace = true, features = [\"derive\"] }",
            "uuid.workspace = true",
        ]
    );
}

#[test]
fn features_that_the_workspace_turns_off_are_turned_on() {
    let root = "[workspace.dependencies]\nserde = { version = \"1\", default-features = false }\n\
                uuid = { path = \"../uuid\", features = [\"serde\"] }\n";
    let text = made(Some(root));
    let expected = "serde = { workspace = true, features = [\"derive\", \"default\"] }";
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("uuid.workspace = true"), "{text}");
}

#[test]
fn another_version_is_not_inherited() {
    let root = "[workspace.dependencies]\nreqwest = \"0.12\"\nuuid = { version = \"=2.0.1\" }\n";
    assert_eq!(lines(&made(Some(root))), STATED);
}

#[test]
fn the_runtime_of_a_checkout_is_found_by_its_path() {
    for folder in [
        "/opt/api \"tools\"/client-runtime",
        r"C:\tools\client-runtime",
    ] {
        let workspace = Workspace::default().with_runtime(Some(folder.to_owned()));
        let text = made_in(&workspace, &["client-runtime"]);
        let cargo: DocumentMut = text.parse().unwrap();
        let runtime = &cargo["dependencies"]["client-runtime"];
        assert_eq!(runtime["path"].as_str(), Some(folder));
        assert_eq!(runtime["version"].as_str(), Some("0.1.0"));
        assert_eq!(runtime["default-features"].as_bool(), Some(false));
        assert!(text.contains("# The path is where the tool was built"));
    }
}

/// What `[workspace.dependencies]` of this repository says, without what is only of use inside of it.
#[test]
fn stated_versions_are_those_of_this_repository() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let mut whole: DocumentMut = text.parse().unwrap();
    let source = fs::read_to_string(root.join("crates/client-codegen/src/finish/dependencies.rs"));
    let source = source.unwrap();
    let (_, list) = source.split_once("const CRATES").unwrap();
    let (list, _) = list.split_once("];").unwrap();
    let packages: Vec<&str> = list
        .lines()
        .filter_map(|line| Some(line.trim().strip_suffix("\"),")?.rsplit_once('"')?.1))
        .collect();
    assert!(packages.len() > 10, "{packages:?}");

    let stated = made_in(&Workspace::default(), &packages);
    let stated: DocumentMut = stated.parse().unwrap();
    for package in packages {
        let ours = &mut whole["workspace"]["dependencies"][package];
        if let Some(table) = ours.as_inline_table_mut() {
            table.remove("path");
        }
        let stated = &stated["dependencies"][package];
        assert_eq!(plain(stated), plain(ours), "{package}");
    }
    let shared = &whole["workspace"]["package"];
    assert_eq!(
        plain(&stated["package"]["edition"]),
        plain(&shared["edition"])
    );
    let (own, ours) = (&stated["package"]["rust-version"], &shared["rust-version"]);
    assert_eq!(plain(own), plain(ours));
}

/// A value without the spaces and comments around it.
fn plain(item: &Item) -> String {
    item.to_string()
        .split('#')
        .next()
        .unwrap()
        .trim()
        .to_owned()
}

#[test]
fn a_folder_without_a_cargo_toml_gets_a_workspace_with_its_first_crate() {
    let root = tempdir().unwrap();
    let manifest = two_apis();
    let api = manifest.api("one").unwrap();
    let with = |workspace: &Workspace| {
        let plan = missing(
            root.path(),
            api,
            Shown::default(),
            workspace,
            PROGRAM,
            &Disk,
        )
        .unwrap();
        plan.files.get(Path::new("Cargo.toml")).cloned()
    };
    let bytes = with(&Workspace::read(root.path()).unwrap()).unwrap();
    let file = SourceFile::new("Cargo.toml", bytes);
    let made: DocumentMut = file.text().unwrap().parse().unwrap();
    assert_eq!(made["workspace"]["members"][0].as_str(), Some("crates/*"));
    assert_eq!(with(&Workspace::parse(&file).unwrap()), None);
    // A crate that is there is somebody's: no workspace is put around it.
    fs::create_dir_all(root.path().join("crates/one-client")).unwrap();
    fs::File::create(root.path().join("crates/one-client/Cargo.toml")).unwrap();
    assert_eq!(with(&Workspace::default()), None);
}

#[test]
fn a_root_that_is_not_a_cargo_toml_is_a_problem() {
    for text in [
        "[workspace",
        "workspace = 1",
        "[workspace]\npackage = 1",
        "[workspace]\nlints = true",
        "[[workspace.dependencies]]",
    ] {
        let problem = Workspace::parse(&SourceFile::new("Cargo.toml", text.into())).unwrap_err();
        assert_eq!(problem.code(), "scaffold::manifest", "{text}");
        assert_eq!(problem.labels().len(), 1, "{text}");
    }
    let file = SourceFile::new("Cargo.toml", vec![0xff]);
    assert_eq!(
        Workspace::parse(&file).unwrap_err().code(),
        "scaffold::manifest"
    );
    let root = tempdir().unwrap();
    fs::create_dir(root.path().join("Cargo.toml")).unwrap();
    let problem = Workspace::read(root.path()).unwrap_err();
    assert_eq!(problem.code(), "input::not_a_file");
}
