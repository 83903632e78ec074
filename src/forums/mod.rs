//! Forums: a district invites people to a table. They sign up for a seat; a facilitator writes down what each table
//! says, prompt by prompt, with how many at the table it speaks for. Those notes are comments like any other.
#![expect(
    clippy::similar_names,
    reason = "a forum and its form are called what they are"
)]

mod draft;
mod file;
mod mail;
mod model;
mod note_form;
mod pages;
mod seat_link;
mod store;

pub use file::{ForumFile, import};
pub use mail::compose;
pub use model::{
    Forum, ForumId, Moment, Need, Prompt, SignUp, SignUpDraft, SignUpId, SignUpStatus, Table,
    TableId,
};
pub use pages::{routes, samples};
pub use store::{Kept, by_slug, in_round, list, place_of, seats_taken, sign_up};
