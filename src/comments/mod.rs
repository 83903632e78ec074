//! Comments: all free text from every source in one ledger, and which of it the public may read.

mod file;
mod model;
mod store;

pub use file::{ReleasedFile, import};
pub use model::{BatchState, Comment, CommentId, LedgerRow, NewComment, Source, Status};
pub use store::{
    by_id, by_labels, count_all, count_set_aside, insert_all, ledger, of_response, release,
    released, released_ids, set_aside, still_public, texts, undo_release,
};
