//! Disclosure control: which counts may be seen, and by whom. Small counts reveal people, either directly or by
//! subtracting one count from another.
//!
//! *Rows*: planners and admins see everything. *Comments*: coders see nothing by who people are. *Counts*, for other
//! staff: a set, and its difference from every set that it was narrowed from, is empty or has at least [`FEW`] people.
//! *Public*: editions, with classes of at least [`BASE`] people and one [`Plan`] for all of their numbers.

mod bounds;
mod classes;
mod counts;
mod network;
mod plan;
mod public;
mod staff;
mod table;

pub use classes::{Classes, Column, Overlapping, classes};
pub use counts::{Shape, show_counts};
pub use plan::{Figure, Plan, Told, Weight};
pub use public::PublicCell;
pub use staff::{AccessLevel, Shown, ShownRow, ShownTable, show_table, staff};
pub use table::{Layout, TrueRow};

/// The smallest nonempty set of people whose size staff without row access, and the public, may see.
pub const FEW: u64 = 5;

/// Whether this is too few people to show: between one and four.
pub fn is_few(people: u64) -> bool {
    (1..FEW).contains(&people)
}

/// The minimum number of people in a published column.
pub const BASE: u64 = 10;

/// The minimum number of values that a hidden count must still be able to have, given everything that's shown.
pub const VALUES: u64 = 3;
