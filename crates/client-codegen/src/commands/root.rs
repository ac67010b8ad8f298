//! Which folder a command works on.

use std::path::{Path, PathBuf};

use crate::manifest::MANIFEST_FILE;

/// The current folder or the closest one above it that has a manifest, else `otherwise`.
#[must_use]
pub fn find_root(otherwise: &Path) -> PathBuf {
    std::env::current_dir()
        .ok()
        .and_then(|current| {
            current
                .ancestors()
                .find(|folder| folder.join(MANIFEST_FILE).is_file())
                .map(Path::to_path_buf)
        })
        .unwrap_or_else(|| otherwise.to_path_buf())
}
