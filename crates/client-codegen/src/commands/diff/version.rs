//! The version of a crate.

use std::path::Path;

use semver::Version;
use toml_edit::{Document, Item};

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::input;
use crate::manifest::Api;

const CARGO_TOML: &str = "Cargo.toml";

/// The version in the Cargo.toml of an API's crate, or that of the workspace if it says so. None if there is no crate.
pub(super) fn crate_version(root: &Path, api: &Api) -> Result<Option<Version>, Diagnostic> {
    let name = format!("{}/{CARGO_TOML}", api.crate_path());
    let Some(own) = read(root, &name)? else {
        return Ok(None);
    };
    let stated = own
        .get("package")
        .and_then(|package| package.get("version"));
    // Without a version it is 0.0.0 (The Cargo Book, "The Manifest Format", `version`).
    let Some(stated) = stated else {
        return Ok(Some(Version::new(0, 0, 0)));
    };
    if let Some(text) = stated.as_str() {
        return parse(&name, text).map(Some);
    }
    let inherits = stated.get("workspace").and_then(Item::as_bool) == Some(true);
    let workspace = if inherits {
        read(root, CARGO_TOML)?
    } else {
        None
    };
    let shared = workspace.as_ref().and_then(|workspace| {
        let package = workspace.get("workspace")?.get("package")?;
        package.get("version")?.as_str()
    });
    match shared {
        Some(text) => parse(CARGO_TOML, text).map(Some),
        None => Err(refused(&name, "has no version that can be read")),
    }
}

fn read(root: &Path, name: &str) -> Result<Option<Document<String>>, Diagnostic> {
    let Some(bytes) = input::read_optional(root, name)? else {
        return Ok(None);
    };
    let file = SourceFile::new(name, bytes);
    let text = file.text().ok_or_else(|| refused(name, "is not UTF-8"))?;
    let parsed = Document::parse(text.to_owned());
    parsed
        .map(Some)
        .map_err(|error| refused(name, &format!("is not TOML: {}", error.message())))
}

fn parse(name: &str, text: &str) -> Result<Version, Diagnostic> {
    Version::parse(text).map_err(|error| {
        refused(
            name,
            &format!("has the version `{text}`, which is none: {error}"),
        )
    })
}

fn refused(name: &str, reason: &str) -> Diagnostic {
    let help =
        "mend it as `cargo metadata` asks for: the next version is proposed by the one in it";
    Diagnostic::error("scaffold::manifest", format!("{name} {reason}"), help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Manifest;

    const API: &str = "[api.a]\ntitle = \"A\"\ncrate = \"a-client\"\nenvironment-prefix = \"A\"\n[[api.a.document]]\nfile = \"a.md\"\n";

    fn version(own: &str, workspace: &str) -> Result<Option<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("crates/a-client");
        std::fs::create_dir_all(&path).unwrap();
        for (path, text) in [
            (path.join(CARGO_TOML), own),
            (folder.path().join(CARGO_TOML), workspace),
        ] {
            if !text.is_empty() {
                std::io::Write::write_all(
                    &mut std::fs::File::create(path).unwrap(),
                    text.as_bytes(),
                )
                .unwrap();
            }
        }
        let manifest = Manifest::parse("specs/apis.toml", API.into()).unwrap();
        let found = crate_version(folder.path(), &manifest.apis[0]);
        found
            .map(|version| version.map(|version| version.to_string()))
            .map_err(|problem| problem.message().to_owned())
    }

    #[test]
    fn versions_are_read_where_they_are_stated() {
        let shared = "[workspace.package]\nversion = \"0.3.0\"\n";
        assert_eq!(version("", shared), Ok(None));
        assert_eq!(
            version("[package]\nversion = \"1.2.3\"\n", shared),
            Ok(Some("1.2.3".to_owned()))
        );
        for own in [
            "[package]\nversion.workspace = true\n",
            "[package]\nversion = { workspace = true }\n",
        ] {
            assert_eq!(version(own, shared), Ok(Some("0.3.0".to_owned())));
            assert!(version(own, "").is_err());
        }
        assert_eq!(
            version("[package]\nname = \"a\"\n", ""),
            Ok(Some("0.0.0".to_owned()))
        );
        for own in [
            "[package]\nversion = \"1\"\n",
            "[package\n",
            "[package]\nversion = 3\n",
        ] {
            assert!(
                version(own, shared)
                    .unwrap_err()
                    .starts_with("crates/a-client/Cargo.toml "),
                "{own}"
            );
        }
    }
}
