//! What Chorus and its bare peer have in common.

/// The survey of thirty questions, at Chorus and at its peer.
pub(crate) const ADDRESS: &str = "/s/thirty";

/// Threads on either side.
pub(crate) fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
