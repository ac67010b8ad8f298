//! What one process may take, and what it took.

use std::time::Duration;

/// Bounds of one process.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Its address space in MiB. Kept on Unix only.
    pub memory_mb: u64,
    /// Its wall time.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_mb: 4096,
            time: Duration::from_secs(300),
        }
    }
}

/// Bounds the address space of this process. A refusal of the system only means that there is no bound.
#[cfg(unix)]
pub(super) fn bound_memory(memory_mb: u64) {
    use nix::sys::resource::{Resource, setrlimit};
    let bytes = memory_mb.saturating_mul(1 << 20);
    let _ = setrlimit(Resource::RLIMIT_AS, bytes, bytes);
    // Aborts are results here; files of their memory would fill the disk.
    let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
}

#[cfg(not(unix))]
pub(super) fn bound_memory(_memory_mb: u64) {}

/// The most memory that a process has held, in MiB. Other systems than Linux tell it of this process only.
#[cfg(target_os = "linux")]
pub(super) fn peak_mb(process: Option<u32>) -> Option<f64> {
    let process = process.map_or_else(|| "self".to_owned(), |id| id.to_string());
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(rounded(kilobytes / 1024.0))
}

#[cfg(all(unix, not(target_os = "linux")))]
pub(super) fn peak_mb(process: Option<u32>) -> Option<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    if process.is_some() {
        return None;
    }
    let peak = getrusage(UsageWho::RUSAGE_SELF).ok()?.max_rss() as f64;
    // Apple counts bytes, everybody else KiB.
    let unit = if cfg!(target_vendor = "apple") {
        f64::from(1 << 20)
    } else {
        1024.0
    };
    Some(rounded(peak / unit))
}

#[cfg(not(unix))]
pub(super) fn peak_mb(_process: Option<u32>) -> Option<f64> {
    None
}

/// The most memory that a child of this process has held which has ended, in MiB.
#[cfg(unix)]
pub(super) fn peak_mb_of_children() -> Option<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?.max_rss() as f64;
    // Apple counts bytes, everybody else KiB.
    let unit = if cfg!(target_vendor = "apple") {
        f64::from(1 << 20)
    } else {
        1024.0
    };
    Some(rounded(peak / unit))
}

#[cfg(not(unix))]
pub(super) fn peak_mb_of_children() -> Option<f64> {
    None
}

/// The larger of what is known.
pub(super) fn larger(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    }
}

/// Tenths are more than anybody reads.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
