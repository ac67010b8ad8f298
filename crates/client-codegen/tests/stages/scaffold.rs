use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use client_codegen::diagnostic::{Diagnostic, SourceFile};
use client_codegen::emit::{Disk, FailAt, apply};
use client_codegen::finish::{CredentialKind, CredentialSetter, OperationName};
use client_codegen::scaffold::{
    Shown, Workspace, add_dependencies, files, has_feature, missing, runtime_advice,
};
use tempfile::tempdir;

use crate::support::{PROGRAM, ours, two_apis};

fn add(text: &str, needed: &[&str]) -> Result<String, Diagnostic> {
    let needed: BTreeSet<&str> = needed.iter().copied().collect();
    add_dependencies(
        &SourceFile::new("crates/one-client/Cargo.toml", text.into()),
        &needed,
        &ours(),
    )
}

#[test]
fn a_new_crate_has_its_shell() {
    let manifest = two_apis();
    let operations = [("get_it", true), ("list", false)].map(|(name, requires)| OperationName {
        name: name.to_owned(),
        requires,
    });
    let shown = Shown {
        operations: &operations,
        ..Shown::default()
    };
    let plan = files(manifest.api("one").unwrap(), shown, &ours(), PROGRAM);
    let names: Vec<_> = plan
        .files
        .keys()
        .map(|path| path.display().to_string().replace('\\', "/"))
        .collect();
    assert_eq!(
        names,
        [
            "crates/one-client/CHANGELOG.md",
            "crates/one-client/Cargo.toml",
            "crates/one-client/README.md",
            "crates/one-client/src/lib.rs",
        ]
    );
    assert!(plan.owned_directories.is_empty());
    let text = |name: &str| std::str::from_utf8(&plan.files[Path::new(name)]).unwrap();
    insta::assert_snapshot!("scaffold__cargo_toml", text("crates/one-client/Cargo.toml"));
    insta::assert_snapshot!("scaffold__lib_rs", text("crates/one-client/src/lib.rs"));
    insta::assert_snapshot!("scaffold__readme", text("crates/one-client/README.md"));
    let cargo: toml_edit::DocumentMut = text("crates/one-client/Cargo.toml").parse().unwrap();
    assert_eq!(
        cargo["package"]["description"].as_str(),
        Some("Unofficial client for the One API")
    );
}

#[test]
fn a_feature_is_one_that_the_manifest_declares() {
    let has = |text: &str| {
        let file = SourceFile::new("crates/one-client/Cargo.toml", text.into());
        has_feature(&file, "httpmock").map_err(|problem| problem.code().to_owned())
    };
    assert_eq!(has("[features]\nhttpmock = []\n"), Ok(true));
    assert_eq!(has("features = { httpmock = [] }\n"), Ok(true));
    assert_eq!(
        has("[features]\n# httpmock = []\n[dependencies]\nhttpmock = \"1\"\n"),
        Ok(false)
    );
    assert_eq!(has("[package]\nname = \"x\"\n"), Ok(false));
    assert_eq!(has("[features"), Err("scaffold::manifest".to_owned()));
}

#[test]
fn a_title_with_quotes_stays_a_toml_string() {
    let manifest = two_apis();
    let mut api = manifest.api("one").unwrap().clone();
    api.title = "\"One\" \\ {two}".to_owned();
    let plan = files(&api, Shown::default(), &ours(), PROGRAM);
    let text = std::str::from_utf8(&plan.files[Path::new("crates/one-client/Cargo.toml")]).unwrap();
    let cargo: toml_edit::DocumentMut = text.parse().unwrap();
    assert_eq!(
        cargo["package"]["description"].as_str(),
        Some("Unofficial client for the \"One\" \\ {two} API")
    );
}

#[test]
fn a_title_is_text_in_the_readme_and_says_api_once() {
    let manifest = two_apis();
    let mut api = manifest.api("one").unwrap().clone();
    for (title, shown) in [
        ("One", "the One API,"),
        ("One API", "the One API,"),
        ("one api", "the one api,"),
        ("Therapi", "the Therapi API,"),
        (
            "[One] <b> *x* `y`",
            "the \\[One\\] \\<b\\> \\*x\\* \\`y\\` API,",
        ),
    ] {
        api.title = title.to_owned();
        let plan = files(&api, Shown::default(), &ours(), PROGRAM);
        let text = |name| std::str::from_utf8(&plan.files[Path::new(name)]).unwrap();
        let readme = text("crates/one-client/README.md");
        assert!(readme.contains(shown), "{readme}");
        let cargo: toml_edit::DocumentMut = text("crates/one-client/Cargo.toml").parse().unwrap();
        let description = cargo["package"]["description"].as_str().unwrap();
        assert!(
            !description.to_lowercase().contains(" api api"),
            "{description}"
        );
    }
}

#[test]
fn the_readme_names_the_variables_of_the_environment() {
    let manifest = two_apis();
    let api = manifest.api("one").unwrap();
    for (name, kind, expected) in [
        (
            "my_key",
            CredentialKind::Bearer,
            "is in `ONE_MY_KEY`. `ONE_BASE_URL`",
        ),
        (
            "api_key",
            CredentialKind::Header("x".into()),
            "is in `ONE_API_KEY`. `ONE_BASE_URL`",
        ),
        (
            "basic_auth",
            CredentialKind::Basic,
            "are in `ONE_USER` and `ONE_PASSWORD`. `ONE_BASE_URL`",
        ),
        (
            "admin",
            CredentialKind::Basic,
            "are in `ONE_ADMIN_USER` and `ONE_ADMIN_PASSWORD`. `ONE_BASE_URL`",
        ),
    ] {
        let setter = CredentialSetter {
            name: name.to_owned(),
            scheme: "s".to_owned(),
            kind,
        };
        let shown = Shown {
            credentials: &[setter],
            ..Shown::default()
        };
        let plan = files(api, shown, &ours(), PROGRAM);
        let bytes = &plan.files[Path::new("crates/one-client/README.md")];
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn who_has_no_runtime_is_told_where_it_is() {
    let manifest = two_apis();
    let api = manifest.api("one").unwrap();
    let alone = runtime_advice(api, &Workspace::default()).unwrap();
    assert!(
        alone.contains("not on crates.io") && alone.contains("crates/one-client/Cargo.toml"),
        "{alone}"
    );
    assert!(alone.contains("git = \"https://"), "{alone}");
    let found = Workspace::default().with_runtime(Some("/opt/client-runtime".to_owned()));
    assert_eq!(runtime_advice(api, &found), None);
    assert_eq!(runtime_advice(api, &ours()), None, "it is inherited");
}

#[test]
fn an_existing_crate_is_left_alone() {
    let root = tempdir().unwrap();
    let manifest = two_apis();
    let api = manifest.api("one").unwrap();
    let plan = missing(root.path(), api, Shown::default(), &ours(), PROGRAM, &Disk).unwrap();
    assert_eq!(plan, files(api, Shown::default(), &ours(), PROGRAM));
    apply(root.path(), &plan, &Disk).unwrap();
    fs::remove_file(root.path().join("crates/one-client/README.md")).unwrap();
    assert!(
        missing(root.path(), api, Shown::default(), &ours(), PROGRAM, &Disk)
            .unwrap()
            .files
            .is_empty()
    );
}

#[test]
fn a_folder_without_a_cargo_toml_keeps_what_it_has() {
    let root = tempdir().unwrap();
    let manifest = two_apis();
    let api = manifest.api("one").unwrap();
    apply(
        root.path(),
        &files(api, Shown::default(), &ours(), PROGRAM),
        &Disk,
    )
    .unwrap();
    fs::remove_file(root.path().join("crates/one-client/Cargo.toml")).unwrap();
    fs::remove_file(root.path().join("crates/one-client/README.md")).unwrap();
    let plan = missing(root.path(), api, Shown::default(), &ours(), PROGRAM, &Disk).unwrap();
    let names: Vec<_> = plan
        .files
        .keys()
        .filter_map(|path| path.file_name())
        .collect();
    assert_eq!(names, ["Cargo.toml", "README.md"]);
    assert_eq!(
        missing(
            root.path(),
            api,
            Shown::default(),
            &ours(),
            PROGRAM,
            &FailAt::new(Disk, 0)
        )
        .unwrap_err()
        .code(),
        "emit::read"
    );
}

#[test]
fn dependencies_are_added_and_nothing_else_changes() {
    let text = "# top\n[package]\nname = \"x\" # keep\n\n[dependencies]\n# why\nserde = { workspace = true, features = [\"rc\"] }\n\n[lints]\nworkspace = true\n";
    let after = add(text, &["uuid", "serde", "chrono"]).unwrap();
    let expected = text.replace(
        "features = [\"rc\"] }\n",
        "features = [\"rc\"] }\nchrono.workspace = true\nuuid.workspace = true\n",
    );
    assert_eq!(after, expected);
    assert_eq!(add(&after, &["uuid", "serde"]).unwrap(), after);
}

#[test]
fn every_form_of_a_dependency_counts() {
    let text = "[dependencies]\nserde.workspace = true\nuuid = \"1\"\n[dependencies.chrono]\nversion = \"1\"\n";
    assert_eq!(add(text, &["chrono", "serde", "uuid"]).unwrap(), text);
}

#[test]
fn a_manifest_without_dependencies_gets_them() {
    let after = add("[package]\nname = \"x\"\n", &["uuid"]).unwrap();
    assert_eq!(
        after,
        "[package]\nname = \"x\"\n\n[dependencies]\nuuid.workspace = true\n"
    );
}

#[test]
fn a_manifest_that_is_not_one_is_a_problem() {
    assert_eq!(
        add("[package", &["uuid"]).unwrap_err().code(),
        "scaffold::manifest"
    );
    assert_eq!(
        add("dependencies = 1", &["uuid"]).unwrap_err().code(),
        "scaffold::dependencies"
    );
    let file = SourceFile::new("x", vec![0xff]);
    assert_eq!(
        add_dependencies(&file, &BTreeSet::new(), &ours())
            .unwrap_err()
            .code(),
        "scaffold::manifest"
    );
}

#[test]
fn a_package_that_nobody_knows_is_our_fault() {
    let problem = add("[dependencies]\n", &["left-pad"]).unwrap_err();
    assert_eq!(problem.code(), "scaffold::dependencies");
    assert!(problem.message().contains("`left-pad`"), "{problem}");
}
