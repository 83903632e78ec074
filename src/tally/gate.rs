//! The gate: which counts may be seen, by whom.
