//! Results of a survey: the answers to every closed question, by group, with the base of every share; how many people
//! answered the open ones; and who took part.

mod classes;
mod count;
mod frozen;
mod pages;
mod question;
mod scale;
mod store;

pub use frozen::{
    FrozenClass, FrozenCounts, FrozenIntent, FrozenQuestion, FrozenRow, FrozenSurvey, Split,
    WroteLine,
};
pub use pages::{FrozenAnswers, routes, samples};
pub use question::Question;
