//! Remarks: every piece of free text, whatever its source, in one ledger; and which of them the public may read.

mod model;
mod store;

pub use model::{NewRemark, Remark, RemarkId, Source, Standing};
pub use store::{count_all, insert_all, texts};
