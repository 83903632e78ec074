//! The forms about forums. Each is parsed into a draft that is right, or comes back with what is wrong with it.

mod forum;
pub(super) mod note;
mod sign_up;

pub(super) use forum::{ForumDraft, MOST_PROMPTS, RESERVED, form_of};
pub(super) use sign_up::LARGEST_PARTY;
pub use sign_up::SignUpDraft;
