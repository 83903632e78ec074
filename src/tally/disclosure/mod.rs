//! Disclosure control: which counts may be seen, and by whom. Small counts reveal people, either directly or by
//! subtracting one count from another.
//!
//! Planners and admins see every live count, coders those that say nothing about who people are. Everyone else reads
//! editions: with classes of at least [`BASE`] people in public and of at least [`FEW`] for school staff, and one [`Plan`]
//! for all numbers that are related.

mod classes;
mod plan;
mod public;
mod shown;

pub use classes::{Classes, Column, Overlapping, classes};
pub use plan::{Figure, Plan, Told, Weight};
pub use public::PublicCell;
pub use shown::{Shown, ShownRow, ShownTable};

/// The smallest nonempty set of people whose size an edition may show.
pub const FEW: u64 = 5;

/// Whether this is too few people to show: between one and four.
pub fn is_few(people: u64) -> bool {
    (1..FEW).contains(&people)
}

/// The minimum number of people in a published column.
pub const BASE: u64 = 10;
