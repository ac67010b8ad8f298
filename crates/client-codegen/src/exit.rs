//! The exit codes of every command, and how the codes of several steps become one.
//!
//! Drift has a number of its own, so that a script can tell "run codegen" from "this document is broken".

/// Everything is as it should be.
pub const OK: u8 = 0;

/// A document, the manifest or the file system has a problem; the diagnostics name it.
pub const FAILURE: u8 = 1;

/// The command line is wrong: an unknown command, option, API or stage, or a new API whose name, title, URLs or list of
/// files cannot be taken whatever the files hold.
pub const USAGE: u8 = 2;

/// `--check` found that the checked-in files differ from what would be generated.
pub const DRIFT: u8 = 4;

/// One code for two steps of the same run.
///
/// [`USAGE`] is decided before anything runs, so it stays. [`FAILURE`] wins over [`DRIFT`]: after a failure the list of
/// drifted files is not complete, and a script must not take it for complete.
#[must_use]
pub const fn combine(left: u8, right: u8) -> u8 {
    if left == USAGE || right == USAGE {
        USAGE
    } else if left == FAILURE || right == FAILURE {
        FAILURE
    } else if left == DRIFT || right == DRIFT {
        DRIFT
    } else if left == OK {
        right
    } else {
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_wins_over_drift_in_either_order() {
        assert_eq!(combine(FAILURE, DRIFT), FAILURE);
        assert_eq!(combine(DRIFT, FAILURE), FAILURE);
        assert_eq!(combine(OK, DRIFT), DRIFT);
        assert_eq!(combine(DRIFT, OK), DRIFT);
        assert_eq!(combine(OK, OK), OK);
        assert_eq!(combine(USAGE, FAILURE), USAGE);
    }

    #[test]
    fn the_numbers_are_the_documented_ones() {
        assert_eq!((OK, FAILURE, USAGE, DRIFT), (0, 1, 2, 4));
    }
}
