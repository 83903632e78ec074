//! Forums: a district invites people to talk at tables. They sign up for a seat. A facilitator writes down what each
//! table says for each prompt, with the number of people at the table it speaks for. These notes are comments like any
//! other.
#![expect(
    clippy::similar_names,
    reason = "a forum and its form are called what they are"
)]

mod file;
mod forms;
mod mail;
mod model;
mod pages;
mod permission;
mod seat_link;
mod store;

pub use crate::keys::{ForumId, TableId};
pub use file::{ForumFile, import};
pub use forms::SignUpDraft;
pub use mail::jobs;
pub use model::{Forum, Moment, Need, Prompt, SignUp, SignUpId, SignUpStatus, Table};
pub use pages::{routes, samples};
pub use store::{SignUpOutcome, by_slug, in_round, list, seats_taken, sign_up};
