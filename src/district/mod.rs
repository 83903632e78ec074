//! The district, its schools, groups and languages, and its rounds of engagement.

mod file;
mod model;
mod store;

pub use file::{DistrictFile, import};
pub use model::{District, DistrictId, Group, GroupId, Level, Round, RoundId, School, SchoolId};
pub use store::{
    current, current_round, groups, lock_round, round_by_id, round_by_slug, rounds, schools,
};
