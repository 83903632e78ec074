//! Results of a survey: what was answered to every closed question, by group, with the base beside every share; how many
//! wrote something to the open ones; and who took part.

mod classes;
mod count;
mod pages;
mod question;
mod scale;
mod store;

pub use pages::{routes, samples};
