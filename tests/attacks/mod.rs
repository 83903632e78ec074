//! What somebody outside tries against the running program. Each attack worked once, or would work if a guard were taken
//! away; none may work again.

mod double_forms;
mod editions;
mod erased;
mod guessing;
mod heavy_requests;
mod open_files;
mod own_sets;
mod school_editions;
