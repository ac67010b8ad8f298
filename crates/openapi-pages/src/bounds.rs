//! How much of everything is read. A document beyond a bound is a problem, never a hang, a crash or a full memory.

/// Largest input in bytes: 64 MiB. The largest published OpenAPI documents have about a fifth of that.
pub const MAX_INPUT: usize = 64 << 20;

/// Deepest nesting of arrays and objects, aliases followed: 100 levels.
///
/// Lower than the 127 levels at which `serde_json` stops reading, by enough that what the lift of a page adds on top
/// still reads back after it was printed.
pub const MAX_DEPTH: usize = 100;

/// Most values that YAML aliases may add by repeating what was written once: 1,000,000.
pub const MAX_ALIAS_NODES: u64 = 1_000_000;

/// Most bytes of keys and scalars that YAML aliases may add: 64 MiB.
pub const MAX_ALIAS_BYTES: u64 = 64 << 20;
