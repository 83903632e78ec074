//! The district, its schools, groups and languages, and its rounds of engagement.

mod file;
mod model;
mod pages;
mod store;
mod words;

pub use file::{DistrictFile, import};
pub use model::{
    District, DistrictId, Group, GroupId, LanguageReview, Level, Round, RoundId, School, SchoolId,
};
pub use pages::{routes, samples};
pub use store::{
    current, current_round, groups, lock_round, round_by_id, round_by_slug, rounds, schools,
    turned_on,
};
pub use words::{DistrictWord, translate, words};
