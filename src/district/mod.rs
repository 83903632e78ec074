//! The district, its schools, groups, and languages, and its rounds of engagement.

mod file;
mod local_time;
mod model;
mod store;
mod words;

pub use crate::keys::RoundId;
pub use file::{DistrictFile, import};
pub use local_time::LocalTime;
pub use model::{
    District, DistrictId, Group, GroupId, LanguageReview, Level, Round, School, SchoolId,
};
pub use store::{
    current, current_round, groups, lock_round, reviews, round_by_id, round_by_slug, rounds,
    schools, turn_off, turn_on, turned_on,
};
pub use words::{DistrictWord, translate, words};
